"""Fold changes over wild type, each within its own panel.

A fold change is ``IC50(haplotype) / IC50(wild type)`` of one panel: the same source, assay, cell
line and construct. Absolute concentrations of two panels are never compared, cells and enzymes
never pooled.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import AssayKind, Certainty, Measurement, Relation
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Interval
from alkanet.model.response_rules import ResponseRules

__all__ = [
    "FoldChange",
    "FoldChanges",
    "ceiling_log10",
    "fold_changes",
    "interval",
    "mean",
    "spread",
    "three_digits",
]

Z90 = 1.6448536269514722
"""Half-width of a central 90 % interval in standard deviations of a normal distribution."""


_BOUNDS = (Relation.ABOVE, Relation.AT_LEAST, Relation.BELOW, Relation.AT_MOST)


@dataclass(frozen=True)
class FoldChange:
    """One source's fold change: log10 of the mean over its cellular panels.

    ``bound`` is ``=`` or the side on which the true value lies where a value was censored. Where
    one panel is only a bound, so is the mean; a lower bound first, for it must not speak for
    sensitivity.
    """

    source: str
    log10_fold: float
    bound: Relation
    measurements: tuple[Measurement, ...]
    references: tuple[Measurement, ...]

    @property
    def certainty(self) -> Certainty:
        """``verified`` where every number behind the fold change is."""
        numbers = (*self.measurements, *self.references)
        verified = all(n.certainty is Certainty.VERIFIED for n in numbers)
        return Certainty.VERIFIED if verified else Certainty.RECALLED


@dataclass(frozen=True)
class FoldChanges:
    """What the panels say of a haplotype and a drug; ``unused`` keeps the rest with its reason."""

    counted: tuple[FoldChange, ...]
    unused: tuple[tuple[Measurement, str], ...]

    @property
    def is_exact(self) -> bool:
        """Whether no counted value is only a bound, which no interval can show."""
        return all(fold.bound is Relation.EQUAL for fold in self.counted)


def fold_changes(haplotype: Haplotype, drug: str, kb: KnowledgeBase) -> FoldChanges:
    """Return the fold changes of a haplotype for a drug, one a source."""
    references = {m.panel: m for m in kb.measurements(Haplotype(), drug)}
    usable: dict[str, list[tuple[Measurement, Measurement]]] = {}
    unused: list[tuple[Measurement, str]] = []
    for measurement in kb.measurements(haplotype, drug):
        reference = references.get(measurement.panel)
        if measurement.assay is AssayKind.ENZYME:
            unused.append((measurement, "an enzyme is not a cell: shown, not counted"))
        elif reference is None:
            unused.append((measurement, "its panel has no wild type to compare with"))
        elif reference.relation is not Relation.EQUAL:
            unused.append((measurement, "the wild type of its panel is only a bound"))
        else:
            usable.setdefault(measurement.source, []).append((measurement, reference))
    counted = tuple(_of_source(source, pairs) for source, pairs in sorted(usable.items()))
    return FoldChanges(counted=counted, unused=tuple(unused))


def _of_source(source: str, pairs: Sequence[tuple[Measurement, Measurement]]) -> FoldChange:
    logs = [math.log10(m.ic50_nM / r.ic50_nM) for m, r in pairs]
    relations = {m.relation for m, _ in pairs}
    return FoldChange(
        source=source,
        log10_fold=mean(logs),
        bound=next((bound for bound in _BOUNDS if bound in relations), Relation.EQUAL),
        measurements=tuple(m for m, _ in pairs),
        references=tuple(r for _, r in pairs),
    )


def interval(
    haplotype: Haplotype, folds: Iterable[FoldChange], rules: ResponseRules
) -> Interval | None:
    """Return the pooled fold change with its 90 % interval, ``None`` without any.

    The pooled value is the geometric mean over sources; its standard deviation on log10 is
    ``s / sqrt(n)`` with ``s`` the spread between laboratories. Wild type is 1 by definition.
    """
    logs = [fold.log10_fold for fold in folds]
    if not logs:
        return None
    if not haplotype.mutations:
        return Interval(median=1.0, low=1.0, high=1.0)
    return spread(mean(logs), rules.laboratory_sd_log10 / math.sqrt(len(logs)))


def ceiling_log10(drug: str, kb: KnowledgeBase) -> float | None:
    """Return the largest log10 fold change that any panel can show for a drug.

    It is that of cells without ALK: beyond it a drug only poisons. ``None`` where no panel has
    such cells.
    """
    references = {m.panel: m for m in kb.measurements(Haplotype(), drug)}
    logs = [
        math.log10(parental.ic50_nM / references[parental.panel].ic50_nM)
        for parental in kb.parental_measurements(drug)
        if parental.panel in references
    ]
    return max(logs, default=None)


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean."""
    return sum(values) / len(values)


def spread(log10_fold: float, sd_log10: float, ceiling: float | None = None) -> Interval:
    """Return ``10 ** (x ± 1.645 sd)`` to three significant digits, none above the ceiling."""
    low, high = log10_fold - Z90 * sd_log10, log10_fold + Z90 * sd_log10
    if ceiling is not None:
        low, log10_fold, high = (min(value, ceiling) for value in (low, log10_fold, high))
    return Interval(
        median=three_digits(10**log10_fold), low=three_digits(10**low), high=three_digits(10**high)
    )


def three_digits(value: float) -> float:
    """Return a number to three significant digits: more would claim what no assay can."""
    return float(f"{value:.3g}")
