"""The tumour as it is understood: its fusion, its readings, and what could not be seen."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alkanet.model.alteration import BY_FISH, Alteration, ExpressionAlteration, Observation
from alkanet.model.caveat import Caveat
from alkanet.model.haplotype import Haplotype, Reading
from alkanet.model.record import Record

__all__ = ["BlindSpot", "Conflict", "Fusion", "FusionEvidence", "Molecule", "Tumour"]


class Molecule(StrEnum):
    """What an assay looked at."""

    DNA = "DNA"
    RNA = "RNA"
    PROTEIN = "protein"
    UNKNOWN = "unknown"


class Conflict(Record):
    """Two statements of the input that cannot both hold, and which one was taken."""

    about: str
    says: tuple[str, ...]
    taken: str


class FusionEvidence(Record):
    """One call of the fusion: where it stands, what it looked at, and its read support."""

    file: str
    line: int | None
    specimen: str
    molecule: Molecule
    says: str
    junction_reads: Annotated[int, Field(ge=0)] | None = None
    spanning_fragments: Annotated[int, Field(ge=0)] | None = None


class Fusion(Record):
    """An ALK fusion, 5' partner first.

    ``junction`` is written ``E13;A20`` (partner initial and exon; ALK exon). ``variant`` is the
    name of an EML4 variant or ``None``. ``in_frame`` and ``kinase_retained`` are ``None`` where
    they cannot be computed and nobody says.
    """

    partner: str
    variant: str | None = None
    junction: str | None = None
    in_frame: bool | None = None
    kinase_retained: bool | None = None
    basis: str
    evidence: tuple[FusionEvidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def name(self) -> str:
        """The fusion in HGNC form, ``EML4::ALK``."""
        return f"{self.partner}::ALK"


class BlindSpot(Record):
    """A mechanism that the assays at hand could not have shown, and the test that would."""

    mechanism: str
    why: str
    test: str


class Tumour(Record):
    """What normalisation makes of all calls.

    ``readings`` is empty where no assay is known to have looked at the kinase domain: a tumour
    that was not tested is not wild type.
    """

    fusion: Fusion | None
    readings: tuple[Reading, ...] = ()
    alterations: tuple[Alteration, ...] = ()
    rejected_changes: tuple[str, ...] = ()
    """Changes that would be scored, had their own caller not rejected them."""
    histology: str | None = None
    silent_specimens: tuple[str, ...] = ()
    """Liquid specimens that show nothing of the tumour: what they do not show is not absent."""
    read_specimens: tuple[str, ...] = ()
    """Specimens in which a mutation of the kinase domain would have been seen."""
    outdated_specimens: tuple[str, ...] = ()
    """Specimens from before an ALK inhibitor was begun: what they show was there before it."""
    blind_spots: tuple[BlindSpot, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    @property
    def current_observations(self) -> tuple[Observation, ...]:
        """What was seen in specimens that speak for what grows now."""
        return tuple(
            alteration
            for alteration in self.alterations
            if isinstance(alteration, Observation)
            and alteration.specimen not in self.outdated_specimens
        )

    @property
    def is_rearranged_by_fish(self) -> bool:
        """Whether FISH shows a rearrangement of ALK; it names no partner."""
        return any(
            isinstance(a, Observation) and a.observation == BY_FISH for a in self.alterations
        )

    @property
    def shows_alk_protein(self) -> bool:
        """Whether ALK was called positive; "over" tells a level, which no rearrangement follows."""
        return any(
            isinstance(a, ExpressionAlteration) and a.gene == "ALK" and a.change == "present"
            for a in self.alterations
        )

    @property
    def haplotypes(self) -> tuple[Haplotype, ...]:
        """All haplotypes of all readings, each once, in the order of their text."""
        seen = {str(c.haplotype): c.haplotype for r in self.readings for c in r.clones}
        return tuple(seen[name] for name in sorted(seen))
