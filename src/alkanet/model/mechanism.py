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


class Mechanism(Record):
    """A mechanism found in this patient, with what supports it and what speaks against it."""

    id: str
    category: MechanismCategory
    of_drug: str | None
    confidence: Confidence
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
