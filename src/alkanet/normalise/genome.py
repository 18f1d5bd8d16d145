"""Which build a file speaks: told by its content, asked for where that cannot tell.

Small variants tell by their reference bases, wherever the knowledge holds the sequence: the coding
sequence of ALK and the flanks of its kinase exons. Fusions tell by their breakpoints: those of RNA
meet exon borders on their own build and next to never on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alkanet.errors import InputError
from alkanet.model.alteration import Genome
from alkanet.model.calls import Breakpoint, FusionCall, VariantCall
from alkanet.model.gene import Transcript
from alkanet.model.tumour import Molecule
from alkanet.normalise.transcript import coding_base, holds

__all__ = ["BuildCheck", "RejectedRow", "check_build", "on_fusion_build"]

BASES = frozenset("ACGT")
BUILD_TOLERANCE = 2
"""Bases that a breakpoint may miss an exon border by and still tell the build."""


@dataclass(frozen=True)
class RejectedRow:
    """A row whose reference base is not that of the build, in a file that otherwise agrees."""

    call: VariantCall
    reason: str


@dataclass(frozen=True)
class BuildCheck:
    """The build of one file's calls, and the rows that disagree with it."""

    genome: Genome
    rejected: tuple[RejectedRow, ...] = ()


def check_build(calls: Sequence[VariantCall], transcripts: Sequence[Transcript]) -> BuildCheck:
    """Return the build of the calls of one file, ``transcripts`` being ALK on both builds.

    Where the file or the user states a build, it is checked: by bases of its own that disagree, and
    by bases that agree with the other build alone, for rows of the one lie in introns of the other,
    whose bases are not held. Where nobody states a build, the one is taken whose reference bases
    all agree while the other's do not.

    Raises
    ------
    InputError
        Where the stated build is wrong, or no build is stated and the bases cannot tell.
    """
    stated = {call.genome for call in calls if call.genome is not None}
    verdicts = {t.genome: [_disagreement(call, t) for call in calls] for t in transcripts}
    if len(stated) == 1:
        return _checked(calls, next(iter(stated)), verdicts)
    fitting = [genome for genome, found in verdicts.items() if not _wrong(found)]
    refuted = [genome for genome, found in verdicts.items() if _wrong(found)]
    if len(fitting) == 1 and refuted:
        return BuildCheck(genome=fitting[0])
    first = calls[0]
    raise InputError(
        "the file does not say which genome build it uses, and its reference bases do not tell",
        file=first.origin.file,
        line=first.origin.line,
        expected="GRCh37 or GRCh38",
        remedy="State it with --genome, or as `genome` of the specimen in the case file.",
    )


def _checked(
    calls: Sequence[VariantCall], genome: Genome, verdicts: dict[Genome, list[str | None]]
) -> BuildCheck:
    found = verdicts[genome]
    agreeing = [
        (texts.count(""), other)
        for other, texts in verdicts.items()
        if other != genome and not _wrong(texts)
    ]
    fits, other = max(agreeing, default=(0, None))
    if other is not None and fits > found.count(""):
        index = verdicts[other].index("")
        call = calls[index]
        raise InputError(
            f"{call.chromosome}:{call.position} {call.reference} is a coding base of ALK on "
            f"{other.value} and not on {genome.value}: this is not {genome.value}",
            file=call.origin.file,
            line=call.origin.line,
            field="reference allele",
            remedy="Give the right build with --genome, or correct the header.",
        )
    if not _wrong(found):
        return BuildCheck(genome=genome)
    if "" not in found:
        index = next(i for i, text in enumerate(found) if text)
        others = [g for g, texts in verdicts.items() if g != genome and not _wrong(texts)]
        may_be = f" It may be {others[0].value}." if others else ""
        raise InputError(
            f"{found[index]}: this is not {genome.value}.{may_be}",
            file=calls[index].origin.file,
            line=calls[index].origin.line,
            field="reference allele",
            remedy="Give the right build with --genome, or correct the header.",
        )
    rejected = [
        RejectedRow(call=call, reason=f"reference allele: {text}")
        for call, text in zip(calls, found, strict=True)
        if text
    ]
    return BuildCheck(genome=genome, rejected=tuple(rejected))


