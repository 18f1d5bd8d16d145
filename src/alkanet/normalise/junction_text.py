"""Junctions as text: ``E13;A20``, ``E6b;A20``, ``E14;ins11del49A20``, and the frame they give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alkanet.model.gene import FusionVariant, Transcript
from alkanet.normalise.transcript import TranscriptSet, cds_length

__all__ = [
    "Junction",
    "Statement",
    "impossible_exon",
    "junction_of",
    "keeps_frame",
    "keeps_kinase",
    "named_after_same_exons",
    "names_of",
    "plain_text",
    "read_statement",
    "stated_frame",
    "variant_of",
    "without_statement",
]

_JUNCTION = re.compile(
    r"(?<![A-Z0-9])(?P<initial>[A-Z])(?P<exon>[0-9]{1,2})(?P<part>a/?b|b/?a|[ab])?"
    r"(?P<five>(?:(?:ins|del)[0-9]{1,4})*)\s*(?:::|[;:,_/-])?\s*"
    r"(?P<three>(?:(?:ins|del)[0-9]{1,4})*)A(?P<alk>[0-9]{1,2})(?![A-Z0-9])",
    re.IGNORECASE,
)
_VARIANT = r"(?:v|var(?:iants?)?\.?\s*)"
_OR = r"\s*(?:/|\+|&|\band\b|\bor\b)\s*"
_NAME = re.compile(
    rf"(?<![A-Z0-9]){_VARIANT}(?P<number>[0-9]{{1,2}})"
    rf"(?:(?P<both>a{_OR}{_VARIANT}?(?:(?P=number))?b|b{_OR}{_VARIANT}?(?:(?P=number))?a)"
    r"|(?P<form>[ab]))?(?P<prime>')?(?![\w'\"″*]|\.\w)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(rf"{_OR}{_VARIANT}?[0-9]", re.IGNORECASE)
_INDEL = re.compile(r"(ins|del)(\d+)")
_PRIMES_AND_DASHES = str.maketrans(dict.fromkeys("’‘‛′ʹʼ´`＇", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_IN_FRAME = re.compile(r"in[\s_-]?frame", re.IGNORECASE)
_OUT_OF_FRAME = re.compile(
    r"out[\s_-]?of[\s_-]?frame|frame[\s_-]?shift|not in frame", re.IGNORECASE
)


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


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says of a junction.

    Attributes
    ----------
    name
        The variant name in the text, ``v3a``; the knowledge may not hold it. ``v3a/b`` is ``v3``.
    junction
        The junction that the text writes, or else that its variant name stands for.
    differing
        Names and junctions in the text that cannot all hold; empty where they agree.
    """

    name: str | None = None
    junction: Junction | None = None
    differing: tuple[str, ...] = ()


def plain_text(text: str) -> str:
    """Return a text with typewriter primes, dashes and blanks: ``v4’`` is ``v4'``, never ``v4``."""
    return " ".join(text.translate(_PRIMES_AND_DASHES).split())


def read_statement(text: str, partner: str, variants: Sequence[FusionVariant]) -> Statement:
    """Return what a text says of the junction of a partner with ALK.

    ``E13;A20``, ``E13_A20`` and ``e13a20`` are read, and ``v1``, ``Variant 3b``, ``v3a/b``. A text
    that names several variants states none of them.
    """
    text = plain_text(text)
    named = list(_NAME.finditer(text))
    names = list(dict.fromkeys(_name_of(found) for found in named))
    if any(_ANOTHER.match(text, found.end()) for found in named) and len(names) == 1:
        names.append("another variant")
    written = list(dict.fromkeys(_of_match(found) for found in _junctions(text, partner)))
    if len(names) > 1 or len(written) > 1:
        return Statement(differing=(*names, *map(str, written)))
    name, junction = next(iter(names), None), next(iter(written), None)
    meant = junction_of(name, partner, variants) if name else None
    if meant is None or junction is None:
        return Statement(name, junction or meant)
    if not _may_be_one(meant, junction, partner, variants):
        return Statement(name, junction, (f"{name} is {meant}", str(junction)))
    return Statement(name, replace(meant, part=meant.part or junction.part))


