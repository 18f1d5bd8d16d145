"""The rule of a mechanism: what must be found for it to be told, and what speaks against it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from alkanet.model.case import SpecimenKind
from alkanet.model.condition import Condition
from alkanet.model.mechanism import Confidence, MechanismCategory
from alkanet.model.record import Fraction, Record

__all__ = ["CounterArgument", "MechanismRule", "ShownBy", "Support"]

Words = Annotated[str, Field(min_length=10, max_length=400)]


class Support(Record):
    """A finding on which a mechanism is told, and how sure it is by this finding alone."""

    when: Condition
    gives: Confidence
    says: Words


class CounterArgument(Record):
    """A finding, or the lack of one, that lowers the confidence by one step."""

    when: Condition
    says: Words


class ShownBy(Record):
    """What could have shown the mechanism: the words of an assay's ``covers``, and specimens."""

    covers: Annotated[tuple[str, ...], Field(min_length=1)]
    """Any one of these is enough."""
    specimens: Annotated[tuple[SpecimenKind, ...], Field(min_length=1)]
    test: Words
    """The test that would show it."""


class MechanismRule(Record):
    """``knowledge/mechanisms/<id>.yaml``: one mechanism of resistance.

    The strongest support gives the confidence; each counter-argument lowers it by one step, down
    to ``possible``. ``unless`` keeps it silent. ``alk_alone`` is the share of a drug's effect on
    ALK that is left where the mechanism is at work: 1 where ALK inhibition suffices as before, 0
    where it no longer matters.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: Annotated[str, Field(min_length=3)]
    category: MechanismCategory
    review_section: str | None = None
    """The section of Pan et al. 2021 that names it, ``None`` where it does not."""
    found_when: Annotated[tuple[Support, ...], Field(min_length=1)]
    against: tuple[CounterArgument, ...] = ()
    unless: tuple[Condition, ...] = ()
    alk_alone: Fraction
    alk_alone_reason: Words
    inhibited_by: tuple[str, ...] = ()
    """ALK inhibitors that inhibit what drives past ALK as well, such as crizotinib and MET."""
    targeted_by: tuple[str, ...] = ()
    """Other drugs that inhibit it, such as capmatinib and MET."""
    shown_by: ShownBy | None = None
    """``None`` where no assay shows it: history, sites and adherence."""
    settled_by: str | None = None
    """The test that would settle it once it is suspected."""
    reported_with: tuple[str, ...] = ()
    """Drugs through which tumours with it were reported to grow."""
    strategy: tuple[str, ...] = ()
    """Ids of the rows of ``strategy/`` that answer it."""
    note: str | None = None
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
