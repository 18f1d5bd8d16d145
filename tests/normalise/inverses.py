"""The ways back, for round trips: from a coding change to the genome, from a residue to bases.

The package only reads towards the protein.
"""

from __future__ import annotations

from itertools import combinations, product

from alkanet.model.alteration import GenomicChange
from alkanet.model.codon import BASES, reverse_complement, translate
from alkanet.normalise.coding_change import CodingChangeKind
from alkanet.normalise.hgvs import parse_protein_change
from alkanet.normalise.protein_change import ProteinChangeKind
from alkanet.normalise.transcript import coding_base, genomic_position


def genomic_change(transcript, change):
    """The change on the forward strand, as a VCF writes it.

    ``None`` where it stands on two exons, or the base before an indel, which anchors it, is not
    held.
    """
    start, end = (genomic_position(transcript, p) for p in (change.start, change.end))
    is_of_bases = change.is_coding and change.deleted
    if is_of_bases and abs(end - start) + 1 != len(change.deleted):
        return None
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
            return None
        reference, alternate = anchor + reference, anchor + alternate
    return GenomicChange(
        genome=transcript.genome,
        chromosome=transcript.chromosome,
        position=position,
        reference=reference,
        alternate=alternate,
    )


def coding_changes_to(transcript, name):
    """The coding changes that give a substitution with as few bases as possible, joined by ``+``.

    ``G1202R`` gives ``c.3604G>A`` and ``c.3604G>C``. Empty for names that are no substitution: an
    indel has no smallest set.
    """
    change = parse_protein_change(name, transcript)
    if change.kind is not ProteinChangeKind.SUBSTITUTION:
        return set()
    offset = 3 * (change.start - 1)
    codon = transcript.cds[offset : offset + 3]
    routes = set()
    for count in (1, 2, 3):
        routes = {
            "+".join(f"c.{offset + n + 1}{codon[n]}>{new[n]}" for n in places)
            for places in combinations(range(3), count)
            for new in _codons_changed_at(codon, places)
            if translate(new) == change.inserted
        }
        if routes:
            break
    return routes


def _codons_changed_at(codon, places):
    """The codons that differ from one at exactly the given places."""
    choices = [
        [base for base in BASES if base != codon[n]] if n in places else [codon[n]]
        for n in range(3)
    ]
    return ["".join(bases) for bases in product(*choices)]
