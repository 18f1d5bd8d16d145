"""Positions on a transcript: genome to c. numbering and back, exons and introns, bases.

All functions are pure functions of a :class:`~alkanet.model.gene.Transcript`. Genomic positions
are 1-based on the forward strand; c. positions follow HGVS: base 1 is the A of the start codon,
``-n`` stands before it, ``*n`` after the stop codon, and ``+k`` / ``-k`` count into an intron from
the nearest exon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alkanet.errors import InputError, shown
from alkanet.model.alteration import Genome
from alkanet.model.codon import reverse_complement
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.gene import Exon, Transcript

__all__ = [
    "CdsPosition",
    "TranscriptSet",
    "cds_length",
    "cds_position",
    "coding_base",
    "exon_at",
    "from_alternate",
    "genomic_position",
    "holds",
    "intron_at",
    "is_numbering_of",
    "our_exon",
    "parse_cds_position",
    "step",
]

_POSITION = re.compile(r"(?:c\.)?(?P<region>[-*]?)(?P<base>\d{1,9})(?P<offset>[+-]\d{1,9})?")


@dataclass(frozen=True, slots=True)
class CdsPosition:
    """A c. position: a base of the transcript and an offset into the intron beside it.

    ``base`` is negative before the start codon. With ``after_stop`` it counts from the stop codon.

    Examples
    --------
    >>> str(CdsPosition(1489, 828)), str(CdsPosition(-5)), str(CdsPosition(12, after_stop=True))
    ('1489+828', '-5', '*12')
    """

    base: int
    offset: int = 0
    after_stop: bool = False

    def __str__(self) -> str:
        offset = f"{self.offset:+d}" if self.offset else ""
        return f"{'*' if self.after_stop else ''}{self.base}{offset}"

    @property
    def is_coding(self) -> bool:
        """True where the position is a base of the coding sequence."""
        return self.offset == 0 and self.base > 0 and not self.after_stop


@dataclass(frozen=True, slots=True)
class TranscriptSet:
    """The transcripts of all genes on all builds, and the exons that named variants add."""

    transcripts: tuple[Transcript, ...]
    cryptic_exons: tuple[CrypticExon, ...] = ()

    @classmethod
    def of(
        cls, transcripts: Iterable[Transcript], cryptic_exons: Iterable[CrypticExon] = ()
    ) -> TranscriptSet:
        """Return the set of what the knowledge loads."""
        return cls(tuple(transcripts), tuple(cryptic_exons))

    def get(self, gene: str, genome: Genome | None = None) -> Transcript | None:
        """Return the transcript of a gene on a build, on any build where none is named."""
        for transcript in self.transcripts:
            if transcript.gene == gene and genome in (None, transcript.genome):
                return transcript
        return None

    def cryptic(self, gene: str, genome: Genome) -> tuple[CrypticExon, ...]:
        """Return the added exons of a gene on a build."""
        return tuple(x for x in self.cryptic_exons if x.gene == gene and x.genome == genome)


def step(transcript: Transcript) -> int:
    """Return the genomic step of one base in transcript direction: 1 or -1."""
    return 1 if transcript.strand == "+" else -1


def cds_length(transcript: Transcript) -> int:
    """Return the length of the coding sequence, stop codon included."""
    return max(exon.cds_end or 0 for exon in transcript.exons)


def holds(transcript: Transcript, chromosome: str, position: int) -> bool:
    """Return whether a place of the genome lies between the ends of the transcript."""
    edges = [edge for exon in transcript.exons for edge in (exon.start, exon.end)]
    return chromosome == transcript.chromosome and min(edges) <= position <= max(edges)


def exon_at(transcript: Transcript, position: int) -> Exon | None:
    """Return the exon that holds a genomic position."""
    return next((x for x in transcript.exons if x.start <= position <= x.end), None)


def intron_at(transcript: Transcript, position: int) -> tuple[Exon, Exon] | None:
    """Return the exons before and after the intron that holds a genomic position."""
    way = step(transcript)
    for before, after in zip(transcript.exons, transcript.exons[1:], strict=False):
        if _last(before, way) * way < position * way < _first(after, way) * way:
            return before, after
    return None


def cds_position(transcript: Transcript, position: int) -> CdsPosition:
    """Return the c. position of a genomic position; in the middle of an intron ``+`` is taken.

    Raises
    ------
    InputError
        Where the position lies outside of the transcript.
    """
    exon = exon_at(transcript, position)
    if exon is not None:
        return _of_exonic(transcript, exon, position)
    intron = intron_at(transcript, position)
    if intron is None:
        raise InputError(
            f"position {position} lies outside of {transcript.gene} ({transcript.accession}) "
            f"on {transcript.genome.value}"
        )
    way = step(transcript)
    end, start = _last(intron[0], way), _first(intron[1], way)
    after_end, before_start = abs(position - end), abs(start - position)
    if after_end <= before_start:
        near = _of_exonic(transcript, intron[0], end)
        return CdsPosition(near.base, after_end, near.after_stop)
    near = _of_exonic(transcript, intron[1], start)
    return CdsPosition(near.base, -before_start, near.after_stop)


def genomic_position(transcript: Transcript, position: CdsPosition) -> int:
    """Return the genomic position of a c. position.

    An offset counts from the last base of an exon (``+``) or its first (``-``) and may reach past
    the middle of the intron, as callers write it.

    Raises
    ------
    InputError
        Where the transcript has no such base, or an offset does not start at an exon border.
    """
    way = step(transcript)
    number = _transcript_number(transcript, position)
    for exon in transcript.exons:
        length = exon.end - exon.start + 1
        if number <= length:
            if position.offset and number != (length if position.offset > 0 else 1):
                break
            return _first(exon, way) + way * (number - 1 + position.offset)
        number -= length
    raise InputError(
        f"c.{position} is not a place of {transcript.gene} ({transcript.accession})",
        expected=f"a base up to c.{cds_length(transcript)}, with an offset only at exon borders",
    )


def parse_cds_position(text: str) -> CdsPosition:
    """Return the position that a text such as ``c.3173-518``, ``1489+828`` or ``*12`` names.

    Raises
    ------
    InputError
        Where the text is no c. position.
    """
    found = _POSITION.fullmatch(text.strip())
    if found is None or int(found["base"]) == 0:
        raise InputError(f"{shown(text)} is not a c. position", expected="such as c.1489+828")
    base = int(found["base"])
    return CdsPosition(
        -base if found["region"] == "-" else base,
        int(found["offset"] or 0),
        after_stop=found["region"] == "*",
    )


def coding_base(transcript: Transcript, position: int) -> str | None:
    """Return the reference base on the forward strand; ``None`` where it is not held.

    Held are the coding sequence and the intron bases next to some exons.
    """
    base = _oriented_base(transcript, position)
    if base is None or transcript.strand == "+":
        return base
    return reverse_complement(base)


def is_numbering_of(transcript: Transcript, accession: str) -> bool:
    """Return whether c. positions on an accession can be read: ours, or a known alternate."""
    known = {transcript.accession, *(x.accession for x in transcript.alternates)}
    return _bare(accession) in {_bare(name) for name in known}


def from_alternate(transcript: Transcript, accession: str, position: CdsPosition) -> CdsPosition:
    """Return our c. position for one that is numbered on another transcript of the gene.

    On NM_001145076, which lacks EML4 exon 4 (174 nt), c.2068 is our c.2242. Versions are ignored.

    Raises
    ------
    InputError
        Where the accession is neither ours nor a known alternate.
    """
    base = position.base
    if position.base > 0 and not position.after_stop:
        for start, length in _lacking(transcript, accession):
            if base >= start:
                base += length
    else:
        _lacking(transcript, accession)
    return CdsPosition(base, position.offset, position.after_stop)


def our_exon(transcript: Transcript, accession: str, number: int) -> int:
    """Return our number of an exon that is counted on a transcript that lacks some of ours."""
    for alternate in transcript.alternates:
        if alternate.accession == _bare(accession):
            for lacking in sorted(alternate.lacks_exons):
                number += number >= lacking
    return number


def _bare(accession: str) -> str:
    return accession.partition(".")[0]


def _lacking(transcript: Transcript, accession: str) -> list[tuple[int, int]]:
    """Return start and length of the coding parts that an accession lacks, in order."""
    if _bare(accession) == _bare(transcript.accession):
        return []
    for alternate in transcript.alternates:
        if _bare(alternate.accession) == _bare(accession):
            exons = [transcript.exons[number - 1] for number in sorted(alternate.lacks_exons)]
            return [
                (x.cds_start, x.cds_end - x.cds_start + 1)
                for x in exons
                if x.cds_start is not None and x.cds_end is not None
            ]
    raise InputError(
        f"the numbering of {accession} for {transcript.gene} is not held",
        expected=f"{transcript.accession}"
        + "".join(f" or {x.accession}" for x in transcript.alternates),
    )


def _first(exon: Exon, way: int) -> int:
    return exon.start if way > 0 else exon.end


def _last(exon: Exon, way: int) -> int:
    return exon.end if way > 0 else exon.start


def _utr5_length(transcript: Transcript) -> int:
    """Return how many transcript bases stand before the start codon."""
    length = 0
    for exon in transcript.exons:
        size = exon.end - exon.start + 1
        if exon.cds_start is not None and exon.cds_end is not None:
            coded = exon.cds_end - exon.cds_start + 1
            # The rest of the first coding exon is 5' UTR: no gene here has its start and its stop
            # codon in one exon.
            return length + size - coded
        length += size
    return length


def _of_exonic(transcript: Transcript, exon: Exon, position: int) -> CdsPosition:
    before = sum(x.end - x.start + 1 for x in transcript.exons[: exon.number - 1])
    number = before + abs(position - _first(exon, step(transcript))) + 1
    base = number - _utr5_length(transcript)
    if base <= 0:
        return CdsPosition(base - 1)
    length = cds_length(transcript)
    if base > length:
        return CdsPosition(base - length, after_stop=True)
    return CdsPosition(base)


def _transcript_number(transcript: Transcript, position: CdsPosition) -> int:
    base = position.base
    if position.after_stop:
        base += cds_length(transcript)
    elif base > cds_length(transcript):
        raise InputError(
            f"c.{position} lies beyond the {cds_length(transcript)} coding bases of "
            f"{transcript.gene} ({transcript.accession})"
        )
    number = base + _utr5_length(transcript) + (1 if base < 0 else 0)
    if number < 1:
        raise InputError(
            f"c.{position} lies before the first base of {transcript.gene} ({transcript.accession})"
        )
    return number


def _oriented_base(transcript: Transcript, position: int) -> str | None:
    exon = exon_at(transcript, position)
    if exon is not None:
        place = _of_exonic(transcript, exon, position)
        return transcript.cds[place.base - 1] if place.is_coding and transcript.cds else None
    intron = intron_at(transcript, position)
    if intron is None:
        return None
    way = step(transcript)
    after_end = abs(position - _last(intron[0], way))
    if after_end <= len(intron[0].flank_after):
        return intron[0].flank_after[after_end - 1]
    before_start = abs(_first(intron[1], way) - position)
    if before_start <= len(intron[1].flank_before):
        return intron[1].flank_before[-before_start]
    return None
