"""Junctions as text: ``E13;A20``, ``E6b;A20``, ``E14;ins11del49A20``, and the frame they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alkanet.model.gene import FusionVariant, Transcript
from alkanet.normalise.transcript import TranscriptSet, cds_length

__all__ = [
    "Junction",
    "find_junction",
    "keeps_frame",
    "keeps_kinase",
    "last_kinase_exon",
    "variant_of",
]

_JUNCTION = re.compile(
    r"(?<![A-Za-z0-9])(?P<initial>[A-Z])(?P<exon>\d{1,2})(?P<part>[ab]?)"
    r"(?P<five>(?:(?:ins|del)\d+)*)\s*[;:,_/-]?\s*"
    r"(?P<three>(?:(?:ins|del)\d+)*)A(?P<alk>\d{1,2})(?![A-Za-z0-9])"
)
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?:[vV]|[vV]ariant\s*)(?P<name>\d{1,2}[ab]?'?)(?![A-Za-z0-9.])"
)
_INDEL = re.compile(r"(ins|del)(\d+)")


@dataclass(frozen=True, slots=True)
class Junction:
    """Last partner exon and first ALK exon, and the bases inserted or deleted between them.

    ``part`` is ``a`` or ``b`` for the two forms of EML4 exon 6 and empty where it is not told.
    """

    initial: str
    partner_exon: int
    alk_exon: int
    part: str = ""
    partner_indels: str = ""
    alk_indels: str = ""

    def __str__(self) -> str:
        return (
            f"{self.initial}{self.partner_exon}{self.part}{self.partner_indels}"
            f";{self.alk_indels}A{self.alk_exon}"
        )

    @property
    def exons(self) -> tuple[int, int]:
        """Last partner exon and first ALK exon."""
        return self.partner_exon, self.alk_exon

    @property
    def is_plain(self) -> bool:
        """True where exon meets exon, without inserted or deleted bases."""
        return not self.partner_indels and not self.alk_indels


def find_junction(text: str, partner: str, variants: Sequence[FusionVariant]) -> Junction | None:
    """Return the junction that a text writes, or that the variant name in it stands for.

    ``E13;A20``, ``E13_A20`` and ``E13A20`` are read, and ``v1``, ``variant 3b``; ``v3`` is exon 6
    in either form. A name that stands for two junctions, such as ``v5``, is none.
    """
    for found in _JUNCTION.finditer(text):
        if found["initial"] == partner[:1]:
            return _of_match(found)
    named = _NAME.search(text)
    if named is None:
        return None
    name = f"v{named['name']}"
    if name == "v3" and any(variant.name == "v3a" for variant in variants):
        name = "v3a"
    for variant in variants:
        if variant.partner == partner and variant.name == name:
            junction = _of_match(_JUNCTION.fullmatch(variant.junction))
            whole = named["name"] == "3" and junction is not None
            return Junction(partner[:1], *junction.exons) if whole and junction else junction
    return None


def variant_of(junction: Junction, partner: str, variants: Sequence[FusionVariant]) -> str | None:
    """Return the name of the variant whose junction is exactly this one.

    A plain exon-exon junction is never named after a variant that inserts or deletes bases.
    ``E6;A20`` without ``a`` or ``b`` is ``v3``.
    """
    held = {variant.junction: variant.name for variant in variants if variant.partner == partner}
    if str(junction) in held:
        return held[str(junction)]
    if junction.part or not junction.is_plain:
        return None
    names = {
        name.rstrip("ab")
        for text, name in held.items()
        if (found := _of_match(_JUNCTION.fullmatch(text)))
        and found.part
        and found.is_plain
        and found.exons == junction.exons
    }
    return names.pop() if len(names) == 1 else None


def keeps_frame(
    junction: Junction, partner: Transcript, alk: Transcript, transcripts: TranscriptSet
) -> bool | None:
    """Return whether ALK is read in its own frame behind the partner.

    The coding bases of the partner up to the junction, plus those inserted and less those deleted,
    must leave the same rest by three as the ALK coding bases before the junction. ``None`` where
    the partner exon codes nothing. Inserted bases are only counted: a stop in them is not seen.
    """
    coded = _coded_up_to(partner, junction.partner_exon)
    before = _coded_up_to(alk, junction.alk_exon - 1)
    if coded is None or before is None:
        return None
    if coded == cds_length(partner):
        return False  # the partner's own stop codon stands before ALK
    if junction.part == "b":
        added = transcripts.cryptic(partner.gene, partner.genome)
        coded += sum(len(x.sequence) for x in added if x.after_exon == junction.partner_exon)
    for indels, side in ((junction.partner_indels, 1), (junction.alk_indels, -1)):
        for verb, length in _INDEL.findall(indels):
            if verb == "ins":
                coded += int(length)
            elif side > 0:
                coded -= int(length)
            else:
                before += int(length)
    return coded % 3 == before % 3


def keeps_kinase(alk: Transcript, first_base: int) -> bool:
    """Return whether ALK from a c. position on holds the whole kinase domain."""
    assert alk.kinase_domain is not None, "the ALK transcript has a kinase domain"
    return first_base <= 3 * (alk.kinase_domain[0] - 1) + 1


def last_kinase_exon(alk: Transcript) -> int:
    """Return the last ALK exon at which a fusion may begin and hold the whole kinase domain."""
    return max(
        exon.number
        for exon in alk.exons
        if exon.cds_start is not None and keeps_kinase(alk, exon.cds_start)
    )


def _of_match(found: re.Match[str] | None) -> Junction | None:
    if found is None:
        return None
    return Junction(
        found["initial"],
        int(found["exon"]),
        int(found["alk"]),
        found["part"],
        found["five"],
        found["three"],
    )


def _coded_up_to(transcript: Transcript, number: int) -> int | None:
    """Return how many coding bases the exons up to a number hold; ``None`` where none."""
    if not 1 <= number <= len(transcript.exons):
        return None
    ends = [exon.cds_end for exon in transcript.exons[:number] if exon.cds_end is not None]
    return max(ends) if ends else None
