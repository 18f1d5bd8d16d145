"""The response of a haplotype to a drug: evidence at that genotype, itemised and added up.

Each item pulls towards sensitive (above zero) or resistant (below). The sum is the score::

    score >= +1  sensitive      -1 < score < +1  reduced      score <= -1  resistant

and ``no data`` where less than one laboratory result speaks. Where both sides would make a call,
only patients who answered make it ``sensitive``; else it is ``reduced``.

The numbers, and why they are what they are, stand in ``knowledge/sensitivity/rules.yaml`` and in
each drug's cut; the equations in ``docs/methods/responses.md``. A posterior will replace the inside
of this module; its two functions are the interface that stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import sqrt

from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import Certainty
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Interval
from alkanet.model.response import Basis, Call, HaplotypeResponse, Item, ItemKind
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import Therapy
from alkanet.sensitivity import items as itemise
from alkanet.sensitivity.counting import CountedClaim, count_once
from alkanet.sensitivity.fold_change import FoldChanges, fold_changes, interval, spread

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
    evidence = _Evidence.gather(haplotype, therapy, kb, rules)
    if evidence.is_direct or len(haplotype.mutations) < 2:
        items = (*evidence.items, *_parts(haplotype, therapy, kb, rules))
        return _response(haplotype, therapy, items, evidence, rules)
    return _from_parts(haplotype, therapy, kb, rules, evidence)


class _Evidence:
    """What is held about one haplotype and one drug, as items."""

    def __init__(
        self,
        folds: FoldChanges,
        claims: tuple[CountedClaim, ...],
        fold_change: Interval | None,
        items: tuple[Item, ...],
    ) -> None:
        self.folds = folds
        self.claims = claims
        self.fold_change = fold_change
        self.items = items

    @classmethod
    def gather(
        cls, haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
    ) -> _Evidence:
        folds = fold_changes(haplotype, therapy.id, kb)
        claims = count_once(
            kb.claims(haplotype, therapy.id), frozenset(f.source for f in folds.counted), rules
        )
        items = (
            *itemise.from_claims(claims),
            *itemise.from_folds(folds, therapy.cut, rules),
        )
        return cls(folds, claims, interval(haplotype, folds.counted, rules), items)

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
        claims = [c for c in self.claims if c.pull and c.level != "statement"]
        if self.folds.counted and (claims or len(self.folds.counted) > 1):
            return Basis.POOLED
        if self.folds.counted:
            return Basis.MEASURED
        return Basis.REPORTED if claims else Basis.NONE


def _response(
    haplotype: Haplotype,
    therapy: Therapy,
    items: Sequence[Item],
    evidence: _Evidence,
    rules: ResponseRules,
) -> HaplotypeResponse:
    score = _score(items)
    conflict = itemise.conflict(items, rules)
    call = Call.NO_DATA
    if evidence.weight(rules) >= rules.least_weight_for_a_call:
        call = _call(score, rules)
    if call is Call.SENSITIVE and conflict and not evidence.patients_answered:
        call = Call.REDUCED
    return HaplotypeResponse(
        haplotype=str(haplotype),
        drug=therapy.id,
        call=call,
        fold_change=evidence.fold_change,
        p_response=_p_response(call, score, rules),
        basis=Basis.NONE if call is Call.NO_DATA else evidence.basis,
        score=score,
        certainty=_certainty(items, call),
        conflict=conflict,
        why=itemise.why(call, evidence.fold_change, therapy.cut, items),
        items=tuple(items),
    )


def _from_parts(
    haplotype: Haplotype,
    therapy: Therapy,
    kb: KnowledgeBase,
    rules: ResponseRules,
    evidence: _Evidence,
) -> HaplotypeResponse:
    """Return what the single mutations, added up, and known pairs say of an untested compound.

    The sum of log10 fold changes is the strongest regularity known for ALK compounds, and known
    exceptions lie far above it (C1156Y+L1198F on lorlatinib). So an added-up compound is never
    called sensitive. With a mutation that nobody knows, nothing is said.
    """
    singles = [fold_changes(Haplotype(mutations=(m,)), therapy.id, kb) for m in haplotype.mutations]
    predicted: Interval | None = None
    is_known = set(haplotype.mutations) <= kb.known_mutations()
    extra: list[Item] = _pairs(haplotype, therapy, kb, rules) if is_known else []
    if therapy.cut is not None and all(folds.counted for folds in singles):
        means = [itemise.mean_log10(folds.counted) for folds in singles]
        variance = sum(rules.laboratory_sd_log10**2 / len(f.counted) for f in singles)
        predicted = spread(sum(means), sqrt(variance + rules.compound_sd_log10**2))
        extra.append(itemise.from_sum(haplotype, sum(means), singles, therapy.cut, rules))
    items = (*evidence.items, *extra, *_parts(haplotype, therapy, kb, rules))
    score = _score(items)
    speaks = any(item.pull for item in extra)
    call = _call(score, rules) if speaks else Call.NO_DATA
    if call is Call.SENSITIVE:
        call = Call.REDUCED
    return HaplotypeResponse(
        haplotype=str(haplotype),
        drug=therapy.id,
        call=call,
        fold_change=predicted,
        p_response=_p_response(call, score, rules),
        basis=Basis.PREDICTED if speaks else Basis.NONE,
        score=score,
        certainty=_certainty(items, call),
        conflict=itemise.conflict(items, rules),
        why=itemise.why(call, predicted, therapy.cut, items),
        items=items,
    )


def _pairs(
    haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
) -> list[Item]:
    """Return signed terms for the known pairs inside a compound of three mutations or more."""
    found = []
    for size in range(2, len(haplotype.mutations)):
        for part in combinations(haplotype.mutations, size):
            inner = Haplotype(mutations=part)
            evidence = _Evidence.gather(inner, therapy, kb, rules)
            if evidence.is_direct:
                score = sum(item.pull for item in evidence.items)
                found.append(itemise.from_pair(inner, therapy.id, score, evidence.items, rules))
    return found


def _parts(
    haplotype: Haplotype, therapy: Therapy, kb: KnowledgeBase, rules: ResponseRules
) -> tuple[Item, ...]:
    """Return what is called for each single mutation of a compound: shown, pulling nothing."""
    if len(haplotype.mutations) < 2:
        return ()
    parts = []
    for mutation in haplotype.mutations:
        single = Haplotype(mutations=(mutation,))
        response = predict_one(single, therapy, kb, rules)
        if response.items:
            parts.append(itemise.from_part(mutation, response))
    return tuple(parts)


def _score(items: Sequence[Item]) -> float:
    return round(sum(item.pull for item in items), 4) + 0.0  # never "-0.0"


def _call(score: float, rules: ResponseRules) -> Call:
    if score >= rules.call_at_score:
        return Call.SENSITIVE
    return Call.RESISTANT if score <= -rules.call_at_score else Call.REDUCED


def _p_response(call: Call, score: float, rules: ResponseRules) -> Interval | None:
    if call is Call.NO_DATA:
        return None
    fitting = [
        entry
        for entry in rules.response_map
        if entry.call == call.value and entry.from_score <= abs(score)
    ]
    entry = max(fitting, key=lambda e: e.from_score)
    return Interval(median=entry.median, low=entry.low, high=entry.high)


def _certainty(items: Sequence[Item], call: Call) -> Certainty | None:
    if call is Call.NO_DATA:
        return None
    towards = {Call.SENSITIVE: 1, Call.RESISTANT: -1}.get(call)
    carrying = [i for i in items if i.pull and (towards is None or i.pull * towards > 0)]
    verified = any(item.certainty is Certainty.VERIFIED for item in carrying)
    return Certainty.VERIFIED if verified else Certainty.RECALLED
