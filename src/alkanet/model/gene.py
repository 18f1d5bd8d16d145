"""Gene models: a transcript laid on a genome build."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.alteration import Genome
from alkanet.model.record import Record

__all__ = [
    "AlternateNumbering",
    "Exon",
    "FusionVariant",
    "GermlineDifference",
    "Transcript",
    "symbol_in_hgnc_case",
]

_READING_FRAME = re.compile(r"(C[0-9XY]+)ORF([0-9]+)")


def symbol_in_hgnc_case(symbol: str) -> str:
    """Return a gene symbol as HGNC writes it: upper case, but for ``C2orf44``.

    Examples
    --------
    >>> symbol_in_hgnc_case("eml4"), symbol_in_hgnc_case("c2ORF44")
    ('EML4', 'C2orf44')
    """
    upper = symbol.upper()
    found = _READING_FRAME.fullmatch(upper)
    return f"{found[1]}orf{found[2]}" if found else upper


class Exon(Record):
    """One exon: 1-based inclusive interval on the genome, and the part of the CDS it holds.

    ``cds_start`` and ``cds_end`` are 1-based positions of the coding sequence, ``None`` where the
    exon codes nothing. ``flank_before`` and ``flank_after`` are intron bases around the exon in
    transcript orientation, empty where they are not held.
    """

    number: Annotated[int, Field(ge=1)]
    start: int
    end: int
    cds_start: int | None = None
    cds_end: int | None = None
    flank_before: str = ""
    flank_after: str = ""


class AlternateNumbering(Record):
    """Another transcript of the gene that lacks some exons, so that its c. positions differ."""

    accession: str
    lacks_exons: tuple[int, ...]


class Transcript(Record):
    """The reference transcript of a gene on one build, exons in transcript order.

    ``cds`` is the coding sequence in transcript orientation, empty where it is not held; then
    positions and phases can be told, protein changes cannot. ``chromosome`` has no ``chr``.
    """

    gene: str
    accession: str
    protein_accession: str | None = None
    genome: Genome
    chromosome: str
    strand: Literal["+", "-"]
    exons: tuple[Exon, ...]
    cds: str = ""
    protein: str = ""
    kinase_domain: tuple[int, int] | None = None
    alternates: tuple[AlternateNumbering, ...] = ()


class GermlineDifference(Record):
    """A common germline difference that is no finding, such as ``I1461V``."""

    gene: str
    name: str


class FusionVariant(Record):
    """A named variant of a fusion by its junction: last partner exon, first ALK exon."""

    partner: str
    name: str
    junction: str
    note: str | None = None
