"""Therapy: a drug, its names, and the per-drug cuts of its fold change."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from alkanet.model.evidence import Certainty
from alkanet.model.provenance import month_end
from alkanet.model.record import Positive, Record

__all__ = [
    "Approval",
    "ApprovedUse",
    "FoldCut",
    "OtherDrug",
    "OtherDrugGroup",
    "Therapy",
    "TherapyStatus",
    "TroughTarget",
]


class TherapyStatus(StrEnum):
    """Where a drug stands for ALK-rearranged lung cancer."""

    APPROVED = "approved somewhere"
    INVESTIGATIONAL = "investigational"
    OTHER_TARGET = "approved for another target"
    STOPPED = "development stopped"


class FoldCut(Record):
    """Between which fold changes over wild type a drug stops working.

    Up to ``sensitive_up_to`` cells pull towards sensitive, from ``resistant_from`` on towards
    resistant. Both belong to this drug alone: its exposure in patients over the IC50 of wild type.
    """

    sensitive_up_to: Positive
    resistant_from: Positive
    reason: str
    sum_is_lower_bound: bool = False
    """True where compounds that failed in patients add up to less than ``resistant_from``: then the
    sum of single mutations may say resistant, and nothing else, and a compound that was measured
    is at most reduced until a patient with it has answered."""
    anchors: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of the claims and measurements that placed the cut."""

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if not self.sensitive_up_to < self.resistant_from:
            raise ValueError("sensitive_up_to must lie below resistant_from")
        return self


class ApprovedUse(StrEnum):
    """For which position in the course an approval for ALK-rearranged lung cancer stands."""

    ANY_METASTATIC = "metastatic, any line"
    FIRST_LINE = "first line"
    """Patients who had no ALK inhibitor before, and nobody else."""
    AFTER_CRIZOTINIB = "after crizotinib"
    AFTER_SECOND_GENERATION = "after second generation"
    ADJUVANT = "adjuvant"


class Approval(Record):
    """One dated approval by one agency; a trial dose or a listing is none.

    Either the day is known, or only the month; then it counts from the last day of that month.
    """

    agency: str
    use: ApprovedUse
    date: dt.date | None = None
    month: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")] | None = None
    indication: str | None = None
    """What the label adds to the position, in our words."""
    source: str
    certainty: Certainty

    @property
    def in_force_from(self) -> dt.date:
        """The first day on which it surely stood."""
        if self.date is not None:
            return self.date
        return month_end(*(int(part) for part in (self.month or "").split("-")))

    @property
    def when(self) -> str:
        """The day or the month, as far as it is known."""
        return str(self.date or self.month)

    @model_validator(mode="after")
    def _is_dated_once(self) -> Self:
        if (self.date is None) == (self.month is None):
            raise ValueError("an approval has either a date or, where no day is known, a month")
        return self


class TroughTarget(Record):
    """The trough level in plasma (total) below which patients fared worse."""

    ng_per_mL: Positive
    source: str
    certainty: Certainty


class Therapy(Record):
    """One drug. ``id`` is its lower-case generic name; the other names are understood on input."""

    id: str
    generation: Annotated[int, Field(ge=1, le=4)] | None = None
    status: TherapyStatus
    in_review: bool
    """True for the six drugs of the review's Table 2; they lead every table."""
    brand_names: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
    cut: FoldCut | None = None
    approvals: tuple[Approval, ...] = ()
    trough_target: TroughTarget | None = None
    lowered_by_inducers: bool = True
    """False where strong inducers of CYP3A hardly change what acts on ALK."""
    note: str | None = None


class OtherDrugGroup(StrEnum):
    """What a drug of lung cancer that is no ALK inhibitor acts on."""

    CHEMOTHERAPY = "chemotherapy"
    CHECKPOINT = "checkpoint inhibitor"
    EGFR = "EGFR inhibitor"
    MET = "MET inhibitor"
    MAPK = "RAS, RAF or MEK inhibitor"
    ANGIOGENESIS = "angiogenesis inhibitor"
    OTHER_KINASE = "other kinase inhibitor"
    ANTIBODY = "antibody or conjugate"
    OTHER = "other"


class OtherDrug(Record):
    """One drug of ``other-drugs.yaml``; a partner of a combination, or given in sequence."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9 -]+$")]
    group: OtherDrugGroup
    brand_names: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
