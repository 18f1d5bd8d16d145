"""Trial: one entry of the register of the studies whose outcomes the knowledge holds."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alkanet.model.evidence import Certainty
from alkanet.model.record import Record

__all__ = ["StudyDesign", "StudyStatus", "Trial"]


class StudyDesign(StrEnum):
    """How patients came to their treatment."""

    RANDOMISED = "randomised"
    SINGLE_ARM = "single arm"
    DOSE_FINDING = "dose finding"
    RETROSPECTIVE = "retrospective"


class StudyStatus(StrEnum):
    """How far a study is."""

    REPORTED = "reported"
    ONGOING = "ongoing, with results"
    NO_RESULTS = "no results yet"


class Trial(Record):
    """One row of ``trial-register.tsv``; ``name`` is what the outcomes call it."""

    name: str
    nct: Annotated[str, Field(pattern=r"^NCT\d{8}$")] | None = None
    phase: str | None = None
    design: StudyDesign
    setting: str
    """Who was let in: line, drugs before, region."""
    drugs: str
    """The arms by generic names, ``v`` between them."""
    status: StudyStatus
    source: str
    """Where the entry was read; for a register, the register."""
    certainty: Certainty
    note: str | None = None
