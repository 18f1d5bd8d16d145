"""All raw calls of a case to one tumour: fusion, readings, alterations, and what was not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Alteration, Genome, Role, SmallVariant
from alkanet.model.calls import (
    Calls,
    FusionCall,
    OutsideKind,
    SpecimenLook,
    VariantCall,
)
from alkanet.model.case import Case
from alkanet.model.gene import Transcript
from alkanet.model.tumour import Conflict, Tumour
from alkanet.normalise.caveats import (
    case_caveats,
    coverage_caveats,
    fusion_caveats,
    rejected_changes,
    row_caveats,
    variant_caveats,
)
from alkanet.normalise.coverage import blind_spots, coverage_of, shows_tumour, silent_specimens
from alkanet.normalise.genome import check_build, on_fusion_build
from alkanet.normalise.histology import stated_histologies, with_histologies
from alkanet.normalise.junction import TypedFusion, type_fusion
from alkanet.normalise.other_fusions import other_fusions
from alkanet.normalise.other_genes import GeneTables, read_other_genes, with_typed
from alkanet.normalise.readings import Phased, readings_of
from alkanet.normalise.roles import VariantNames
from alkanet.normalise.transcript import TranscriptSet, holds
from alkanet.normalise.typed_findings import (
    is_of_other_driver,
    typed_alterations,
    typed_conflicts,
)
from alkanet.normalise.typed_fusion import typed_fusion_call
from alkanet.normalise.variants import RowSetAside, Variants, read_variants

__all__ = ["NormalisedTumour", "normalise"]


@dataclass(frozen=True)
class NormalisedTumour:
    """The tumour, and the rows that a reader used and normalisation could not."""

    tumour: Tumour
    set_aside: tuple[RowSetAside, ...]


def normalise(
    case: Case, calls: Calls, looks: Mapping[str, SpecimenLook], kb: KnowledgeBase
) -> NormalisedTumour:
    """Return the tumour that the calls of a case describe.

    Parameters
    ----------
    case
        The case; its specimens say what their assays cover.
    calls
        The calls of all files.
    looks
        By specimen, what its files show of how it was looked at.
    kb
        Gene models, named variants, assays and the texts of caveats.

    Raises
    ------
    InputError
        Where the build of a file is wrong or cannot be told, or a typed finding is impossible.
    """
    alk = {t.genome: t for t in kb.transcripts() if t.gene == "ALK"}
    placed, rejected, told = _on_their_build(calls.variants, alk)
    names = VariantNames.of(kb)
    variants = read_variants(placed, calls.outside, alk, names)
    drivers = {driver.gene: driver.side.value for driver in kb.driver_fusions()}
    typed = _typed(case, calls, drivers, kb)
    fusion = _fusion(calls, drivers, kb)
    others = read_other_genes(calls.other_variants, GeneTables.of(kb), told)
    coverage = coverage_of(case, calls, looks, typed, kb)
    phased = readings_of(
        variants.named, variants.reported_haplotypes, alk[Genome.GRCH38], tested_in=coverage.tested
    )
    findings = tuple(dict.fromkeys(a for found in typed.values() for a in found))
    further = [a for a in findings if not isinstance(a, SmallVariant)]
    showing = {s for n in variants.named if shows_tumour(n.variant) for s in n.specimens}
    showing |= {s.specimen for variant in others.variants for s in variant.support}
    showing |= {call.specimen for call in calls.other_fusions}
    showing |= {specimen for specimen, found in typed.items() if any(map(shows_tumour, found))}
    silent = silent_specimens(case, coverage, showing)
    set_aside = (
        *rejected,
        *variants.set_aside,
        *(RowSetAside(u.specimen, u.origin, u.reason) for u in fusion.unused),
    )
    caveats = (
        *fusion_caveats(fusion, kb),
        *variant_caveats(variants, phased, alk[Genome.GRCH38], kb),
        *coverage_caveats(case, variants, phased, coverage, silent, kb),
        *case_caveats(case, kb),
        *row_caveats(calls, set_aside, alk, kb),
    )
    return NormalisedTumour(
        tumour=Tumour(
            fusion=fusion.fusion,
            readings=phased.readings,
            alterations=(
                *(named.variant for named in variants.named),
                *with_typed(others.variants, (a for a in findings if isinstance(a, SmallVariant))),
                *fusion.others,
                *other_fusions(calls.other_fusions, kb.driver_fusions()),
                *with_histologies(case, further, coverage, kb.patient.terms),
            ),
            histology=_histology(case),
            rejected_changes=rejected_changes(calls, alk, names),
            silent_specimens=silent,
            read_specimens=coverage.tested,
            outdated_specimens=coverage.outdated,
            blind_spots=blind_spots(case, coverage, silent, kb.patient.mechanisms),
            conflicts=(
                *variants.conflicts,
                *_tested_conflicts(calls, variants, phased),
                *_phase_conflicts(phased),
                *typed_conflicts((*findings, *stated_histologies(case, kb.patient.terms))),
            ),
            caveats=caveats,
        ),
        set_aside=(*set_aside, *others.set_aside),
    )


def _on_their_build(
    calls: Sequence[VariantCall], alk: dict[Genome, Transcript]
) -> tuple[list[VariantCall], list[RowSetAside], dict[tuple[str, str], Genome]]:
    """Return the calls with their build, the rows that disagree, and the build of each file."""
    by_file: dict[tuple[str, str], list[VariantCall]] = {}
    for call in calls:
        by_file.setdefault((call.specimen, call.origin.file), []).append(call)
    placed: list[VariantCall] = []
    rejected: list[RowSetAside] = []
    told: dict[tuple[str, str], Genome] = {}
    for file, of_file in by_file.items():
        found = check_build(of_file, tuple(alk.values()))
        told[file] = found.genome
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
    return placed, rejected, told


def _typed(
    case: Case, calls: Calls, drivers: Mapping[str, str], kb: KnowledgeBase
) -> dict[str, tuple[Alteration, ...]]:
    """Return the typed findings outside ALK's sequence, by specimen."""
    return {
        specimen.id: typed_alterations(
            (call for call in calls.outside if call.specimen == specimen.id),
            kb.patient.terms,
            drivers,
        )
        for specimen in case.specimens
    }


def _fusion(calls: Calls, drivers: Mapping[str, str], kb: KnowledgeBase) -> TypedFusion:
    variants = kb.fusion_variants()
    typed = tuple(
        typed_fusion_call(call, variants)
        for call in calls.outside
        if call.kind is OutsideKind.FUSION and not is_of_other_driver(call, drivers)
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


def _histology(case: Case) -> str | None:
    stated = [s.histology for s in case.specimens if s.histology]
    return stated[-1] if stated else case.histology


def _tested_conflicts(calls: Calls, variants: Variants, phased: Phased) -> list[Conflict]:
    """Return a conflict where a typed "no mutation" stands beside a scored mutation."""
    scored = {
        specimen: named.variant.name or ""
        for named in variants.named
        if named.variant.role is Role.SCORED
        for specimen in named.specimens
    }
    scored |= {
        specimen: frame.name
        for frame in phased.frames
        if frame.is_phased and frame.scored
        for specimen in frame.specimens
    }
    return [
        Conflict(
            about=f"kinase domain of {call.specimen}",
            says=(f"{call.origin}: {call.finding}", f"{scored[call.specimen]} was called"),
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
