"""Items of evidence: what each says in words, and how far it pulls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log10

from alkanet.model.evidence import Certainty, Claim, EvidenceKind, Relation
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Interval
from alkanet.model.response import Call, HaplotypeResponse, Item, ItemKind
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import FoldCut
from alkanet.sensitivity.counting import CountedClaim
from alkanet.sensitivity.fold_change import FoldChange, FoldChanges, mean, three_digits

__all__ = [
    "conflict",
    "from_claims",
    "from_folds",
    "from_pair",
    "from_part",
    "from_sum",
    "mean_log10",
    "why",
]

NO_CUT = "no cut is set for this drug: a fold change alone cannot be read"


def mean_log10(folds: Iterable[FoldChange]) -> float:
    """Return the mean of log10 fold changes over sources."""
    return mean([fold.log10_fold for fold in folds])


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
    ``s`` and -1 at ``r`` in units of ``call_at_score``; sources share the pull evenly, and their
    sum is bounded by ``largest_fold_change_pull``.
    """
    raw = [_place(fold, cut, rules) for fold in folds.counted] if cut else []
    middle = mean(raw) if raw else 0.0
    limit = rules.largest_fold_change_pull
    scale = min(1.0, limit / abs(middle)) if middle else 1.0
    pulls = _shares([place * scale for place in raw]) if raw else [0.0] * len(folds.counted)
    counted = [
        Item(
            kind=ItemKind.MEASUREMENT,
            id=fold.measurements[0].id,
            says=_fold_words(fold),
            pull=pulls[i],
            source=fold.source,
            evidence=fold.measurements[0].assay.value,
            certainty=fold.certainty,
            set_aside=None if raw else NO_CUT,
        )
        for i, fold in enumerate(folds.counted)
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


def _shares(places: Sequence[float]) -> list[float]:
    """Return even shares to four digits whose sum is the mean to four digits."""
    shares = [round(place / len(places), 4) for place in places]
    shares[-1] = round(shares[-1] + round(mean(places), 4) - sum(shares), 4)
    return shares


def _place(fold: FoldChange, cut: FoldCut, rules: ResponseRules) -> float:
    """Return the pull of one fold change before it is shared and bounded."""
    low, high = log10(cut.sensitive_up_to), log10(cut.resistant_from)
    place = rules.call_at_score * ((low + high) / 2 - fold.log10_fold) / ((high - low) / 2)
    return _within(place, [fold])


def _within(place: float, folds: Iterable[FoldChange]) -> float:
    """Return a place that no censored value overstates."""
    bounds = {fold.bound for fold in folds}
    if bounds & {Relation.ABOVE, Relation.AT_LEAST}:
        return min(place, 0.0)  # the true value lies higher: it cannot speak for sensitivity
    if bounds & {Relation.BELOW, Relation.AT_MOST}:
        return max(place, 0.0)  # the true value lies lower: it cannot speak for resistance
    return place


def _fold_words(fold: FoldChange) -> str:
    measured, reference = fold.measurements[0], fold.references[0]
    value = three_digits(10**fold.log10_fold)
    bound = "" if fold.bound is Relation.EQUAL else f"{fold.bound.value} "
    more = f" (mean of {len(fold.measurements)} panels)" if len(fold.measurements) > 1 else ""
    return (
        f"{bound}{value:g}-fold over wild type{more}: {measured.ic50_nM:g} against "
        f"{reference.ic50_nM:g} nM ({measured.assay.value}, {measured.cell_line})"
    )


def from_sum(
    haplotype: Haplotype,
    log10_fold: float,
    singles: Sequence[FoldChanges],
    cut: FoldCut,
    rules: ResponseRules,
) -> Item:
    """Return the added-up fold change of an untested compound as one item."""
    low, high = log10(cut.sensitive_up_to), log10(cut.resistant_from)
    place = rules.call_at_score * ((low + high) / 2 - log10_fold) / ((high - low) / 2)
    limit = rules.largest_fold_change_pull
    counted = [fold for folds in singles for fold in folds.counted]
    place = _within(place, counted)
    verified = all(fold.certainty is Certainty.VERIFIED for fold in counted)
    parts = " x ".join(f"{three_digits(10 ** mean_log10(f.counted)):g}" for f in singles)
    return Item(
        kind=ItemKind.PREDICTION,
        id=f"sum.{haplotype}",
        says=f"not measured; the singles add up to {three_digits(10**log10_fold):g}-fold ({parts})",
        pull=round(max(-limit, min(limit, place)), 4),
        source=", ".join(sorted({fold.source for fold in counted})),
        certainty=Certainty.VERIFIED if verified else Certainty.RECALLED,
    )


def from_pair(
    inner: Haplotype, drug: str, score: float, evidence: Sequence[Item], rules: ResponseRules
) -> Item:
    """Return the signed term of a known pair inside a larger compound."""
    limit = rules.largest_fold_change_pull
    counted = [item for item in evidence if item.pull]
    verified = any(item.certainty is Certainty.VERIFIED for item in counted)
    towards = "resistance" if score < 0 else "sensitivity"
    return Item(
        kind=ItemKind.PAIR,
        id=f"pair.{inner}-{drug}",
        says=f"holds {inner}, whose own evidence pulls towards {towards} ({score:+.1f})",
        pull=round(rules.pair_share * max(-limit, min(limit, score)), 4),
        source=", ".join(sorted({item.source for item in counted})),
        certainty=Certainty.VERIFIED if verified else Certainty.RECALLED,
    )


def from_part(mutation: str, response: HaplotypeResponse) -> Item:
    """Return what is called for one mutation alone, for the reader's eye."""
    return Item(
        kind=ItemKind.PART,
        id=f"part.{mutation}-{response.drug}",
        says=f"{mutation} alone: {response.call.value}",
        pull=0.0,
        source=", ".join(sorted({item.source for item in response.items if item.pull})),
        certainty=response.certainty or Certainty.RECALLED,
        set_aside="a compound is not its parts",
    )


def conflict(items: Sequence[Item], rules: ResponseRules) -> str | None:
    """Return who disagrees with whom, where both sides reach the score of a call."""
    towards = [item for item in items if item.pull > 0]
    against = [item for item in items if item.pull < 0]
    least = rules.call_at_score
    weaker = min(sum(i.pull for i in towards), -sum(i.pull for i in against))
    if round(weaker, 4) < least:
        return None
    return f"{_names(towards)} towards sensitive, {_names(against)} towards resistant"


def _names(items: Sequence[Item]) -> str:
    words = (f"{item.source} ({item.evidence or item.kind.value})" for item in items)
    return ", ".join(dict.fromkeys(words))


def why(
    call: Call, fold_change: Interval | None, cut: FoldCut | None, items: Sequence[Item]
) -> str:
    """Return one line that says what the call rests on."""
    if call is Call.NO_DATA:
        held = any(item.kind is not ItemKind.PART for item in items)
        return "what is held is too little for a call" if held else "nothing is known of it"
    parts = []
    if fold_change is not None and cut is not None:
        predicted = any(item.kind is ItemKind.PREDICTION for item in items)
        where = "by adding up the singles" if predicted else "in cells"
        parts.append(
            f"{fold_change.median:g}-fold {where} "
            f"(cuts {cut.sensitive_up_to:g} and {cut.resistant_from:g})"
        )
    for kind in EvidenceKind:
        of_kind = [item for item in items if item.evidence == kind.value and item.pull]
        for word, towards in (("sensitive", 1), ("resistant", -1)):
            sources = dict.fromkeys(i.source for i in of_kind if i.pull * towards > 0)
            if sources:
                parts.append(f"{kind.value}: {word} ({', '.join(sources)})")
    parts.extend(item.says for item in items if item.kind is ItemKind.PAIR and item.pull)
    return "; ".join(parts)
