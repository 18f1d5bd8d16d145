"""Frameshifts that restore the reading frame together: on one allele they are one change.

A caller may write a deletion of three bases as two rows, one base and two. Each by itself would
silence the fusion; on one allele they alter some residues of a kinase that works.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from alkanet.model.gene import Transcript
from alkanet.normalise.coding_change import CdsEdit, CodingChange, CodingChangeKind
from alkanet.normalise.consequence import protein_consequence
from alkanet.normalise.protein_change import ProteinChangeKind
from alkanet.normalise.roles import in_kinase_domain
from alkanet.normalise.transcript import CdsPosition
from alkanet.normalise.variants import NamedVariant, relation

__all__ = ["RestoredFrame", "is_in_fused_kinase", "restored_frames"]

FIRST_FUSED_EXON = 20
"""Nearly every fusion holds ALK from here on."""
MOST_OPEN = 6
"""So many unphased combinations are read, those of neighbours first."""


@dataclass(frozen=True)
class RestoredFrame:
    """Changes that keep the frame if one allele holds them all, and what they make of it."""

    members: tuple[NamedVariant, ...]
    name: str
    """What they make together, ``+`` between residues that change each by itself."""
    is_phased: bool
    """True where phase sets place them on one allele."""
    scored: tuple[str, ...]
    """The names that alter the kinase domain."""

    @property
    def told(self) -> str:
        """The members, and the change that they make."""
        names = [v.variant.name or v.variant.hgvs_c or "" for v in self.members]
        return f"{' and '.join(names)} ({self.name} together)"

    @property
    def specimens(self) -> tuple[str, ...]:
        """The specimens that show a member, each once."""
        return tuple(dict.fromkeys(s for v in self.members for s in v.specimens))


def is_in_fused_kinase(residue: int, alk: Transcript) -> bool:
    """Return whether a residue lies between the start of exon 20 and the kinase domain's end."""
    last = alk.kinase_domain[1] if alk.kinase_domain else 0
    begins = next((e.cds_start for e in alk.exons if e.number == FIRST_FUSED_EXON), None) or 1
    return (begins + 2) // 3 <= residue <= last


def restored_frames(
    named: Sequence[NamedVariant], transcript: Transcript
) -> tuple[RestoredFrame, ...]:
    """Return the sets of changes that restore the frame: known to share an allele, or possible."""
    shifting = sorted(
        (v for v in named if _shift(v) % 3 and is_in_fused_kinase(v.residue, transcript)),
        key=_start,
    )
    found: list[RestoredFrame] = []
    open_units: list[tuple[NamedVariant, ...]] = []
    for unit in _alleles(shifting):
        if sum(map(_shift, unit)) % 3:
            open_units.append(unit)
            continue
        frames = [_restored(part, named, transcript, is_phased=True) for part in _parts(unit)]
        found.extend(frame for frame in frames if frame)
    possible = (
        _restored(unit, named, transcript, is_phased=False) for unit in _possible(open_units)
    )
    return (*found, *[frame for frame in possible if frame][:MOST_OPEN])


def _edit(variant: NamedVariant) -> CdsEdit:
    assert variant.edit is not None, "only changes of coding bases are joined"
    return variant.edit


def _shift(variant: NamedVariant) -> int:
    return variant.edit.shift if variant.edit is not None else 0


def _start(variant: NamedVariant) -> tuple[int, int]:
    return (_edit(variant).start, _edit(variant).end)


def _alleles(shifting: Sequence[NamedVariant]) -> list[tuple[NamedVariant, ...]]:
    """Return the frameshifts joined by phase sets, each in order of the coding sequence."""
    units: list[tuple[NamedVariant, ...]] = []
    for variant in shifting:
        near = [u for u in units if any(relation(variant.marks, v.marks) is True for v in u)]
        units = [u for u in units if u not in near]
        units.append(tuple(sorted((*(v for u in near for v in u), variant), key=_start)))
    return units


def _parts(unit: Sequence[NamedVariant]) -> Iterator[tuple[NamedVariant, ...]]:
    """Yield the stretches of an allele, from where the frame is lost to where it is back."""
    part: list[NamedVariant] = []
    for variant in unit:
        part.append(variant)
        if sum(map(_shift, part)) % 3 == 0:
            yield tuple(part)
            part = []


def _possible(units: Sequence[Sequence[NamedVariant]]) -> list[tuple[NamedVariant, ...]]:
    """Return the unions of unphased units that restore the frame, the shortest first.

    Three are enough: of any four frameshifts that restore the frame, fewer do so, too.
    """
    unions = [
        tuple(sorted((v for unit in chosen for v in unit), key=_start))
        for size in (2, 3)
        for chosen in combinations(units, size)
        if sum(_shift(v) for unit in chosen for v in unit) % 3 == 0
    ]
    return sorted(unions, key=lambda union: _edit(union[-1]).end - _edit(union[0]).start)


def _restored(
    unit: Sequence[NamedVariant],
    named: Sequence[NamedVariant],
    transcript: Transcript,
    *,
    is_phased: bool,
) -> RestoredFrame | None:
    """Return what frameshifts make together; ``None`` where one allele cannot hold them, or stops.

    What a phase set places between them on their allele belongs to the change.
    """
    if any(relation(a.marks, b.marks) is False for a, b in combinations(unit, 2)):
        return None
    members = sorted((*unit, *_between(unit, named)), key=_start)
    edits = [_edit(v) for v in members]
    if any(b.start < a.end or (a.start, a.end) == (b.start, b.end) for a, b in pairwise(edits)):
        return None
    found = [protein_consequence(transcript, c) for c in _joined(edits, transcript.cds)]
    changes = [change for change in found if change is not None]
    silent = [change for change in changes if change.kind is ProteinChangeKind.SILENT]
    altered = [change for change in changes if change.kind is not ProteinChangeKind.SILENT]
    if len(changes) < len(found) or not all(change.is_in_frame for change in altered):
        return None
    return RestoredFrame(
        members=tuple(members),
        name="+".join(change.name for change in altered or silent[:1]),
        is_phased=is_phased,
        scored=tuple(c.name for c in altered if in_kinase_domain(transcript, c)),
    )


def _between(unit: Sequence[NamedVariant], named: Sequence[NamedVariant]) -> list[NamedVariant]:
    """Return the other changes of the same allele in the codons that the frameshifts span."""
    first = min(_edit(v).start for v in unit) // 3 * 3
    last = (max(_edit(v).end for v in unit) + 2) // 3 * 3
    return [
        v
        for v in named
        if v.edit is not None
        and v.edit.shift % 3 == 0
        and first <= v.edit.start
        and v.edit.end <= last
        and {relation(v.marks, other.marks) for other in unit} in ({True}, {True, None})
    ]


def _joined(edits: Sequence[CdsEdit], cds: str) -> list[CodingChange]:
    """Return edits of one allele, in order and apart, as one change.

    Where the length stays it is one change a codon, as for a long row of a file.
    """
    low, high = edits[0].start // 3 * 3, (edits[-1].end + 2) // 3 * 3
    new, at = "", low
    for edit in edits:
        new, at = new + cds[at : edit.start] + edit.inserted, edit.end
    new += cds[at:high]
    if len(new) != high - low:
        return [_replaced(cds, low, high, new)]
    codons = range(low, high, 3)
    return [_replaced(cds, at, at + 3, new[at - low : at - low + 3]) for at in codons]


def _replaced(cds: str, low: int, high: int, new: str) -> CodingChange:
    places = (CdsPosition(low + 1), CdsPosition(high))
    return CodingChange(CodingChangeKind.DELINS, *places, cds[low:high], new)
