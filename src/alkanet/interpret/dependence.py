"""Is ALK still the driver: the probability that what grows depends on it."""

from __future__ import annotations

from collections.abc import Iterable

from alkanet.interpret.intervals import product
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
    least counts. What is left is known within the factor that the rules state.
    """
    state = state_of(picture, knowledge)
    if state is None:
        return None
    why = [state.says]
    weights = {entry.confidence: entry.weight for entry in knowledge.rules.confidence}
    rules = {rule.id: rule for rule in knowledge.mechanisms}
    left: dict[str, tuple[float, Mechanism]] = {}
    for mechanism in mechanisms:
        rule = rules[mechanism.id]
        share = 1.0 - weights[mechanism.confidence] * (1.0 - rule.alk_alone)
        before = left.get(mechanism.category)
        if share < 1.0 and (before is None or share < before[0]):
            left[mechanism.category] = (share, mechanism)
    whole = 1.0
    for share, mechanism in left.values():
        whole *= share
        why.append(
            f"{mechanism.name}, {mechanism.confidence.value}: leaves {share:.2g} of what "
            "inhibiting ALK alone does"
        )
    share_interval = _known_within(whole, knowledge.rules.share_spread)
    sources = {name for g in state.groups for name in (knowledge.outcomes[g].source,)}
    sources |= {name for _, mechanism in left.values() for name in mechanism.sources}
    return Dependence(
        state=state.id,
        value=_rounded(product(state.dependence, share_interval)),
        left=_rounded(share_interval),
        says=state.says,
        why=tuple(why),
        sources=tuple(sorted(sources)),
    )


def state_of(picture: ClinicalPicture, knowledge: PatientKnowledge) -> DependenceState | None:
    """Return the first state of the rules that holds."""
    return next((s for s in knowledge.rules.states if picture.holds(s.when)), None)


def _known_within(share: float, factor: float) -> Interval:
    if share == 1.0:
        return Interval(median=1.0, low=1.0, high=1.0)
    return Interval(median=share, low=share / factor, high=min(1.0, share * factor))


def _rounded(value: Interval) -> Interval:
    return Interval(
        median=round(value.median, 3), low=round(value.low, 3), high=round(value.high, 3)
    )
