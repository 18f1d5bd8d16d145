"""What one fusion call says: partner, junction, frame, and where its parts disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from alkanet.errors import InputError
from alkanet.model.calls import Breakpoint, FusionCall
from alkanet.model.gene import FusionVariant, Transcript
from alkanet.model.tumour import Conflict, Molecule
from alkanet.normalise.breakpoint import BORDER_TOLERANCE, Place, Side, place_break
from alkanet.normalise.junction_text import (
    Junction,
    find_junction,
    keeps_frame,
    keeps_kinase,
    variant_of,
)
from alkanet.normalise.transcript import TranscriptSet, is_numbering_of

__all__ = ["CallReading", "FusionCaveat", "FusionDoubt", "partner_of", "read_call"]

_IN_FRAME = re.compile(r"in[\s_-]?frame", re.IGNORECASE)
_OUT_OF_FRAME = re.compile(
    r"out[\s_-]?of[\s_-]?frame|frame[\s_-]?shift|not in frame", re.IGNORECASE
)
_EVENTS = {"dup": "duplication", "inv": "inversion", "del": "deletion", "tra": "translocation"}


class FusionDoubt(StrEnum):
    """Codes of the caveats that a fusion may carry."""

    BREAK_INSIDE_EXON = "fusion-break-inside-exon"
    BREAK_NOT_PLACED = "fusion-break-not-placed"
    BORDER_SHIFTED = "fusion-border-shifted"
    EVENT_IMPOSSIBLE = "fusion-event-impossible"
    EXON_NUMBERING = "fusion-exon-numbering"
    FRAME_LOST_DNA = "fusion-frame-lost-dna"
    FRAME_LOST_RNA = "fusion-frame-lost-rna"
    KINASE_LOST = "fusion-kinase-lost"
    NO_GENE_MODEL = "fusion-no-gene-model"
    RECIPROCAL = "fusion-reciprocal"
    RECIPROCAL_ONLY = "fusion-reciprocal-only"
    SEVERAL_PARTNERS = "fusion-several-partners"
    UNSPLICED_RNA = "fusion-unspliced-rna"
    UNTYPED = "fusion-untyped"
    VARIANT_3_A_OR_B = "fusion-variant-3-a-or-b"


@dataclass(frozen=True, slots=True)
class FusionCaveat:
    """A doubt about the fusion: its code, and what it touches in a few words."""

    code: FusionDoubt
    about: str


@dataclass(frozen=True, slots=True)
class CallReading:
    """One call understood. ``from_breaks`` is True where the junction rests on breakpoints."""

    call: FusionCall
    partner: str
    reciprocal: bool
    junction: Junction | None = None
    variant: str | None = None
    in_frame: bool | None = None
    kinase_retained: bool | None = None
    from_breaks: bool = False
    basis: str = ""
    conflicts: tuple[Conflict, ...] = ()
    caveats: tuple[FusionCaveat, ...] = ()


@dataclass(slots=True)
class _Notes:
    """Conflicts and caveats, gathered while a call is read."""

    conflicts: list[Conflict] = field(default_factory=list)
    caveats: list[FusionCaveat] = field(default_factory=list)

    def doubt(self, code: FusionDoubt, about: str) -> None:
        self.caveats.append(FusionCaveat(code, about))

    def conflict(self, about: str, says: tuple[str, ...], taken: str) -> None:
        self.conflicts.append(Conflict(about=about, says=says, taken=taken))


def partner_of(call: FusionCall) -> str | None:
    """Return the gene beside ALK; ``None`` where there is none, or ALK is not in the call."""
    genes = [call.first_gene.strip(), call.second_gene.strip()]
    others = [gene for gene in genes if gene.upper() != "ALK"]
    if len(others) != 1 or re.fullmatch(
        r"(?i)[-.*]?|na|none|unknown|intragenic|intergenic", others[0]
    ):
        return None
    return others[0]


def read_call(
    call: FusionCall, partner: str, transcripts: TranscriptSet, variants: Sequence[FusionVariant]
) -> CallReading:
    """Return what one call says about the fusion of a partner with ALK."""
    alk_is_first = call.first_gene.strip().upper() == "ALK"
    if alk_is_first and call.order_is_known:
        about = f"ALK is the 5' gene of ALK::{partner} ({call.origin.file}:{call.origin.line})"
        return CallReading(
            call,
            partner,
            reciprocal=True,
            basis=f"reciprocal product ALK::{partner}",
            caveats=(FusionCaveat(FusionDoubt.RECIPROCAL, about),),
        )
    breaks = (call.first_break, call.second_break)
    partner_break, alk_break = breaks[::-1] if alk_is_first else breaks
    notes = _Notes()
    if transcripts.get(partner) is None:
        notes.doubt(FusionDoubt.NO_GENE_MODEL, partner)
    five = _placed(partner_break, partner, Side.FIVE_PRIME, call, transcripts, notes)
    three = _placed(alk_break, "ALK", Side.THREE_PRIME, call, transcripts, notes)
    stated = _stated_junction(call, partner, variants)
    junction = _junction(partner, five, three, stated)
    reading = CallReading(
        call,
        partner,
        reciprocal=False,
        junction=junction,
        from_breaks=five is not None and three is not None,
    )
    _compare_exons(call, partner, five, three, stated, transcripts, notes)
    _check_event(call, partner, transcripts, notes)
    reading = _typed(reading, five, three, transcripts, variants, notes)
    reading = _framed(reading, five, three, transcripts, notes)
    return replace(reading, conflicts=tuple(notes.conflicts), caveats=tuple(notes.caveats))


def _placed(
    found: Breakpoint | None,
    gene: str,
    side: Side,
    call: FusionCall,
    transcripts: TranscriptSet,
    notes: _Notes,
) -> Place | None:
    if found is None:
        return None
    if transcripts.get(gene) is None:
        return None
    if found.transcript is None and call.stated_transcript and side is Side.FIVE_PRIME:
        found = found.model_copy(update={"transcript": call.stated_transcript})
    try:
        place = place_break(found, gene, side, transcripts, call.molecule)
    except InputError as fault:
        notes.doubt(FusionDoubt.BREAK_NOT_PLACED, str(fault))
        return None
    where = f"{gene} c.{place.position}, exon {place.exon}"
    if place.inside:
        notes.doubt(FusionDoubt.BREAK_INSIDE_EXON, where)
    if place.shifted > BORDER_TOLERANCE:
        notes.doubt(FusionDoubt.BORDER_SHIFTED, f"{where}, {place.shifted} nt beside its border")
    if place.unspliced:
        notes.doubt(FusionDoubt.UNSPLICED_RNA, where)
    return place


def _stated_junction(
    call: FusionCall, partner: str, variants: Sequence[FusionVariant]
) -> Junction | None:
    written = find_junction(call.text, partner, variants)
    if call.stated_exons is None or (written and written.exons == call.stated_exons):
        return written
    return Junction(partner[:1], *call.stated_exons)


def _junction(
    partner: str, five: Place | None, three: Place | None, stated: Junction | None
) -> Junction | None:
    """Return the junction of the breaks, with the text where a side has no break."""
    if (five and five.inside) or (three and three.inside):
        return None
    if five is None and three is None:
        return stated
    partner_exon = five.exon if five else stated.partner_exon if stated else None
    alk_exon = three.exon if three else stated.alk_exon if stated else None
    if partner_exon is None or alk_exon is None:
        return None
    part = five.part if five else stated.part if stated else ""
    if stated and stated.exons == (partner_exon, alk_exon):
        if five is None or five.either_part:
            part = stated.part
        if not stated.is_plain:
            # Breakpoints do not show inserted bases: the text says more and contradicts nothing.
            return replace(stated, part=part)
    return Junction(
        partner[:1],
        partner_exon,
        alk_exon,
        part,
        f"ins{five.kept_intron}" if five and five.kept_intron else "",
        f"ins{three.kept_intron}" if three and three.kept_intron else "",
    )


def _compare_exons(
    call: FusionCall,
    partner: str,
    five: Place | None,
    three: Place | None,
    stated: Junction | None,
    transcripts: TranscriptSet,
    notes: _Notes,
) -> None:
    """Note where the exons of the text differ from those of the breaks."""
    if stated is None:
        return
    model = transcripts.get(partner)
    numberings = {stated.partner_exon}
    accession = call.stated_transcript
    foreign = bool(
        model and accession and accession.partition(".")[0] != model.accession.partition(".")[0]
    )
    if foreign and model and accession and is_numbering_of(model, accession):
        numberings.add(_our_exon(model, accession, stated.partner_exon))
    if foreign and five is None:
        notes.doubt(
            FusionDoubt.EXON_NUMBERING, f"{partner} exon {stated.partner_exon}, {accession}"
        )
    for place, said, known in (
        (five, stated.partner_exon, numberings),
        (three, stated.alk_exon, {stated.alk_exon}),
    ):
        if place is not None and place.exon not in known:
            notes.conflict(
                "junction",
                (
                    f"the text says {place.gene} exon {said}",
                    f"the break {place.gene} c.{place.position} is exon {place.exon}",
                ),
                f"{place.gene} exon {place.exon}, from the break",
            )
    if five and five.part and stated.part and five.part != stated.part:
        notes.conflict(
            "junction",
            (
                f"the text says exon {stated.partner_exon}{stated.part}",
                f"the break c.{five.position} is exon {five.exon}{five.part}",
            ),
            f"{five.exon}{five.part}, from the break",
        )


def _our_exon(transcript: Transcript, accession: str, number: int) -> int:
    """Return our number of an exon that is counted on a transcript that lacks some of ours."""
    for alternate in transcript.alternates:
        if alternate.accession == accession.partition(".")[0]:
            for lacking in sorted(alternate.lacks_exons):
                number += number >= lacking
    return number


def _check_event(call: FusionCall, partner: str, transcripts: TranscriptSet, notes: _Notes) -> None:
    """Note an event of the text that cannot join the two genes head to tail."""
    model, alk = transcripts.get(partner), transcripts.get("ALK")
    event = _EVENTS.get((call.stated_event or "").strip().lower()[:3])
    if model is None or alk is None or event is None:
        return
    if model.chromosome != alk.chromosome:
        needed = "translocation"
    elif model.strand != alk.strand:
        needed = "inversion"
    else:
        needed = "deletion or duplication"
    if event in needed:
        return
    layout = (
        f"{partner} ({model.strand} strand of chromosome {model.chromosome}) and "
        f"ALK ({alk.strand} strand of chromosome {alk.chromosome})"
    )
    notes.conflict(
        "rearrangement",
        (f"the text says {event}", f"{layout} are joined by {needed}"),
        "the junction of the breaks; the event is left open",
    )
    notes.doubt(FusionDoubt.EVENT_IMPOSSIBLE, f"{event} of {partner} and ALK")


def _typed(
    reading: CallReading,
    five: Place | None,
    three: Place | None,
    transcripts: TranscriptSet,
    variants: Sequence[FusionVariant],
    notes: _Notes,
) -> CallReading:
    """Return the reading with variant and basis."""
    junction, partner, call = reading.junction, reading.partner, reading.call
    places = [place for place in (five, three) if place is not None]
    on = ", ".join(f"{place.gene} c.{place.position}" for place in places)
    if junction is None:
        if not places and transcripts.get(partner) is not None:
            notes.doubt(FusionDoubt.UNTYPED, f"{partner}::ALK in {call.origin.file}")
        if any(place.inside for place in places):
            why = f"a break lies inside an exon ({on})"
        elif places:
            model = "" if transcripts.get(partner) else f"; {partner} has no gene model here"
            why = f"only one side is known ({on}, exon {places[0].exon}){model}"
        else:
            why = "neither breakpoints nor exons are stated"
        return replace(reading, basis=f"partner named; {why}")
    variant = variant_of(junction, partner, variants)
    basis = f"breakpoints {on}" if reading.from_breaks else f"text {call.text.strip()!r}"
    if places and not reading.from_breaks:
        basis = f"break {on} and the text"
    if variant is None and (close := _named_after_same_exon(junction, partner, variants)):
        basis += f"; {junction} has no name: {close}"
    if five is not None and five.either_part and not junction.part:
        notes.conflict(
            "EML4 variant",
            ("v3a: exon 6 joined to ALK", "v3b: exon 6b kept, it lies before the break"),
            "v3; DNA cannot tell a from b, RNA can",
        )
        notes.doubt(FusionDoubt.VARIANT_3_A_OR_B, f"{partner} c.{five.position}")
    return replace(reading, variant=variant, basis=basis)


def _named_after_same_exon(
    junction: Junction, partner: str, variants: Sequence[FusionVariant]
) -> str:
    """Return which named variants join the same exons, but insert or delete bases."""
    close = []
    for variant in variants:
        held = find_junction(variant.junction, partner, variants)
        if held and not held.is_plain and held.exons == junction.exons:
            close.append(f"{variant.name} is {variant.junction}")
    return ", ".join(close)


def _framed(
    reading: CallReading,
    five: Place | None,
    three: Place | None,
    transcripts: TranscriptSet,
    notes: _Notes,
) -> CallReading:
    """Return the reading with frame and kinase, as computed or else as the text says."""
    call, junction = reading.call, reading.junction
    model, alk = transcripts.get(reading.partner), transcripts.get("ALK")
    cut = any(place is not None and place.inside for place in (five, three))
    stated = _stated_frame(call)
    frame: bool | None = None
    kinase = _kinase(alk, junction, three)
    basis = reading.basis
    if junction is not None and model is not None and alk is not None:
        frame = keeps_frame(junction, model, alk, transcripts)
        if frame is False and reading.variant is not None and not junction.is_plain:
            frame = None
            basis += f"; the published lengths of {reading.variant} do not give its frame"
    if frame is None:
        frame = None if cut else stated
    elif stated is not None and stated != frame:
        words = {True: "in frame", False: "out of frame"}
        notes.conflict(
            "frame",
            (f"the text says {words[stated]}", f"{junction} is {words[frame]}"),
            f"{words[frame]}, computed from the junction",
        )
    about = f"{reading.partner}::ALK {junction or ''}".strip()
    if frame is False:
        is_rna = call.molecule is Molecule.RNA
        notes.doubt(FusionDoubt.FRAME_LOST_RNA if is_rna else FusionDoubt.FRAME_LOST_DNA, about)
    if kinase is False:
        notes.doubt(FusionDoubt.KINASE_LOST, about)
    return replace(reading, in_frame=frame, kinase_retained=kinase, basis=basis)


def _kinase(alk: Transcript | None, junction: Junction | None, three: Place | None) -> bool | None:
    if alk is None or (junction is None and three is None):
        return None
    if three is not None and three.inside:
        return keeps_kinase(alk, three.position.base)
    number = three.exon if three is not None else junction.alk_exon if junction else 0
    if not 1 <= number <= len(alk.exons):
        return None
    start = alk.exons[number - 1].cds_start
    return None if start is None else keeps_kinase(alk, start)


def _stated_frame(call: FusionCall) -> bool | None:
    text = call.stated_frame or ""
    if _OUT_OF_FRAME.search(text):
        return False
    return True if _IN_FRAME.search(text) else None
