"""The small variants of ALK in a tumour: every call named, and equal ones put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from alkanet.errors import AlkanetError, InputError
from alkanet.model.alteration import Genome, GenomicChange, ReadSupport, Role, SmallVariant
from alkanet.model.calls import Origin, OutsideCall, OutsideKind, VariantCall
from alkanet.model.gene import Transcript
from alkanet.model.haplotype import Haplotype
from alkanet.model.tumour import Conflict
from alkanet.normalise.coding_change import CdsEdit, CodingChange, cds_edit, parse_c_change
from alkanet.normalise.consequence import (
    Consequence,
    consequence_of,
    consequence_of_coding,
    small_variant,
    split_by_codon,
)
from alkanet.normalise.hgvs import full_name, parse_haplotype, parse_protein_change
from alkanet.normalise.roles import VariantNames, split_by_role

__all__ = [
    "NamedVariant",
    "PhaseMark",
    "RowSetAside",
    "Variants",
    "read_variants",
    "relation",
    "to_genomic",
]

CHANGES_NOTHING = frozenset(
    {"intron_variant", "5_prime_UTR_variant", "3_prime_UTR_variant", "coding_sequence_variant"}
)
"""Terms of changes that touch no residue and no splice site."""


@dataclass(frozen=True)
class RowSetAside:
    """A row that a reader used and normalisation cannot."""

    specimen: str
    origin: Origin
    reason: str
    is_fault: bool = True
    """False where the row says nothing that the haplotype could need."""


@dataclass(frozen=True)
class PhaseMark:
    """Which allele of a phased block carries a change, in one file of one specimen."""

    file: tuple[str, str]
    phase_set: str
    allele: int


@dataclass(frozen=True)
class NamedVariant:
    """One distinct change of ALK: its names, where it was seen, and how it is phased."""

    variant: SmallVariant
    coding: CodingChange | None
    residue: int
    """The first residue that changes; that of the nearest codon where none does."""
    breaks_protein: bool = False
    """True for stops, frameshifts and splice sites."""
    marks: tuple[PhaseMark, ...] = ()
    edit: CdsEdit | None = None
    """The coding bases that are replaced, where they all are coding ones."""

    @property
    def specimens(self) -> tuple[str, ...]:
        """The specimens that show the change, each once, in order of their call."""
        return tuple(dict.fromkeys(s.specimen for s in self.variant.support))


@dataclass(frozen=True)
class Variants:
    """What the calls of a case say about small variants of ALK."""

    named: tuple[NamedVariant, ...]
    reported_haplotypes: tuple[Haplotype, ...] = ()
    """Haplotypes that a laboratory places on one allele."""
    set_aside: tuple[RowSetAside, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass
class _Gathered:
    """The state of one pass over the calls; it lives for one ``read_variants``."""

    transcripts: dict[Genome, Transcript]
    names: VariantNames
    found: dict[str, NamedVariant] = field(default_factory=dict)
    set_aside: list[RowSetAside] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def transcript(self) -> Transcript:
        return self.transcripts[Genome.GRCH38]

    def add(self, key: str, named: NamedVariant) -> None:
        before = self.found.get(key)
        if before is None:
            self.found[key] = named
            return
        seen = {support.specimen for support in before.variant.support}
        told = [s for s in named.variant.support if s.vaf is not None or s.specimen not in seen]
        merged = before.variant.model_copy(
            update={
                "genomic": tuple(dict.fromkeys((*before.variant.genomic, *named.variant.genomic))),
                "support": tuple(dict.fromkeys((*before.variant.support, *told))),
            }
        )
        self.found[key] = replace(
            before,
            variant=merged,
            coding=before.coding or named.coding,
            edit=before.edit or named.edit,
        )

    def add_consequence(
        self,
        consequence: Consequence,
        transcript: Transcript,
        support: ReadSupport,
        genomic: tuple[GenomicChange, ...] = (),
    ) -> str:
        """Add a change whose coding change is known, and return its key."""
        role = self.names.role(consequence, transcript)
        protein = consequence.protein
        base = max(1, consequence.coding.start.base)
        self.add(
            consequence.hgvs_c,
            NamedVariant(
                variant=small_variant(
                    transcript, consequence, role=role, genomic=genomic, support=(support,)
                ),
                coding=consequence.coding,
                residue=protein.start if protein else (base - 1) // 3 + 1,
                breaks_protein=role is Role.LISTED and not (protein and protein.is_in_frame),
                edit=cds_edit(transcript, consequence.coding, genomic[0] if genomic else None)
                if protein
                else None,
            ),
        )
        return consequence.hgvs_c

    def mark(self, key: str, call: VariantCall) -> None:
        if call.phase_set is None or call.phase_allele is None:
            return
        mark = PhaseMark((call.specimen, call.origin.file), call.phase_set, call.phase_allele)
        self.found[key] = replace(self.found[key], marks=(*self.found[key].marks, mark))

    def mark_row(self, key: str, call: VariantCall) -> None:
        """Mark a part of a row that changes several codons: one row is one molecule."""
        row = PhaseMark(
            (call.specimen, call.origin.file),
            f"row {call.origin.line} {call.reference}>{call.alternate}",
            allele=1,
        )
        self.found[key] = replace(self.found[key], marks=(*self.found[key].marks, row))


def read_variants(
    calls: Iterable[VariantCall],
    outside: Sequence[OutsideCall],
    transcripts: dict[Genome, Transcript],
    names: VariantNames,
) -> Variants:
    """Return the distinct ALK changes of a case.

    ``calls`` state their build. Typed calls join the change of the same protein name, so that a
    PDF report and a VCF of one tumour give one finding.

    Raises
    ------
    InputError
        Where a typed change is impossible; a bad row of a file is set aside instead.
    """
    gathered = _Gathered(transcripts=transcripts, names=names)
    for call in calls:
        _add_call(gathered, call)
    haplotypes: list[Haplotype] = []
    by_base_first = sorted(outside, key=lambda typed: not _names_bases(typed.finding))
    for typed in by_base_first:
        if typed.kind is OutsideKind.MUTATION:
            _add_typed(gathered, typed, typed.finding)
        elif typed.kind is OutsideKind.HAPLOTYPE:
            with _typed_at(typed):
                haplotype = parse_haplotype(typed.finding, gathered.transcript)
            haplotypes.extend(_scored_part(haplotype, names, gathered.transcript))
            for mutation in haplotype.mutations:
                _add_typed(gathered, typed, mutation)
    return Variants(
        named=tuple(sorted(gathered.found.values(), key=_order)),
        reported_haplotypes=tuple(haplotypes),
        set_aside=tuple(gathered.set_aside),
        conflicts=tuple(gathered.conflicts),
    )


def _scored_part(
    haplotype: Haplotype, names: VariantNames, transcript: Transcript
) -> tuple[Haplotype, ...]:
    """Return the haplotype as it is scored; nothing where it holds none that is."""
    scored, others = split_by_role(haplotype, names, transcript)
    return (scored,) if scored.mutations or not others else ()


def relation(one: Sequence[PhaseMark], other: Sequence[PhaseMark]) -> bool | None:
    """Return True for cis, False for trans by phase sets, ``None`` where they do not tell."""
    same = {
        a.allele == b.allele
        for a in one
        for b in other
        if (a.file, a.phase_set) == (b.file, b.phase_set)
    }
    return same.pop() if len(same) == 1 else None


def _order(named: NamedVariant) -> tuple[int, str, str]:
    """Sort along the protein."""
    return (named.residue, named.variant.name or "", named.variant.hgvs_c or "")


def _names_bases(text: str) -> bool:
    """Return whether a typed change names bases of the coding sequence, ``c.3604G>A``."""
    return "c." in text


def _add_call(gathered: _Gathered, call: VariantCall) -> None:
    assert call.genome is not None
    transcript = gathered.transcripts[call.genome]
    parts = split_by_codon(transcript, to_genomic(call, call.genome))
    for part in parts:
        _add_change(gathered, call, transcript, part, is_part=len(parts) > 1)


def _add_change(
    gathered: _Gathered,
    call: VariantCall,
    transcript: Transcript,
    change: GenomicChange,
    *,
    is_part: bool,
) -> None:
    try:
        consequence = consequence_of(transcript, change)
    except AlkanetError as error:
        gathered.set_aside.append(RowSetAside(call.specimen, call.origin, str(error)))
        return
    if consequence.term in CHANGES_NOTHING:
        reason = f"changes no residue and no splice site of ALK ({consequence.term})"
        names_another = _compare(gathered, call, consequence)
        gathered.set_aside.append(
            RowSetAside(call.specimen, call.origin, reason, is_fault=names_another)
        )
        return
    support = ReadSupport(
        specimen=call.specimen,
        vaf=call.vaf,
        alternate_reads=call.alternate_reads,
        depth_reads=call.depth_reads,
    )
    key = gathered.add_consequence(consequence, transcript, support, (change,))
    gathered.mark(key, call)
    if is_part:
        gathered.mark_row(key, call)
    else:
        _compare(gathered, call, consequence)


def to_genomic(call: VariantCall, genome: Genome) -> GenomicChange:
    """Return a call as a change of a genome."""
    return GenomicChange(
        genome=genome,
        chromosome=call.chromosome,
        position=call.position,
        reference=call.reference,
        alternate=call.alternate,
    )


def _compare(gathered: _Gathered, call: VariantCall, consequence: Consequence) -> bool:
    """Record where the file's own protein name says something else than the bases do."""
    if not call.stated_hgvs_p:
        return False
    try:
        stated = parse_protein_change(call.stated_hgvs_p, gathered.transcript, x_is_stop=True).name
    except InputError as error:
        if consequence.protein is None:
            return False  # ``p.?`` and its like beside a splice site or an intron
        stated = f"{call.stated_hgvs_p} ({error.found})"
    differs = stated != consequence.name
    if differs:
        ours = consequence.name or "no protein change"
        gathered.conflicts.append(
            Conflict(
                about=str(call.origin),
                says=(f"the file's protein name is {stated}", f"its bases give {ours}"),
                taken=ours,
            )
        )
    return differs


