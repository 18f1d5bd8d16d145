"""Genes beside ALK: what of them is looked at, and what a change there is called."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.alteration import Genome
from alkanet.model.record import Record

__all__ = [
    "DriverFusion",
    "FusionSide",
    "GeneExtent",
    "Hotspot",
    "IntervalChange",
    "IntervalRule",
]


class GeneExtent(Record):
    """The stretch of one build from the first to the last coding base of a gene."""

    gene: str
    transcript: str
    genome: Genome
    chromosome: str
    """Without ``chr``."""
    strand: Literal["+", "-"]
    start: Annotated[int, Field(ge=1)]
    end: Annotated[int, Field(ge=1)]

    def holds(self, chromosome: str, position: int) -> bool:
        """Whether a place of the build lies in the gene."""
        return chromosome == self.chromosome and self.start <= position <= self.end


class Hotspot(Record):
    """One codon on one build in which a substitution has a name that matters."""

    gene: str
    residue: Annotated[int, Field(ge=1)]
    amino_acid: str
    """Of the reference, one letter."""
    genome: Genome
    chromosome: str
    strand: Literal["+", "-"]
    positions: tuple[int, int, int]
    """Of the three bases on the genome, in coding order; an intron may stand between them."""
    codon: str
    """The bases of the reference, on the coding strand."""
    alternates: tuple[str, ...] = ()
    """Amino acids that matter; empty where each does."""
    transcript: str


class IntervalChange(StrEnum):
    """What has to happen to a stretch for its name to hold."""

    IN_FRAME_DELETION = "in-frame deletion"
    """Shorter by whole codons, wholly inside."""
    IN_FRAME_INSERTION = "in-frame insertion"
    """Longer by whole codons, wholly inside."""
    ANY = "any"
    """Any change that touches the stretch."""
    REMOVED = "removed whole"
    """All of it is taken away."""


class IntervalRule(Record):
    """A stretch of one build in which a change of one kind has one name."""

    gene: str
    genome: Genome
    chromosome: str
    strand: Literal["+", "-"]
    start: Annotated[int, Field(ge=1)]
    end: Annotated[int, Field(ge=1)]
    change: IntervalChange
    name: str
    consequence: str
    """A Sequence Ontology term."""
    transcript: str


class FusionSide(StrEnum):
    """The side of a fusion on which a gene stands."""

    FIVE_PRIME = "5'"
    THREE_PRIME = "3'"


class DriverFusion(Record):
    """A gene whose fusion can drive a tumour, and the side that must hold it."""

    gene: str
    side: FusionSide
