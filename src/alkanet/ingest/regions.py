"""Where on the genome the readers look: the genes whose small variants are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from alkanet.model.alteration import Genome
from alkanet.model.gene import Transcript

__all__ = ["GeneRegion", "Regions", "chromosome_name"]

PADDING = 1_000
"""Bases beside a transcript that are read with it."""

_REFSEQ = re.compile(r"NC_0000(\d\d)\.\d+")
_NAMES = {"23": "X", "24": "Y", "M": "MT"}


def chromosome_name(text: str) -> str:
    """Return a chromosome without ``chr``, RefSeq accessions by their number.

    Examples
    --------
    >>> chromosome_name("chr2"), chromosome_name("NC_000002.12"), chromosome_name("chrM")
    ('2', '2', 'MT')
    """
    name = text.strip()
    if found := _REFSEQ.fullmatch(name):
        name = str(int(found[1]))
    elif name[:3].lower() == "chr":
        name = name[3:]
    return _NAMES.get(name.upper(), name.upper() if name.upper() in ("X", "Y", "MT") else name)


@dataclass(frozen=True)
class GeneRegion:
    """One gene on one build, padded; 1-based and inclusive."""

    gene: str
    genome: Genome
    chromosome: str
    start: int
    end: int


@dataclass(frozen=True)
class Regions:
    """The genes that are read, on both builds.

    Where the build of a file is not known, a row is wanted if it is wanted on either build.
    """

    regions: tuple[GeneRegion, ...]

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

    @cached_property
    def genes(self) -> tuple[str, ...]:
        """Names of the genes, each once, in alphabetical order."""
        return tuple(sorted({region.gene for region in self.regions}))

    @cached_property
    def outside(self) -> str:
        """The reason for which a row elsewhere is set aside."""
        return f"outside the genes that are read ({', '.join(self.genes)})"

    @cached_property
    def _by_build(self) -> Mapping[Genome | None, Mapping[str, tuple[GeneRegion, ...]]]:
        builds: tuple[Genome | None, ...] = (None, *Genome)
        by_build: dict[Genome | None, dict[str, tuple[GeneRegion, ...]]] = {b: {} for b in builds}
        for region in self.regions:
            for build in (None, region.genome):
                before = by_build[build].get(region.chromosome, ())
                by_build[build][region.chromosome] = (*before, region)
        return by_build

    def on(self, genome: Genome | None) -> Mapping[str, tuple[GeneRegion, ...]]:
        """Return the regions of a build by chromosome; of both builds for ``None``."""
        return self._by_build[genome]

    def gene_at(
        self, genome: Genome | None, chromosome: str, position: int, *, length: int = 1
    ) -> str | None:
        """Return the gene that an interval of ``length`` bases touches, or ``None``."""
        last = position + max(length, 1) - 1
        for region in self.on(genome).get(chromosome, ()):
            if position <= region.end and last >= region.start:
                return region.gene
        return None
