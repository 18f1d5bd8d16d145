"""Whether the haplotype explains the failure of a drug: the on-target question, drug by drug."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alkanet.model.fact import Fact
from alkanet.model.haplotype import Haplotype, Reading
from alkanet.model.response import Basis, Call, HaplotypeResponse
from alkanet.model.tumour import Tumour

__all__ = ["explanation_facts"]


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
