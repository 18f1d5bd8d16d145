"""Why the drug failed: the rules of ``knowledge/mechanisms`` asked of one clinical picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.model.history import History
from alkanet.model.mechanism import Confidence, Mechanism, MechanismCategory
from alkanet.model.mechanism_rule import MechanismRule, Support
from alkanet.model.picture import ClinicalPicture

__all__ = ["find_mechanisms"]


def find_mechanisms(
    picture: ClinicalPicture, history: History, rules: Iterable[MechanismRule]
) -> tuple[Mechanism, ...]:
    """Return the mechanisms that are found, the surest first, then by id.

    The strongest support gives the confidence, and every counter-argument that holds lowers it by
    one step, down to ``possible``. ``undetermined`` stands only where no other mechanism is at
    least likely: several that are possible leave the question open.
    """
    of_drug = _of_drug(history)
    found = [made for rule in rules if (made := _found(rule, picture, of_drug)) is not None]
    if any(
        m.confidence is not Confidence.POSSIBLE and m.category is not MechanismCategory.UNDETERMINED
        for m in found
    ):
        found = [m for m in found if m.category is not MechanismCategory.UNDETERMINED]
    return tuple(sorted(found, key=lambda m: (-m.confidence.rank, m.id)))


def _of_drug(history: History) -> str | None:
    """Return the drug or drugs whose failure is asked about, joined with ``+``."""
    drugs = history.just_failed or history.failed[-1:]
    return " + ".join(drugs) or None


def _found(rule: MechanismRule, picture: ClinicalPicture, of_drug: str | None) -> Mechanism | None:
    supports = [support for support in rule.found_when if picture.holds(support.when)]
    if not supports or any(picture.holds(condition) for condition in rule.unless):
        return None
    against = [counter for counter in rule.against if picture.holds(counter.when)]
    confidence = max((support.gives for support in supports), key=lambda c: c.rank)
    for _ in against:
        confidence = confidence.lowered
    return Mechanism(
        id=rule.id,
        name=rule.name,
        category=rule.category,
        of_drug=of_drug,
        confidence=confidence,
        supports=tuple(_told(picture, supports)),
        against=tuple(counter.says for counter in against),
        review_section=rule.review_section,
        test=rule.settled_by or (rule.shown_by.test if rule.shown_by else None),
        sources=rule.sources,
    )


def _told(picture: ClinicalPicture, supports: Iterable[Support]) -> Iterator[str]:
    """Yield what each support says, with the findings on which it holds."""
    for support in supports:
        details = picture.details(support.when)
        yield f"{support.says} ({'; '.join(details)})" if details else support.says
