"""What is held about one haplotype and one drug, counted once and itemised."""

from __future__ import annotations

from dataclasses import dataclass

from alkanet.kb.query import KnowledgeBase
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Interval
from alkanet.model.response import Basis, Item, ItemKind
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import Therapy
from alkanet.sensitivity import items as itemise
from alkanet.sensitivity.counting import CountedClaim, count_once
from alkanet.sensitivity.fold_change import FoldChanges, fold_changes, interval

__all__ = ["Evidence", "gather"]


@dataclass(frozen=True)
class Evidence:
    """Fold changes and claims about exactly one haplotype and one drug."""

    folds: FoldChanges
    claims: tuple[CountedClaim, ...]
    fold_change: Interval | None
    items: tuple[Item, ...]

    @property
    def is_direct(self) -> bool:
        """True where a patient or a laboratory speaks of exactly this haplotype."""
        claims = (c for c in self.claims if c.pull and c.level in ("patients", "laboratory"))
        return any(claims) or bool(self.folds.counted)

    @property
    def patients_answered(self) -> bool:
        """True where patients with this haplotype answered to the drug."""
        return any(c.pull > 0 and c.level == "patients" for c in self.claims)

    def weight(self, rules: ResponseRules) -> float:
        """How much evidence speaks, whichever way; letters without a reference do not."""
        claims = (abs(c.pull) for c in self.claims if c.level != "statement")
        folds = any(i.kind is ItemKind.MEASUREMENT and i.set_aside is None for i in self.items)
        return sum(claims) + (rules.least_weight_for_a_call if folds else 0.0)

    @property
    def basis(self) -> Basis:
        """What a call would rest on."""
        claims = [c for c in self.claims if c.pull and c.level != "statement"]
        if self.folds.counted and (claims or len(self.folds.counted) > 1):
            return Basis.POOLED
        if self.folds.counted:
            return Basis.MEASURED
        return Basis.REPORTED if claims else Basis.NONE


def gather(
    haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
) -> Evidence:
    """Return the evidence about exactly this haplotype and this drug."""
    folds = fold_changes(haplotype, therapy.id, kb)
    measured = frozenset(fold.source for fold in folds.counted) if therapy.cut else frozenset()
    claims = count_once(
        kb.claims(haplotype, therapy.id), measured, rules, has_cut=therapy.cut is not None
    )
    items = (*itemise.from_claims(claims), *itemise.from_folds(folds, therapy.cut, rules))
    return Evidence(
        folds=folds,
        claims=claims,
        fold_change=interval(haplotype, folds.counted, rules),
        items=itemise.within_laboratory_limit(items, rules),
    )
