"""Alterations: one canonical finding each.

Small variants and fusions come from files or are typed; the other kinds are typed, or stand in the
case.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.record import Fraction, Record

__all__ = [
    "BY_FISH",
    "Alteration",
    "CopyNumberAlteration",
    "ExpressionAlteration",
    "FusionAlteration",
    "Genome",
    "GenomicChange",
    "HistologyAlteration",
    "HostFactor",
    "Observation",
    "ReadSupport",
    "Role",
    "SmallVariant",
]


class Genome(StrEnum):
    """The two builds that alkanet reads; coordinates are 1-based and inclusive."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"


class GenomicChange(Record):
    """A change on the forward strand of one build, as a VCF writes it (anchored, 1-based)."""

    genome: Genome
    chromosome: str
    """Without ``chr``."""
    position: Annotated[int, Field(ge=1)]
    reference: str
    alternate: str


class ReadSupport(Record):
    """What one specimen's reads say; ``None`` is unknown and never zero."""

    specimen: str
    vaf: Fraction | None = None
    alternate_reads: Annotated[int, Field(ge=0)] | None = None
    depth_reads: Annotated[int, Field(ge=0)] | None = None


class Role(StrEnum):
    """What a small variant is to the haplotype of ALK."""

    SCORED = "scored"
    """It stands in the kinase domain, or the knowledge names it: part of the haplotype."""
    LISTED = "listed"
    """It changes the protein elsewhere, or breaks it: shown, not scored."""
    GERMLINE = "germline difference"
    """A common difference of healthy people (1461, 1491, 1529): no finding."""
    OTHER_GENE = "another gene"
    """A finding in another gene than ALK, of which this says nothing about the haplotype."""
    SILENT = "silent"
    """The protein stays as it is."""


class SmallVariant(Record):
    """A substitution or indel with its names on transcript and protein.

    ``name`` is the short form (``G1202R``, ``T1151dup``); ``hgvs_c`` and ``hgvs_p`` carry their
    accession. ``consequence`` is a Sequence Ontology term.
    """

    kind: Literal["small variant"] = "small variant"
    gene: str
    name: str | None
    hgvs_p: str | None
    hgvs_c: str | None = None
    consequence: str | None = None
    role: Role
    genomic: tuple[GenomicChange, ...] = ()
    support: tuple[ReadSupport, ...] = ()


class FusionAlteration(Record):
    """A fusion beside the one that the tumour is read by."""

    kind: Literal["fusion"] = "fusion"
    five_prime_gene: str
    three_prime_gene: str
    note: str | None = None
    specimen: str | None = None


class CopyNumberAlteration(Record):
    """A copy-number change: a Cat-VRS term, and absolute copies where they were measured."""

    kind: Literal["copy number"] = "copy number"
    gene: str
    change: Literal["high-level gain", "gain", "loss", "complete genomic loss", "copy neutral"]
    copies: Annotated[float, Field(ge=0)] | None = None
    specimen: str | None = None


class ExpressionAlteration(Record):
    """A transcript or protein above or below what is usual."""

    kind: Literal["expression"] = "expression"
    gene: str
    change: Literal["over", "under", "present", "absent"]
    assay: str
    specimen: str | None = None


class HistologyAlteration(Record):
    """A histology other than adenocarcinoma, at diagnosis or since."""

    kind: Literal["histology"] = "histology"
    histology: str
    specimen: str
    at_diagnosis: bool = False
    """True where the diagnosis was the same: it is no change, and treated as what it is."""


BY_FISH = "ALK rearrangement by FISH"
"""The observation that stands for a fusion which nobody sequenced; a term of ``terms.yaml``."""


class Observation(Record):
    """What a pathologist or a radiologist says and no other kind holds: a sarcoid-like node.

    ``observation`` is a term of ``terms.yaml``.
    """

    kind: Literal["observation"] = "observation"
    observation: str
    specimen: str


class HostFactor(Record):
    """A trait of the patient, not of the tumour, such as the BIM deletion polymorphism."""

    kind: Literal["host factor"] = "host factor"
    factor: str
    present: bool


Alteration = Annotated[
    SmallVariant
    | FusionAlteration
    | CopyNumberAlteration
    | ExpressionAlteration
    | HistologyAlteration
    | HostFactor
    | Observation,
    Field(discriminator="kind"),
]
