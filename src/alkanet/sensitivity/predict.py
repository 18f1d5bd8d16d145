"""The response of a haplotype to a drug: evidence at that genotype, itemised and added up.

Each item pulls towards sensitive (above zero) or resistant (below). The sum is the score::

    score >= +1  sensitive      -1 < score < +1  reduced      score <= -1  resistant

and ``no data`` where less than one laboratory result speaks. Without patients who answered,
``sensitive`` gives way to ``reduced`` where sources disagree, or where the interval of the fold
change reaches the drug's second cut.

The numbers, and why they are what they are, stand in ``knowledge/sensitivity/rules.yaml`` and in
each drug's cut; the equations in ``docs/methods/responses.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import Certainty
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Interval
from alkanet.model.response import Basis, Call, HaplotypeResponse, Item
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import FoldCut, Therapy
from alkanet.sensitivity import items as itemise
from alkanet.sensitivity.evidence import Evidence, gather
from alkanet.sensitivity.fold_change import ceiling_log10, fold_changes, spread
from alkanet.sensitivity.wording import conflict, why

__all__ = ["predict", "predict_one"]


def predict(haplotypes: Iterable[Haplotype], kb: KnowledgeBase) -> tuple[HaplotypeResponse, ...]:
    """Return the response of each haplotype to each drug of the knowledge.

    Haplotypes come in the order of their text, drugs in that of ``kb.therapies()``.
    """
    therapies, rules = kb.therapies(), kb.response_rules()
    ordered = sorted({str(h): h for h in haplotypes}.items())
    return tuple(
        predict_one(haplotype, therapy, kb, rules)
        for _, haplotype in ordered
        for therapy in therapies
    )


def predict_one(
    haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
) -> HaplotypeResponse:
    """Return the response of one haplotype to one drug, if ALK drives the tumour."""
    evidence = gather(haplotype, therapy, kb, rules)
    singles = _singles(haplotype, therapy, kb, rules)
    parts = tuple(itemise.from_part(single) for single in singles if single.items)
    if evidence.is_direct or len(haplotype.mutations) < 2:
        speaks = evidence.weight(rules) >= rules.least_weight_for_a_call
        items: tuple[Item, ...] = (*evidence.items, *parts)
        verdict = _verdict(items, evidence, evidence.fold_change, therapy.cut, rules)
        if _is_unproven_compound(haplotype, therapy, evidence) and verdict.call is Call.SENSITIVE:
            verdict = verdict.as_reduced()
        basis = evidence.basis
        fold_change = evidence.fold_change if evidence.folds.is_exact else None
    else:
        inside = _known_inside(haplotype, therapy, kb, rules)
        fold_change, terms = _from_parts(haplotype, therapy, inside, kb, rules)
        speaks = any(item.pull for item in terms)
        if speaks:
            known = [predict_one(inner, therapy, kb, rules) for inner in inside]
            worst = _worst_parts(known, singles)
            terms += _floor(haplotype, worst, (*evidence.items, *terms), rules)
        items = (*evidence.items, *terms, *parts)
        verdict = _verdict(items, evidence, fold_change, therapy.cut, rules)
        basis = Basis.PREDICTED
        if verdict.call is Call.SENSITIVE:
            verdict = verdict.as_reduced()
    call = verdict.call if speaks else Call.NO_DATA
    return HaplotypeResponse(
        haplotype=str(haplotype),
        drug=therapy.id,
        call=call,
        fold_change=fold_change,
        p_response=_p_response(call, verdict, rules),
        basis=basis if speaks else Basis.NONE,
        score=verdict.score,
        certainty=_certainty(items, call, rules),
        conflict=verdict.conflict if speaks else None,
        why=why(call, fold_change, therapy.cut, items),
        items=items,
    )


def _is_unproven_compound(haplotype: Haplotype, therapy: Therapy, evidence: Evidence) -> bool:
    """Return whether cells alone speak of a compound, for a drug whose cut compounds undercut.

    Where compounds that failed in patients add up to less than the drug's cut, a compound below
    that cut is no safe ground until a patient with it has answered.
    """
    undercut = therapy.cut is not None and therapy.cut.sum_is_lower_bound
    return undercut and len(haplotype.mutations) > 1 and not evidence.patients_answered


@dataclass(frozen=True)
class _Verdict:
    """The call of a score, and who disagrees."""

    call: Call
    score: float
    conflict: str | None

    def as_reduced(self) -> _Verdict:
        return _Verdict(Call.REDUCED, self.score, self.conflict)


def _verdict(
    items: Sequence[Item],
    evidence: Evidence,
    fold_change: Interval | None,
    cut: FoldCut | None,
    rules: ResponseRules,
) -> _Verdict:
    score = itemise.score_of(items)
    call = _call(score, rules)
    told = conflict(items, evidence.claims, call, rules)
    verdict = _Verdict(call, score, told)
    if call is not Call.SENSITIVE or evidence.patients_answered:
        return verdict
    reaches = fold_change is not None and cut is not None and fold_change.high >= cut.resistant_from
    disagree = any(item.pull < 0 for item in items) and told is not None
    return verdict.as_reduced() if reaches or disagree else verdict


def _from_parts(
    haplotype: Haplotype,
    therapy: Therapy,
    inside: Mapping[Haplotype, Evidence],
    kb: KnowledgeBase,
    rules: ResponseRules,
) -> tuple[Interval | None, list[Item]]:
    """Return what the single mutations, added up, and known pairs say of an untested compound.

    The sum of log10 fold changes is the strongest regularity known for ALK compounds, and known
    exceptions lie far above it (C1156Y+L1198F on lorlatinib). So an added-up compound is never
    called sensitive. With a mutation that nobody knows, nothing is said.
    """
    if not set(haplotype.mutations) <= kb.known_mutations():
        return None, []
    singles = tuple(
        fold_changes(Haplotype(mutations=(m,)), therapy.id, kb) for m in haplotype.mutations
    )
    terms = [
        itemise.from_pair(inner, therapy.id, evidence.items, rules)
        for inner, evidence in inside.items()
    ]
    if therapy.cut is None or not all(single.counted for single in singles):
        return None, terms
    added = itemise.Sum(haplotype, singles, rules.compound_excess_log10)
    variance = sum(rules.laboratory_sd_log10**2 / len(single.counted) for single in singles)
    predicted = spread(
        added.log10_fold,
        sqrt(variance + rules.compound_sd_log10**2),
        ceiling_log10(therapy.id, kb),
    )
    is_exact = all(single.is_exact for single in singles)
    terms.append(itemise.from_sum(added, therapy.cut, rules))
    return predicted if is_exact else None, terms


def _known_inside(
    haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
) -> dict[Haplotype, Evidence]:
    """Return the smaller compounds inside a compound of which somebody speaks directly."""
    inside = (h for h in kb.compounds(therapy.id) if set(h.mutations) < set(haplotype.mutations))
    found = {inner: gather(inner, therapy, kb, rules) for inner in inside}
    return {inner: evidence for inner, evidence in found.items() if evidence.is_direct}


def _singles(
    haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
) -> tuple[HaplotypeResponse, ...]:
    """Return what is called for each mutation of a compound alone; nothing for a single one."""
    if len(haplotype.mutations) < 2:
        return ()
    return tuple(
        predict_one(Haplotype(mutations=(mutation,)), therapy, kb, rules)
        for mutation in haplotype.mutations
    )


def _worst_parts(
    known: Sequence[HaplotypeResponse], singles: Sequence[HaplotypeResponse]
) -> list[HaplotypeResponse]:
    """Return the resistant parts of a compound that nobody tested.

    Its parts are the known compounds inside, and the mutations that no such compound holds: what a
    pair does together says more than what each of the two does alone.
    """
    held = {m for inner in known for m in Haplotype.parse(inner.haplotype).mutations}
    parts = (*known, *(single for single in singles if single.haplotype not in held))
    return [part for part in parts if part.call is Call.RESISTANT]


def _floor(
    haplotype: Haplotype,
    worst: Sequence[HaplotypeResponse],
    items: Sequence[Item],
    rules: ResponseRules,
) -> list[Item]:
    """Return what keeps an untested compound no milder than its worst parts."""
    score = itemise.score_of(items)
    if not worst or _call(score, rules) is Call.RESISTANT:
        return []
    return [itemise.from_floor(haplotype, worst, score, rules)]


def _call(score: float, rules: ResponseRules) -> Call:
    if score >= rules.call_at_score:
        return Call.SENSITIVE
    return Call.RESISTANT if score <= -rules.call_at_score else Call.REDUCED


def _p_response(call: Call, verdict: _Verdict, rules: ResponseRules) -> Interval | None:
    """Return the written map's interval; where sources disagree, its first line for the call."""
    if call is Call.NO_DATA:
        return None
    size = 0.0 if verdict.conflict else abs(verdict.score)
    fitting = [e for e in rules.response_map if e.call == call.value and e.from_score <= size]
    entry = max(fitting, key=lambda e: e.from_score)
    return Interval(median=entry.median, low=entry.low, high=entry.high)


def _certainty(items: Sequence[Item], call: Call, rules: ResponseRules) -> Certainty | None:
    """Return ``verified`` where what somebody read in its source would make the call alone."""
    if call is Call.NO_DATA:
        return None
    read = [item for item in items if item.pull and item.certainty is Certainty.VERIFIED]
    weighs = sum(abs(item.pull) for item in read) >= rules.least_weight_for_a_call
    holds = weighs and _call(itemise.score_of(read), rules) is call
    return Certainty.VERIFIED if holds else Certainty.RECALLED
