"""Mechanism: why a drug fails."""

from __future__ import annotations

from enum import StrEnum

from alkanet.model.record import Record

__all__ = ["Confidence", "Mechanism", "MechanismCategory"]


class MechanismCategory(StrEnum):
    """The families of reasons for which an ALK inhibitor fails."""

    ON_TARGET = "on-target mutation"
    AMPLIFICATION = "ALK amplification"
    BYPASS = "bypass"
    EFFLUX = "efflux"
    LINEAGE = "lineage change"
    HOST = "host factor"
    EXPOSURE = "sanctuary, exposure or adherence"
    NOT_ALK_DRIVEN = "not ALK-driven to begin with"
    NOT_PROGRESSION = "not true progression"
    UNDETERMINED = "undetermined"


class Confidence(StrEnum):
    """How sure a mechanism is, given what was found."""

    ESTABLISHED = "established"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """3 for established, 2 for likely, 1 for possible."""
        return {Confidence.ESTABLISHED: 3, Confidence.LIKELY: 2, Confidence.POSSIBLE: 1}[self]

    @property
    def lowered(self) -> Confidence:
        """The next lower confidence; possible stays possible."""
        return {Confidence.ESTABLISHED: Confidence.LIKELY}.get(self, Confidence.POSSIBLE)


class Mechanism(Record):
    """A mechanism found in this patient, with what supports it and what speaks against it."""

    id: str
    name: str
    category: MechanismCategory
    of_drug: str | None
    """The drug whose failure it bears on; ``None`` where no ALK inhibitor has failed."""
    confidence: Confidence
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    review_section: str | None = None
    test: str | None = None
    """What would settle it."""
    sources: tuple[str, ...] = ()
