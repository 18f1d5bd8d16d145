"""What was looked at: in which specimens a mutation of the kinase domain would have been seen."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import (
    Alteration,
    CopyNumberAlteration,
    ExpressionAlteration,
    HistologyAlteration,
    HostFactor,
    Role,
    SmallVariant,
)
from alkanet.model.calls import Calls, OutsideKind, SpecimenLook
from alkanet.model.case import Case, Specimen, SpecimenKind
from alkanet.model.mechanism_rule import MechanismRule
from alkanet.model.tumour import BlindSpot

__all__ = [
    "KINASE_DOMAIN",
    "Coverage",
    "blind_spots",
    "coverage_of",
    "shows_tumour",
    "silent_specimens",
]

KINASE_DOMAIN = "ALK kinase domain"
"""What an assay must cover for its silence to be wild type, in the words of ``assays/``."""

HISTOLOGY = "histology"
"""What a specimen shows that a pathologist has looked at, in the words of ``mechanisms/``."""

SOLID = frozenset({SpecimenKind.TISSUE})
"""Kinds of specimen that hold tumour without further proof."""

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
    covers: Mapping[str, frozenset[str]]
    """By specimen, what was looked at: the words of its assays, and what was typed."""


def coverage_of(
    case: Case,
    calls: Calls,
    looks: Mapping[str, SpecimenLook],
    typed: Mapping[str, Sequence[Alteration]],
    kb: KnowledgeBase,
) -> Coverage:
    """Return what the specimens of a case could have shown.

    Parameters
    ----------
    case, calls
        The case and all its calls.
    looks
        By specimen, what its files show of how it was looked at.
    typed
        By specimen, the typed findings outside ALK's sequence: what was typed was looked at.
    kb
        The assays, and which drugs are ALK inhibitors.
    """
    with_fusion = _with_fusion(calls)
    outdated = _outdated(case, kb)
    tested = tuple(
        specimen.id
        for specimen in case.specimens
        if _was_read(specimen, calls, looks.get(specimen.id, SpecimenLook()), kb)
        and (specimen.kind in SOLID or specimen.id in with_fusion)
        and specimen.id not in outdated
    )
    covers = {}
    for specimen in case.specimens:
        look = looks.get(specimen.id, SpecimenLook())
        words = {word for a in typed.get(specimen.id, ()) for word in _covered_by(a)}
        words |= {HISTOLOGY} if specimen.histology is not None else set()
        words |= {KINASE_DOMAIN} if specimen.id in tested else set()
        covers[specimen.id] = _assay_covers(specimen, look, kb) | words
    return Coverage(tested=tested, outdated=outdated, with_fusion=with_fusion, covers=covers)


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
    return KINASE_DOMAIN in _assay_covers(specimen, look, kb)


def _assay_covers(specimen: Specimen, look: SpecimenLook, kb: KnowledgeBase) -> frozenset[str]:
    """Return what the assays of a specimen cover, as stated and as the knowledge holds."""
    names = set(look.assays)
    covers: set[str] = set()
    if specimen.assay is not None:
        covers |= set(specimen.assay.covers)
        names |= {specimen.assay.name} if specimen.assay.name else set()
    for name in names:
        covers |= kb.assay_covers(name)
    return frozenset(covers)


def _covered_by(alteration: Alteration) -> frozenset[str]:
    """Return what somebody has looked at who typed a finding, whatever it says."""
    match alteration:
        case SmallVariant():
            return frozenset({f"{alteration.gene} variants"})
        case CopyNumberAlteration():
            return frozenset({f"{alteration.gene} copy number"})
        case ExpressionAlteration():
            return frozenset({f"{alteration.gene} expression"})
        case HistologyAlteration():
            return frozenset({HISTOLOGY})
    return frozenset()


def shows_tumour(alteration: Alteration) -> bool:
    """Return whether a finding shows that its specimen holds something of the tumour.

    What is inherited stands in every plasma, and what was looked for and not found shows nothing.
    """
    match alteration:
        case SmallVariant():
            return alteration.role not in (Role.GERMLINE, Role.SILENT)
        case CopyNumberAlteration():
            return alteration.change != "copy neutral"
        case ExpressionAlteration():
            return alteration.change != "absent"
    return not isinstance(alteration, HostFactor)


def silent_specimens(case: Case, coverage: Coverage, showing: Container[str]) -> tuple[str, ...]:
    """Return the liquid specimens that show nothing of the tumour.

    Parameters
    ----------
    case
        For the kinds of the specimens.
    coverage
        What they could have shown.
    showing
        Ids of the specimens in which anything of the tumour was found, beside a fusion of ALK.
    """
    return tuple(
        specimen.id
        for specimen in case.specimens
        if specimen.kind not in SOLID
        and specimen.id not in coverage.with_fusion
        and specimen.id not in coverage.outdated
        and specimen.id not in showing
    )


def blind_spots(
    case: Case, coverage: Coverage, silent: Container[str], rules: Iterable[MechanismRule]
) -> tuple[BlindSpot, ...]:
    """Return the mechanisms that the specimens at hand could not have shown, and the test.

    A specimen shows a mechanism if it is of a kind that can, something that was run on it covers
    one of the words of the rule, it is no older than the treatment in question, and it is not a
    liquid one that shows nothing of the tumour. The kinase domain comes first.
    """
    spots = []
    if not coverage.tested:
        spots.append(
            BlindSpot(
                mechanism="on-target mutation",
                why=_why_not_read(coverage, silent),
                test="sequencing of the ALK kinase domain (exons 20 to 28) in tissue or plasma",
            )
        )
    current = [s for s in case.specimens if s.id not in coverage.outdated and s.id not in silent]
    for rule in rules:
        shown_by = rule.shown_by
        if shown_by is None or KINASE_DOMAIN in shown_by.covers:
            continue
        able = [s for s in current if s.kind in shown_by.specimens]
        if not any(set(shown_by.covers) & coverage.covers[s.id] for s in able):
            wanted = " or ".join(shown_by.covers)
            why = f"nothing that was run on a fitting specimen is known to cover {wanted}"
            if not able:
                kinds = " or ".join(kind.value for kind in shown_by.specimens)
                why = f"no current specimen that can show it ({kinds})"
            spots.append(BlindSpot(mechanism=rule.name, why=why, test=shown_by.test))
    return tuple(spots)


def _why_not_read(coverage: Coverage, silent: Container[str]) -> str:
    if any(name in silent for name in coverage.covers):
        return "a liquid specimen without any sign of the tumour cannot show that nothing is there"
    return "no input is known to have read the whole ALK kinase domain"
