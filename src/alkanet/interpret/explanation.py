"""Whether the haplotype explains the failure of a drug: the on-target question, drug by drug."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.model.fact import Fact
from alkanet.model.haplotype import Haplotype
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
    explaining: dict[str, Haplotype] = {}
    suspected: dict[str, str] = {}
    all_readings = True
    for reading in tumour.readings:
        in_reading = False
        for clone in reading.clones:
            name = str(clone.haplotype)
            response = of_drug.get(name)
            if not clone.haplotype.mutations or response is None:
                continue
            if response.call is Call.RESISTANT and response.basis is not Basis.PREDICTED:
                explaining[name] = clone.haplotype
                in_reading = True
            elif response.call is not Call.SENSITIVE:
                suspected[name] = f"{name} with {drug}: {response.call.value}"
        all_readings = all_readings and in_reading
    if explaining and all_readings:
        compound = any(len(haplotype.mutations) > 1 for haplotype in explaining.values())
        fact = Fact.COMPOUND_EXPLAINS if compound else Fact.SINGLE_EXPLAINS
        yield fact, f"{', '.join(explaining)} with {drug}: {Call.RESISTANT.value}"
    elif explaining:
        yield Fact.EXPLAINED_IN_PART, f"{', '.join(explaining)} with {drug} in some readings only"
    elif suspected:
        yield Fact.EXPLAINED_IN_PART, "; ".join(suspected.values())
    else:
        yield Fact.NOT_EXPLAINED, ""
