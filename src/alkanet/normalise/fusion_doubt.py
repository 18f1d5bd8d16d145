"""Doubts and disagreements about a fusion, as they are gathered while its calls are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from alkanet.model.tumour import Conflict

__all__ = ["FusionCaveat", "FusionDoubt", "FusionNotes"]


class FusionDoubt(StrEnum):
    """Codes of the caveats that a fusion may carry."""

    ANTISENSE = "fusion-antisense"
    BREAK_INSIDE_EXON = "fusion-break-inside-exon"
    BREAK_NOT_PLACED = "fusion-break-not-placed"
    BORDER_SHIFTED = "fusion-border-shifted"
    EVENT_IMPOSSIBLE = "fusion-event-impossible"
    EXON_NUMBERING = "fusion-exon-numbering"
    EXON_UNKNOWN = "fusion-exon-unknown"
    FRAME_LOST_DNA = "fusion-frame-lost-dna"
    FRAME_LOST_RNA = "fusion-frame-lost-rna"
    KINASE_LOST = "fusion-kinase-lost"
    NO_GENE_MODEL = "fusion-no-gene-model"
    RECIPROCAL = "fusion-reciprocal"
    RECIPROCAL_ONLY = "fusion-reciprocal-only"
    SEVERAL_PARTNERS = "fusion-several-partners"
    UNSPLICED_RNA = "fusion-unspliced-rna"
    UNTYPED = "fusion-untyped"
    VARIANT_3_A_OR_B = "fusion-variant-3-a-or-b"


@dataclass(frozen=True, slots=True)
class FusionCaveat:
    """A doubt about the fusion: its code, and what it touches in a few words."""

    code: FusionDoubt
    about: str


@dataclass(slots=True)
class FusionNotes:
    """Conflicts and caveats, gathered while a call is read."""

    conflicts: list[Conflict] = field(default_factory=list)
    caveats: list[FusionCaveat] = field(default_factory=list)

    def doubt(self, code: FusionDoubt, about: str) -> None:
        """Add a caveat."""
        self.caveats.append(FusionCaveat(code, about))

    def conflict(self, about: str, says: tuple[str, ...], taken: str) -> None:
        """Add two statements that cannot both hold, and what is made of them."""
        self.conflicts.append(Conflict(about=about, says=says, taken=taken))
