"""Guideline: positions of a body of experts, each with the date from which it stood."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.drug_profile import Partial
from alkanet.model.evidence import Certainty
from alkanet.model.record import Record

__all__ = ["Guideline", "Position"]


class Position(Record):
    """One position, in our own words."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    setting: str
    drugs: tuple[str, ...] = ()
    strength: Literal["preferred", "option", "not advised", "test"]
    says: Annotated[str, Field(min_length=10, max_length=400)]
    locator: str
    certainty: Certainty


class Guideline(Record):
    """``guidelines/<id>.yaml``: one edition of one guideline."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    body: str
    edition: str
    as_of: Partial
    """The day, month or year of the edition."""
    source: str
    superseded_by: str | None = None
    positions: Annotated[tuple[Position, ...], Field(min_length=1)]
