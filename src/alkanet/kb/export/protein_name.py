"""Short names of protein changes in full HGVS, and the residues that they take and put.

The knowledge holds names in canonical form: the 3' rule is obeyed, and what is repeated is a
duplication. Free spellings are the matter of ``normalise.hgvs``; nothing is mended here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alkanet.errors import KnowledgeError
from alkanet.model.codon import THREE_LETTER
from alkanet.model.haplotype import Haplotype

__all__ = ["Edit", "edit_of", "hgvs_of", "long_name"]

_RESIDUE = "[ACDEFGHIKLMNPQRSTVWY]"
_SHORT = re.compile(
    rf"(?P<first>{_RESIDUE})(?P<start>\d+)(?:_(?P<last>{_RESIDUE})(?P<end>\d+))?"
    rf"(?P<verb>delins|del|dup|ins)?(?P<new>{_RESIDUE}*)"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """The residues ``start`` to ``end`` (0-based, half-open) give way to ``inserted``."""

    start: int
    end: int
    inserted: str


def long_name(name: str) -> str:
    """Return a short name with three-letter residues, without ``p.``.

    Examples
    --------
    >>> long_name("G1202R"), long_name("G1202del"), long_name("T1151dup")
    ('Gly1202Arg', 'Gly1202del', 'Thr1151dup')
    """
    return re.sub("[A-Z]", lambda found: THREE_LETTER[found[0]], name)


def hgvs_of(haplotype: Haplotype, accession: str) -> str:
    """Return the HGVS name of a haplotype with mutations; several in cis stand in brackets.

    Examples
    --------
    >>> hgvs_of(Haplotype(mutations=("G1202R", "L1196M")), "NP_004295.2")
    'NP_004295.2:p.[Leu1196Met;Gly1202Arg]'
    """
    names = [long_name(mutation) for mutation in haplotype.mutations]
    return f"{accession}:p." + (names[0] if len(names) == 1 else f"[{';'.join(names)}]")


def edit_of(name: str, protein: str) -> Edit:
    """Return what a short name does to a protein.

    Raises
    ------
    KnowledgeError
        Where the name is not of canonical form, or states a residue that the protein lacks.

    Examples
    --------
    >>> edit_of("G2del", "MGGK"), edit_of("G3dup", "MGGK")
    (Edit(start=1, end=2, inserted=''), Edit(start=3, end=3, inserted='G'))
    """
    found = _SHORT.fullmatch(name)
    if found is None:
        raise KnowledgeError("is not a change of residues that keeps the frame", entry=name)
    start, end = int(found["start"]), int(found["end"] or found["start"])
    stated = [(found["first"], start), (found["last"] or found["first"], end)]
    if not all(0 < at <= len(protein) and protein[at - 1] == residue for residue, at in stated):
        raise KnowledgeError("states a residue that the reference protein lacks", entry=name)
    match found["verb"], found["new"]:
        case "del", "" if start <= end:
            return Edit(start - 1, end, "")
        case "dup", "" if start <= end:
            return Edit(end, end, protein[start - 1 : end])
        case "ins", new if new and end == start + 1:
            return Edit(start, start, new)
        case "delins", new if new and start <= end:
            return Edit(start - 1, end, new)
        case None, new if len(new) == 1 and start == end:
            return Edit(start - 1, end, new)
    raise KnowledgeError("is not a change of residues that keeps the frame", entry=name)
