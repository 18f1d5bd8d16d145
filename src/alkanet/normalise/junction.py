"""All fusion calls of a case to the one fusion that the tumour is read by.

The rules stand in ``docs/methods/fusions.md``: which breaks are taken for an exon border, how the
frame is computed, which names are given, and which call is taken where several disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alkanet.model.alteration import FusionAlteration
from alkanet.model.calls import FusionCall, Origin
from alkanet.model.gene import FusionVariant
from alkanet.model.tumour import Conflict, Fusion, FusionEvidence, Molecule
from alkanet.normalise.fusion_call import CallReading, partner_of, read_call
from alkanet.normalise.fusion_doubt import FusionCaveat, FusionDoubt
from alkanet.normalise.transcript import TranscriptSet

__all__ = ["FusionCaveat", "FusionDoubt", "TypedFusion", "UnusedCall", "type_fusion"]


@dataclass(frozen=True, slots=True)
class UnusedCall:
    """A call that was not used, and why."""

    specimen: str
    origin: Origin
    reason: str


@dataclass(frozen=True, slots=True)
class TypedFusion:
    """The fusion of the tumour, and all that stands beside it.

    ``fusion`` is ``None`` where no call names a partner of ALK. ``others`` are fusions of ALK with
    further partners.
    """

    fusion: Fusion | None
    caveats: tuple[FusionCaveat, ...] = ()
    unused: tuple[UnusedCall, ...] = ()
    others: tuple[FusionAlteration, ...] = ()


def type_fusion(
    calls: Sequence[FusionCall], transcripts: TranscriptSet, variants: Sequence[FusionVariant]
) -> TypedFusion:
    """Return the ALK fusion that several calls of one or several files show.

    A break in an intron leaves the partner exon before it and the ALK exon behind it. An RNA break
    is taken for an exon border where it misses it by at most 5 nt on either side, and for the
    partner's where it reaches at most 50 nt into the intron; see
    :mod:`alkanet.normalise.breakpoint` for the reasons. A break inside an exon gives neither
    variant nor frame. Where a text disagrees with the breakpoints the breakpoints are taken.

    Of several calls the one that can drive is taken: partner first, typed, in sense, in frame with
    its kinase, seen in RNA, with ``a`` or ``b`` of exon 6 told, resting on breakpoints, with the
    most junction reads. Calls that are equal in all of this stand by partner and junction, so that
    the order of rows decides nothing. ALK as the known 5' gene is the reciprocal product and never
    the driver.

    Parameters
    ----------
    calls
        Calls of one tumour, in any order.
    transcripts
        Gene models; a partner without one is named and not typed.
    variants
        Named variants by junction.
    """
    readings: list[CallReading] = []
    unused: list[UnusedCall] = []
    for call in calls:
        partner = partner_of(call)
        if partner is None:
            unused.append(UnusedCall(call.specimen, call.origin, _why_unused(call)))
        else:
            readings.append(read_call(call, partner, transcripts, variants))
    readings = _without_repeats(sorted(readings, key=_rank))
    if not readings:
        return TypedFusion(None, unused=tuple(unused))
    taken = readings[0]
    same = [reading for reading in readings if reading.partner == taken.partner]
    others = tuple(
        FusionAlteration(five_prime_gene=five, three_prime_gene=three, note=reading.basis)
        for reading in readings
        if reading.partner != taken.partner
        for five, three in [_order(reading)]
    )
    fusion = _fusion(taken, same)
    return TypedFusion(fusion, _caveats(taken, readings), tuple(unused), others)


def _why_unused(call: FusionCall) -> str:
    genes = {call.first_gene.strip().upper(), call.second_gene.strip().upper()}
    if "ALK" not in genes:
        return "neither gene is ALK"
    if genes == {"ALK"}:
        return "both sides are ALK: a change inside the gene, no fusion"
    return "no partner is named"


def _without_repeats(readings: Sequence[CallReading]) -> list[CallReading]:
    """Return each statement once: some files give a fusion one row for each of its genes."""
    seen: dict[tuple[object, ...], CallReading] = {}
    for reading in readings:
        call = reading.call
        breaks = {(call.first_gene, call.first_break), (call.second_gene, call.second_break)}
        key = (
            call.origin.file,
            call.specimen,
            reading.partner,
            reading.reciprocal,
            call.molecule,
            call.text,
            frozenset((gene, repr(place)) for gene, place in breaks),
        )
        seen.setdefault(key, reading)
    return list(seen.values())


def _rank(reading: CallReading) -> tuple[int | str, ...]:
    """Return what sorts the call that can drive first; equal ones stand by name, never by row."""
    frame = {True: 2, None: 1, False: 0}
    call, junction = reading.call, reading.junction
    worth = (
        not reading.reciprocal,
        junction is not None,
        not reading.antisense,
        frame[reading.in_frame] * (reading.kinase_retained is not False),
        call.molecule is Molecule.RNA,
        bool(junction and junction.part),
        reading.from_breaks,
        call.junction_reads or 0,
    )
    name = "" if junction is None else f"{junction.partner_exon:03}{junction}"
    breaks = repr((call.first_break, call.second_break))
    stands = (call.specimen, call.origin.file, f"{call.origin.line:09}")
    return (*(-value for value in worth), reading.partner, name, call.text, breaks, *stands)


def _fusion(taken: CallReading, same: Sequence[CallReading]) -> Fusion:
    evidence = tuple(_evidence(reading) for reading in same)
    conflicts = [conflict for reading in same for conflict in reading.conflicts]
    if taken.reciprocal:
        return Fusion(
            partner=taken.partner,
            basis=f"only the {taken.basis} was seen; the fusion that drives was not",
            evidence=evidence,
            conflicts=tuple(conflicts),
        )
    both = _both_forms(taken, same)
    if both is not None:
        taken = replace(taken, junction=both.junction, variant="v3", basis=both.basis)
    else:
        conflicts.extend(_disagreement(taken, same))
    return Fusion(
        partner=taken.partner,
        variant=taken.variant,
        junction=None if taken.junction is None else str(taken.junction),
        in_frame=taken.in_frame,
        kinase_retained=taken.kinase_retained,
        basis=taken.basis,
        evidence=evidence,
        conflicts=tuple(dict.fromkeys(conflicts)),
    )


def _both_forms(taken: CallReading, same: Sequence[CallReading]) -> CallReading | None:
    """Return the reading without ``a`` or ``b`` where RNA shows both transcripts of variant 3."""
    if taken.variant not in ("v3a", "v3b") or taken.junction is None:
        return None
    seen = {
        reading.variant
        for reading in same
        if reading.call.molecule is Molecule.RNA and reading.from_breaks
    }
    if not {"v3a", "v3b"} <= seen:
        return None
    basis = f"{taken.basis}; RNA shows v3a and v3b together, as they usually are"
    return replace(taken, junction=replace(taken.junction, part=""), basis=basis)


def _disagreement(taken: CallReading, same: Sequence[CallReading]) -> list[Conflict]:
    """Return the conflict between calls that put the junction elsewhere, if there is one."""
    said = [reading for reading in same if reading.junction is not None]
    differing = [reading for reading in said if not _agree(taken, reading)]
    if not differing:
        return []
    says = tuple(
        f"{reading.call.origin} says {reading.junction}" for reading in [taken, *differing]
    )
    return [Conflict(about="junction", says=says, taken=str(taken.junction))]


def _agree(one: CallReading, other: CallReading) -> bool:
    if one.junction is None or other.junction is None:
        return True
    if one.junction.exons != other.junction.exons:
        return False
    parts = {one.junction.part, other.junction.part} - {""}
    return len(parts) < 2


def _caveats(taken: CallReading, readings: Sequence[CallReading]) -> tuple[FusionCaveat, ...]:
    """Return the doubts of the call that was taken, and of what stands beside it."""
    caveats = [] if taken.reciprocal else list(taken.caveats)
    if taken.reciprocal:
        caveats.append(FusionCaveat(FusionDoubt.RECIPROCAL_ONLY, f"ALK::{taken.partner}"))
    else:
        caveats += [c for r in readings if r.reciprocal for c in r.caveats]
    partners = sorted({r.partner for r in readings if not r.reciprocal})
    if len(partners) > 1:
        caveats.append(FusionCaveat(FusionDoubt.SEVERAL_PARTNERS, ", ".join(partners)))
    return tuple(dict.fromkeys(caveats))


def _order(reading: CallReading) -> tuple[str, str]:
    return ("ALK", reading.partner) if reading.reciprocal else (reading.partner, "ALK")


def _evidence(reading: CallReading) -> FusionEvidence:
    call = reading.call
    five, three = _order(reading)
    typed = f" {reading.junction}" if reading.junction is not None else ""
    return FusionEvidence(
        file=call.origin.file,
        line=call.origin.line,
        specimen=call.specimen,
        molecule=call.molecule,
        says=f"{five}::{three}{typed}: {reading.basis}",
        junction_reads=call.junction_reads,
        spanning_fragments=call.spanning_fragments,
    )
