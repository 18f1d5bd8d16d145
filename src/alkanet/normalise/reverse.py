"""The ways back: from a coding change to the genome, and from a residue to its coding changes.

Each is the inverse of a way towards the protein, and holds it to account: what cannot be read back
was read wrong.
"""

from __future__ import annotations

from itertools import combinations, product

from alkanet.errors import UnsupportedError
from alkanet.model.alteration import GenomicChange
from alkanet.model.codon import BASES, reverse_complement, translate
from alkanet.model.gene import Transcript
from alkanet.normalise.coding_change import CodingChange, CodingChangeKind
from alkanet.normalise.hgvs import parse_protein_change
from alkanet.normalise.protein_change import ProteinChangeKind
from alkanet.normalise.transcript import coding_base, genomic_position

__all__ = ["coding_changes_to", "genomic_change"]


def genomic_change(transcript: Transcript, change: CodingChange) -> GenomicChange:
    """Return the change on the forward strand of the transcript's build, as a VCF writes it.

    Raises
    ------
    UnsupportedError
        Where the change spans an intron in c. numbering alone, or the base before an indel, which
        anchors it, is not held.
    """
    start, end = (genomic_position(transcript, p) for p in (change.start, change.end))
    if change.is_coding and change.deleted and abs(end - start) + 1 != len(change.deleted):
        raise UnsupportedError(
            f"{change.name} stands on two exons and is no single change of the genome.",
            instead="Give its bases one by one.",
        )
    low = min(start, end)
    if change.kind is CodingChangeKind.INSERTION:
        position = low + 1
    elif change.kind is CodingChangeKind.DUPLICATION:
        position = end + 1 if transcript.strand == "+" else end
    else:
        position = low
    forward = transcript.strand == "+"
    reference = change.deleted if forward else reverse_complement(change.deleted)
    alternate = change.inserted if forward else reverse_complement(change.inserted)
    if len(reference) != len(alternate):
        position -= 1
        anchor = coding_base(transcript, position)
        if anchor is None:
            raise UnsupportedError(f"{change.name}: the base before the change is not held.")
        reference, alternate = anchor + reference, anchor + alternate
    return GenomicChange(
        genome=transcript.genome,
        chromosome=transcript.chromosome,
        position=position,
        reference=reference,
        alternate=alternate,
    )


def coding_changes_to(transcript: Transcript, name: str) -> frozenset[str]:
    """Return the coding changes that give a substitution with as few bases as possible.

    Several bases are joined with ``+``. Empty for names that are no substitution: an indel has no
    smallest set.

    Examples
    --------
    ``G1202R`` gives ``c.3604G>A`` and ``c.3604G>C``; ``C1156T`` gives ``c.3466T>A+c.3467G>C``.
    """
    change = parse_protein_change(name, transcript)
    if change.kind is not ProteinChangeKind.SUBSTITUTION:
        return frozenset()
    offset = 3 * (change.start - 1)
    codon = transcript.cds[offset : offset + 3]
    for count in (1, 2, 3):
        routes = {
            "+".join(f"c.{offset + n + 1}{codon[n]}>{new[n]}" for n in places)
            for places in combinations(range(3), count)
            for new in _codons_changed_at(codon, places)
            if translate(new) == change.inserted
        }
        if routes:
            return frozenset(routes)
    return frozenset()


def _codons_changed_at(codon: str, places: tuple[int, ...]) -> list[str]:
    """Return the codons that differ from ``codon`` at exactly the given places."""
    choices = [
        [base for base in BASES if base != codon[n]] if n in places else [codon[n]]
        for n in range(3)
    ]
    return ["".join(bases) for bases in product(*choices)]