def _wrong(found: Sequence[str | None]) -> list[str]:
    return [text for text in found if text]


def _disagreement(call: VariantCall, transcript: Transcript) -> str | None:
    """Return what disagrees, ``""`` where all known bases agree, ``None`` where none is known."""
    known = False
    for offset, base in enumerate(call.reference):
        position = call.position + offset
        if base not in BASES or not holds(transcript, call.chromosome, position):
            continue
        expected = coding_base(transcript, position)
        if expected is None:
            continue
        known = True
        if expected != base:
            return (
                f"the file says {base} at {call.chromosome}:{position}, "
                f"{transcript.genome.value} has {expected} there"
            )
    return "" if known else None


def on_fusion_build(
    calls: Sequence[FusionCall], transcripts: Sequence[Transcript]
) -> tuple[FusionCall, ...]:
    """Return the fusion calls of one file, their breakpoints with a build.

    Raises
    ------
    InputError
        Where no build is stated, a breakpoint lies in its gene on both, and exon borders do not
        tell; or where RNA breakpoints meet exon borders on another build than the stated one only.
    """
    breaks = [
        _GenomicBreak(call, gene, found)
        for call in calls
        for gene, found in (
            (call.first_gene, call.first_break),
            (call.second_gene, call.second_break),
        )
        if found is not None and found.position is not None
    ]
    _check_stated([b for b in breaks if b.found.genome is not None], transcripts)
    unplaced = [b for b in breaks if b.found.genome is None]
    told = [g for g in Genome if any(b.meets_border(g, transcripts) for b in unplaced)]
    if len(told) == 1:
        return tuple(_with_build(call, told[0]) for call in calls)
    for one in unplaced:
        if len([t for t in transcripts if one.lies_in(t)]) > 1:
            raise InputError(
                f"the breakpoint {one.place} lies in {one.gene} on both genome builds, and the "
                "file does not say which it uses",
                file=one.call.origin.file,
                line=one.call.origin.line,
                expected="GRCh37 or GRCh38",
                remedy="State it with --genome, or as `genome` of the specimen in the case file.",
            )
    return tuple(calls)


def _check_stated(breaks: Sequence[_GenomicBreak], transcripts: Sequence[Transcript]) -> None:
    of_rna = [b for b in breaks if b.call.molecule is Molecule.RNA]
    if any(b.meets_border(b.found.genome, transcripts) for b in of_rna):
        return
    for one in of_rna:
        others = [g for g in Genome if g != one.found.genome and one.meets_border(g, transcripts)]
        if others:
            raise InputError(
                f"the breakpoint {one.place} meets an exon border of {one.gene} on "
                f"{others[0].value} and not on {one.found.genome}",
                file=one.call.origin.file,
                line=one.call.origin.line,
                remedy="Give the right build with --genome.",
            )


@dataclass(frozen=True)
class _GenomicBreak:
    """One side of a fusion call that stands on a genome."""

    call: FusionCall
    gene: str
    found: Breakpoint

    @property
    def place(self) -> str:
        return f"{self.found.chromosome}:{self.found.position}"

    def lies_in(self, transcript: Transcript) -> bool:
        chromosome, position = self.found.chromosome, self.found.position
        if transcript.gene != self.gene or chromosome is None or position is None:
            return False
        return holds(transcript, chromosome, position)

    def meets_border(self, genome: Genome | None, transcripts: Sequence[Transcript]) -> bool:
        return any(
            abs(border - (self.found.position or 0)) <= BUILD_TOLERANCE
            for transcript in transcripts
            if transcript.genome is genome and self.lies_in(transcript)
            for exon in transcript.exons
            for border in (exon.start, exon.end)
        )


def _with_build(call: FusionCall, genome: Genome) -> FusionCall:
    placed = {
        name: found.model_copy(update={"genome": genome})
        for name, found in (("first_break", call.first_break), ("second_break", call.second_break))
        if found is not None and found.position is not None and found.genome is None
    }
    return call.model_copy(update=placed)
