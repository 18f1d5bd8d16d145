"""Promises over numbers: each stands once, is plausible in its unit, and agrees with its claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from alkanet.kb.folds import FoldRange, fold_ranges
from alkanet.kb.load import Knowledge, Placed
from alkanet.kb.quoted import QUOTED
from alkanet.kb.schema import PrevalenceRow
from alkanet.model.drug_profile import Exposure
from alkanet.model.evidence import (
    Claim,
    EvidenceKind,
    Finding,
    Measurement,
)
from alkanet.model.outcome import Endpoint, Outcome
from alkanet.model.stewardship import ExceptionTo
from alkanet.model.therapy import FoldCut
from alkanet.text_model import Fault

__all__ = ["NUMBER_PROMISES"]

Entry = TypeVar("Entry", Claim, Finding, Measurement, Outcome, PrevalenceRow, Exposure)

LARGEST_IC50_NM = 100_000.0
LARGEST_MEDIAN_MONTHS = 180.0
LARGEST_HAZARD_RATIO = 20.0
_RATE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(?:%|per ?cent)")

LEVEL = {
    EvidenceKind.SECONDARY: "list",
    EvidenceKind.REVIEW_STATEMENT: "list",
    EvidenceKind.COMPUTATION: "computation",
    EvidenceKind.CELLS: "laboratory",
}
"""Kinds of evidence that one source may give beside another; the rest are patients, by kind."""


def _numbers_are_plausible(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that no number has slipped into another unit: uM typed as nM, days as months."""
    for row in knowledge.measurements:
        if row.value.ic50_nM > LARGEST_IC50_NM:
            text = f"{row.value.ic50_nM:g} nM is more than any cell survives"
            yield Fault(row.file, row.line, "ic50_nM", text, "a value in nM")
    for outcome in knowledge.outcomes:
        value, endpoint = outcome.value.value, outcome.value.endpoint
        if value is None:
            continue
        if endpoint.is_median and value > LARGEST_MEDIAN_MONTHS:
            text = f"a {endpoint.value} of {value:g} months"
            yield Fault(outcome.file, outcome.line, "value", text, "months")
        if endpoint.is_hazard_ratio and not 0 < value < LARGEST_HAZARD_RATIO:
            text = f"a {endpoint.value} of {value:g}"
            yield Fault(outcome.file, outcome.line, "value", text, "a ratio near 1")


