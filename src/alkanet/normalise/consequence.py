"""From a change of the genome to its names, its Sequence Ontology term and its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from alkanet.errors import InputError
from alkanet.model.alteration import GenomicChange, ReadSupport, Role, SmallVariant
from alkanet.model.codon import translate
from alkanet.model.gene import Transcript
from alkanet.normalise.coding_change import (
    CodingChange,
    CodingChangeKind,
    coding_change,
)
from alkanet.normalise.protein_change import (
    ProteinChange,
    ProteinChangeKind,
    full_name,
    protein_change,
)
from alkanet.normalise.transcript import cds_position, genomic_position

__all__ = [
    "Consequence",
    "codon_of",
    "consequence_of",
    "consequence_of_coding",
    "merge_codon",
    "protein_consequence",
    "small_variant",
    "split_by_codon",
]

_SPLICE_INTRON_BASES = 8
_SPLICE_EXON_BASES = 3
"""Sequence Ontology: a splice region is 1-3 bases of the exon and 3-8 of the intron."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a change does: on the transcript, on the protein, and as a Sequence Ontology term.

    ``protein`` is ``None`` where the change is not wholly inside the coding sequence.
    """

    coding: CodingChange
    protein: ProteinChange | None
    term: str
    hgvs_c: str
    hgvs_p: str | None

    @property
    def name(self) -> str | None:
        """The short protein name, ``G1202R``."""
        return self.protein.name if self.protein else None


def consequence_of(transcript: Transcript, change: GenomicChange) -> Consequence:
    """Return the consequence of a change of the genome; see :func:`coding_change` for its form."""
    return consequence_of_coding(transcript, coding_change(transcript, change))


def consequence_of_coding(transcript: Transcript, coding: CodingChange) -> Consequence:
    """Return the consequence of a coding change."""
    low, high = sorted(genomic_position(transcript, p) for p in (coding.start, coding.end))
    joined = coding.is_coding and high - low >= max(len(coding.deleted), len(coding.inserted), 2)
    inserts = coding.kind is CodingChangeKind.INSERTION
    site = None if joined else _splice_site(transcript, low, high, inserts=inserts)
    protein = None
    if site is None and coding.is_coding:
        protein = protein_consequence(transcript, coding)
    near = not joined and _is_in_splice_region(transcript, low, high)
    term = site or _term(coding, protein, near=near)
    return Consequence(
        coding, protein, term, coding.full_name(transcript), _hgvs_p(transcript, protein, term)
    )


def protein_consequence(transcript: Transcript, coding: CodingChange) -> ProteinChange | None:
    """Return what a change inside the coding sequence does to the protein.

    ``None`` where residues and the stop codon go together, for which no short name exists.
    """
    start, end = coding.start.base, coding.end.base
    inserted = coding.inserted
    if coding.kind is CodingChangeKind.DUPLICATION:
        start = end + 1
    elif coding.kind is CodingChangeKind.INSERTION:
        start, end = end, start
    cds = transcript.cds
    changed = cds[: start - 1] + inserted + cds[end:]
    if start <= 3 and changed[:3] != cds[:3]:
        return ProteinChange(ProteinChangeKind.START_LOST, 1, 1, "M", "M")
    first = (start - 1) // 3
    last = (end - 1) // 3 if end >= start else first - ((start - 1) % 3 == 0)
    shifts = (len(inserted) - (end - start + 1)) % 3 != 0
    if shifts or last >= len(transcript.protein):
        return _changed_end(transcript.protein, translate(changed), shifts=shifts)
    residues = translate(cds[3 * first : start - 1] + inserted + cds[end : 3 * (last + 1)])
    return protein_change(transcript.protein, first + 1, last + 1, residues)


def merge_codon(transcript: Transcript, changes: Sequence[CodingChange]) -> CodingChange:
    """Return several substitutions of one codon on one allele as one change.

    ``c.3805G>A`` and ``c.3807A>T`` give ``c.3805_3807delinsAGT``, which is G1269S. Whether they
    share an allele is not decided here.

    Raises
    ------
    InputError
        Where a change is no substitution, two touch one base, or the codons differ.
    """
    bases = {change.start.base: change.inserted for change in changes}
    codons = {codon_of(change) for change in changes}
    if len(codons) != 1 or None in codons or len(bases) != len(changes):
        names = ", ".join(change.name for change in changes)
        raise InputError(f"{names} are not single bases of one codon, each once")
    low, high = min(bases), max(bases)
    if low == high:
        return changes[0]
    reference = transcript.cds[low - 1 : high]
    new = "".join(bases.get(low + n, base) for n, base in enumerate(reference))
    places = (
        next(c.start for c in changes if c.start.base == low),
        next(c.start for c in changes if c.start.base == high),
    )
    return CodingChange(CodingChangeKind.DELINS, *places, reference, new)


def codon_of(change: CodingChange) -> int | None:
    """Return the residue whose codon a single substituted base stands in, else ``None``."""
    if change.kind is not CodingChangeKind.SUBSTITUTION or not change.is_coding:
        return None
    return (change.start.base - 1) // 3 + 1


def split_by_codon(transcript: Transcript, change: GenomicChange) -> tuple[GenomicChange, ...]:
    """Return a replacement of equal length as one change a codon, in order of the genome.

    A caller that joins neighbouring bases writes ``L1196M+G1202R`` as one long row. A change of one
    codon, an indel, and one that leaves the coding sequence come back as they are.
    """
    if len(change.reference) != len(change.alternate) or len(change.reference) < 2:
        return (change,)
    by_codon: dict[int, list[int]] = {}
    for offset, (old, new) in enumerate(zip(change.reference, change.alternate, strict=True)):
        if old == new:
            continue
        try:
            place = cds_position(transcript, change.position + offset)
        except InputError:
            return (change,)
        if not place.is_coding:
            return (change,)
        by_codon.setdefault((place.base - 1) // 3, []).append(offset)
    if len(by_codon) < 2:
        return (change,)
    return tuple(
        change.model_copy(
            update={
                "position": change.position + offsets[0],
                "reference": change.reference[offsets[0] : offsets[-1] + 1],
                "alternate": change.alternate[offsets[0] : offsets[-1] + 1],
            }
        )
        for offsets in by_codon.values()
    )


def small_variant(
    transcript: Transcript,
    consequence: Consequence,
    *,
    role: Role,
    genomic: Sequence[GenomicChange] = (),
    support: Sequence[ReadSupport] = (),
) -> SmallVariant:
    """Return the consequence as an alteration of the tumour."""
    return SmallVariant(
        gene=transcript.gene,
        name=consequence.name,
        hgvs_p=consequence.hgvs_p,
        hgvs_c=consequence.hgvs_c,
        consequence=consequence.term,
        role=role,
        genomic=tuple(genomic),
        support=tuple(support),
    )


def _changed_end(protein: str, changed: str, *, shifts: bool) -> ProteinChange | None:
    """Return the change of a protein whose frame or stop codon is touched."""
    stop = changed.find("*")
    new = changed if stop < 0 else changed[: stop + 1]
    old = protein + "*"
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    kinds = ProteinChangeKind
    if at is None:
        same = len(protein) + 1
        return ProteinChange(kinds.SILENT, same, same, "*", "*") if old == new else None
    distance = None if stop < 0 else stop - at
    if at == len(protein):
        return ProteinChange(kinds.EXTENSION, at + 1, at + 1, "*", "*", new[at], distance)
    if new[at] == "*":
        return ProteinChange(kinds.SUBSTITUTION, at + 1, at + 1, old[at], old[at], "*")
    if not shifts:
        return None
    distance = None if distance is None else distance + 1
    return ProteinChange(kinds.FRAMESHIFT, at + 1, at + 1, old[at], old[at], new[at], distance)


def _term(coding: CodingChange, protein: ProteinChange | None, *, near: bool) -> str:
    """Return the most severe Sequence Ontology term of a change that leaves splice sites whole."""
    if protein is not None:
        term = _protein_term(protein)
        return "splice_region_variant" if near and term == "synonymous_variant" else term
    if coding.is_coding:
        return "stop_lost"
    start, end = coding.start, coding.end
    if start.is_coding != end.is_coding and not (start.offset or end.offset):
        return "stop_lost" if end.after_stop else "start_lost"
    if near:
        return "splice_region_variant"
    if start.offset or end.offset:
        return "intron_variant"
    return "3_prime_UTR_variant" if end.after_stop else "5_prime_UTR_variant"


def _protein_term(protein: ProteinChange) -> str:
    if "*" in protein.inserted:
        return "stop_gained"
    if protein.kind is ProteinChangeKind.DELINS:
        same_length = protein.end - protein.start + 1 == len(protein.inserted)
        return "missense_variant" if same_length else "protein_altering_variant"
    return {
        ProteinChangeKind.SILENT: "synonymous_variant",
        ProteinChangeKind.SUBSTITUTION: "missense_variant",
        ProteinChangeKind.DELETION: "inframe_deletion",
        ProteinChangeKind.DUPLICATION: "inframe_insertion",
        ProteinChangeKind.INSERTION: "inframe_insertion",
        ProteinChangeKind.FRAMESHIFT: "frameshift_variant",
        ProteinChangeKind.START_LOST: "start_lost",
        ProteinChangeKind.EXTENSION: "stop_lost",
    }[protein.kind]


def _hgvs_p(transcript: Transcript, protein: ProteinChange | None, term: str) -> str | None:
    if protein is not None:
        return full_name(protein, transcript, computed=True)
    silent_here = ("intron_variant", "5_prime_UTR_variant", "3_prime_UTR_variant")
    if transcript.protein_accession is None or term in silent_here:
        return None
    return f"{transcript.protein_accession}:p.?"


def _introns(transcript: Transcript) -> list[tuple[int, int]]:
    """Return first and last genomic position of each intron, low before high."""
    pairs = [sorted((one.start, other.start)) for one, other in pairwise(transcript.exons)]
    ends = {exon.start: exon.end for exon in transcript.exons}
    return [(ends[low] + 1, high - 1) for low, high in pairs]


def _splice_site(transcript: Transcript, low: int, high: int, *, inserts: bool) -> str | None:
    """Return the term of a change that hits the first or last two bases of an intron."""
    low_is_donor = transcript.strand == "+"
    hits = set()
    for first, last in _introns(transcript):
        for start, end, is_low in ((first, first + 1, True), (last - 1, last, False)):
            # An insertion has to part the two bases; beside them they stay whole.
            hit = (low, high) == (start, end) if inserts else low <= end and high >= start
            if hit:
                hits.add("donor" if is_low == low_is_donor else "acceptor")
    if not hits:
        return None
    return "splice_acceptor_variant" if "acceptor" in hits else "splice_donor_variant"


def _is_in_splice_region(transcript: Transcript, low: int, high: int) -> bool:
    exonic, intronic = _SPLICE_EXON_BASES, _SPLICE_INTRON_BASES
    return any(
        low <= end and high >= start
        for first, last in _introns(transcript)
        for start, end in (
            (first - exonic, first + intronic - 1),
            (last - intronic + 1, last + exonic),
        )
    )
