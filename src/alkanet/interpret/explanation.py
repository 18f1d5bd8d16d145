"""Whether the haplotype explains the failure of a drug: the on-target question, drug by drug."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alkanet.model.fact import Fact
from alkanet.model.haplotype import Haplotype, Reading
from alkanet.model.history import History
from alkanet.model.response import Basis, Call, HaplotypeResponse
from alkanet.model.tumour import Tumour

__all__ = ["EXPLANATIONS", "explanation_facts", "explanations"]


EXPLANATIONS = frozenset(
    {
        Fact.SINGLE_EXPLAINS,
        Fact.COMPOUND_EXPLAINS,
        Fact.EXPLAINED_IN_PART,
        Fact.NOT_EXPLAINED,
    }
)
"""The facts that answer whether a mutation of ALK explains a failure."""


def explanations(
    tumour: Tumour, history: History, responses: Iterable[HaplotypeResponse]
) -> dict[Fact, str]:
    """Return what the haplotypes say about the drugs in question, each fact with its details.

    Asked of the drugs that failed on the last line with an ALK inhibitor, or of the last that
    failed before it.
    """
    made = tuple(responses)
    facts: dict[Fact, str] = {}
    for drug in history.just_failed or history.failed[-1:]:
        for fact, detail in explanation_facts(tumour, drug, made):
            facts[fact] = "; ".join(word for word in (facts.get(fact), detail) if word)
    return facts


def explanation_facts(
    tumour: Tumour, drug: str, responses: Iterable[HaplotypeResponse]
) -> Iterator[tuple[Fact, str]]:
    """Yield what the haplotypes say about the failure of a drug.

    A clone explains it where its haplotype resists this drug by evidence on this very haplotype.
    It may explain it where it reduces the drug, rests on a sum or on nothing, or stands in some
    readings only. Wild type explains nothing; without readings nobody can tell.
    """
    if not tumour.readings:
        return
    of_drug = {response.haplotype: response for response in responses if response.drug == drug}
    explaining = [_explaining(reading, of_drug) for reading in tumour.readings]
    names = list(dict.fromkeys(str(h) for found in explaining for h in found))
    if all(explaining):
        # a compound is told only where no reading explains the failure by single mutations
        compound = all(any(len(h.mutations) > 1 for h in found) for found in explaining)
        fact = Fact.COMPOUND_EXPLAINS if compound else Fact.SINGLE_EXPLAINS
        yield fact, f"{', '.join(names)} with {drug}: {Call.RESISTANT.value}"
    elif names:
        yield Fact.EXPLAINED_IN_PART, f"{', '.join(names)} with {drug} in some readings only"
    else:
        suspected = [
            f"{haplotype} with {drug}: {of_drug[str(haplotype)].call.value}"
            for haplotype in tumour.haplotypes
            if haplotype.mutations
            and str(haplotype) in of_drug
            and of_drug[str(haplotype)].call is not Call.SENSITIVE
        ]
        yield (Fact.EXPLAINED_IN_PART if suspected else Fact.NOT_EXPLAINED), "; ".join(suspected)


def _explaining(
    reading: Reading, of_drug: Mapping[str, HaplotypeResponse]
) -> tuple[Haplotype, ...]:
    """Return the mutated haplotypes of a reading that resist the drug by evidence of their own."""
    return tuple(
        clone.haplotype
        for clone in reading.clones
        if clone.haplotype.mutations
        and (response := of_drug.get(str(clone.haplotype))) is not None
        and response.call is Call.RESISTANT
        and response.basis is not Basis.PREDICTED
    )
