"""Lowest and highest fold change over wild type of each pair, each within its own panel.

What the checks and the grades need: on which side of a drug's cuts *all* fold changes in cells lie.
How they are pooled into a response is the matter of :mod:`alkanet.sensitivity.fold_change`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from alkanet.model.evidence import AssayKind, Measurement, Relation
from alkanet.model.haplotype import Haplotype
from alkanet.model.therapy import FoldCut

__all__ = ["FoldRange", "fold_ranges"]


@dataclass(frozen=True)
class FoldRange:
    """The fold changes of one pair in cells, over all panels that have their wild type."""

    lowest: float
    highest: float

    def towards(self, cut: FoldCut | None) -> int:
        """Return +1 where all lie on the sensitive side of a cut, -1 on the resistant, else 0."""
        if cut is None:
            return 0
        if self.highest <= cut.sensitive_up_to:
            return 1
        return -1 if self.lowest >= cut.resistant_from else 0


def fold_ranges(measurements: Iterable[Measurement]) -> Mapping[tuple[str, str], FoldRange]:
    """Return the range of each pair of haplotype and drug that any panel in cells compares."""
    rows = tuple(measurements)
    references = {
        (m.panel, m.therapy): m.ic50_nM
        for m in rows
        if m.haplotype == Haplotype() and m.relation is Relation.EQUAL
    }
    found: dict[tuple[str, str], FoldRange] = {}
    for row in rows:
        reference = references.get((row.panel, row.therapy))
        is_mutated = row.haplotype is not None and bool(row.haplotype.mutations)
        if reference is None or not is_mutated or row.assay is AssayKind.ENZYME:
            continue
        key, own = (str(row.haplotype), row.therapy), _range(row, reference)
        before = found.get(key, own)
        found[key] = FoldRange(min(before.lowest, own.lowest), max(before.highest, own.highest))
    return found


def _range(row: Measurement, reference: float) -> FoldRange:
    """Return the fold change of one value; a bound is open on the side where nobody measured."""
    fold = row.ic50_nM / reference
    if row.relation in (Relation.ABOVE, Relation.AT_LEAST):
        return FoldRange(fold, inf)
    if row.relation in (Relation.BELOW, Relation.AT_MOST):
        return FoldRange(0.0, fold)
    return FoldRange(fold, fold)
