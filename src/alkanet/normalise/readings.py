"""Readings: which mutations may share an allele, given what is known of their phase.

Mutations that a laboratory, a phase set or their own codon place on one allele form a block. Blocks
whose phase towards each other is unknown are put together in every way that is possible; each way
is one reading, all of equal weight, because nothing at hand prefers one. Above three blocks only
the two ends are kept: all on one allele, and each on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from alkanet.model.alteration import Role
from alkanet.model.gene import Transcript
from alkanet.model.haplotype import Clone, Haplotype, Phase, Reading, residue
from alkanet.normalise.consequence import codon_of, consequence_of_coding, merge_codon
from alkanet.normalise.variants import NamedVariant, PhaseMark

__all__ = ["Phased", "readings_of"]

MOST_BLOCKS = 3
"""So many blocks are put together in every way; three have five ways, four fifteen."""


@dataclass(frozen=True)
class Phased:
    """The readings, and what about them deserves a caveat."""

    readings: tuple[Reading, ...]
    unphased: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    is_cut_short: bool = False


@dataclass(frozen=True)
class _Mutation:
    """A scored change as a part of haplotypes."""

    name: str
    specimens: tuple[str, ...]
    marks: tuple[PhaseMark, ...]


def readings_of(
    named: Sequence[NamedVariant],
    reported: Sequence[Haplotype],
    transcript: Transcript,
    *,
    tested_in: Sequence[str],
) -> Phased:
    """Return the readings of a tumour.

    Parameters
    ----------
    named
        All small variants; those that are scored form haplotypes.
    reported
        Haplotypes that a laboratory places on one allele.
    transcript
        ALK, for changes that share a codon.
    tested_in
        Specimens whose kinase domain is known to have been read; without any, and without a
        mutation, there is no reading, because not tested is not wild type.
    """
    alternatives, overlapping = _alternatives(named, transcript)
    if not any(mutations for mutations, _ in alternatives):
        clone = Clone(haplotype=Haplotype(), phase=Phase.SINGLE, specimens=tuple(tested_in))
        why = "no ALK mutation where the kinase domain was read"
        return Phased((Reading(weight=1.0, why=why, clones=(clone,)),) if tested_in else ())
    ways: list[tuple[list[list[_Mutation]], str]] = []
    unphased: tuple[str, ...] = ()
    cut_short = False
    for mutations, reason in alternatives:
        blocks = _blocks(mutations, reported)
        possible = _partitions(blocks)
        if len(blocks) > MOST_BLOCKS:
            possible, cut_short = iter(([[m for b in blocks for m in b]], blocks)), True
        partitions = [way for way in possible if not _breaks_trans(way)]
        if len(partitions) > 1:
            unphased = tuple(m.name for block in blocks for m in block)
        ways.extend(
            (partition, _why(partition, len(partitions), reason)) for partition in partitions
        )
    readings = tuple(
        Reading(weight=1.0 / len(ways), why=why, clones=_clones(partition, reported))
        for partition, why in ways
    )
    return Phased(readings, tuple(sorted(unphased, key=residue)), overlapping, cut_short)


def _alternatives(
    named: Sequence[NamedVariant], transcript: Transcript
) -> tuple[list[tuple[list[_Mutation], str]], tuple[str, ...]]:
    """Return the sets of scored mutations that are possible: codons read apart, and joined."""
    groups = _codon_groups(named)
    in_groups = {id(variant) for group in groups for variant in group}
    apart = [_of(v) for v in named if id(v) not in in_groups and v.variant.role is Role.SCORED]
    sets: list[tuple[list[_Mutation], str]] = [(apart, "")]
    overlapping: list[str] = []
    for group in groups:
        joined = _joined(group, transcript)
        separate = [_of(v) for v in group if v.variant.role is Role.SCORED]
        phase = _codon_phase(group)
        options: list[tuple[list[_Mutation], str]] = []
        if phase is not False and joined is not None:
            options.append(([joined], f"{joined.name} as one combined change of its codon"))
        if phase is not True or joined is None:
            options.append((separate, f"the changes of codon {residue(_name(group))} apart"))
        if len(options) > 1:
            overlapping.append(", ".join(_name([v]) for v in group))
        sets = [
            ([*before, *more], "; ".join(w for w in (why, reason if len(options) > 1 else "") if w))
            for before, why in sets
            for more, reason in options
        ]
    return sets, tuple(overlapping)


def _codon_groups(named: Sequence[NamedVariant]) -> list[list[NamedVariant]]:
    """Return the substitutions that stand in one codon, where there are two bases or more."""
    by_codon: dict[int, list[NamedVariant]] = {}
    for variant in named:
        codon = codon_of(variant.coding) if variant.coding else None
        scored = variant.variant.role in (Role.SCORED, Role.SILENT)
        if codon is not None and scored:
            by_codon.setdefault(codon, []).append(variant)
    groups = []
    for group in by_codon.values():
        bases = {v.coding.start.base for v in group if v.coding}
        if len(bases) == len(group) > 1 and any(v.variant.role is Role.SCORED for v in group):
            groups.append(group)
    return groups


def _codon_phase(group: Sequence[NamedVariant]) -> bool | None:
    """Return whether phase sets join a codon's changes (True), part them (False) or are silent."""
    pairs = [_relation(_of(a), _of(b)) for a, b in combinations(group, 2)]
    if False in pairs:
        return False
    return True if pairs and all(pairs) else None