def without_statement(text: str, partner: str) -> str:
    """Return what is left of a text once its first variant name and first junction are read."""
    text = plain_text(text)
    for found in _junctions(text, partner)[:1]:
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return _NAME.sub(" ", text, count=1)


def junction_of(name: str, partner: str, variants: Sequence[FusionVariant]) -> Junction | None:
    """Return the junction of a named variant, ``v3`` being exon 6 in either form.

    ``None`` where the knowledge does not hold the name, or its two forms are joined elsewhere.
    """
    held = {v.name: v.junction for v in variants if v.partner == partner}
    if name in held:
        return _held(held[name])
    forms = {_held(held[form]) for form in (f"{name}a", f"{name}b") if form in held}
    whole = {replace(form, part="") for form in forms if form is not None and form.part}
    return whole.pop() if len(forms) == 2 and len(whole) == 1 else None


def names_of(partner: str, variants: Sequence[FusionVariant]) -> list[str]:
    """Return the variant names of a partner that can be read, in order, ``v3`` beside its forms."""
    held = {v.name for v in variants if v.partner == partner}
    families = {name.rstrip("ab") for name in held}
    return sorted(n for n in held | families if junction_of(n, partner, variants) is not None)


def impossible_exon(junction: Junction, partner: str, transcripts: TranscriptSet) -> str | None:
    """Return which exon of a junction its gene does not have, in a sentence; ``None`` if all are.

    A partner without a gene model may have any.
    """
    for gene, number in ((partner, junction.partner_exon), ("ALK", junction.alk_exon)):
        model = transcripts.get(gene)
        if model is not None and not 1 <= number <= len(model.exons):
            return (
                f"{junction}: {gene} has no exon {number}, it has {len(model.exons)} "
                f"({model.accession})"
            )
    return None


def named_after_same_exons(
    junction: Junction, partner: str, variants: Sequence[FusionVariant]
) -> str:
    """Return which named variants join the same exons, but insert or delete bases."""
    close = []
    for variant in variants:
        held = _held(variant.junction)
        if held is None or variant.partner != partner:
            continue
        if not held.is_plain and held.exons == junction.exons:
            close.append(f"{variant.name} is {variant.junction}")
    return ", ".join(close)


def stated_frame(text: str) -> bool | None:
    """Return whether a text says in frame or out of it; ``None`` where it says neither."""
    if _OUT_OF_FRAME.search(text):
        return False
    return True if _IN_FRAME.search(text) else None


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
        if (found := _held(text))
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


def _junctions(text: str, partner: str) -> list[re.Match[str]]:
    """Return the junctions in a text that begin with the initial of the partner."""
    initial = partner[:1].upper()
    return [m for m in _JUNCTION.finditer(text) if m["initial"].upper() == initial]


def _held(text: str) -> Junction | None:
    """Return the junction of a row of the knowledge."""
    found = _JUNCTION.fullmatch(text)
    return None if found is None else _of_match(found)


def _of_match(found: re.Match[str]) -> Junction:
    part = (found["part"] or "").lower()
    return Junction(
        found["initial"].upper(),
        int(found["exon"]),
        int(found["alk"]),
        part if len(part) == 1 else "",
        found["five"].lower(),
        found["three"].lower(),
    )


def _name_of(found: re.Match[str]) -> str:
    return f"v{int(found['number'])}{(found['form'] or '').lower()}{found['prime'] or ''}"


def _may_be_one(
    meant: Junction, written: Junction, partner: str, variants: Sequence[FusionVariant]
) -> bool:
    """Return whether a junction may be written for a named variant's.

    Inserted bases are often left out: ``E14;A20`` beside ``v4`` contradicts nothing. But a plain
    junction that has a name of its own is that variant and no other.
    """
    if meant.exons != written.exons or len({meant.part, written.part} - {""}) > 1:
        return False
    if replace(meant, part="") == replace(written, part=""):
        return True
    return written.is_plain and variant_of(written, partner, variants) is None


def _coded_up_to(transcript: Transcript, number: int) -> int | None:
    """Return how many coding bases the exons up to a number hold; ``None`` where none."""
    if not 1 <= number <= len(transcript.exons):
        return None
    ends = [exon.cds_end for exon in transcript.exons[:number] if exon.cds_end is not None]
    return max(ends) if ends else None
