"""Readings: which mutations may share an allele, given what is known of their phase.

A haplotype that a laboratory reports is a clone of its own. The other mutations form blocks: those
that a phase set of a file places on one allele. Blocks whose phase towards each other, or towards a
reported haplotype, is unknown are put together in every way that is possible; each way is one
reading, all of equal weight, because nothing at hand prefers one. Above three blocks there are too
many ways: kept are each block on its own, every possible pair, and all together where possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from alkanet.model.gene import Transcript
from alkanet.model.haplotype import Clone, Haplotype, Phase, Reading, residue
from alkanet.normalise.codon import CodonReading, ScoredChange, codon_readings
from alkanet.normalise.frame import RestoredFrame
from alkanet.normalise.variants import NamedVariant, relation

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
    contradicted: tuple[Haplotype, ...] = ()
    """Reported haplotypes that the reads of a file put on two alleles; the report is taken."""
    frames: tuple[RestoredFrame, ...] = ()
    """Frameshifts that are read together."""


@dataclass(frozen=True)
class _Block:
    """Mutations that are known to share an allele; a reported block shares it with no other."""

    mutations: tuple[ScoredChange, ...]
    is_reported: bool = False


_Way = tuple[tuple[_Block, ...], ...]
"""One way to put blocks on alleles."""


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
    codons = codon_readings(named, transcript)
    found: list[tuple[_Way, str]] = []
    unphased: set[str] = set()
    is_cut_short = False
    for codon in codons.readings:
        blocks = _blocks(codon, reported)
        ways = _ways(blocks)
        is_cut_short |= len(blocks) > MOST_BLOCKS and len(ways) > 1
        if len(ways) > 1:
            unphased.update(m.name for block in blocks for m in block.mutations)
        found.extend((way, _why(way, len(ways), codon.why)) for way in ways)
    kept = [(_clones(way, tested_in), why) for way, why in found]
    kept = [(clones, why) for clones, why in kept if clones]
    readings = tuple(
        Reading(weight=1.0 / len(kept), why=why, clones=clones) for clones, why in kept
    )
    names = tuple(sorted(unphased, key=lambda name: (residue(name), name)))
    return Phased(
        readings,
        names,
        codons.overlapping,
        is_cut_short,
        _contradicted(named, reported),
        codons.frames,
    )


def _contradicted(
    named: Sequence[NamedVariant], reported: Sequence[Haplotype]
) -> tuple[Haplotype, ...]:
    marks = {v.variant.name: v.marks for v in named}
    return tuple(
        haplotype
        for haplotype in dict.fromkeys(reported)
        if any(
            relation(marks.get(a, ()), marks.get(b, ())) is False
            for a, b in combinations(haplotype.mutations, 2)
        )
    )


def _blocks(codon: CodonReading, reported: Sequence[Haplotype]) -> tuple[_Block, ...]:
    """Return reported haplotypes, and the other mutations joined by phase sets."""
    by_name: dict[str, ScoredChange] = {}
    for change in codon.changes:
        before = by_name.get(change.name, ScoredChange(change.name))
        by_name[change.name] = replace(
            before,
            specimens=tuple(dict.fromkeys((*before.specimens, *change.specimens))),
            marks=(*before.marks, *change.marks),
        )
    fixed = [
        _Block(tuple(by_name.get(name, ScoredChange(name)) for name in haplotype.mutations), True)
        for haplotype in dict.fromkeys(reported)
        if haplotype.mutations
    ]
    told = {m.name for block in fixed for m in block.mutations}
    free: list[_Block] = []
    for mutation in sorted(by_name.values(), key=lambda m: (residue(m.name), m.name)):
        if mutation.name in told:
            continue
        near = [b for b in free if any(_in_cis(mutation, other) for other in b.mutations)]
        free = [b for b in free if b not in near]
        free.append(_Block((*(m for b in near for m in b.mutations), mutation)))
    return (*fixed, *free)


def _in_cis(one: ScoredChange, other: ScoredChange) -> bool:
    """Return whether a phase set joins two mutations; two changes of one residue never share it."""
    return residue(one.name) != residue(other.name) and relation(one.marks, other.marks) is True


def _may_share(one: _Block, other: _Block) -> bool:
    """Return whether two blocks may stand on one allele."""
    if one.is_reported and other.is_reported:
        return False
    return not any(
        relation(a.marks, b.marks) is False or residue(a.name) == residue(b.name)
        for a in one.mutations
        for b in other.mutations
    )


def _ways(blocks: Sequence[_Block]) -> list[_Way]:
    """Return the ways to put blocks on alleles, the most joined first, all apart last."""
    apart: _Way = tuple((block,) for block in blocks)
    if len(blocks) <= MOST_BLOCKS:
        return [way for way in _partitions(blocks) if _is_possible(way)]
    together: list[_Way] = [(tuple(blocks),)] if _is_possible((tuple(blocks),)) else []
    pairs: list[_Way] = [
        ((one, other), *((block,) for block in blocks if block not in (one, other)))
        for one, other in combinations(blocks, 2)
        if _may_share(one, other)
    ]
    return [*together, *pairs, apart]


def _is_possible(way: _Way) -> bool:
    return all(_may_share(a, b) for allele in way for a, b in combinations(allele, 2))


def _partitions(blocks: Sequence[_Block]) -> Iterator[_Way]:
    """Yield every way to put blocks on alleles, all on one first, each on its own last."""
    if not blocks:
        yield ()
        return
    *rest, last = blocks
    apart: list[_Way] = []
    for way in _partitions(rest):
        for index, allele in enumerate(way):
            yield (*way[:index], (*allele, last), *way[index + 1 :])
        apart.append((*way, (last,)))
    yield from apart


def _clones(way: _Way, tested_in: Sequence[str]) -> tuple[Clone, ...]:
    """Return the clones of a way; wild type where it holds nothing and the domain was read."""
    if not way:
        if not tested_in:
            return ()
        return (Clone(haplotype=Haplotype(), phase=Phase.SINGLE, specimens=tuple(tested_in)),)
    clones = [
        Clone(
            haplotype=Haplotype(mutations=tuple(m.name for b in allele for m in b.mutations)),
            phase=_phase(allele),
            specimens=tuple(dict.fromkeys(s for b in allele for m in b.mutations
                                          for s in m.specimens)),
        )
        for allele in way
    ]  # fmt: skip
    return tuple(sorted(clones, key=lambda clone: str(clone.haplotype)))


def _phase(allele: Sequence[_Block]) -> Phase:
    mutations = [m for block in allele for m in block.mutations]
    if len(allele) == 1 and allele[0].is_reported:
        return Phase.CIS_REPORTED if len(mutations) > 1 else Phase.SINGLE
    if len(mutations) == 1:
        return Phase.SINGLE
    return Phase.CIS_READS if len(allele) == 1 else Phase.ASSUMED


def _why(way: _Way, ways: int, reason: str) -> str:
    alleles = [
        str(Haplotype(mutations=tuple(m.name for b in allele for m in b.mutations)))
        for allele in way
    ]
    if not alleles:
        told = "no ALK mutation where the kinase domain was read"
    elif len(alleles) == 1:
        one = "is the one mutation found" if "+" not in alleles[0] else "on one allele"
        told = f"{alleles[0]} {one}"
    else:
        told = f"{' and '.join(alleles)} on separate alleles"
    if ways > 1:
        told += "; the phase is not known, and another reading holds otherwise"
    return f"{told}; {reason}" if reason else told
