"""Option: a regimen or an act, argued for and against."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alkanet.model.record import Record

__all__ = ["Option", "OptionKind", "Term", "Tier"]


class Tier(StrEnum):
    """How far the evidence carries an option."""

    SUPPORTED = "supported"
    REASONABLE = "reasonable"
    INVESTIGATIONAL = "investigational"
    NOT_ADVISED = "not advised"


class OptionKind(StrEnum):
    """What an option is."""

    REGIMEN = "regimen"
    LOCAL_THERAPY = "local therapy"
    TEST = "test"
    TRIAL = "trial class"
    WATCH = "watch"


class Term(Record):
    """One named part of an option's rank."""

    name: str
    value: float
    why: str


class Option(Record):
    """A next step with its rank, tier, terms, reasons, counter-reasons, cautions and sources."""

    rank: Annotated[int, Field(ge=1)]
    regimen: str
    kind: OptionKind
    tier: Tier
    terms: tuple[Term, ...] = ()
    why: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
