"""The words that people type, and the terms that they mean."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from alkanet.model.record import Record

__all__ = ["ObservationEntry", "TermEntry", "Terms"]


class TermEntry(Record):
    """A term and the other words for it; capitals and hyphens make no difference."""

    term: Annotated[str, Field(min_length=2)]
    also: tuple[str, ...] = ()


class ObservationEntry(TermEntry):
    """A term for what was seen of growth; ``not_tumour`` where it shows that it is no tumour."""

    not_tumour: bool = False


class Terms(Record):
    """``terms.yaml``: every list of words that the rules know."""

    brain_sites: Annotated[tuple[str, ...], Field(min_length=1)]
    leptomeningeal_sites: Annotated[tuple[str, ...], Field(min_length=1)]
    histologies: Annotated[tuple[TermEntry, ...], Field(min_length=1)]
    observations: Annotated[tuple[ObservationEntry, ...], Field(min_length=1)]
    host_factors: Annotated[tuple[TermEntry, ...], Field(min_length=1)]
    markers: Annotated[tuple[TermEntry, ...], Field(min_length=1)]
    """Proteins, transcripts and serum markers by HGNC symbol."""
    platinum: Annotated[tuple[str, ...], Field(min_length=1)]
    strong_cyp3a_inducers: Annotated[tuple[TermEntry, ...], Field(min_length=1)]
    regions: Annotated[tuple[TermEntry, ...], Field(min_length=1)]
    """Agencies by the regions for which they approve."""
