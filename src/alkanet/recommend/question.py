"""The question that a ranking answers: one patient, with all that was found before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from alkanet.model.case import Case
from alkanet.model.history import History
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.response import Dependence, PatientResponse

__all__ = ["StrategyQuestion"]


@dataclass(frozen=True)
class StrategyQuestion:
    """All that the options of a patient depend on."""

    picture: ClinicalPicture
    """The facts, with the mechanisms that were found and the patient's calls."""
    outlook: tuple[PatientResponse, ...]
    dependence: Dependence | None
    """Whether ALK still drives, and what the mechanisms leave of an inhibitor's effect."""
    history: History
    case: Case
    """For the region and the date that labels are asked by."""
    knowledge: PatientKnowledge

    @cached_property
    def responses(self) -> Mapping[str, PatientResponse]:
        """The patient's responses by drug."""
        return {response.drug: response for response in self.outlook}

    @property
    def left(self) -> float:
        """What the mechanisms leave of an ALK inhibitor's effect; 1 where nothing is known."""
        return self.dependence.left.median if self.dependence is not None else 1.0
