"""Whether a label covers a drug in a position of the course, where and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from alkanet.model.case import Case
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.strategy import Position
from alkanet.model.therapy import Approval, ApprovedUse

__all__ = ["Cover", "cover_of"]

_USES = {
    Position.ADJUVANT: {ApprovedUse.ADJUVANT},
    Position.FIRST_LINE: {ApprovedUse.ANY_METASTATIC, ApprovedUse.FIRST_LINE},
    Position.AFTER_CRIZOTINIB: {ApprovedUse.ANY_METASTATIC, ApprovedUse.AFTER_CRIZOTINIB},
    Position.AFTER_SECOND_GENERATION: {
        ApprovedUse.ANY_METASTATIC,
        ApprovedUse.AFTER_SECOND_GENERATION,
    },
    Position.AFTER_THIRD_GENERATION: {ApprovedUse.ANY_METASTATIC},
}


@dataclass(frozen=True)
class Cover:
    """Whether a label covers the drug here, and the words that say so, dated."""

    is_covered: bool
    words: str
    sources: tuple[str, ...] = ()


def cover_of(
    drug: str, position: Position, case: Case, knowledge: PatientKnowledge
) -> Cover | None:
    """Return what labels say, ``None`` for a drug that is no ALK inhibitor of the knowledge.

    Only approvals dated up to the case's ``as_of`` count. Without a region any agency counts; with
    a region whose agency the knowledge does not follow none does, and the words say it.
    """
    therapy = knowledge.therapies.get(drug)
    if therapy is None:
        return None
    agency, place = _agency(case, knowledge)
    fitting = [
        approval
        for approval in therapy.approvals
        if approval.use in _USES[position] and _is_in_force(approval, case.as_of)
    ]
    here = [a for a in fitting if case.region is None or a.agency == agency]
    if here:
        first = min(here, key=lambda approval: (approval.in_force_from, approval.agency))
        on = "on" if first.date else "in"
        words = f"approved by {first.agency} {on} {first.when} ({first.use.value})"
        return Cover(True, words, (first.source,))
    until = f" up to {case.as_of}" if case.as_of is not None else ""
    return Cover(False, f"no approval of {drug} for this position {place}{until} is known here")


def _agency(case: Case, knowledge: PatientKnowledge) -> tuple[str | None, str]:
    if case.region is None:
        return None, "by any agency that the knowledge follows"
    wanted = case.region.strip().casefold()
    for region in knowledge.terms.regions:
        if wanted == region.term.casefold() or wanted in region.also:
            return region.term, f"by {region.term}"
    return None, f"in {case.region}, whose agency the knowledge does not follow,"


def _is_in_force(approval: Approval, as_of: dt.date | None) -> bool:
    return as_of is None or approval.in_force_from <= as_of
