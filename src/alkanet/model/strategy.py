"""Strategy rows: next steps as the knowledge holds them, before any patient."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.condition import Condition
from alkanet.model.option import OptionKind, Tier
from alkanet.model.record import Record

__all__ = [
    "Argument",
    "Constraint",
    "EvidenceLevel",
    "OwnTerm",
    "Position",
    "StrategyRow",
    "StrategyWeights",
    "WeightOfLevel",
]

Words = Annotated[str, Field(min_length=10, max_length=700)]


class EvidenceLevel(StrEnum):
    """What the argument for a strategy rests on, from the strongest to the weakest."""

    RANDOMISED = "randomised trial"
    TRIAL = "single-arm trial"
    COHORT = "cohort"
    CASE_REPORT = "case report"
    CONSENSUS = "consensus"
    """What guidelines ask for without a trial of its own, such as a biopsy at progression."""
    ANIMALS = "animals"
    CELLS = "cells"

    @property
    def is_laboratory(self) -> bool:
        """Whether no patient stands behind it: such an option stays folded."""
        return self in (EvidenceLevel.ANIMALS, EvidenceLevel.CELLS)


class Position(StrEnum):
    """Where in the course a regimen is given, for the question whether a label covers it."""

    ADJUVANT = "adjuvant"
    FIRST_LINE = "first line"
    AFTER_CRIZOTINIB = "after crizotinib"
    AFTER_SECOND_GENERATION = "after second generation"
    AFTER_THIRD_GENERATION = "after third generation"


class Argument(Record):
    """A reason, a counter-reason or a caution; ``when`` says for whom it stands."""

    says: Words
    when: Condition | None = None
    sources: tuple[str, ...] = ()


class OwnTerm(Record):
    """A term that belongs to the row itself, with its reason."""

    name: Annotated[str, Field(min_length=3)]
    value: float
    why: Words
    when: Condition | None = None


class StrategyRow(Record):
    """One next step, and for whom it is one. It names no mutation: it asks calls and mechanisms.

    ``inhibitor`` is the ALK inhibitor whose effect in this patient counts for the row; where it is
    ``None`` and ``response`` names an outcome, that group's response counts. ``durability`` names
    an outcome that says how long control lasts.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    regimen: Annotated[str, Field(min_length=3)]
    kind: OptionKind
    drugs: tuple[str, ...] = ()
    inhibitor: str | None = None
    position: Position | None = None
    addresses: tuple[str, ...] = ()
    """Ids of mechanisms that it answers."""
    when: Condition
    tier: Tier
    level: EvidenceLevel
    response: str | None = None
    durability: str | None = None
    own_terms: tuple[OwnTerm, ...] = ()
    why: Annotated[tuple[Argument, ...], Field(min_length=1)]
    against: tuple[Argument, ...] = ()
    cautions: tuple[Argument, ...] = ()
    test: str | None = None
    """The words of ``next_tests``, for options of the kind ``test``."""
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Constraint(Record):
    """What the patient's situation does to options with a drug: a hard stop, or a caution."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    drugs: Annotated[tuple[str, ...], Field(min_length=1)]
    when: Condition
    effect: Literal["not advised", "caution"]
    value: Annotated[float, Field(le=0)] = 0.0
    """What a caution takes from the rank."""
    says: Words
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class WeightOfLevel(Record):
    """The value of the ``evidence`` term for one level."""

    level: EvidenceLevel
    value: float


class StrategyWeights(Record):
    """``strategy/weights.yaml``: the values of the terms that every option has."""

    response: float
    response_reason: Words
    durability: float
    durability_reason: Words
    durability_month: float
    """Control at this month counts."""
    evidence: tuple[WeightOfLevel, ...]
    evidence_reason: Words
    approved: float
    not_approved: float
    approval_reason: Words
    mechanism: float
    mechanism_reason: Words
    failed_before: float
    failed_before_reason: Words
    not_tolerated: float
    not_tolerated_reason: Words