def _add_typed(gathered: _Gathered, typed: OutsideCall, text: str) -> None:
    transcript = gathered.transcript
    support = ReadSupport(specimen=typed.specimen, vaf=typed.vaf)
    if _names_bases(text):
        with _typed_at(typed):
            coding = parse_c_change(text, transcript)
            consequence = consequence_of_coding(transcript, coding)
        gathered.add_consequence(consequence, transcript, support)
        return
    with _typed_at(typed):
        change = parse_protein_change(text, transcript)
    variant = SmallVariant(
        gene=transcript.gene,
        name=change.name,
        hgvs_p=full_name(change, transcript, computed=False),
        role=gathered.names.role_of_protein(change, transcript),
        support=(support,),
    )
    named = NamedVariant(
        variant=variant,
        coding=None,
        residue=change.start,
        breaks_protein=variant.role is Role.LISTED and not change.is_in_frame,
    )
    same = [key for key, found in gathered.found.items() if found.variant.name == change.name]
    gathered.add(same[0] if same else change.name, named)


@contextmanager
def _typed_at(typed: OutsideCall) -> Iterator[None]:
    """Place a fault of a typed finding at its line."""
    try:
        yield
    except InputError as error:
        raise error.at(file=typed.origin.file, line=typed.origin.line, field="finding") from error
