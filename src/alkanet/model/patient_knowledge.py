"""What the level of the patient needs of the knowledge, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alkanet.model.history import Selected
from alkanet.model.mechanism_rule import MechanismRule
from alkanet.model.outcome import Outcome
from alkanet.model.patient_rules import PatientRules
from alkanet.model.strategy import Constraint, StrategyRow, StrategyWeights
from alkanet.model.terms import Terms
from alkanet.model.therapy import Therapy

__all__ = ["PatientKnowledge"]


@dataclass(frozen=True)
class PatientKnowledge:
    """Rules of mechanisms, outcomes of trials, strategies and words, each in a fixed order."""

    rules: PatientRules
    terms: Terms
    therapies: Mapping[str, Therapy]
    """All ALK inhibitors by generic name."""
    mechanisms: tuple[MechanismRule, ...]
    outcomes: Mapping[str, Outcome]
    """The outcomes that rules and strategies name; trials report many more."""
    selected: tuple[Selected, ...]
    strategy: tuple[StrategyRow, ...]
    constraints: tuple[Constraint, ...]
    weights: StrategyWeights