def _joined(group: Sequence[NamedVariant], transcript: Transcript) -> _Mutation | None:
    changes = [v.coding for v in group if v.coding is not None]
    consequence = consequence_of_coding(transcript, merge_codon(transcript, changes))
    protein = consequence.protein
    if protein is None or not protein.is_in_frame:
        return None
    specimens = tuple(dict.fromkeys(s for v in group for s in v.specimens))
    return _Mutation(name=protein.name, specimens=specimens, marks=group[0].marks)


def _name(group: Sequence[NamedVariant]) -> str:
    return group[0].variant.name or ""


def _of(variant: NamedVariant) -> _Mutation:
    return _Mutation(variant.variant.name or "", variant.specimens, variant.marks)


def _blocks(mutations: Sequence[_Mutation], reported: Sequence[Haplotype]) -> list[list[_Mutation]]:
    """Return the mutations joined by what is known to be in cis."""
    blocks: list[list[_Mutation]] = []
    for mutation in sorted(mutations, key=lambda m: (residue(m.name), m.name)):
        near = [b for b in blocks if any(_in_cis(mutation, other, reported) for other in b)]
        blocks = [b for b in blocks if b not in near]
        blocks.append([*(m for b in near for m in b), mutation])
    return blocks


def _in_cis(one: _Mutation, other: _Mutation, reported: Sequence[Haplotype]) -> bool:
    together = any(one.name in h.mutations and other.name in h.mutations for h in reported)
    return together or _relation(one, other) is True


def _relation(one: _Mutation, other: _Mutation) -> bool | None:
    """Return True for cis, False for trans by phase sets, ``None`` where they do not tell."""
    same = {
        (a.file, a.phase_set): a.allele == b.allele
        for a in one.marks
        for b in other.marks
        if (a.file, a.phase_set) == (b.file, b.phase_set)
    }
    return next(iter(same.values())) if len(set(same.values())) == 1 else None


def _breaks_trans(partition: Sequence[Sequence[_Mutation]]) -> bool:
    """Return whether a way puts on one allele what cannot share it."""
    return any(
        _relation(a, b) is False or residue(a.name) == residue(b.name)
        for allele in partition
        for a, b in combinations(allele, 2)
    )


def _partitions(blocks: Sequence[list[_Mutation]]) -> Iterator[list[list[_Mutation]]]:
    """Yield every way to put blocks on alleles, all on one first, each on its own last."""
    if not blocks:
        yield []
        return
    *rest, last = blocks
    apart = []
    for partition in _partitions(rest):
        for index, allele in enumerate(partition):
            yield [*partition[:index], [*allele, *last], *partition[index + 1 :]]
        apart.append([*partition, last])
    yield from apart


def _clones(
    partition: Sequence[Sequence[_Mutation]], reported: Sequence[Haplotype]
) -> tuple[Clone, ...]:
    clones = [
        Clone(
            haplotype=Haplotype(mutations=tuple(m.name for m in allele)),
            phase=_phase(allele, reported),
            specimens=tuple(dict.fromkeys(s for m in allele for s in m.specimens)),
        )
        for allele in partition
    ]
    return tuple(sorted(clones, key=lambda clone: str(clone.haplotype)))


def _phase(allele: Sequence[_Mutation], reported: Sequence[Haplotype]) -> Phase:
    names = {m.name for m in allele}
    if len(names) < 2:
        return Phase.SINGLE
    if any(names <= set(h.mutations) for h in reported):
        return Phase.CIS_REPORTED
    pairs = [_relation(a, b) for a, b in combinations(allele, 2)]
    return Phase.CIS_READS if all(pairs) else Phase.ASSUMED


def _why(partition: Sequence[Sequence[_Mutation]], ways: int, reason: str) -> str:
    alleles = [
        "+".join(m.name for m in sorted(a, key=lambda m: residue(m.name))) for a in partition
    ]
    if len(alleles) == 1 and "+" not in alleles[0]:
        told = f"{alleles[0]} is the one mutation found"
    elif len(alleles) == 1:
        told = f"{alleles[0]} on one allele"
    else:
        told = f"{' and '.join(alleles)} on separate alleles"
    if ways > 1:
        told += "; the phase is not known, and another reading holds otherwise"
    return f"{told}; {reason}" if reason else told
