"""Where a breakpoint leaves a gene: the last exon kept before it, or the first one behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alkanet.errors import InputError
from alkanet.model.alteration import Genome
from alkanet.model.calls import Breakpoint
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.gene import Transcript
from alkanet.model.tumour import Molecule
from alkanet.normalise.transcript import (
    CdsPosition,
    TranscriptSet,
    cds_position,
    exon_at,
    from_alternate,
    genomic_position,
    holds,
    intron_at,
    parse_cds_position,
    step,
)

__all__ = [
    "BORDER_TOLERANCE",
    "LONGEST_RETAINED_INTRON",
    "PARTNER_INTRON_TOLERANCE",
    "Place",
    "Side",
    "place_break",
]

BORDER_TOLERANCE = 5
"""Bases by which an RNA break may miss an exon border on either side, and still be that border.

An aligner may give bases that both genes share at the junction to either side: in the reads of
SplitFusion's EML4-ALK example ALK begins 2 nt before exon 20. Such runs are a few bases long; an
insertion that makes a named variant has 11 or more.
"""

PARTNER_INTRON_TOLERANCE = 50
"""Bases by which an RNA break may reach into the partner's intron.

Fusion callers put the partner's break some tens of bases behind the exon where a read is short or
clipped. Shifts above ``BORDER_TOLERANCE`` are told in a caveat: bases that are really kept there
would change the frame.
"""

LONGEST_RETAINED_INTRON = 200
"""Up to this many intron bases in RNA are an insertion (v5b keeps 117 nt of ALK intron 19).

