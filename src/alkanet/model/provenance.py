"""Provenance: what a result was made from and with; versions stand here and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, model_validator

from alkanet.model.record import Record

__all__ = ["InputAccount", "KnowledgeVersion", "Provenance", "SetAside", "first_day", "month_end"]


class SetAside(Record):
    """Rows that were not used, and the reason; ``rows`` holds the first twenty line numbers."""

    reason: str
    count: Annotated[int, Field(ge=1)]
    rows: tuple[int, ...]


class InputAccount(Record):
    """The account of one file. Every data row is used or set aside: nothing is lost."""

    name: str
    sha256: str
    format: str
    rows: Annotated[int, Field(ge=0)]
    used: Annotated[int, Field(ge=0)]
    set_aside: tuple[SetAside, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        aside = sum(entry.count for entry in self.set_aside)
        if self.used + aside != self.rows:
            raise ValueError(
                f"{self.name}: {self.used} used + {aside} set aside != {self.rows} rows"
            )
        return self


class KnowledgeVersion(Record):
    """The version of the knowledge: a date, and the hash of its canonical rows.

    Examples
    --------
    >>> KnowledgeVersion(version="2026.11.2", hash="…").as_of
    datetime.date(2026, 11, 30)
    """

    version: str
    hash: str

    @property
    def as_of(self) -> dt.date:
        """The last day of the month that the version names; what came later is not in it."""
        return month_end(*(int(part) for part in self.version.split(".")[:2]))


def first_day(partial: str) -> dt.date:
    """Return the first day of a year, month or day that is written as far as it is known.

    Examples
    --------
    >>> first_day("2024-03")
    datetime.date(2024, 3, 1)
    """
    year, month, day = (*(int(part) for part in partial.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


class Provenance(Record):
    """Both versions, the date and seed of the result, and the account of every input."""

    software: str
    knowledge: KnowledgeVersion
    as_of: dt.date | None
    seed: Annotated[int, Field(ge=0)] | None = None
    inputs: tuple[InputAccount, ...] = ()
