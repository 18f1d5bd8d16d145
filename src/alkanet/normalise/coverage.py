"""What was looked at: in which specimens a mutation of the kinase domain would have been seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alkanet.kb.query import KnowledgeBase
from alkanet.model.calls import Calls, OutsideKind, SpecimenLook
from alkanet.model.case import Case, Specimen, SpecimenKind
from alkanet.model.tumour import BlindSpot

__all__ = ["KINASE_DOMAIN", "Coverage", "blind_spots", "coverage_of"]

KINASE_DOMAIN = "ALK kinase domain"
"""What an assay must cover for its silence to be wild type, in the words of ``assays/``."""

_TYPED_CHANGES = frozenset({OutsideKind.MUTATION, OutsideKind.HAPLOTYPE})


@dataclass(frozen=True)
class Coverage:
    """What the specimens of a case could have shown, each tuple in the order of the case."""

    tested: tuple[str, ...]
    """Those in which a mutation of the kinase domain would have been seen.

    The whole domain was read, by what the assay covers or by a typed line; and the specimen is
    tissue, or shows by the fusion that it holds tumour DNA or RNA. Plasma that shows nothing of
    the tumour cannot show that a mutation is absent, nor can a specimen from before a drug that
    may have selected one.
    """
    outdated: tuple[str, ...]
    """Those taken before an ALK inhibitor was begun, by their dates."""
    with_fusion: frozenset[str]
    """Those that show a fusion, and so hold DNA or RNA of the tumour."""


def coverage_of(
    case: Case, calls: Calls, looks: Mapping[str, SpecimenLook], kb: KnowledgeBase
) -> Coverage:
    """Return what the specimens of a case could have shown."""
    with_fusion = _with_fusion(calls)
    outdated = _outdated(case, kb)
    tested = tuple(
        specimen.id
        for specimen in case.specimens
        if _was_read(specimen, calls, looks.get(specimen.id, SpecimenLook()), kb)
        and (specimen.kind is SpecimenKind.TISSUE or specimen.id in with_fusion)
        and specimen.id not in outdated
    )
    return Coverage(tested=tested, outdated=outdated, with_fusion=with_fusion)


def _outdated(case: Case, kb: KnowledgeBase) -> tuple[str, ...]:
    inhibitors = {therapy.id for therapy in kb.therapies()}
    begun = [line.start for line in case.lines if line.start and inhibitors & set(line.drugs)]
    return tuple(
        specimen.id
        for specimen in case.specimens
        if specimen.date is not None and any(specimen.date < start for start in begun)
    )


def _with_fusion(calls: Calls) -> frozenset[str]:
    typed = {call.specimen for call in calls.outside if call.kind is OutsideKind.FUSION}
    return frozenset(typed | {call.specimen for call in calls.fusions})


def _was_read(specimen: Specimen, calls: Calls, look: SpecimenLook, kb: KnowledgeBase) -> bool:
    kinds = {call.kind for call in calls.outside if call.specimen == specimen.id}
    if OutsideKind.KINASE_DOMAIN in kinds:
        return True
    if not look.read_small_variants and not kinds & _TYPED_CHANGES:
        return False
    names = set(look.assays)
    covers: set[str] = set()
    if specimen.assay is not None:
        covers |= set(specimen.assay.covers)
        names |= {specimen.assay.name} if specimen.assay.name else set()
    for name in names:
        covers |= kb.assay_covers(name)
    return KINASE_DOMAIN in covers


def blind_spots(tested: Sequence[str]) -> tuple[BlindSpot, ...]:
    """Return what the assays at hand could not have shown."""
    if tested:
        return ()
    return (
        BlindSpot(
            mechanism="on-target mutation",
            why="no input is known to have read the whole ALK kinase domain",
            test="sequencing of the ALK kinase domain (exons 20 to 28) in tissue or plasma",
        ),
    )
