"""What the readers make of the files: raw calls, each with the row it came from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from alkanet.model.alteration import Genome
from alkanet.model.record import Fraction, Record
from alkanet.model.tumour import Molecule

__all__ = [
    "Breakpoint",
    "Calls",
    "FusionCall",
    "Origin",
    "OutsideCall",
    "OutsideKind",
    "SpecimenLook",
    "TouchedRow",
    "VariantCall",
]


class Origin(Record):
    """The row a call came from: base name and line, counted from 1."""

    file: str
    line: Annotated[int, Field(ge=1)]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class VariantCall(Record):
    """A row of a VCF or MAF: one alternate allele of one sample."""

    origin: Origin
    specimen: str
    genome: Genome | None
    chromosome: str
    """Without ``chr``."""
    position: Annotated[int, Field(ge=1)]
    reference: str
    alternate: str
    stated_gene: str | None = None
    stated_hgvs_c: str | None = None
    stated_hgvs_p: str | None = None
    vaf: Fraction | None = None
    alternate_reads: Annotated[int, Field(ge=0)] | None = None
    depth_reads: Annotated[int, Field(ge=0)] | None = None
    filters: tuple[str, ...] = ()
    phase_set: str | None = None
    """Name of the block within which ``phase_allele`` may be compared; ``None`` is unphased."""
    phase_allele: int | None = None


class Breakpoint(Record):
    """One side of a junction: on the genome, or on a transcript (``c.1489+828``)."""

    genome: Genome | None = None
    chromosome: str | None = None
    """Without ``chr``."""
    position: Annotated[int, Field(ge=1)] | None = None
    transcript: str | None = None
    hgvs_c: str | None = None
    strand: Literal["+", "-"] | None = None
    """The strand on which the caller reads the gene, ``None`` where it does not say."""

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        on_genome = self.chromosome is not None and self.position is not None
        if not on_genome and self.hgvs_c is None:
            raise ValueError("a breakpoint needs chromosome and position, or a c. position")
        return self


class FusionCall(Record):
    """One fusion as a file states it. Gene order is the file's; either may be the 5' partner."""

    origin: Origin
    specimen: str
    first_gene: str
    second_gene: str
    first_break: Breakpoint | None = None
    second_break: Breakpoint | None = None
    order_is_known: bool
    """True where the format says that the first gene is the 5' partner."""
    molecule: Molecule
    text: str
    stated_exons: tuple[int, int] | None = None
    """Last partner exon and first ALK exon, where the text says them."""
    stated_transcript: str | None = None
    stated_frame: str | None = None
    stated_event: str | None = None
    junction_reads: Annotated[int, Field(ge=0)] | None = None
    spanning_fragments: Annotated[int, Field(ge=0)] | None = None


class OutsideKind(StrEnum):
    """What a person may type from a PDF report."""

    MUTATION = "mutation"
    """One ALK change."""
    HAPLOTYPE = "haplotype"
    """ALK changes that the laboratory places on one allele, joined with ``+``."""
    FUSION = "fusion"
    """A fusion, with or without its variant or junction."""
    KINASE_DOMAIN = "kinase domain"
    """``no mutation found``: the kinase domain was read whole, and nothing was there."""
    VARIANT = "variant"
    """A small variant of another gene: ``BRAF V600E``, ``EGFR exon 19 deletion``."""
    COPY_NUMBER = "copy number"
    """``MET amplification``, ``RB1 homozygous deletion``, ``MET copy neutral``."""
    EXPRESSION = "expression"
    """``ABCB1 over by RNA``, ``ALK negative by immunohistochemistry``."""
    HISTOLOGY = "histology"
    """What the pathologist saw in this specimen: ``small cell carcinoma``."""
    HOST_FACTOR = "host factor"
    """``BIM deletion polymorphism``, ``no BIM deletion polymorphism``."""
    OBSERVATION = "observation"
    """What no other kind holds: ``sarcoid-like reaction``, ``ALK rearrangement by FISH``."""


class OutsideCall(Record):
    """One typed line: kind, finding, and what is known of its reads."""

    origin: Origin
    specimen: str
    kind: OutsideKind
    finding: str
    vaf: Fraction | None = None
    note: str | None = None


class TouchedRow(Record):
    """A row that lies in ALK, or names it, and was set aside by its reader."""

    origin: Origin
    reason: str


class SpecimenLook(Record):
    """How the files of a specimen show that it was looked at."""

    assays: tuple[str, ...] = ()
    """Names of assays that the files themselves state."""
    read_small_variants: bool = False
    """Whether a file that can hold small variants was read, be it that it held none in ALK."""


class Calls(Record):
    """All raw calls of a file or a case, before any is understood."""

    variants: tuple[VariantCall, ...] = ()
    fusions: tuple[FusionCall, ...] = ()
    outside: tuple[OutsideCall, ...] = ()
    other_variants: tuple[VariantCall, ...] = ()
    """Calls in the genes beside ALK that are looked at; ``variants`` are those of ALK."""
    other_fusions: tuple[FusionCall, ...] = ()
    """Fusions of another driver than ALK; ``fusions`` are those of ALK."""
    filtered: tuple[VariantCall, ...] = ()
    """Calls in ALK that their own caller rejected: set aside, and told in a caveat."""
    touched: tuple[TouchedRow, ...] = ()
    """Further rows that lie in ALK or name it and could not be used."""
    notes: tuple[str, ...] = ()
    """What was odd in the text of a file, with its name."""
