"""All raw calls of a case to one tumour: fusion, readings, alterations, and what was not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alkanet.errors import AlkanetError
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome, Role
from alkanet.model.calls import Calls, FusionCall, Origin, OutsideKind, VariantCall
from alkanet.model.case import Case, SpecimenKind
from alkanet.model.caveat import Caveat
from alkanet.model.gene import Transcript
from alkanet.model.tumour import BlindSpot, Conflict, Tumour
from alkanet.normalise.consequence import consequence_of
from alkanet.normalise.genome import check_build, on_fusion_build
from alkanet.normalise.junction import TypedFusion, type_fusion
from alkanet.normalise.readings import Phased, readings_of
from alkanet.normalise.transcript import TranscriptSet, holds
from alkanet.normalise.typed_fusion import typed_fusion_call
from alkanet.normalise.variants import (
    RowSetAside,
    VariantNames,
    Variants,
    read_variants,
    to_genomic,
)

__all__ = ["KINASE_DOMAIN", "NormalisedTumour", "normalise"]

KINASE_DOMAIN = "ALK kinase domain"
"""What an assay must cover for its silence to be wild type, in the words of ``assays/``."""


_TYPED_CHANGES = frozenset({OutsideKind.MUTATION, OutsideKind.HAPLOTYPE})


@dataclass(frozen=True)
class NormalisedTumour:
    """The tumour, and the rows that a reader used and normalisation could not."""

    tumour: Tumour
    set_aside: tuple[RowSetAside, ...]


def normalise(
    case: Case, calls: Calls, assays: Mapping[str, frozenset[str]], kb: KnowledgeBase
) -> NormalisedTumour:
    """Return the tumour that the calls of a case describe.

    Parameters
    ----------
    case
        The case; its specimens say what their assays cover.
    calls
        The calls of all files.
    assays
        By specimen, the names of assays that its files state.
    kb
        Gene models, named variants, assays and the texts of caveats.

    Raises
    ------
    InputError
        Where the build of a file is wrong or cannot be told, or a typed finding is impossible.
    """
    alk = {t.genome: t for t in kb.transcripts() if t.gene == "ALK"}
    placed, rejected = _on_their_build(calls.variants, alk)
    variants = read_variants(placed, calls.outside, alk, VariantNames.of(kb))
    fusion = _fusion(calls, kb)
    tested = _tested_in(case, calls, assays, kb)
    phased = readings_of(
        variants.named, variants.reported_haplotypes, alk[Genome.GRCH38], tested_in=tested
    )
    set_aside = (
        *rejected,
        *variants.set_aside,
        *(RowSetAside(u.specimen, u.origin, u.reason) for u in fusion.unused),
    )
    caveats = (
        *_fusion_caveats(fusion, kb),
        *_variant_caveats(variants, phased, kb),
        *_coverage_caveats(case, variants, phased, tested, kb),
        *_row_caveats(calls, (*rejected, *variants.set_aside), alk, kb),
    )
    return NormalisedTumour(
        tumour=Tumour(
            fusion=fusion.fusion,
            readings=phased.readings,
            alterations=(*(named.variant for named in variants.named), *fusion.others),
            histology=_histology(case),
            blind_spots=_blind_spots(tested),
            conflicts=(
                *variants.conflicts,
                *_tested_conflicts(calls, variants),
                *_phase_conflicts(phased),
            ),
            caveats=caveats,
        ),
        set_aside=set_aside,
    )


def _on_their_build(
    calls: Sequence[VariantCall], alk: dict[Genome, Transcript]
) -> tuple[list[VariantCall], list[RowSetAside]]:
    """Return the calls with their build, checked file by file, and the rows that disagree."""
    by_file: dict[tuple[str, str], list[VariantCall]] = {}
    for call in calls:
        by_file.setdefault((call.specimen, call.origin.file), []).append(call)
    placed: list[VariantCall] = []
    rejected: list[RowSetAside] = []
    for of_file in by_file.values():
        found = check_build(of_file, tuple(alk.values()))
        bad = {row.call: row.reason for row in found.rejected}
        for call in of_file:
            if call in bad:
                rejected.append(RowSetAside(call.specimen, call.origin, bad[call]))
            elif not holds(alk[found.genome], call.chromosome, call.position):
                rejected.append(
                    RowSetAside(call.specimen, call.origin, "beside ALK", is_fault=False)
                )
            else:
                placed.append(call.model_copy(update={"genome": found.genome}))
    return placed, rejected


def _fusion(calls: Calls, kb: KnowledgeBase) -> TypedFusion:
    variants = kb.fusion_variants()
    typed = tuple(
        typed_fusion_call(call, variants)
        for call in calls.outside
        if call.kind is OutsideKind.FUSION
    )
    if not calls.fusions and not typed:
        return TypedFusion(fusion=None)
    transcripts = kb.transcripts()
    by_file: dict[tuple[str, str], list[FusionCall]] = {}
    for call in calls.fusions:
        by_file.setdefault((call.specimen, call.origin.file), []).append(call)
    placed = [c for of_file in by_file.values() for c in on_fusion_build(of_file, transcripts)]
    models = TranscriptSet.of(transcripts, kb.cryptic_exons())
    return type_fusion((*placed, *typed), models, variants)


def _tested_in(
    case: Case, calls: Calls, assays: Mapping[str, frozenset[str]], kb: KnowledgeBase
) -> tuple[str, ...]:
    """Return the specimens in which a mutation of the kinase domain would have been seen.

    The whole domain was read, by what the assay covers or by a typed line; and the specimen is
    tissue, or shows by the fusion that it holds tumour DNA or RNA. Plasma that shows nothing of
    the tumour cannot show that a mutation is absent.
    """
    shows_tumour = {call.specimen for call in calls.fusions}
    tested = []
    for specimen in case.specimens:
        names = set(assays.get(specimen.id, frozenset()))
        covers: set[str] = set()
        if specimen.assay is not None:
            covers |= set(specimen.assay.covers)
            names |= {specimen.assay.name} if specimen.assay.name else set()
        for name in names:
            covers |= kb.assay_covers(name)
        kinds = {call.kind for call in calls.outside if call.specimen == specimen.id}
        read = bool(specimen.files.variants) or bool(kinds & _TYPED_CHANGES)
        looked = OutsideKind.KINASE_DOMAIN in kinds or (KINASE_DOMAIN in covers and read)
        if looked and (specimen.kind is SpecimenKind.TISSUE or specimen.id in shows_tumour):
            tested.append(specimen.id)
    return tuple(tested)


def _histology(case: Case) -> str | None:
    stated = [s.histology for s in case.specimens if s.histology]
    return stated[-1] if stated else case.histology


def _fusion_caveats(fusion: TypedFusion, kb: KnowledgeBase) -> list[Caveat]:
    if fusion.fusion is None:
        return [kb.caveat("no-fusion", "fusion")]
    return [kb.caveat(doubt.code.value, doubt.about) for doubt in fusion.caveats]


def _variant_caveats(variants: Variants, phased: Phased, kb: KnowledgeBase) -> list[Caveat]:
    known = kb.known_mutations()
    caveats = []
    for named in variants.named:
        variant = named.variant
        about = variant.name or variant.hgvs_c or "a change"
        if variant.role is Role.SCORED and variant.name not in known:
            caveats.append(kb.caveat("unknown-mutation", about))
        if variant.role is Role.LISTED:
            in_frame = variant.consequence in (None, "missense_variant") or str(
                variant.consequence
            ).startswith("inframe")
            code = "listed-not-scored" if in_frame else "truncating-in-kinase"
            caveats.append(kb.caveat(code, about))
    called = {named.variant.name for named in variants.named}
    held = {m for r in phased.readings for clone in r.clones for m in clone.haplotype.mutations}
    joined = sorted(held - called - known)  # two bases of one codon, read as one change
    caveats.extend(kb.caveat("unknown-mutation", name) for name in joined)
    scored = [n.specimens for n in variants.named if n.variant.role is Role.SCORED]
    if len(set(scored)) > 1:
        names = ", ".join(dict.fromkeys(s for specimens in scored for s in specimens))
        caveats.append(kb.caveat("several-specimens", names))
    if phased.unphased:
        code = "too-many-phases" if phased.is_cut_short else "phase-unknown"
        caveats.append(kb.caveat(code, ", ".join(phased.unphased)))
    caveats.extend(kb.caveat("overlapping-changes", names) for names in phased.overlapping)
    return caveats


def _coverage_caveats(
    case: Case, variants: Variants, phased: Phased, tested: Sequence[str], kb: KnowledgeBase
) -> list[Caveat]:
    showing = {specimen for named in variants.named for specimen in named.specimens}
    silent = [
        kb.caveat("liquid-not-informative", specimen.id)
        for specimen in case.specimens
        if specimen.kind is not SpecimenKind.TISSUE
        and specimen.id not in tested
        and specimen.id not in showing
    ]
    if not phased.readings:
        return [kb.caveat("kinase-domain-not-tested", "kinase domain"), *silent]
    untested = sorted(
        {
            specimen
            for named in variants.named
            if named.variant.role is Role.SCORED
            for specimen in named.specimens
            if specimen not in tested
        }
    )
    return [*(kb.caveat("kinase-domain-coverage-unknown", name) for name in untested), *silent]


def _row_caveats(
    calls: Calls,
    unusable: Sequence[RowSetAside],
    alk: dict[Genome, Transcript],
    kb: KnowledgeBase,
) -> list[Caveat]:
    """Return a caveat for each row in ALK that was not used and might have said something."""
    caveats = []
    for call in calls.filtered:
        name = _name_of(call, alk) or "a change of ALK"
        about = f"{name} ({_place(call.origin)}, {', '.join(call.filters)})"
        caveats.append(kb.caveat("filtered-in-alk", about))
    rows = [(row.origin, row.reason) for row in calls.touched]
    rows += [(row.origin, row.reason) for row in unusable if row.is_fault]
    for origin, reason in rows:
        caveats.append(kb.caveat("row-in-alk-set-aside", f"{_place(origin)} ({reason})"))
    caveats.extend(kb.caveat("input-note", note) for note in calls.notes)
    return caveats


def _name_of(call: VariantCall, alk: dict[Genome, Transcript]) -> str | None:
    """Return the protein name of a call that its caller rejected, where it has one."""
    for genome, transcript in alk.items():
        if call.genome in (None, genome):
            try:
                name = consequence_of(transcript, to_genomic(call, genome)).name
            except AlkanetError:
                continue
            if name:
                return name
    return None


def _blind_spots(tested: Sequence[str]) -> tuple[BlindSpot, ...]:
    if tested:
        return ()
    return (
        BlindSpot(
            mechanism="on-target mutation",
            why="no input is known to have read the whole ALK kinase domain",
            test="sequencing of the ALK kinase domain (exons 20 to 28) in tissue or plasma",
        ),
    )


def _tested_conflicts(calls: Calls, variants: Variants) -> list[Conflict]:
    """Return a conflict where a typed "no mutation" stands beside a scored mutation."""
    scored = {
        specimen: named.variant.name or ""
        for named in variants.named
        if named.variant.role is Role.SCORED
        for specimen in named.specimens
    }
    return [
        Conflict(
            about=f"kinase domain of {call.specimen}",
            says=(f"{_place(call.origin)}: {call.finding}", f"{scored[call.specimen]} was called"),
            taken=scored[call.specimen],
        )
        for call in calls.outside
        if call.kind is OutsideKind.KINASE_DOMAIN and call.specimen in scored
    ]


def _phase_conflicts(phased: Phased) -> list[Conflict]:
    return [
        Conflict(
            about=f"phase of {haplotype}",
            says=("the laboratory: on one allele", "the reads of a file: on two alleles"),
            taken="on one allele",
        )
        for haplotype in phased.contradicted
    ]


def _place(origin: Origin) -> str:
    return f"{origin.file}:{origin.line}"
