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

    @property
    def rank(self) -> int:
        """0 for supported, 3 for not advised."""
        return tuple(Tier).index(self)


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
    """A next step with its rank, tier, terms, reasons, counter-reasons, cautions and sources.

    Options stand in the order of their tier, those that rest on cells or animals alone (``folded``)
    after all others of use, and inside it in the order of the sum of their terms.
    """

    rank: Annotated[int, Field(ge=1)]
    id: str
    regimen: str
    kind: OptionKind
    tier: Tier
    level: str
    """What the argument rests on: ``randomised trial``, ..., ``cells``."""
    folded: bool = False
    terms: tuple[Term, ...] = ()
    why: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """The sum of the terms."""
        return round(sum(term.value for term in self.terms), 6)
