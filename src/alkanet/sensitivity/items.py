"""Items of evidence: what each says in words, and how far it pulls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from alkanet.model.evidence import Certainty, Claim, EvidenceKind, Relation
from alkanet.model.haplotype import Haplotype
from alkanet.model.response import HaplotypeResponse, Item, ItemKind
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import FoldCut
from alkanet.sensitivity.counting import CountedClaim
from alkanet.sensitivity.fold_change import FoldChange, FoldChanges, mean, three_digits

__all__ = [
    "Sum",
    "from_claims",
    "from_floor",
    "from_folds",
    "from_pair",
    "from_part",
    "from_sum",
    "score_of",
    "within_laboratory_limit",
]

DIGITS = 4
"""Digits of a pull; scores are sums of what is printed."""
NO_CUT = "no cut is set for this drug: a fold change alone cannot be read"
LOWER_BOUND = (
    "for this drug a sum is only a lower bound: compounds that failed in patients add up to less "
    "than its cut"
)
LABORATORY = frozenset({EvidenceKind.CELLS.value, EvidenceKind.COMPUTATION.value})


def score_of(items: Iterable[Item]) -> float:
    """Return the sum of the pulls."""
    return round(sum(item.pull for item in items), DIGITS) + 0.0  # never "-0.0"


def from_claims(claims: Iterable[CountedClaim]) -> tuple[Item, ...]:
    """Return one item a claim, counted or set aside."""
    return tuple(
        Item(
            kind=ItemKind.CLAIM,
            id=counted.claim.id,
            says=_with_context(counted.claim),
            pull=counted.pull,
            source=counted.claim.source,
            evidence=counted.claim.evidence.value,
            certainty=counted.claim.certainty,
            set_aside=counted.set_aside,
        )
        for counted in claims
    )


def _with_context(claim: Claim) -> str:
    context = [f"n = {claim.patients}"] if claim.patients else []
    if claim.disease:
        context.append(claim.disease)
    return f"{claim.says} ({', '.join(context)})" if context else claim.says


def from_folds(folds: FoldChanges, cut: FoldCut | None, rules: ResponseRules) -> tuple[Item, ...]:
    """Return one item a source with a fold change, then the measurements that are not used.

    A fold change ``x`` pulls by its place between the cuts ``s`` and ``r`` on a log scale, +1 at
    ``s`` and -1 at ``r`` in units of ``call_at_score``; sources share the pull evenly.
    """
    places = [
        _within([fold], place_of(fold.log10_fold, cut, rules)) if cut else 0.0
        for fold in folds.counted
    ]
    pulls = _shares(_bounded(places, rules.largest_laboratory_pull))
    counted = [
        Item(
            kind=ItemKind.MEASUREMENT,
            id=fold.measurements[0].id,
            says=_fold_words(fold),
            pull=pull,
            source=fold.source,
            evidence=fold.measurements[0].assay.value,
            certainty=fold.certainty,
            set_aside=None if cut else NO_CUT,
        )
        for fold, pull in zip(folds.counted, pulls, strict=True)
    ]
    unused = [
        Item(
            kind=ItemKind.MEASUREMENT,
            id=measurement.id,
            says=f"IC50 {measurement.relation.value} {measurement.ic50_nM:g} nM "
            f"({measurement.assay.value}, {measurement.cell_line})",
            pull=0.0,
            source=measurement.source,
            evidence=measurement.assay.value,
            certainty=measurement.certainty,
            set_aside=reason,
        )
        for measurement, reason in folds.unused
    ]
    return (*counted, *unused)


def place_of(log10_fold: float, cut: FoldCut, rules: ResponseRules) -> float:
    """Return the pull of a fold change by its place between a drug's cuts."""
    low, high = log10(cut.sensitive_up_to), log10(cut.resistant_from)
    return rules.call_at_score * ((low + high) / 2 - log10_fold) / ((high - low) / 2)


def _within(folds: Iterable[FoldChange], place: float) -> float:
    """Return a place that no censored value overstates."""
    bounds = {fold.bound for fold in folds}
    if bounds & {Relation.ABOVE, Relation.AT_LEAST}:
        return min(place, 0.0)  # the true value lies higher: it cannot speak for sensitivity
    if bounds & {Relation.BELOW, Relation.AT_MOST}:
        return max(place, 0.0)  # the true value lies lower: it cannot speak for resistance
    return place


def _bounded(places: Sequence[float], limit: float) -> list[float]:
    """Return the places scaled down together where their mean lies beyond the limit."""
    middle = abs(mean(places)) if places else 0.0
    return [place * limit / middle for place in places] if middle > limit else list(places)


def _shares(places: Sequence[float]) -> list[float]:
    """Return even shares in printed digits, whose sum is the mean in printed digits."""
    if not places:
        return []
    shares = [round(place / len(places), DIGITS) for place in places]
    shares[-1] = round(shares[-1] + round(mean(places), DIGITS) - sum(shares), DIGITS)
    return shares


def _fold_words(fold: FoldChange) -> str:
    measured, reference = fold.measurements[0], fold.references[0]
    value = three_digits(10**fold.log10_fold)
    bound = "" if fold.bound is Relation.EQUAL else f"{fold.bound.value} "
    more = f" (mean of {len(fold.measurements)} panels)" if len(fold.measurements) > 1 else ""
    return (
        f"{bound}{value:g}-fold over wild type{more}: {measured.ic50_nM:g} against "
        f"{reference.ic50_nM:g} nM ({measured.assay.value}, {measured.cell_line})"
    )


