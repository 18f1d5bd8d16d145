"""Responses on the two levels that are never one: of a haplotype, and of a patient."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from alkanet.model.evidence import Certainty
from alkanet.model.record import Interval, Record

__all__ = [
    "Basis",
    "Call",
    "Dependence",
    "HaplotypeResponse",
    "Item",
    "ItemKind",
    "PatientBasis",
    "PatientResponse",
    "SiteResponse",
    "by_haplotype",
    "named_sources",
]


class Call(StrEnum):
    """The four calls. Nothing known is ``no data``, never ``sensitive``."""

    SENSITIVE = "sensitive"
    REDUCED = "reduced"
    RESISTANT = "resistant"
    NO_DATA = "no data"


class Basis(StrEnum):
    """What a response rests on."""

    MEASURED = "measured"
    """Fold changes of this genotype from one source."""
    REPORTED = "reported"
    """Claims about this genotype, no fold change."""
    POOLED = "pooled"
    """Fold changes of several sources, or fold changes and claims together."""
    PREDICTED = "predicted"
    """The single mutations, added up; nobody measured the genotype itself."""
    NONE = "none"


class ItemKind(StrEnum):
    """What an item of evidence is."""

    MEASUREMENT = "measurement"
    CLAIM = "claim"
    PREDICTION = "prediction"
    PAIR = "pair"
    """What is known of two mutations or more inside a larger compound; it pulls by its share."""
    FLOOR = "floor"
    """What keeps an untested compound no milder than its worst part."""
    PART = "part"
    """What is known of one mutation of a compound; it pulls nothing."""


class Item(Record):
    """One term of a response: what it says and how far it pulls.

    ``pull`` is signed: above zero towards sensitive, below zero towards resistant, and zero for
    what is shown and does not count (a duplicate, an enzyme value beside cells).
    """

    kind: ItemKind
    id: str
    says: str
    pull: float
    source: str
    """The ids of its sources, joined by commas."""
    certainty: Certainty
    evidence: str | None = None
    """The kind of evidence behind a claim, or the assay behind a measurement."""
    set_aside: str | None = None
    """Why it does not count, where it does not."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources, each by itself."""
        return tuple(name for name in self.source.split(", ") if name)


class HaplotypeResponse(Record):
    """How a drug acts on a haplotype *if ALK drives the tumour*.

    ``p_response`` is ``None`` if and only if the call is ``no data``. ``fold_change`` is the IC50
    over that of wild type in the same panel.
    """

    haplotype: str
    drug: str
    call: Call
    fold_change: Interval | None
    p_response: Interval | None
    basis: Basis
    score: float = 0.0
    certainty: Certainty | None = None
    """``verified`` where the items that somebody read in their source would make the call alone."""
    conflict: str | None = None
    """Who disagrees with whom, where items that count pull both ways."""
    why: str = ""
    items: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _silence_is_no_data(self) -> Self:
        if (self.call is Call.NO_DATA) != (self.p_response is None):
            raise ValueError("p_response is null if and only if the call is 'no data'")
        return self


class SiteResponse(Record):
    """A call and its probability at one compartment."""

    call: Call
    p_response: Interval | None

    @model_validator(mode="after")
    def _silence_is_no_data(self) -> Self:
        if (self.call is Call.NO_DATA) != (self.p_response is None):
            raise ValueError("p_response is null if and only if the call is 'no data'")
        return self


class PatientBasis(StrEnum):
    """What a patient's response rests on."""

    GROUP = "published group"
    """Responses of patients in the same position, whose genotype nobody selected."""
    HAPLOTYPE = "haplotype and history"
    """P(ALK drives) times the response of the haplotypes."""
    AT_WORK = "at work now"
    """The drug holds the disease where it is asked about."""
    FAILED = "failed"
    """The tumour grew through it, and nothing excuses it."""
    NONE = "none"


class Dependence(Record):
    """How likely ALK still drives the tumour, as far as it grows."""

    state: str
    """Id of the state in ``patient/rules.yaml``."""
    value: Interval
    left: Interval
    """What the mechanisms leave of a drug's effect on ALK; 1 where none takes from it."""
    says: str
    why: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class PatientResponse(Record):
    """What a drug should do in this patient: ALK dependence times the readings' responses.

    ``just_failed`` is whether the tumour has just grown through it; ``qualification`` then names
    what may excuse the drug, and without one it is called resistant.
    """

    drug: str
    systemic: SiteResponse
    cns: SiteResponse
    basis: PatientBasis = PatientBasis.NONE
    why: tuple[str, ...] = ()
    just_failed: bool = False
    qualification: str | None = None
    certainty: Certainty | None = None
    sources: tuple[str, ...] = ()


def by_haplotype(
    responses: Iterable[HaplotypeResponse],
) -> dict[str, tuple[HaplotypeResponse, ...]]:
    """Return the responses of each haplotype, both in the order in which they come."""
    found: dict[str, tuple[HaplotypeResponse, ...]] = {}
    for response in responses:
        found[response.haplotype] = (*found.get(response.haplotype, ()), response)
    return found


def named_sources(responses: Iterable[HaplotypeResponse]) -> frozenset[str]:
    """Return the ids of all sources that the items of these responses name."""
    return frozenset(
        name for response in responses for item in response.items for name in item.sources
    )
