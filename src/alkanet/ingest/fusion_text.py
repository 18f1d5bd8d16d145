"""The free text in which a laboratory describes a fusion, as in MSK-IMPACT reports.

``EML4 (NM_019063) - ALK (NM_004304) fusion (EML4 exons 1-13 with ALK exons 20-29) :
c.1489+2302:EML4_c.3172+943:ALKinv`` and its many relatives. What is not plainly said stays
``None``: a position is given to a gene only where the text names the gene, or names exactly two
genes and two positions in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from alkanet.ingest.chromosomes import chromosome_name
from alkanet.ingest.gene_names import DRIVER, gene_symbol
from alkanet.model.alteration import Genome
from alkanet.model.calls import Breakpoint

__all__ = ["FusionText", "read_fusion_text"]

DRIVER_CHROMOSOME = "2"

_GENE = r"[A-Za-z0-9][A-Za-z0-9.-]*?"
_POSITION = r"[*-]?\d{1,9}(?:[+-]\d{1,9})?"
_EVENT = r"(?:_?\s?(?P<event>inv|dup|del|tra)\d*)?"
_END = r"(?=[\s_.,;:)]|$)"
_ACCESSION = r"(?:N[MR]_\d+|ENST\d+)(?:\.\d+)?"
_TRANSCRIPT = re.compile(rf"([A-Za-z0-9][A-Za-z0-9.-]*)\s*\(\s*({_ACCESSION})\s*\)")
_NAMED_POSITION = re.compile(rf"c\.\s?({_POSITION})\s*:\s*({_GENE}){_EVENT}{_END}")
_BARE_PAIR = re.compile(rf"c\.({_POSITION})_(?:c\.)?({_POSITION}){_EVENT}{_END}")
_ON_GENOME = re.compile(r"\bchr([0-9]{1,2}|[XY]):\s*(?:g\.)?(\d{1,10})(?P<event>inv|dup|del|tra)?")
_TRANSLOCATION = re.compile(r"\bt\s?\(\s*[0-9XY]{1,2}\s*;\s*[0-9XY]{1,2}\s*\)")
_RANGE = r"(\d{1,3})(?:\s*(?:-|–|to|through)\s*(\d{1,3}))?(?!\d)"
_NO_FUSED_EXONS = re.compile(
    r"breakpoint|\b(?:truncation|deletion|duplication|inversion) of\b", re.IGNORECASE
)
_EVENT_WORDS = {"inversion": "inv", "duplication": "dup", "deletion": "del", "translocation": "tra"}


@dataclass(frozen=True)
class FusionText:
    """What a text says of a fusion of ALK with one partner.

    ``exons`` is the last exon of the partner and the first of ALK. ``event`` is ``inv``, ``dup``,
    ``del`` or ``tra``.
    """

    breaks: Mapping[str, Breakpoint] = field(default_factory=dict)
    transcripts: Mapping[str, str] = field(default_factory=dict)
    exons: tuple[int, int] | None = None
    event: str | None = None


def read_fusion_text(text: str, *, partner: str, genome: Genome | None) -> FusionText:
    """Return what a text says of the fusion of ALK with ``partner``.

    Parameters
    ----------
    text
        The comment of the laboratory; may be empty or ``null``.
    partner
        Symbol of the partner as the fusion's name has it.
    genome
        Build of positions such as ``chr2:g.29447000``, ``None`` where nobody says.
    """
    transcripts: dict[str, str] = {}
    for gene, accession in _TRANSCRIPT.findall(text):
        transcripts.setdefault(gene_symbol(gene), accession)
    spelling = _spelling(partner, transcripts)
    breaks: dict[str, Breakpoint] = {}
    for gene, position in _positions(text, transcripts):
        name = partner if gene == spelling else gene
        if name in (partner, DRIVER):
            place = Breakpoint(transcript=transcripts.get(gene), hgvs_c=f"c.{position}")
            breaks.setdefault(name, place)
    _add_genomic(text, breaks, partner=partner, genome=genome)
    known = {
        name: transcripts[gene]
        for name, gene in ((partner, spelling), (DRIVER, DRIVER))
        if gene in transcripts
    }
    return FusionText(
        breaks=breaks,
        transcripts=known,
        exons=_exons(text, spelling),
        event=_event(text),
    )


def _spelling(partner: str, transcripts: Mapping[str, str]) -> str:
    """Return how the text writes the partner: its name, or the only other gene it names."""
    others = [gene for gene in transcripts if gene != DRIVER]
    return others[0] if partner not in transcripts and len(others) == 1 else partner


def _positions(text: str, transcripts: Mapping[str, str]) -> list[tuple[str, str]]:
    named = [(gene_symbol(found[2]), found[1]) for found in _NAMED_POSITION.finditer(text)]
    if not named and len(transcripts) == 2 and (pair := _BARE_PAIR.search(text)):
        first, second = transcripts
        return [(first, pair[1]), (second, pair[2])]
    return named


def _add_genomic(
    text: str, breaks: dict[str, Breakpoint], *, partner: str, genome: Genome | None
) -> None:
    """Add positions on the genome where it is plain which gene they belong to."""
    places = [
        Breakpoint(genome=genome, chromosome=chromosome_name(chromosome), position=int(position))
        for chromosome, position, _ in _ON_GENOME.findall(text)
        if int(position) > 0
    ]
    if len(places) == 1 and DRIVER in breaks:
        breaks.setdefault(partner, places[0])
    elif len(places) == 1 and partner in breaks:
        if places[0].chromosome == DRIVER_CHROMOSOME:
            breaks.setdefault(DRIVER, places[0])
    elif len(places) == 2:
        of_driver = [place for place in places if place.chromosome == DRIVER_CHROMOSOME]
        if len(of_driver) == 1:
            breaks.setdefault(DRIVER, of_driver[0])
            breaks.setdefault(partner, next(p for p in places if p is not of_driver[0]))


def _exons(text: str, partner: str) -> tuple[int, int] | None:
    for sentence in re.split(r"\.\s+", text):
        if _NO_FUSED_EXONS.search(sentence):
            continue
        of_partner, of_driver = _exon_range(sentence, partner), _exon_range(sentence, DRIVER)
        if of_partner is None or of_driver is None:
            continue
        # The other derivative of the rearrangement joins the 5' part of ALK to the partner's 3'.
        is_reciprocal = of_driver[0] == 1 or (of_partner[0] > 1 and of_partner[1] > of_partner[0])
        if not is_reciprocal:
            return of_partner[1], of_driver[0]
    return None


def _exon_range(sentence: str, gene: str) -> tuple[int, int] | None:
    name = rf"(?<![A-Za-z0-9-]){re.escape(gene)}(?![A-Za-z0-9])(?:\s*\([^)]*\))?"
    found = re.search(rf"{name}\s+exons?\s*{_RANGE}", sentence, re.IGNORECASE)
    if found is None:
        after = rf"exons?\s+(?:of\s+)?{_RANGE}\s+of\s+{name}"
        found = re.search(after, sentence, re.IGNORECASE)
    if found is None:
        return None
    first = int(found[1])
    return first, int(found[2]) if found[2] else first


def _event(text: str) -> str | None:
    for pattern in (_NAMED_POSITION, _BARE_PAIR, _ON_GENOME):
        told = {found["event"] for found in pattern.finditer(text)} - {None}
        if len(told) == 1:
            return told.pop()
    if _TRANSLOCATION.search(text):
        return "tra"
    words = {code for word, code in _EVENT_WORDS.items() if re.search(word, text, re.IGNORECASE)}
    return words.pop() if len(words) == 1 else None