Beyond it the read is taken to come from RNA that was not spliced yet, and the break as one of DNA.
"""


class Side(StrEnum):
    """Which part of the gene stays: what lies before the break, or behind it."""

    FIVE_PRIME = "5'"
    THREE_PRIME = "3'"


@dataclass(frozen=True, slots=True)
class Place:
    """A break on a gene: the exon at the junction, and how exactly the break meets its border.

    Attributes
    ----------
    gene, exon
        Gene, and its last exon kept (5') or its first one (3').
    part
        ``a`` or ``b`` for EML4 exon 6, empty where the break cannot tell or there is no such thing.
    position
        The break in our c. numbering.
    inside
        True where the break lies inside the exon and cuts it.
    kept_intron
        Intron bases that the RNA keeps at the junction.
    shifted
        Bases by which the break missed the border it was taken for.
    unspliced
        True where RNA breaks deep inside an intron.
    either_part
        True where a DNA break leaves both forms of the exon possible.
    """

    gene: str
    exon: int
    position: CdsPosition
    part: str = ""
    inside: bool = False
    kept_intron: int = 0
    shifted: int = 0
    unspliced: bool = False
    either_part: bool = False


def place_break(
    found: Breakpoint, gene: str, side: Side, transcripts: TranscriptSet, molecule: Molecule
) -> Place:
    """Return where a break leaves a gene.

    A break in an intron leaves the exon before it (5' partner) or behind it (ALK). RNA breaks are
    taken for an exon border within the tolerances of this module; DNA breaks inside an exon never
    are.

    Raises
    ------
    InputError
        Where the break does not lie in the gene, or its numbering or build cannot be told.
    """
    transcript, position = _locate(found, gene, transcripts)
    if side is Side.FIVE_PRIME:
        added = transcripts.cryptic(gene, transcript.genome)
        for exon in added:
            place = _at_cryptic_exon(transcript, exon, position, molecule)
            if place is not None:
                return place
        return _plain_place(transcript, position, side, molecule, added)
    return _plain_place(transcript, position, side, molecule, ())


def _locate(found: Breakpoint, gene: str, transcripts: TranscriptSet) -> tuple[Transcript, int]:
    if found.chromosome is not None and found.position is not None:
        return _locate_on_genome(found.chromosome, found.position, found.genome, gene, transcripts)
    transcript = transcripts.get(gene, found.genome)
    if transcript is None or found.hgvs_c is None:
        raise InputError(f"{gene} has no gene model here")
    position = parse_cds_position(found.hgvs_c)
    position = from_alternate(transcript, found.transcript or transcript.accession, position)
    return transcript, genomic_position(transcript, position)


def _locate_on_genome(
    chromosome: str, position: int, genome: Genome | None, gene: str, transcripts: TranscriptSet
) -> tuple[Transcript, int]:
    held = [t for t in transcripts.transcripts if t.gene == gene and genome in (None, t.genome)]
    if not held:
        raise InputError(f"{gene} has no gene model here")
    fitting = [t for t in held if holds(t, chromosome, position)]
    if len(fitting) == 1:
        return fitting[0], position
    if fitting:
        raise InputError(
            f"{chromosome}:{position} lies in {gene} on both builds and none is named",
            remedy="Name the genome build (GRCh37 or GRCh38).",
        )
    builds = " or ".join(t.genome.value for t in held)
    raise InputError(
        f"{chromosome}:{position} lies outside of {gene} on {builds}",
        remedy="Check the genome build of the file.",
    )


def _at_cryptic_exon(
    transcript: Transcript, exon: CrypticExon, position: int, molecule: Molecule
) -> Place | None:
    """Return the place of an RNA break at the end of an added exon or inside it."""
    if molecule is Molecule.DNA:
        return None
    end = exon.end if transcript.strand == "+" else exon.start
    beyond = (position - end) * step(transcript)
    inside = exon.start <= position <= exon.end
    if not inside and not 0 < beyond <= PARTNER_INTRON_TOLERANCE:
        return None
    cut = inside and -beyond > BORDER_TOLERANCE
    return Place(
        exon.gene,
        exon.after_exon,
        cds_position(transcript, position),
        part="" if cut else exon.name[-1],
        inside=cut,
        shifted=0 if cut else abs(beyond),
    )


def _plain_place(
    transcript: Transcript,
    position: int,
    side: Side,
    molecule: Molecule,
    added: tuple[CrypticExon, ...],
) -> Place:
    place = cds_position(transcript, position)
    gene = transcript.gene
    exon = exon_at(transcript, position)
    if exon is not None:
        at_end = (side is Side.FIVE_PRIME) == (transcript.strand == "+")
        lost = abs(position - (exon.end if at_end else exon.start))
        cut = lost > (0 if molecule is Molecule.DNA else BORDER_TOLERANCE)
        part = "" if cut else _reference_part(exon.number, added)
        return Place(gene, exon.number, place, part=part, inside=cut, shifted=0 if cut else lost)
    intron = intron_at(transcript, position)
    if intron is None:
        raise InputError(f"{position} lies outside of {gene}")
    kept = intron[0] if side is Side.FIVE_PRIME else intron[1]
    distance = min(abs(position - kept.start), abs(position - kept.end))
    tolerance = PARTNER_INTRON_TOLERANCE if side is Side.FIVE_PRIME else BORDER_TOLERANCE
    part = _reference_part(kept.number, added)
    if molecule is Molecule.RNA and distance <= LONGEST_RETAINED_INTRON:
        if distance <= tolerance:
            return Place(gene, kept.number, place, part=part, shifted=distance)
        return Place(gene, kept.number, place, part=part, kept_intron=distance)
    either = any(_lies_behind(transcript, exon, position) for exon in added) and bool(part)
    return Place(
        gene,
        kept.number,
        place,
        part="" if either else part,
        unspliced=molecule is Molecule.RNA,
        either_part=either,
    )


def _reference_part(number: int, added: tuple[CrypticExon, ...]) -> str:
    """Return ``a`` for an exon that has an added form ``b``, as EML4 exon 6 has."""
    return "a" if any(exon.after_exon == number for exon in added) else ""


def _lies_behind(transcript: Transcript, exon: CrypticExon, position: int) -> bool:
    return position > exon.end if transcript.strand == "+" else position < exon.start
