"""Where on the genome the readers look: ALK, and the other genes whose small variants are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from alkanet.ingest.chromosomes import chromosome_name, is_chromosome
from alkanet.model.alteration import Genome
from alkanet.model.gene import Transcript
from alkanet.model.other_gene import GeneExtent

__all__ = ["GeneRegion", "Regions", "place_of"]

PADDING = 1_000
"""Bases beside a transcript that are read with it."""

MAX_DIGITS = 10


def place_of(text: str) -> int | None:
    """Return a position on a chromosome, ``None`` where the text is no plain whole number.

    Examples
    --------
    >>> place_of("29220747"), place_of("29,220,747")
    (29220747, None)
    """
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return int(text)
    return None


@dataclass(frozen=True)
class GeneRegion:
    """One gene on one build, padded; 1-based and inclusive."""

    gene: str
    genome: Genome
    chromosome: str
    start: int
    end: int

    def touches(self, position: int, length: int) -> bool:
        """Whether an interval of ``length`` bases touches the region."""
        return position <= self.end and position + max(length, 1) - 1 >= self.start


@dataclass(frozen=True)
class Regions:
    """The genes that are read, on both builds.

    A row is wanted if it lies in a gene on either build, also where the file states its build: a
    statement may be wrong, and the next stage can tell only from rows that it sees.

    ``others`` are genes beside those. Of them only plain rows are kept, and only where they lie on
    the build of the file: a row in doubt is set aside with its reason, and nothing else follows.
    """

    regions: tuple[GeneRegion, ...]
    others: tuple[GeneRegion, ...] = ()

    @classmethod
    def from_transcripts(cls, transcripts: Iterable[Transcript], *, padding: int = PADDING) -> Self:
        """Return the regions of transcripts, each widened by ``padding`` bases on both sides."""
        return cls(
            tuple(
                GeneRegion(
                    gene=transcript.gene,
                    genome=transcript.genome,
                    chromosome=chromosome_name(transcript.chromosome),
                    start=max(1, min(exon.start for exon in transcript.exons) - padding),
                    end=max(exon.end for exon in transcript.exons) + padding,
                )
                for transcript in transcripts
            )
        )

    def with_others(self, extents: Iterable[GeneExtent]) -> Self:
        """Return the regions with further genes, from their first to their last coding base."""
        others = tuple(
            GeneRegion(
                gene=extent.gene,
                genome=extent.genome,
                chromosome=chromosome_name(extent.chromosome),
                start=extent.start,
                end=extent.end,
            )
            for extent in extents
        )
        return replace(self, others=others)

    @cached_property
    def genes(self) -> tuple[str, ...]:
        """Names of the genes in alphabetical order, each once; ``others`` are not among them."""
        return tuple(sorted({region.gene for region in self.regions}))

    @cached_property
    def outside(self) -> str:
        """The reason for which a row elsewhere is set aside."""
        names = sorted({*self.genes, *(region.gene for region in self.others)})
        return f"outside the genes that are read ({', '.join(names)})"

    @cached_property
    def by_chromosome(self) -> Mapping[str, tuple[GeneRegion, ...]]:
        """The regions of both builds by chromosome."""
        found: dict[str, tuple[GeneRegion, ...]] = {}
        for region in self.regions:
            found[region.chromosome] = (*found.get(region.chromosome, ()), region)
        return found

    @cached_property
    def others_by_chromosome(self) -> Mapping[str, tuple[GeneRegion, ...]]:
        """The regions of the other genes by chromosome."""
        found: dict[str, tuple[GeneRegion, ...]] = {}
        for region in self.others:
            found[region.chromosome] = (*found.get(region.chromosome, ()), region)
        return found

    def other_gene_at(
        self, chromosome: str, position: int, *, length: int, genome: Genome | None
    ) -> str | None:
        """Return the other gene that an interval touches on a build, on either if it is unknown."""
        for region in self.others_by_chromosome.get(chromosome, ()):
            if genome in (None, region.genome) and region.touches(position, length):
                return region.gene
        return None

    def gene_at(self, chromosome: str, position: int, *, length: int = 1) -> str | None:
        """Return the gene that an interval of ``length`` bases touches, or ``None``."""
        for region in self.by_chromosome.get(chromosome, ()):
            if region.touches(position, length):
                return region.gene
        return None

    def gene_not_excluded(self, chromosome: str, position: str, *, length: int) -> str | None:
        """Return a gene that a row that cannot be read may be about, ``None`` where none is.

        Parameters
        ----------
        chromosome, position
            As the row writes them; either may be unreadable.
        length
            Bases that the row may reach over at most.
        """
        name = chromosome_name(chromosome)
        if not is_chromosome(name):
            return self.genes[0] if self.genes else None
        place = place_of(position)
        for region in self.by_chromosome.get(name, ()):
            if place is None or region.touches(place, length):
                return region.gene
        return None
