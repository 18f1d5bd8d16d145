"""The headline on the level of the haplotype, which names the assumption under which it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alkanet.model.haplotype import WILD_TYPE
from alkanet.model.report import Assessment
from alkanet.model.response import Call, HaplotypeResponse, by_haplotype
from alkanet.model.tumour import Tumour
from alkanet.report.subject import fusion_and, fusion_words, phase_unknown
from alkanet.report.words import listed

__all__ = ["ASSUMPTION", "haplotype_sentence"]

ASSUMPTION = "if ALK drives the tumour"
_ORDER = (Call.SENSITIVE, Call.REDUCED, Call.RESISTANT, Call.NO_DATA)


def haplotype_sentence(assessment: Assessment, leading_drugs: Sequence[str]) -> str:
    """Return how the leading drugs act on the tumour's haplotypes, without a final stop."""
    tumour = assessment.tumour
    if not tumour.readings:
        return f"{fusion_words(tumour)}; the ALK kinase domain was not tested, so no drug is called"
    calls = _calls_by_haplotype(assessment.haplotype_responses, leading_drugs)
    names = [str(haplotype) for haplotype in tumour.haplotypes]
    if len(names) == 1:
        only = calls[names[0]]
        return f"{_subject(tumour, names)}: {_sentence(only, leading_drugs)}, {ASSUMPTION}"
    same, differing = _agreement(calls, names, leading_drugs)
    told = phase_unknown(tumour) if len(tumour.readings) > 1 else _subject(tumour, names)
    parts = [f"in every haplotype {_sentence(same, leading_drugs)}"] if same else []
    if differing:
        verb = "depends" if len(differing) == 1 else "depend"
        parts.append(f"{listed(differing)} {verb} on the haplotype")
    return f"{told}: {'; '.join(parts)}, {ASSUMPTION}"


def _subject(tumour: Tumour, names: Sequence[str]) -> str:
    if list(names) == [WILD_TYPE]:
        return f"{fusion_words(tumour)}, kinase domain wild type"
    return f"{fusion_and(tumour)} {listed(names)}"


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
            parts.append(f"{listed(drugs)} {call.value}")
    return "; ".join(parts)
