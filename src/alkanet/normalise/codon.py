"""Changes that share a codon: on one allele they make one combined change, on two they stay two.

A caller may write ``G1269S`` as two rows, one of them silent or a stop by itself. What the protein
has depends on their phase: known from a phase set, or open, and then both are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from alkanet.model.alteration import Role
from alkanet.model.gene import Transcript
from alkanet.normalise.consequence import codon_of, consequence_of_coding, merge_codon
from alkanet.normalise.frame import RestoredFrame, restored_frames
from alkanet.normalise.roles import in_kinase_domain
from alkanet.normalise.variants import NamedVariant, PhaseMark, relation

__all__ = ["CodonReading", "CodonReadings", "ScoredChange", "codon_readings"]


@dataclass(frozen=True)
class ScoredChange:
    """A change of the protein that is part of a haplotype."""

    name: str
    specimens: tuple[str, ...] = ()
    marks: tuple[PhaseMark, ...] = ()


@dataclass(frozen=True)
class CodonReading:
    """One consistent set of scored changes, and why where it is not the only one."""

    changes: tuple[ScoredChange, ...]
    why: str = ""


@dataclass(frozen=True)
class CodonReadings:
    """All sets that are possible, and the names of changes that share a codon unphased."""

    readings: tuple[CodonReading, ...]
    overlapping: tuple[str, ...] = ()
    frames: tuple[RestoredFrame, ...] = ()
    """Frameshifts that are read together."""


def codon_readings(named: Sequence[NamedVariant], transcript: Transcript) -> CodonReadings:
    """Return the sets of scored changes that the named variants may stand for."""
    frames = restored_frames(named, transcript)
    in_frames = {id(variant) for frame in frames for variant in frame.members}
    groups = _groups([v for v in named if id(v) not in in_frames])
    grouped = in_frames | {id(variant) for group in groups for variant in group}
    alone = tuple(_change(v) for v in named if id(v) not in grouped and _is_scored(v))
    fixed = (change for frame in frames if frame.is_phased for change in _of_frame(frame))
    readings = [CodonReading((*alone, *fixed))]
    overlapping: list[str] = []
    choices = [_frame_options([frame for frame in frames if not frame.is_phased])]
    for group in groups:
        options = _options(group, transcript)
        if len(options) > 1:
            overlapping.append(", ".join(v.variant.name or v.variant.hgvs_c or "" for v in group))
        choices.append(options)
    for options in choices:
        readings = [
            CodonReading(
                (*before.changes, *option.changes),
                "; ".join(
                    why for why in (before.why, option.why if len(options) > 1 else "") if why
                ),
            )
            for before in readings
            for option in options
        ]
    return CodonReadings(tuple(readings), tuple(overlapping), frames)


def _of_frame(frame: RestoredFrame) -> tuple[ScoredChange, ...]:
    """Return what frameshifts of one allele make of the kinase domain, on that allele."""
    together = PhaseMark(("", ""), frame.told, allele=1)
    marks = (together, *(mark for v in frame.members for mark in v.marks))
    return tuple(ScoredChange(name, frame.specimens, marks) for name in frame.scored)


def _frame_options(frames: Sequence[RestoredFrame]) -> list[CodonReading]:
    """Return the ways to read unphased frameshifts: each set that may share an allele, or none."""
    members = {id(v): v for frame in frames for v in frame.members}
    options = []
    for frame in frames:
        inside = {id(v) for v in frame.members}
        others = (_change(v) for at, v in members.items() if at not in inside and _is_scored(v))
        why = f"{frame.told} on one allele, where they keep the reading frame"
        options.append(CodonReading((*_of_frame(frame), *others), why))
    apart = tuple(_change(v) for v in members.values() if _is_scored(v))
    options.append(CodonReading(apart, "frameshifts on separate alleles" if frames else ""))
    by_names = {tuple(change.name for change in option.changes): option for option in options}
    return list(by_names.values())


def _is_scored(variant: NamedVariant) -> bool:
    return variant.variant.role is Role.SCORED


def _change(variant: NamedVariant) -> ScoredChange:
    return ScoredChange(variant.variant.name or "", variant.specimens, variant.marks)


def _groups(named: Sequence[NamedVariant]) -> list[list[NamedVariant]]:
    """Return the substitutions of one codon, where they touch two of its bases or more.

    A stop or a silent change belongs to them: beside another base it may be neither.
    """
    by_codon: dict[int, list[NamedVariant]] = {}
    for variant in named:
        codon = codon_of(variant.coding) if variant.coding else None
        if codon is not None and variant.variant.role is not Role.GERMLINE:
            by_codon.setdefault(codon, []).append(variant)
    groups = []
    for group in by_codon.values():
        bases = {v.coding.start.base for v in group if v.coding}
        if len(bases) == len(group) > 1:
            groups.append(group)
    return groups


def _options(group: Sequence[NamedVariant], transcript: Transcript) -> list[CodonReading]:
    """Return the ways to read a codon: joined on one allele, apart on two, or as phased."""
    phase = _phase(group)
    options = []
    if phase is not False:
        joined = _joined(group, transcript)
        told = joined[0].name if joined else "no scored change"
        options.append(CodonReading(joined, f"{told} as one combined change of its codon"))
    if phase is not True:
        apart = tuple(_change(v) for v in group if _is_scored(v))
        number = codon_of(group[0].coding) if group[0].coding else 0
        options.append(CodonReading(apart, f"the changes of codon {number} apart"))
    by_names = {tuple(change.name for change in option.changes): option for option in options}
    return list(by_names.values())


def _phase(group: Sequence[NamedVariant]) -> bool | None:
    """Return whether phase sets join a codon's changes (True), part them (False) or are silent."""
    pairs = [relation(a.marks, b.marks) for a, b in combinations(group, 2)]
    if False in pairs:
        return False
    return True if pairs and all(pairs) else None


def _joined(group: Sequence[NamedVariant], transcript: Transcript) -> tuple[ScoredChange, ...]:
    """Return the combined change; nothing where together they are silent, or a stop."""
    changes = [v.coding for v in group if v.coding is not None]
    protein = consequence_of_coding(transcript, merge_codon(transcript, changes)).protein
    if protein is None or not protein.is_in_frame or protein.name.endswith("="):
        return ()
    if not (in_kinase_domain(transcript, protein) or any(_is_scored(v) for v in group)):
        return ()
    specimens = tuple(dict.fromkeys(s for v in group for s in v.specimens))
    return (ScoredChange(protein.name, specimens, group[0].marks),)