def _rates_are_of_whole_patients(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that a response rate is that of some whole number of its n patients."""
    for placed in knowledge.outcomes:
        row = placed.value
        is_response = row.endpoint in (Endpoint.RESPONSE, Endpoint.CNS_RESPONSE)
        if not is_response or row.n is None or row.value is None or row.relation != "=":
            continue
        nearest = round(row.value * row.n / 100)
        if abs(100 * nearest / row.n - row.value) > 0.51:
            text = f"{row.value:g} % is of no whole number of {row.n}"
            remedy = "n may be the cohort and not those assessed: then leave it empty, with a note."
            yield Fault(placed.file, placed.line, "n", text, remedy=remedy)


def _values_stand_once(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that no primary value stands in two rows under two ids."""
    yield from _repeated(knowledge, "claim", knowledge.claims, _observation)
    yield from _repeated(knowledge, "finding", knowledge.findings, lambda v: (v.source, v.says))
    yield from _repeated(
        knowledge,
        "measurement",
        knowledge.measurements,
        lambda v: (v.source, str(v.haplotype), v.therapy, v.assay, v.cell_line, v.ic50_nM),
    )
    yield from _repeated(
        knowledge,
        "outcome",
        knowledge.outcomes,
        lambda v: (
            *(v.trial, v.drugs, v.comparator, v.population, v.endpoint, v.month, v.assessor),
            v.value,
        ),
    )
    yield from _repeated(
        knowledge,
        "event",
        knowledge.prevalence,
        lambda v: (v.source, v.drug, v.event, v.specimen, v.line, v.fusion),
    )
    yield from _repeated(
        knowledge,
        "exposure",
        knowledge.exposures,
        lambda v: (v.drug, v.parameter, v.population, v.unit, v.value, v.source),
    )


def _observation(claim: Claim) -> tuple[Hashable, ...]:
    level = LEVEL.get(claim.evidence, claim.evidence.value)
    pair = (str(claim.haplotype), claim.therapy)
    return (*pair, claim.primary_source, level, claim.predicate, claim.direction)


def _repeated(
    knowledge: Knowledge,
    what: str,
    entries: Iterable[Placed[Entry]],
    key: Callable[[Entry], Hashable],
) -> Iterator[Fault]:
    excepted = {
        name
        for exception in knowledge.exceptions
        if exception.value.rule is ExceptionTo.REPEATED_VALUE
        for name in exception.value.ids
    }
    first: dict[Hashable, Placed[Entry]] = {}
    for placed in entries:
        before = first.setdefault(key(placed.value), placed)
        if before is not placed and placed.value.id not in excepted:
            text = f"{placed.value.id} says what {before.value.id} says already"
            remedy = "Withdraw one, or name it in exceptions.yaml with the reason."
            more = f"{text} ({before.file}:{before.line})"
            yield Fault(placed.file, placed.line, what, more, remedy=remedy)


def _sentences_name_their_rows(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that a rate which stands in a table is named by its row and not typed again."""
    rows: dict[tuple[str, float], str] = {}
    for outcome in knowledge.outcomes:
        endpoint = outcome.value.endpoint
        is_share = not endpoint.is_median and not endpoint.is_hazard_ratio
        if outcome.value.value is not None and is_share:
            rows.setdefault((outcome.value.source, outcome.value.value), outcome.value.id)
    for event in knowledge.prevalence:
        if event.value.percent is not None:
            rows.setdefault((event.value.source, event.value.percent), event.value.id)
    for written in knowledge.written:
        typed = {float(number) for number in _RATE.findall(QUOTED.sub("", written.says))}
        for value in sorted(typed):
            found = [rows[s, value] for s in written.sources if (s, value) in rows]
            if found:
                text = f"{value:g} % stands in a table already"
                remedy = f"Write {{{found[0]}}}, or the row that is meant."
                yield Fault(written.file, written.line, "says", text, remedy=remedy)


def _claims_agree_with_fold_changes(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that a claim against all fold changes of its pair is a named exception."""
    folds = fold_ranges(m.value for m in knowledge.measurements)
    cuts = {t.value.id: t.value.cut for t in knowledge.therapies}
    exceptions = [
        (placed, name)
        for placed in knowledge.exceptions
        if placed.value.rule is ExceptionTo.DIRECTION
        for name in placed.value.ids
    ]
    excepted = {name for _, name in exceptions}
    broken: set[str] = set()
    for placed in knowledge.claims:
        text = _disagreement(placed.value, folds, cuts.get(placed.value.therapy))
        if text is None:
            continue
        broken.add(placed.value.id)
        if placed.value.id not in excepted:
            remedy = (
                "Check both; where both hold, name the claim in exceptions.yaml with the reason."
            )
            yield Fault(placed.file, placed.line, placed.value.id, text, remedy=remedy)
    for exception, name in exceptions:
        if name not in broken:
            text = f"{name!r} breaks no rule (any more): the exception is not needed"
            yield Fault(exception.file, exception.line, "ids", text)


def _disagreement(
    claim: Claim, folds: Mapping[tuple[str, str], FoldRange], cut: FoldCut | None
) -> str | None:
    pair = folds.get((str(claim.haplotype), claim.therapy))
    is_letter = LEVEL.get(claim.evidence) in ("list", "computation")
    if pair is None or cut is None or is_letter or pair.towards(cut) != -claim.towards:
        return None
    if claim.towards > 0:
        return (
            f"says sensitive; every fold change ({pair.lowest:.3g} or more) is at or above the "
            f"cut of {claim.therapy}, {cut.resistant_from:g}"
        )
    if claim.towards < 0:
        return (
            f"says resistant; every fold change ({pair.highest:.3g} or less) is at or below the "
            f"cut of {claim.therapy}, {cut.sensitive_up_to:g}"
        )
    return None


NUMBER_PROMISES: tuple[Callable[[Knowledge], Iterator[Fault]], ...] = (
    _numbers_are_plausible,
    _rates_are_of_whole_patients,
    _values_stand_once,
    _sentences_name_their_rows,
    _claims_agree_with_fold_changes,
)
