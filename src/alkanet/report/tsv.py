"""The haplotype table as TSV: one row a haplotype and drug."""

from __future__ import annotations

from collections.abc import Iterable

from alkanet.model.record import Interval
from alkanet.model.report import Report

__all__ = ["render_tsv"]

COLUMNS = (
    "case",
    "fusion",
    "variant",
    "haplotype",
    "drug",
    "call",
    "fold_change",
    "fold_change_low",
    "fold_change_high",
    "p_response",
    "p_response_low",
    "p_response_high",
    "basis",
    "certainty",
    "conflict",
    "why",
    "sources",
    "weight_of_readings",
    "caveats",
    "software",
    "knowledge",
)


def render_tsv(report: Report) -> str:
    """Return the report's haplotype responses as TSV with a header row."""
    lines = ["\t".join(COLUMNS)]
    lines.extend("\t".join(_clean(row)) for row in _rows(report))
    return "\n".join(lines) + "\n"


def _rows(report: Report) -> Iterable[tuple[str, ...]]:
    fusion = report.tumour.fusion
    knowledge = report.provenance.knowledge
    for response in report.haplotype_responses:
        sources = sorted({name for item in response.items if item.pull for name in item.sources})
        yield (
            report.case.id,
            fusion.name if fusion else "",
            (fusion.variant or "") if fusion else "",
            response.haplotype,
            response.drug,
            response.call.value,
            *_interval(response.fold_change),
            *_interval(response.p_response),
            response.basis.value,
            response.certainty.value if response.certainty else "",
            response.conflict or "",
            response.why,
            "; ".join(sources),
            f"{_weight(report, response.haplotype):.3g}",
            "; ".join(dict.fromkeys(caveat.code for caveat in report.caveats)),
            report.provenance.software,
            f"{knowledge.version} {knowledge.hash[:12]}",
        )


def _weight(report: Report, haplotype: str) -> float:
    """Return the summed weight of the readings that hold a haplotype."""
    return sum(
        reading.weight
        for reading in report.tumour.readings
        if haplotype in (str(clone.haplotype) for clone in reading.clones)
    )


def _interval(value: Interval | None) -> tuple[str, str, str]:
    if value is None:
        return ("", "", "")
    return (f"{value.median:g}", f"{value.low:g}", f"{value.high:g}")


def _clean(cells: Iterable[str]) -> Iterable[str]:
    return (" ".join(cell.split()) for cell in cells)
