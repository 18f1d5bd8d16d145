"""Changes of a transcript in c. numbering: from the genome and as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from alkanet.errors import InputError, UnsupportedError
from alkanet.model.alteration import GenomicChange
from alkanet.model.codon import BASES, reverse_complement
from alkanet.model.gene import Transcript
from alkanet.normalise.transcript import (
    CdsPosition,
    cds_position,
    coding_base,
    exon_at,
    genomic_position,
    parse_cds_position,
    step,
)

__all__ = [
    "CdsEdit",
    "CodingChange",
    "CodingChangeKind",
    "cds_edit",
    "coding_change",
    "parse_c_change",
]

_PLACE = r"[-*]?\d+(?:[+-]\d+)?"
_CHANGE = re.compile(
    rf"(?:(?P<accession>[A-Za-z][\w.]*)(?:\((?P<gene>\w+)\))?:\s*)?c\.(?P<start>{_PLACE})"
    rf"(?:_(?P<end>{_PLACE}))?(?:(?P<was>[ACGT]+)>(?P<becomes>[ACGT]+)"
    r"|(?P<verb>delins|del|dup|ins)(?P<bases>[ACGT]*)(?:ins(?P<new>[ACGT]+))?)"
)
_EXAMPLES = "a coding change such as c.3604G>A, c.3604_3606del or c.3451_3453dup"


class CodingChangeKind(StrEnum):
    """What happens to the bases."""

    SUBSTITUTION = "substitution"
    DELETION = "deletion"
    DUPLICATION = "duplication"
    INSERTION = "insertion"
    DELINS = "delins"


@dataclass(frozen=True, slots=True)
class CodingChange:
    """A change of a transcript in transcript orientation, moved 3' as HGVS asks.

    ``start`` and ``end`` hold the bases that are removed or repeated; an insertion stands between
    them. ``deleted`` is empty for insertions and duplications.
    """

    kind: CodingChangeKind
    start: CdsPosition
    end: CdsPosition
    deleted: str
    inserted: str

    @property
    def name(self) -> str:
        """The name without accession: ``c.3604G>A``."""
        place = f"c.{self.start}" if self.start == self.end else f"c.{self.start}_{self.end}"
        match self.kind:
            case CodingChangeKind.SUBSTITUTION:
                return f"{place}{self.deleted}>{self.inserted}"
            case CodingChangeKind.DELETION:
                return f"{place}del"
            case CodingChangeKind.DUPLICATION:
                return f"{place}dup"
            case CodingChangeKind.INSERTION:
                return f"{place}ins{self.inserted}"
            case CodingChangeKind.DELINS:
                return f"{place}delins{self.inserted}"

    @property
    def is_coding(self) -> bool:
        """True where every base it touches is one of the coding sequence."""
        return self.start.is_coding and self.end.is_coding

    def full_name(self, transcript: Transcript) -> str:
        """Return the name with its accession: ``NM_004304.5:c.3604G>A``."""
        return f"{transcript.accession}:{self.name}"


@dataclass(frozen=True, slots=True)
class CdsEdit:
    """The coding bases ``start`` to ``end`` (counted from 0, the end left out) replaced.

    It stands where the caller put it: moved 3', a change could cross another one of its allele.
    """

    start: int
    end: int
    inserted: str

    @property
    def shift(self) -> int:
        """How many bases longer the coding sequence gets."""
        return len(self.inserted) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bases replaced on the genome, told in transcript orientation.

    ``at`` is the genomic position of the first removed base, or of the base that would follow an
    insertion.
    """

    at: int
    removed: str
    inserted: str


def coding_change(transcript: Transcript, change: GenomicChange) -> CodingChange:
    """Return a change of the genome on the transcript.

    Reads a VCF row (anchored) and a MAF row (``-`` for nothing; an insertion stands behind its
    position). Equivalent placements of one indel give one result.

    Raises
    ------
    InputError
        Where REF differs from the reference, the change changes nothing, or it reaches outside of
        the transcript.
    UnsupportedError
        Where an allele is not written in bases.
    """
    _check_place(transcript, change)
    position, reference, alternate = _plain_alleles(change)
    _check_reference(transcript, change, position, reference)
    reference = _told_reference(transcript, position, reference)
    while reference and alternate and reference[-1] == alternate[-1]:
        reference, alternate = reference[:-1], alternate[:-1]
    while reference and alternate and reference[0] == alternate[0]:
        reference, alternate, position = reference[1:], alternate[1:], position + 1
    if not reference and not alternate:
        raise InputError(
            f"{_place(change)}: REF and ALT are the same", expected="an allele that differs"
        )
    if transcript.strand == "+":
        return _named(transcript, _Edit(position, reference, alternate))
    at = position + len(reference) - 1
    return _named(
        transcript, _Edit(at, reverse_complement(reference), reverse_complement(alternate))
    )


