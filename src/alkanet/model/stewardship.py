"""Stewardship: what is knowingly missing, what is an exception, and what was withdrawn."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alkanet.model.record import Record

__all__ = ["Curation", "ExceptionTo", "NamedException", "StatedGap", "Tombstone"]

Reason = Annotated[str, Field(min_length=10, max_length=400)]


class Curation(Record):
    """Who read a source, who read it again, and what either had at stake."""

    curator: str
    on: dt.date
    reviewer: str | None = None
    """A second person, who read the source apart from the first."""
    reviewed_on: dt.date | None = None
    interests: str | None = None
    """Conflicts of interest of either, in words; ``none`` where both declare none."""


class StatedGap(Record):
    """Pairs of haplotype and drug of which nothing is known, and why."""

    therapies: Annotated[tuple[str, ...], Field(min_length=1)]
    haplotypes: tuple[str, ...] = ()
    """Empty: every haplotype of ``looked_at`` of which nothing else is known for these drugs."""
    looked_at: tuple[str, ...] = ()
    """The haplotypes that somebody looked for; a new one is not among them by itself."""
    reason: Reason
    looked_on: dt.date


class ExceptionTo(StrEnum):
    """Rules of ``kb check`` that a named exception may suspend."""

    DIRECTION = "direction against fold change"
    REPEATED_VALUE = "value of one source twice"
    ORPHAN = "nothing points to it"
    SPELLING = "spelling"


class NamedException(Record):
    """One entry of ``exceptions.yaml``: the ids that may break a rule, and why."""

    rule: ExceptionTo
    ids: Annotated[tuple[str, ...], Field(min_length=1)]
    reason: Reason


class Tombstone(Record):
    """One row of ``withdrawn.tsv``: an id that stood once, and is never used again."""

    id: str
    kind: str
    withdrawn_on: dt.date
    replaced_by: str | None = None
    reason: Reason
