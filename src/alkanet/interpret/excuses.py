"""Why growth on a drug may not mean that the drug stopped working, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alkanet.model.fact import Fact
from alkanet.model.history import History, NamedReason
from alkanet.model.mechanism import Confidence, Mechanism, MechanismCategory
from alkanet.model.picture import ClinicalPicture

__all__ = ["Excuse", "excuse_of"]


@dataclass(frozen=True)
class Excuse:
    """What is left of a drug that the tumour grew through, by site.

    ``systemic`` and ``cns`` are shares of its effect before; zero is a failure without excuse.
    """

    words: str
    systemic: float
    cns: float

    @property
    def has_reason(self) -> bool:
        """Whether anything excuses the drug."""
        return self.systemic > 0 or self.cns > 0


def excuse_of(
    drug: str,
    history: History,
    mechanisms: Iterable[Mechanism],
    picture: ClinicalPicture,
    *,
    share_of_reason: float,
) -> Excuse | None:
    """Return what may excuse a drug, ``None`` where the tumour did not grow through it.

    Growth in the brain only leaves the drug whole in the body and none of it in the brain; growth
    that is not shown to be tumour leaves it whole everywhere, unless something else grows. A
    reduced dose, doses not taken and a low level leave ``share_of_reason`` of it everywhere; few
    growing lesions leave as much, except in a brain that grows.
    A drug that failed on an earlier line has no excuse: the disease has gone on since.
    """
    if drug not in history.failed:
        return None
    if drug not in history.just_failed:
        return Excuse(f"the tumour grew through {drug} on an earlier line", 0.0, 0.0)
    line = history.last_inhibitor_line
    reasons = list(line.reasons) if line is not None else []
    if not history.growth.is_growing and _is_not_shown_to_be_tumour(mechanisms):
        reasons.append(NamedReason.NOT_PROGRESSION)
    if Fact.LOW_LEVEL in picture.facts:
        reasons.append(NamedReason.LEVEL)
    if Fact.LOWERED_BY_INDUCER in picture.facts:
        reasons.append(NamedReason.INDUCER)
    if not reasons:
        return Excuse(f"the tumour has just grown through {drug}", 0.0, 0.0)
    in_brain = history.growth.brain or history.growth.leptomeninges
    systemic, cns = 0.0, 0.0
    for reason in reasons:
        match reason:
            case NamedReason.NOT_PROGRESSION:
                systemic, cns = 1.0, 1.0
            case NamedReason.BRAIN_ONLY:
                systemic = 1.0
            case NamedReason.FEW_LESIONS:
                systemic = max(systemic, share_of_reason)
                cns = max(cns, 0.0 if in_brain else share_of_reason)
            case NamedReason.DOSE | NamedReason.ADHERENCE | NamedReason.LEVEL | NamedReason.INDUCER:
                systemic, cns = max(systemic, share_of_reason), max(cns, share_of_reason)
    words = f"it grew on {drug}, but: {'; '.join(reason.value for reason in reasons)}"
    return Excuse(words, systemic, cns)


def _is_not_shown_to_be_tumour(mechanisms: Iterable[Mechanism]) -> bool:
    return any(
        mechanism.category is MechanismCategory.NOT_PROGRESSION
        and mechanism.confidence is not Confidence.POSSIBLE
        for mechanism in mechanisms
    )