def cds_edit(
    transcript: Transcript, coding: CodingChange, change: GenomicChange | None
) -> CdsEdit | None:
    """Return a change as an edit of the coding sequence; ``None`` where it is not one.

    It stands where ``change`` puts it, and where ``coding`` does for a change typed without one.
    """
    if not coding.is_coding:
        return None
    written = _edit_as_written(transcript, change) if change is not None else None
    if written is not None:
        return written
    start, end = coding.start.base - 1, coding.end.base
    if coding.kind is CodingChangeKind.DUPLICATION:
        start = end
    elif coding.kind is CodingChangeKind.INSERTION:
        start = end = coding.start.base
    return CdsEdit(start, end, coding.inserted)


def _edit_as_written(transcript: Transcript, change: GenomicChange) -> CdsEdit | None:
    """Return the edit without the anchor bases before it; ``None`` where it leaves the exons."""
    position, removed, inserted = _plain_alleles(change)
    removed = _told_reference(transcript, position, removed)
    while removed and inserted and removed[0] == inserted[0]:
        removed, inserted, position = removed[1:], inserted[1:], position + 1
    while removed and inserted and removed[-1] == inserted[-1]:
        removed, inserted = removed[:-1], inserted[:-1]
    is_forward = transcript.strand == "+"
    other = position + max(len(removed) - 1, 0)
    first, last = (
        cds_position(transcript, place)
        for place in ((position, other) if is_forward else (other, position))
    )
    if not (first.is_coding and last.is_coding):
        return None
    if not removed:
        at = first.base - 1 if is_forward else first.base
        return CdsEdit(at, at, inserted if is_forward else reverse_complement(inserted))
    if last.base - first.base + 1 != len(removed):
        return None
    return CdsEdit(
        first.base - 1, last.base, inserted if is_forward else reverse_complement(inserted)
    )


def parse_c_change(text: str, transcript: Transcript) -> CodingChange:
    """Return the coding change that a text names, in canonical form.

    Raises
    ------
    InputError
        Where the text is no coding change, is numbered on another transcript, or states a base
        that the reference does not have there.
    """
    found = _CHANGE.fullmatch(text.strip())
    if found is None:
        raise InputError(f"{text!r} cannot be read", expected=_EXAMPLES)
    _check_accession(found["accession"], text, transcript)
    start = parse_cds_position(found["start"])
    end = parse_cds_position(found["end"]) if found["end"] else start
    first, last = (genomic_position(transcript, place) for place in (start, end))
    if (last - first) * step(transcript) < 0:
        raise InputError(f"{text!r} ends before it starts", expected=_EXAMPLES)
    if found["verb"] == "ins":
        if abs(last - first) != 1 or not found["bases"]:
            raise InputError(f"{text!r} is no insertion between neighbours", expected=_EXAMPLES)
        return _named(transcript, _Edit(last, "", found["bases"]))
    return _parsed_replacement(found, text, transcript, (first, last), (start, end))


def _parsed_replacement(
    found: re.Match[str],
    text: str,
    transcript: Transcript,
    genomic: tuple[int, int],
    places: tuple[CdsPosition, CdsPosition],
) -> CodingChange:
    start, end = places
    if _is_on_two_exons(transcript, *genomic) and start.is_coding and end.is_coding:
        held = transcript.cds[start.base - 1 : end.base]
    else:
        held = _held(transcript, *genomic)
    verb = found["verb"]
    stated = found["was"] or (found["bases"] if verb != "delins" else "") or ""
    if stated and not _fits(stated, held):
        raise InputError(
            f"{text}: {transcript.accession} has {held} at c.{found['start']}, not {stated}",
            remedy="Check the numbering and the transcript.",
        )
    new = found["becomes"] or found["new"] or (found["bases"] if verb == "delins" else "")
    if verb == "delins" and not new:
        raise InputError(f"{text!r} does not say what is inserted", expected=_EXAMPLES)
    if verb == "dup":
        return _named(transcript, _Edit(genomic[1] + step(transcript), "", stated or held))
    removed = stated or held
    if _is_on_two_exons(transcript, *genomic):
        if len(new) != len(removed) or len(removed) != end.base - start.base + 1:
            raise UnsupportedError(f"{text} removes bases of two exons, or an intron between.")
        return CodingChange(CodingChangeKind.DELINS, start, end, removed, new)
    return _named(transcript, _Edit(genomic[0], removed, new))


