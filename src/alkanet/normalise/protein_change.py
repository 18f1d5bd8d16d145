"""Changes of a protein in canonical form, and their names in HGVS."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alkanet.errors import InputError, shown
from alkanet.model.codon import THREE_LETTER
from alkanet.model.gene import Transcript

__all__ = ["ProteinChange", "ProteinChangeKind", "full_name", "protein_change"]


class ProteinChangeKind(StrEnum):
    """What happens to the residues."""

    SUBSTITUTION = "substitution"
    """One residue becomes another, or a stop."""
    SILENT = "silent"
    DELETION = "deletion"
    DUPLICATION = "duplication"
    INSERTION = "insertion"
    DELINS = "delins"
    FRAMESHIFT = "frameshift"
    START_LOST = "start lost"
    EXTENSION = "extension"
    """The stop codon is lost."""


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """A change of the residues ``start`` to ``end``; all residues are one-letter, a stop is ``*``.

    An insertion stands between ``start`` and ``end``, its two neighbours. ``inserted`` is the new
    residue of a substitution, the first new one of a frameshift or extension. ``stop_after``
    counts from that residue to the new stop, ``None`` where it is not known.
    """

    kind: ProteinChangeKind
    start: int
    end: int
    first: str
    last: str
    inserted: str = ""
    stop_after: int | None = None

    @property
    def name(self) -> str:
        """The short name: ``G1202R``, ``G1202del``, ``T1151dup``, ``L1196_L1198del``."""
        return self._written(dict(zip(THREE_LETTER, THREE_LETTER, strict=True)))

    @property
    def long_name(self) -> str:
        """The name with three-letter residues, without ``p.``: ``Gly1202Arg``."""
        return self._written(dict(THREE_LETTER))

    @property
    def is_in_frame(self) -> bool:
        """True where residues change and the reading frame and its end stay."""
        kinds = ProteinChangeKind
        changes = self.kind in (
            kinds.SUBSTITUTION,
            kinds.DELETION,
            kinds.DUPLICATION,
            kinds.INSERTION,
            kinds.DELINS,
        )
        return changes and "*" not in self.inserted

    def _written(self, alphabet: dict[str, str]) -> str:
        place = f"{alphabet[self.first]}{self.start}"
        if self.end != self.start:
            place += f"_{alphabet[self.last]}{self.end}"
        new = "".join(alphabet[residue] for residue in self.inserted)
        stop = alphabet["*"]
        distance = "?" if self.stop_after is None else str(self.stop_after)
        match self.kind:
            case ProteinChangeKind.SUBSTITUTION:
                return place + new
            case ProteinChangeKind.SILENT:
                return place + "="
            case ProteinChangeKind.DELETION:
                return place + "del"
            case ProteinChangeKind.DUPLICATION:
                return place + "dup"
            case ProteinChangeKind.INSERTION:
                return f"{place}ins{new}"
            case ProteinChangeKind.DELINS:
                return f"{place}delins{new}"
            case ProteinChangeKind.FRAMESHIFT:
                known = bool(new) or self.stop_after is not None
                return f"{place}{new}fs{stop}{distance}" if known else f"{place}fs"
            case ProteinChangeKind.START_LOST:
                return place + "?"
            case ProteinChangeKind.EXTENSION:
                return f"{place}{new}ext{stop}{distance}"


def full_name(change: ProteinChange, transcript: Transcript, *, computed: bool) -> str:
    """Return the HGVS name with its accession.

    Parameters
    ----------
    change
        A change of the transcript's protein.
    transcript
        The transcript that holds the protein's accession.
    computed
        True where the change was derived from DNA and nobody saw the protein: HGVS puts it in
        parentheses.
    """
    name = f"({change.long_name})" if computed else change.long_name
    return f"{transcript.protein_accession or transcript.accession}:p.{name}"


def protein_change(protein: str, start: int, end: int, inserted: str) -> ProteinChange:
    """Return the canonical form of putting ``inserted`` in the place of residues ``start..end``.

    Residues that stay are trimmed, deletions and insertions move as far towards the C-terminus
    as they can (the 3' rule of HGVS), and an insertion that repeats what stands before it is a
    duplication.

    Parameters
    ----------
    protein
        The reference protein, one-letter, without its stop.
    start, end
        1-based and inclusive; ``end == start - 1`` inserts before ``start``.
    inserted
        The new residues; what follows a stop in them is left out.

    Raises
    ------
    InputError
        Where residues would be inserted before the first or behind the last one.
    """
    inserted = inserted[: inserted.index("*") + 1] if "*" in inserted else inserted
    at = start
    removed = protein[start - 1 : end]
    while removed and inserted and removed[0] == inserted[0]:
        removed, inserted, start = removed[1:], inserted[1:], start + 1
    while removed and inserted and removed[-1] == inserted[-1]:
        removed, inserted = removed[:-1], inserted[:-1]
    kinds = ProteinChangeKind
    if not removed and not inserted:
        return _of(protein, kinds.SILENT, at, at)
    if inserted.startswith("*") and start <= len(protein):
        return _of(protein, kinds.SUBSTITUTION, start, start, "*")
    if not inserted:
        return _deletion(protein, start, len(removed))
    if not removed:
        return _insertion(protein, start, inserted)
    kind = kinds.SUBSTITUTION if len(removed) == len(inserted) == 1 else kinds.DELINS
    return _of(protein, kind, start, start + len(removed) - 1, inserted)


def _of(
    protein: str, kind: ProteinChangeKind, start: int, end: int, inserted: str = ""
) -> ProteinChange:
    return ProteinChange(kind, start, end, protein[start - 1], protein[end - 1], inserted)


def _deletion(protein: str, start: int, length: int) -> ProteinChange:
    while start + length <= len(protein) and protein[start - 1] == protein[start + length - 1]:
        start += 1
    return _of(protein, ProteinChangeKind.DELETION, start, start + length - 1)


def _insertion(protein: str, before: int, inserted: str) -> ProteinChange:
    if "*" not in inserted:
        while before <= len(protein) and protein[before - 1] == inserted[0]:
            inserted, before = inserted[1:] + inserted[0], before + 1
        length = len(inserted)
        if before > length and protein[before - 1 - length : before - 1] == inserted:
            return _of(protein, ProteinChangeKind.DUPLICATION, before - length, before - 1)
    if not 1 < before <= len(protein):
        raise InputError(
            f"an insertion of {shown(inserted)} at residue {before} has no residue on one side",
            expected=f"an insertion between two of the {len(protein)} residues",
        )
    return _of(protein, ProteinChangeKind.INSERTION, before - 1, before, inserted)