def within_laboratory_limit(items: Sequence[Item], rules: ResponseRules) -> tuple[Item, ...]:
    """Return the items with all that laboratories say held within its limit.

    Fold changes, letters from cells and computations are scaled down together, so that however
    many there are they do not outweigh a patient who was given the drug.
    """
    inside = [i for i in items if i.kind is ItemKind.MEASUREMENT or i.evidence in LABORATORY]
    total = sum(item.pull for item in inside)
    limit = rules.largest_laboratory_pull
    if abs(total) <= limit:
        return tuple(items)
    scaled = [round(item.pull * limit / abs(total), DIGITS) for item in inside]
    last = max(i for i, item in enumerate(inside) if item.pull)
    scaled[last] = round(scaled[last] + (limit if total > 0 else -limit) - sum(scaled), DIGITS)
    pulls = dict(zip((item.id for item in inside), scaled, strict=True))
    return tuple(
        item.model_copy(update={"pull": pulls[item.id]}) if item.id in pulls else item
        for item in items
    )


@dataclass(frozen=True)
class Sum:
    """The single mutations of a compound, added up on log10.

    A single that lies below wild type counts as wild type, and the mean excess of measured
    compounds over their sums is added: a sum may err towards resistance, not towards sensitivity.
    """

    haplotype: Haplotype
    singles: tuple[FoldChanges, ...]
    excess_log10: float

    @property
    def log10_fold(self) -> float:
        """The sum."""
        parts = (mean([fold.log10_fold for fold in s.counted]) for s in self.singles)
        return sum(max(0.0, part) for part in parts) + self.excess_log10

    @property
    def counted(self) -> tuple[FoldChange, ...]:
        """The fold changes behind the sum."""
        return tuple(fold for single in self.singles for fold in single.counted)


def from_sum(added: Sum, cut: FoldCut, rules: ResponseRules) -> Item:
    """Return the added-up fold change of an untested compound as one item."""
    limit = rules.largest_laboratory_pull
    place = _within(added.counted, place_of(added.log10_fold, cut, rules))
    pull = round(max(-limit, min(limit, place)), DIGITS)
    is_silent = cut.sum_is_lower_bound and pull > -rules.call_at_score
    verified = all(fold.certainty is Certainty.VERIFIED for fold in added.counted)
    return Item(
        kind=ItemKind.PREDICTION,
        id=f"sum.{added.haplotype}",
        says=f"not measured; the single mutations add up to about "
        f"{three_digits(10**added.log10_fold):g}-fold",
        pull=0.0 if is_silent else pull,
        source=", ".join(sorted({fold.source for fold in added.counted})),
        certainty=Certainty.VERIFIED if verified else Certainty.RECALLED,
        set_aside=LOWER_BOUND if is_silent else None,
    )


def from_pair(inner: Haplotype, drug: str, evidence: Sequence[Item], rules: ResponseRules) -> Item:
    """Return the signed term of a known pair inside a larger compound."""
    limit = rules.largest_laboratory_pull
    score = score_of(evidence)
    counted = [item for item in evidence if item.pull]
    verified = all(item.certainty is Certainty.VERIFIED for item in counted)
    towards = "resistance" if score < 0 else "sensitivity"
    return Item(
        kind=ItemKind.PAIR,
        id=f"pair.{inner}-{drug}",
        says=f"holds {inner}, whose own evidence pulls towards {towards} ({score:+.1f})",
        pull=round(rules.pair_share * max(-limit, min(limit, score)), DIGITS),
        source=", ".join(sorted({name for item in counted for name in item.sources})),
        certainty=Certainty.VERIFIED if verified else Certainty.RECALLED,
    )


def from_floor(
    haplotype: Haplotype, worst: Sequence[HaplotypeResponse], score: float, rules: ResponseRules
) -> Item:
    """Return what pulls an untested compound from ``score`` to that of its resistant parts."""
    names = ", ".join(response.haplotype for response in worst)
    counted = [item for response in worst for item in response.items if item.pull]
    verified = any(response.certainty is Certainty.VERIFIED for response in worst)
    return Item(
        kind=ItemKind.FLOOR,
        id=f"floor.{haplotype}-{worst[0].drug}",
        says=f"not tested, and no milder than its part {names}, resistant by its own evidence",
        pull=round(-rules.call_at_score - score, DIGITS),
        source=", ".join(sorted({name for item in counted for name in item.sources})),
        certainty=Certainty.VERIFIED if verified else Certainty.RECALLED,
    )


def from_part(response: HaplotypeResponse) -> Item:
    """Return what is called for one mutation alone, for the reader's eye."""
    return Item(
        kind=ItemKind.PART,
        id=f"part.{response.haplotype}-{response.drug}",
        says=f"{response.haplotype} alone: {response.call.value}",
        pull=0.0,
        source=", ".join(
            sorted({name for item in response.items if item.pull for name in item.sources})
        ),
        certainty=response.certainty or Certainty.RECALLED,
        set_aside="a compound is not its parts",
    )
