"""The history as facts: what each line of therapy says about the tumour now."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alkanet.model.fact import Fact
from alkanet.model.record import Record

__all__ = ["Growth", "History", "LineFacts", "NamedReason", "Resistance", "Selected"]


class Resistance(StrEnum):
    """Whether the tumour ever listened: primary is growth within three months of the start."""

    PRIMARY = "primary"
    ACQUIRED = "acquired"


class NamedReason(StrEnum):
    """Why growth on a drug need not mean that the drug no longer works on the tumour."""

    BRAIN_ONLY = "growth in the brain only"
    FEW_LESIONS = "few growing lesions, the rest controlled"
    DOSE = "the dose was reduced"
    ADHERENCE = "it was not taken as prescribed"
    LEVEL = "its level in blood was below target"
    INDUCER = "a strong inducer of CYP3A is taken, which lowers its level"
    NOT_PROGRESSION = "the growth is not shown to be tumour"


class Selected(Record):
    """What is found in tumours that grew through a drug: an event, how often, and in whom."""

    event: str
    drug: str
    n_with: Annotated[int, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    percent: Annotated[float, Field(ge=0, le=100)] | None = None
    specimen: str
    source: str


class LineFacts(Record):
    """What one line of therapy says."""

    number: Annotated[int, Field(ge=1)]
    drugs: tuple[str, ...]
    inhibitors: tuple[str, ...]
    """The ALK inhibitors among the drugs."""
    generation: Annotated[int, Field(ge=1, le=4)] | None = None
    """The highest generation among them."""
    months: Annotated[float, Field(ge=0)] | None = None
    """Time on the line, up to ``as_of`` where it goes on; ``None`` without dates."""
    best_response: str | None = None
    ongoing: bool = False
    failed: bool = False
    """The tumour grew through it."""
    not_tolerated: bool = False
    """It was stopped for toxicity."""
    presumed: bool = False
    """True where nobody says how it ended, and failure is taken for granted."""
    resistance: Resistance | None = None
    reasons: tuple[NamedReason, ...] = ()
    """Why that growth need not mean that the drug no longer works on the tumour."""
    selects_for: tuple[Selected, ...] = ()

    @property
    def controlled(self) -> bool:
        """Whether the disease answered to it or stood still, before anything grew."""
        return self.best_response in ("CR", "PR", "SD")


class Growth(Record):
    """What grows at a moment; what nobody says does not count as growing."""

    brain: bool = False
    leptomeninges: bool = False
    body: bool = False
    sites: tuple[str, ...] = ()
    """The growing sites as the case names them."""
    explained: tuple[str, ...] = ()
    """Sites that grow and were shown to be no tumour; they are not among ``sites``."""
    lesions: Annotated[int, Field(ge=0)] | None = None
    """Growing lesions in all; ``None`` where any growing site does not state its number."""

    @property
    def is_growing(self) -> bool:
        """Whether anything is said to grow."""
        return self.brain or self.leptomeninges or self.body

    @property
    def is_brain_only(self) -> bool:
        """Whether growth is located, and all of it lies in brain or leptomeninges."""
        return (self.brain or self.leptomeninges) and not self.body

    def is_few(self, most: int) -> bool:
        """Whether at most so many lesions grow; leptomeningeal growth is never few."""
        return self.lesions is not None and 0 < self.lesions <= most and not self.leptomeninges


class History(Record):
    """All lines in their order, and what they add up to."""

    lines: tuple[LineFacts, ...] = ()
    given: tuple[str, ...] = ()
    """All ALK inhibitors given, in order, each once."""
    failed: tuple[str, ...] = ()
    """Those through which the tumour grew, in order, each once."""
    just_failed: tuple[str, ...] = ()
    """The ALK inhibitors of the last line with one, where the tumour grew through it."""
    highest_failed: Annotated[int, Field(ge=1, le=4)] | None = None
    """The highest generation among those that failed."""
    growth: Growth = Growth()
    facts: Mapping[Fact, str] = Field(default_factory=dict)
    """What holds of the case by its history, sites and drugs, each fact with its details."""

    @property
    def last_inhibitor_line(self) -> LineFacts | None:
        """The last line with an ALK inhibitor, ``None`` where there is none."""
        lines = [line for line in self.lines if line.inhibitors]
        return lines[-1] if lines else None
