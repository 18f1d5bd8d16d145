"""Is ALK still the driver: the probability that what grows depends on it."""

from __future__ import annotations

from collections.abc import Iterable

from alkanet.interpret.intervals import scaled
from alkanet.model.mechanism import Mechanism
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.patient_rules import DependenceState
from alkanet.model.picture import ClinicalPicture
from alkanet.model.record import Interval
from alkanet.model.response import Dependence

__all__ = ["alk_dependence", "state_of"]


def alk_dependence(
    picture: ClinicalPicture, mechanisms: Iterable[Mechanism], knowledge: PatientKnowledge
) -> Dependence | None:
    """Return P(ALK drives what grows | history, findings), ``None`` where no state fits.

    The state of the history and the haplotypes sets it. Each category of mechanisms then leaves
    ``1 - w (1 - a)`` of it, where ``w`` is the weight of its confidence and ``a`` the share of a
    drug's effect that inhibiting ALK alone keeps under it; within a category the one that leaves
    least counts.
    """
    state = state_of(picture, knowledge)
    if state is None:
        return None
    value, why = state.dependence, [state.says]
    weights = {entry.confidence: entry.weight for entry in knowledge.rules.confidence}
    rules = {rule.id: rule for rule in knowledge.mechanisms}
    left: dict[str, tuple[float, Mechanism]] = {}
    for mechanism in mechanisms:
        rule = rules[mechanism.id]
        share = 1.0 - weights[mechanism.confidence] * (1.0 - rule.alk_alone)
        before = left.get(mechanism.category)
        if share < 1.0 and (before is None or share < before[0]):
            left[mechanism.category] = (share, mechanism)
    for share, mechanism in left.values():
        value = scaled(value, share)
        why.append(
            f"{mechanism.name}, {mechanism.confidence.value}: leaves {share:.2g} of what "
            "inhibiting ALK alone does"
        )
    sources = {name for g in state.groups for name in (knowledge.outcomes[g].source,)}
    sources |= {name for _, mechanism in left.values() for name in mechanism.sources}
    return Dependence(
        state=state.id,
        value=_rounded(value),
        says=state.says,
        why=tuple(why),
        sources=tuple(sorted(sources)),
    )


def state_of(picture: ClinicalPicture, knowledge: PatientKnowledge) -> DependenceState | None:
    """Return the first state of the rules that holds."""
    return next((s for s in knowledge.rules.states if picture.holds(s.when)), None)


def _rounded(value: Interval) -> Interval:
    return Interval(
        median=round(value.median, 3), low=round(value.low, 3), high=round(value.high, 3)
    )
