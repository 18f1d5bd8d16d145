"""What a change of ALK is to the haplotype: scored, a germline difference, silent, or listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Role
from alkanet.model.gene import Transcript
from alkanet.model.haplotype import Haplotype
from alkanet.normalise.hgvs import parse_protein_change
from alkanet.normalise.protein_change import ProteinChange, ProteinChangeKind

if TYPE_CHECKING:  # a look-up needs no bases, and starts faster without them
    from alkanet.normalise.consequence import Consequence

__all__ = ["VariantNames", "in_kinase_domain", "split_by_role"]


@dataclass(frozen=True)
class VariantNames:
    """The names that decide what a change is to the haplotype.

    ``known`` are short names that the knowledge holds evidence for, wherever they stand;
    ``germline`` those of common germline differences.
    """

    known: frozenset[str]
    germline: frozenset[str]

    @classmethod
    def of(cls, kb: KnowledgeBase) -> VariantNames:
        """Return the names that a knowledge base holds."""
        differences = kb.germline_differences()
        return cls(
            known=kb.known_mutations(),
            germline=frozenset(d.name for d in differences if d.gene == "ALK"),
        )

    def role(self, consequence: Consequence, transcript: Transcript) -> Role:
        """Return the role of a change whose bases are known.

        One beside a splice site that spells the same residues may yet break the protein: listed.
        """
        if consequence.term == "synonymous_variant":
            return Role.SILENT
        protein = consequence.protein
        if protein is None or protein.kind is ProteinChangeKind.SILENT:
            return Role.LISTED
        return self.role_of_protein(protein, transcript)

    def role_of_protein(self, change: ProteinChange, transcript: Transcript) -> Role:
        """Return the role of a change of the protein."""
        if change.kind is ProteinChangeKind.SILENT:
            return Role.SILENT
        if change.name in self.germline:
            return Role.GERMLINE
        inside = in_kinase_domain(transcript, change)
        scored = change.is_in_frame and (inside or change.name in self.known)
        return Role.SCORED if scored else Role.LISTED


def in_kinase_domain(transcript: Transcript, change: ProteinChange) -> bool:
    """Return whether a change touches the kinase domain."""
    low, high = transcript.kinase_domain or (0, 0)
    return change.start <= high and change.end >= low


def split_by_role(
    haplotype: Haplotype, names: VariantNames, transcript: Transcript
) -> tuple[Haplotype, tuple[ProteinChange, ...]]:
    """Return what of a haplotype is scored, and its other changes.

    A polymorphism beside L1196M is no new mutation: nobody measured the pair, and read as one it
    would hide what is known of L1196M.
    """
    changes = [parse_protein_change(name, transcript) for name in haplotype.mutations]
    roles = [names.role_of_protein(change, transcript) for change in changes]
    told = list(zip(changes, roles, strict=True))
    scored = Haplotype(mutations=tuple(c.name for c, role in told if role is Role.SCORED))
    return scored, tuple(c for c, role in told if role is not Role.SCORED)
