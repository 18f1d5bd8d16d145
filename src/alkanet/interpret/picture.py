"""The clinical picture put together: facts of the history, the tumour and its haplotypes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from alkanet.interpret.explanation import explanations
from alkanet.model.alteration import (
    Alteration,
    HistologyAlteration,
    HostFactor,
    SmallVariant,
)
from alkanet.model.case import Case, SpecimenKind
from alkanet.model.fact import Fact
from alkanet.model.haplotype import Reading
from alkanet.model.history import History
from alkanet.model.picture import ClinicalPicture
from alkanet.model.response import HaplotypeResponse
from alkanet.model.tumour import Tumour

__all__ = ["picture_of"]


def picture_of(
    case: Case, tumour: Tumour, history: History, responses: Iterable[HaplotypeResponse]
) -> ClinicalPicture:
    """Return what rules may ask of this patient, before any mechanism is found.

    What only specimens from before the last treatment show is not asked about, since it did not
    come under it; where the tumour never listened, it is.
    """
    facts = dict(history.facts)
    facts.update(_tumour_facts(case, tumour))
    facts.update(explanations(tumour, history, responses))
    return ClinicalPicture(
        facts=facts,
        alterations=tuple(a for a in tumour.alterations if _counts(a, tumour, facts)),
        laboratory=case.laboratory,
        given=tuple(dict.fromkeys(drug for line in case.lines for drug in line.drugs)),
        failed=history.failed,
    )


def _clones(reading: Reading) -> frozenset[str]:
    return frozenset(str(clone.haplotype) for clone in reading.clones)


def _counts(alteration: Alteration, tumour: Tumour, facts: Container[Fact]) -> bool:
    """Return whether an alteration may bear on the failure of the last drug."""
    if Fact.PRIMARY in facts or Fact.NEVER_RESPONDED in facts or isinstance(alteration, HostFactor):
        return True
    if isinstance(alteration, SmallVariant):
        specimens = [support.specimen for support in alteration.support]
    else:
        specimens = [alteration.specimen] if alteration.specimen is not None else []
    return not specimens or any(name not in tumour.outdated_specimens for name in specimens)


def _tumour_facts(case: Case, tumour: Tumour) -> Iterator[tuple[Fact, str]]:
    if tumour.fusion is not None:
        yield Fact.FUSION_SHOWN, tumour.fusion.name
    elif tumour.is_rearranged_by_fish:
        yield Fact.FUSION_BY_FISH_ONLY, ""
    elif tumour.shows_alk_protein:
        yield Fact.FUSION_BY_PROTEIN_ONLY, ""
    else:
        yield Fact.FUSION_NOT_SHOWN, ""
    changed = [
        a for a in tumour.alterations if isinstance(a, HistologyAlteration) and not a.at_diagnosis
    ]
    if changed:
        yield Fact.HISTOLOGY_CHANGED, ", ".join(a.histology for a in changed)
    if not tumour.readings:
        yield Fact.KINASE_NOT_READ, ""
    else:
        yield Fact.KINASE_READ, ""
        mutated = [
            any(clone.haplotype.mutations for clone in reading.clones)
            for reading in tumour.readings
        ]
        if all(mutated):
            yield Fact.MUTATION_FOUND, ", ".join(map(str, tumour.haplotypes))
        elif not any(mutated):
            yield Fact.NO_MUTATION_FOUND, ""
        if len({_clones(reading) for reading in tumour.readings}) > 1:
            yield Fact.PHASE_UNKNOWN, f"{len(tumour.readings)} readings"
    kinds = {specimen.kind for specimen in case.specimens}
    if kinds and not kinds & {SpecimenKind.TISSUE, SpecimenKind.EFFUSION}:
        yield Fact.LIQUID_ONLY, ", ".join(sorted(kinds))
    if tumour.silent_specimens:
        yield Fact.LIQUID_SILENT, ", ".join(tumour.silent_specimens)
