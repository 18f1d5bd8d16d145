"""What one fusion call says: partner, junction, frame, and where its parts disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alkanet.errors import InputError
from alkanet.model.calls import Breakpoint, FusionCall
from alkanet.model.gene import FusionVariant, Transcript, symbol_in_hgnc_case
from alkanet.model.tumour import Conflict, Molecule
from alkanet.normalise.breakpoint import BORDER_TOLERANCE, Place, Side, place_break
from alkanet.normalise.fusion_doubt import FusionCaveat, FusionDoubt, FusionNotes
from alkanet.normalise.junction_text import (
    Junction,
    impossible_exon,
    keeps_frame,
    keeps_kinase,
    named_after_same_exons,
    read_statement,
    stated_frame,
    variant_of,
)
from alkanet.normalise.transcript import TranscriptSet, is_numbering_of, our_exon
from alkanet.normalise.typed_fusion import TypedFusionCall

__all__ = ["CallReading", "FusionCaveat", "FusionDoubt", "partner_of", "read_call"]

_EVENTS = {"dup": "duplication", "inv": "inversion", "del": "deletion", "tra": "translocation"}


@dataclass(frozen=True, slots=True)
class CallReading:
    """One call understood.

    ``from_breaks`` is True where the junction rests on breakpoints; ``antisense`` are the genes
    that are joined from the strand that does not code them.
    """

    call: FusionCall
    partner: str
    reciprocal: bool
    junction: Junction | None = None
    variant: str | None = None
    in_frame: bool | None = None
    kinase_retained: bool | None = None
    from_breaks: bool = False
    antisense: tuple[str, ...] = ()
    basis: str = ""
    conflicts: tuple[Conflict, ...] = ()
    caveats: tuple[FusionCaveat, ...] = ()


def partner_of(call: FusionCall) -> str | None:
    """Return the gene beside ALK; ``None`` where there is none, or ALK is not in the call."""
    genes = [call.first_gene.strip(), call.second_gene.strip()]
    others = [gene for gene in genes if gene.upper() != "ALK"]
    if len(others) != 1 or re.fullmatch(
        r"(?i)[-.*]?|na|none|unknown|intragenic|intergenic", others[0]
    ):
        return None
    return symbol_in_hgnc_case(others[0])


def read_call(
    call: FusionCall, partner: str, transcripts: TranscriptSet, variants: Sequence[FusionVariant]
) -> CallReading:
    """Return what one call says about the fusion of a partner with ALK."""
    alk_is_first = call.first_gene.strip().upper() == "ALK"
    if alk_is_first and call.order_is_known:
        about = f"ALK is the 5' gene of ALK::{partner} ({call.origin})"
        return CallReading(
            call,
            partner,
            reciprocal=True,
            basis=f"reciprocal product ALK::{partner}",
            caveats=(FusionCaveat(FusionDoubt.RECIPROCAL, about),),
        )
    breaks = (call.first_break, call.second_break)
    partner_break, alk_break = breaks[::-1] if alk_is_first else breaks
    notes = FusionNotes()
    if transcripts.get(partner) is None:
        notes.doubt(FusionDoubt.NO_GENE_MODEL, partner)
    five = _placed(partner_break, partner, Side.FIVE_PRIME, call, transcripts, notes)
    three = _placed(alk_break, "ALK", Side.THREE_PRIME, call, transcripts, notes)
    stated = _stated_junction(call, partner, transcripts, variants, notes)
    antisense = _antisense(((partner_break, partner), (alk_break, "ALK")), call, transcripts, notes)
    reading = CallReading(
        call,
        partner,
        reciprocal=False,
        junction=None if antisense else _junction(partner, five, three, stated),
        from_breaks=five is not None and three is not None,
        antisense=antisense,
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
    notes: FusionNotes,
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


def _antisense(
    breaks: Sequence[tuple[Breakpoint | None, str]],
    call: FusionCall,
    transcripts: TranscriptSet,
    notes: FusionNotes,
) -> tuple[str, ...]:
    """Return the genes that the call joins from the wrong strand, and note them."""
    genes = []
    for found, gene in breaks:
        model = transcripts.get(gene)
        if found is None or model is None or found.strand in (None, model.strand):
            continue
        genes.append(gene)
        where = str(call.origin)
        notes.conflict(
            f"strand of {gene}",
            (f"{where} joins the {found.strand} strand", f"{gene} is read from {model.strand}"),
            "neither: junction, variant and frame are left open",
        )
        notes.doubt(FusionDoubt.ANTISENSE, f"{gene} ({where})")
    return tuple(genes)


def _stated_junction(
    call: FusionCall,
    partner: str,
    transcripts: TranscriptSet,
    variants: Sequence[FusionVariant],
    notes: FusionNotes,
) -> Junction | None:
    """Return the junction that the text states, where it is one that can be."""
    said = read_statement(call.text, partner, variants)
    stated = said.junction
    if call.stated_exons is not None and (stated is None or stated.exons != call.stated_exons):
        stated = Junction(partner[:1].upper(), *call.stated_exons)
    if said.differing:
        notes.conflict(
            "junction",
            tuple(f"the text says {word}" for word in said.differing),
            f"{stated}, from the text" if stated else "none of them",
        )
    why = impossible_exon(stated, partner, transcripts) if stated else None
    if why is None:
        return stated
    if isinstance(call, TypedFusionCall):
        raise InputError(why, file=call.origin.file, line=call.origin.line, field="finding")
    notes.doubt(FusionDoubt.EXON_UNKNOWN, f"{why} ({call.origin})")
    return None


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
    notes: FusionNotes,
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
        numberings.add(our_exon(model, accession, stated.partner_exon))
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


def _check_event(
    call: FusionCall, partner: str, transcripts: TranscriptSet, notes: FusionNotes
) -> None:
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
    notes: FusionNotes,
) -> CallReading:
    """Return the reading with variant and basis."""
    junction, partner, call = reading.junction, reading.partner, reading.call
    places = [place for place in (five, three) if place is not None]
    on = ", ".join(f"{place.gene} c.{place.position}" for place in places)
    if junction is None:
        if not places and not reading.antisense and transcripts.get(partner) is not None:
            notes.doubt(FusionDoubt.UNTYPED, f"{partner}::ALK in {call.origin.file}")
        if reading.antisense:
            why = f"{' and '.join(reading.antisense)} joined from the strand that does not code it"
        elif any(place.inside for place in places):
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
    if variant is None and (close := named_after_same_exons(junction, partner, variants)):
        basis += f"; {junction} has no name: {close}"
    if five is not None and five.either_part and not junction.part:
        notes.conflict(
            "EML4 variant",
            ("v3a: exon 6 joined to ALK", "v3b: exon 6b kept, it lies before the break"),
            "v3; DNA cannot tell a from b, RNA can",
        )
        notes.doubt(FusionDoubt.VARIANT_3_A_OR_B, f"{partner} c.{five.position}")
    return replace(reading, variant=variant, basis=basis)


def _framed(
    reading: CallReading,
    five: Place | None,
    three: Place | None,
    transcripts: TranscriptSet,
    notes: FusionNotes,
) -> CallReading:
    """Return the reading with frame and kinase, as computed or else as the text says."""
    call, junction = reading.call, reading.junction
    model, alk = transcripts.get(reading.partner), transcripts.get("ALK")
    cut = any(place is not None and place.inside for place in (five, three))
    cut = cut or bool(reading.antisense)
    stated = stated_frame(call.stated_frame or "")
    frame: bool | None = None
    kinase = None if "ALK" in reading.antisense else _kinase(alk, junction, three)
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