def _named(transcript: Transcript, edit: _Edit) -> CodingChange:
    """Return the edit trimmed, moved 3', and in the kind that HGVS prefers."""
    at, removed, inserted = edit.at, edit.removed, edit.inserted
    way = step(transcript)
    while removed and inserted and removed[0] == inserted[0]:
        removed, inserted, at = removed[1:], inserted[1:], at + way
    while removed and inserted and removed[-1] == inserted[-1]:
        removed, inserted = removed[:-1], inserted[:-1]
    if not removed and not inserted:
        raise InputError("the change changes nothing", expected=_EXAMPLES)
    if removed and inserted:
        kinds = CodingChangeKind
        kind = kinds.SUBSTITUTION if len(removed) == len(inserted) == 1 else kinds.DELINS
        return _between(transcript, kind, at, removed, inserted)
    if removed:
        while _base(transcript, at + way * len(removed)) == removed[0]:
            removed, at = removed[1:] + removed[0], at + way
        return _between(transcript, CodingChangeKind.DELETION, at, removed, "")
    while _base(transcript, at) == inserted[0]:
        inserted, at = inserted[1:] + inserted[0], at + way
    before = [_base(transcript, at - way * n) for n in range(len(inserted), 0, -1)]
    if before == list(inserted):
        start, end = at - way * len(inserted), at - way
        kind = CodingChangeKind.DUPLICATION
    else:
        start, end = at - way, at
        kind = CodingChangeKind.INSERTION
    places = (cds_position(transcript, start), cds_position(transcript, end))
    return CodingChange(kind, *places, "", inserted)


def _between(
    transcript: Transcript, kind: CodingChangeKind, at: int, removed: str, inserted: str
) -> CodingChange:
    end = at + step(transcript) * (len(removed) - 1)
    places = (cds_position(transcript, at), cds_position(transcript, end))
    return CodingChange(kind, *places, removed, inserted)


def _base(transcript: Transcript, position: int) -> str | None:
    """Return the reference base in transcript orientation."""
    base = coding_base(transcript, position)
    return base if base is None or transcript.strand == "+" else reverse_complement(base)


def _held(transcript: Transcript, first: int, last: int) -> str:
    """Return the bases from first to last in transcript direction, ``N`` where not held."""
    way = step(transcript)
    return "".join(_base(transcript, p) or "N" for p in range(first, last + way, way))


def _fits(stated: str, held: str) -> bool:
    return len(stated) == len(held) and all(
        b in ("N", a) for a, b in zip(stated, held, strict=True)
    )


def _is_on_two_exons(transcript: Transcript, first: int, last: int) -> bool:
    one, other = exon_at(transcript, first), exon_at(transcript, last)
    return one is not None and other is not None and one != other


def _check_accession(accession: str | None, text: str, transcript: Transcript) -> None:
    known = {transcript.gene, transcript.accession.partition(".")[0]}
    if accession is None or accession.partition(".")[0] in known or accession.startswith("ENST"):
        return
    raise InputError(f"{text!r} is numbered on {accession}", expected=transcript.accession)


def _check_place(transcript: Transcript, change: GenomicChange) -> None:
    if change.genome is not transcript.genome:
        raise InputError(
            f"{_place(change)} is on {change.genome.value}, the transcript is laid on "
            f"{transcript.genome.value}"
        )
    if change.chromosome != transcript.chromosome:
        raise InputError(
            f"{_place(change)} is not on chromosome {transcript.chromosome} of {transcript.gene}"
        )


def _plain_alleles(change: GenomicChange) -> tuple[int, str, str]:
    """Return position, REF and ALT in bases; the position of an insertion is behind it."""
    reference, alternate = change.reference.upper(), change.alternate.upper()
    position = change.position + 1 if reference == "-" else change.position
    reference, alternate = (
        "" if allele in ("-", ".") else allele for allele in (reference, alternate)
    )
    for allele, allowed in ((reference, BASES + "N"), (alternate, BASES)):
        if not set(allele) <= set(allowed):
            raise UnsupportedError(
                f"{_place(change)}: the allele {allele} is not written in bases.",
                instead="Small variants need REF and ALT in A, C, G and T.",
            )
    return position, reference, alternate


def _check_reference(
    transcript: Transcript, change: GenomicChange, position: int, reference: str
) -> None:
    for place, base in enumerate(reference, start=position):
        held = coding_base(transcript, place)
        if held is not None and base not in (held, "N"):
            raise InputError(
                f"{_place(change)}: REF has {base} at position {place}, {transcript.gene} "
                f"({transcript.accession}) on {transcript.genome.value} has {held} there",
                remedy="Check the genome build of the file (GRCh37 or GRCh38).",
            )


def _told_reference(transcript: Transcript, position: int, reference: str) -> str:
    """Return REF with each ``N`` as the base that is held there."""
    return "".join(
        (coding_base(transcript, position + n) or base) if base == "N" else base
        for n, base in enumerate(reference)
    )


def _place(change: GenomicChange) -> str:
    return f"chr{change.chromosome}:{change.position}"
