"""Therapy: a drug, its names, and the per-drug cuts of its fold change."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from alkanet.model.evidence import Certainty
from alkanet.model.record import Positive, Record

__all__ = [
    "Approval",
    "ApprovedUse",
    "FoldCut",
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
    sum of single mutations may say resistant, and nothing else."""
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
    """One dated approval by one agency; a trial dose or a listing is none."""

    agency: str
    use: ApprovedUse
    date: dt.date
    source: str
    certainty: Certainty


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
