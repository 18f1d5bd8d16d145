"""The report as one self-contained HTML page: no script from elsewhere, no font, no request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, ModuleLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from alkanet.model.record import Interval
from alkanet.model.report import Report
from alkanet.model.response import Call, HaplotypeResponse, by_haplotype
from alkanet.model.therapy import Therapy
from alkanet.report.alteration_rows import alteration_rows
from alkanet.report.figure import fold_change_figure, fusion_figure, probability_figure
from alkanet.report.outline import (
    blind_spots_by_test,
    doubts,
    first_reason,
    next_steps,
    patient_table,
    therapy_flags,
)
from alkanet.report.words import first_sentence, how_often, percent

__all__ = ["COMPILED", "page_environment", "render_html"]

BLIND_SPOTS_OPEN = 6
"""Up to so many blind spots stand open on the page; more are folded."""


COMPILED = "compiled_templates"
"""Folder beside this module in which a wheel carries the templates compiled to Python."""


@dataclass(frozen=True)
class HaplotypeTable:
    """The rows of one haplotype: the drugs of the review, then those with any data."""

    haplotype: str
    leading: tuple[HaplotypeResponse, ...]
    other: tuple[HaplotypeResponse, ...]


def render_html(report: Report) -> str:
    """Return the report as an HTML page; every text of the input is escaped."""
    environment = page_environment()
    cuts = {drug.id: drug.cut for drug in report.drugs}
    fusion = report.tumour.fusion
    # globals, so that the macros of the included parts see them too
    environment.globals.update(
        citations={source.id: source for source in report.sources},
        percent=percent,
        spread=_spread,
        how_often=how_often,
        first_sentence=first_sentence,
        first_reason=first_reason,
        fold_figure=lambda r: Markup(fold_change_figure(r.fold_change, cuts.get(r.drug))),
        probability_figure=lambda p: Markup(probability_figure(p)),
    )
    page = environment.get_template("report.html.j2").render(
        report=report,
        patient=patient_table(report),
        steps=next_steps(report),
        doubts=doubts(report),
        tables=(tables := _tables(report.haplotype_responses, report.drugs)),
        glance=_glance(tables),
        flags=therapy_flags(report),
        alterations=alteration_rows(report.tumour.alterations),
        blind_spots=blind_spots_by_test(report),
        blind_spots_open=len(report.tumour.blind_spots) <= BLIND_SPOTS_OPEN,
        fusion_figure=Markup(fusion_figure(fusion)) if fusion else None,
    )
    return page + "\n"


def page_environment() -> Environment:
    """Return where the templates are found: compiled, as a wheel carries them, or in their source.

    Compiling them takes as long as the assessment itself, so that it is done once, at build.
    """
    compiled = Path(__file__).with_name(COMPILED)
    sources = PackageLoader("alkanet.report")
    return Environment(
        loader=ChoiceLoader([ModuleLoader(compiled), sources]) if compiled.is_dir() else sources,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _tables(
    responses: Iterable[HaplotypeResponse], drugs: Iterable[Therapy]
) -> tuple[HaplotypeTable, ...]:
    leading = {drug.id for drug in drugs if drug.in_review}
    return tuple(
        HaplotypeTable(
            haplotype=haplotype,
            leading=tuple(r for r in rows if r.drug in leading),
            other=tuple(r for r in rows if r.drug not in leading and r.items),
        )
        for haplotype, rows in by_haplotype(responses).items()
    )


def _glance(tables: tuple[HaplotypeTable, ...]) -> dict[str, tuple[Call, ...]]:
    """Return the calls of the leading drugs side by side, where there are several haplotypes."""
    if len(tables) < 2:
        return {}
    drugs = [response.drug for response in tables[0].leading]
    rows = zip(*(table.leading for table in tables), strict=True)
    return {
        drug: tuple(response.call for response in row)
        for drug, row in zip(drugs, rows, strict=True)
    }


def _spread(value: Interval) -> str:
    """Return an interval as text: ``21.7 (7.2 to 65)``."""
    return f"{value.median:g} ({value.low:g} to {value.high:g})"
