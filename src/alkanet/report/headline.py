"""The one sentence that answers first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alkanet.model.haplotype import WILD_TYPE, residue
from alkanet.model.report import Assessment
from alkanet.model.response import Call, HaplotypeResponse, by_haplotype
from alkanet.model.tumour import Tumour

__all__ = ["headline"]

ASSUMPTION = "if ALK drives the tumour"
_ORDER = (Call.SENSITIVE, Call.REDUCED, Call.RESISTANT, Call.NO_DATA)


def headline(
    assessment: Assessment, leading_drugs: Sequence[str], given: Sequence[str] = ()
) -> str:
    """Return one sentence on the haplotype level, for the drugs that lead the tables.

    It names the assumption under which it holds and the drugs that were given before, and never a
    wild type that nobody tested.
    """
    told = _told(assessment, leading_drugs)
    before = [drug for drug in leading_drugs if drug in given]
    rejected = [m for m in assessment.tumour.rejected_changes if m not in _mutations(assessment)]
    more = [f"given before: {_listed(before)}"] if before and assessment.tumour.readings else []
    more += [f"called and rejected by the caller's filter: {_listed(rejected)}"] if rejected else []
    return f"{'; '.join((told.removesuffix('.'), *more))}."


def _mutations(assessment: Assessment) -> set[str]:
    return {m for haplotype in assessment.tumour.haplotypes for m in haplotype.mutations}


def _told(assessment: Assessment, leading_drugs: Sequence[str]) -> str:
    tumour = assessment.tumour
    if not tumour.readings:
        return f"{_fusion(tumour)}; the ALK kinase domain was not tested, so no drug is called."
    calls = _calls_by_haplotype(assessment.haplotype_responses, leading_drugs)
    names = [str(haplotype) for haplotype in tumour.haplotypes]
    if len(names) == 1:
        only = calls[names[0]]
        return f"{_subject(tumour, names)}: {_sentence(only, leading_drugs)}, {ASSUMPTION}."
    same, differing = _agreement(calls, names, leading_drugs)
    readings = len(tumour.readings)
    told = _subject(tumour, names)
    if readings > 1:
        listed = _listed(sorted(_mutations(assessment), key=lambda m: (residue(m), m)))
        told = f"{_fusion_and(tumour)} {listed}, phase unknown ({readings} readings)"
    parts = [f"in every haplotype {_sentence(same, leading_drugs)}"] if same else []
    if differing:
        verb = "depends" if len(differing) == 1 else "depend"
        parts.append(f"{_listed(differing)} {verb} on the haplotype")
    return f"{told}: {'; '.join(parts)}, {ASSUMPTION}."


def _fusion(tumour: Tumour) -> str:
    if tumour.fusion is None:
        return "No ALK fusion in the input"
    variant = f" {tumour.fusion.variant}" if tumour.fusion.variant else ""
    return f"{tumour.fusion.name}{variant}"


def _subject(tumour: Tumour, names: Sequence[str]) -> str:
    if list(names) == [WILD_TYPE]:
        return f"{_fusion(tumour)}, kinase domain wild type"
    return f"{_fusion_and(tumour)} {_listed(names)}"


def _fusion_and(tumour: Tumour) -> str:
    return _fusion(tumour) + (" with" if tumour.fusion else ";")


def _calls_by_haplotype(
    responses: Sequence[HaplotypeResponse], drugs: Sequence[str]
) -> dict[str, dict[str, Call]]:
    return {
        haplotype: {response.drug: response.call for response in made if response.drug in drugs}
        for haplotype, made in by_haplotype(responses).items()
    }


def _agreement(
    calls: Mapping[str, Mapping[str, Call]], names: Sequence[str], drugs: Sequence[str]
) -> tuple[dict[str, Call], list[str]]:
    same: dict[str, Call] = {}
    differing: list[str] = []
    for drug in drugs:
        found = {calls[name][drug] for name in names}
        if len(found) == 1:
            same[drug] = found.pop()
        else:
            differing.append(drug)
    return same, differing


def _sentence(calls: Mapping[str, Call], leading_drugs: Sequence[str]) -> str:
    parts = []
    for call in _ORDER:
        drugs = [drug for drug, made in calls.items() if made is call]
        if len(drugs) == len(leading_drugs) > 1:
            return f"all {len(drugs)} drugs {call.value}"
        if drugs:
            parts.append(f"{_listed(drugs)} {call.value}")
    return "; ".join(parts)


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
