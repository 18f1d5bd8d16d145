"""The knowledge folder read whole: every entry with its place, every fault of every file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from alkanet.errors import KnowledgeError
from alkanet.kb import genes, other_genes
from alkanet.kb.load_evidence import FaultyEntry, load_measurements, load_sources
from alkanet.kb.quoted import Filler, Written, quotable
from alkanet.kb.reader import FolderReader, Placed
from alkanet.kb.schema import (
    AssayFile,
    CoMedicationFile,
    ConstraintsFile,
    ErrataFile,
    ExceptionsFile,
    GapsFile,
    MessagesFile,
    OtherDrugsFile,
    PrevalenceRow,
    ReviewTextFile,
    StrategyFile,
    TherapyFile,
    VersionFile,
)
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.drug_profile import CoMedicationRule, DrugProfile, Exposure
from alkanet.model.evidence import Claim, Finding, Measurement, Source
from alkanet.model.gene import FusionVariant, GermlineDifference, Transcript
from alkanet.model.grade import GradeRules
from alkanet.model.guideline import Guideline
from alkanet.model.identifier import Identifier
from alkanet.model.mechanism_rule import MechanismRule
from alkanet.model.other_gene import DriverFusion, GeneExtent, Hotspot, IntervalRule
from alkanet.model.outcome import Outcome
from alkanet.model.patient_rules import PatientRules
from alkanet.model.response_rules import ResponseRules
from alkanet.model.review import Erratum, ReviewReference, ReviewStatement, ReviewTable
from alkanet.model.stewardship import Curation, NamedException, StatedGap, Tombstone
from alkanet.model.strategy import StrategyWeights
from alkanet.model.terms import Terms
from alkanet.model.therapy import OtherDrug, Therapy
from alkanet.model.trial import Trial
from alkanet.text_model import Fault

__all__ = ["Knowledge", "Placed", "load_knowledge"]

Named = TypeVar("Named", MechanismRule, DrugProfile, Guideline)


@dataclass(frozen=True)
class Knowledge:
    """All entries of a knowledge folder, in the order of their files and lines."""

    version: str
    is_whole: bool
    """Whether this is all of it, so that no file may be missing."""
    sources: tuple[Placed[Source], ...]
    written: tuple[Written, ...]
    """Sentences as they were written, before the rows that they name were filled in."""
    curations: Mapping[str, Curation]
    """Who read a source, by its id, where that is noted."""
    claims: tuple[Placed[Claim], ...]
    findings: tuple[Placed[Finding], ...]
    measurements: tuple[Placed[Measurement], ...]
    faulty: tuple[FaultyEntry, ...]
    """Entries that have faults of form, and so stand in none of the other tuples."""
    therapies: tuple[Placed[Therapy], ...]
    other_drugs: tuple[Placed[OtherDrug], ...]
    drug_profiles: tuple[Placed[DrugProfile], ...]
    exposures: tuple[Placed[Exposure], ...]
    co_medication: tuple[Placed[CoMedicationRule], ...]
    guidelines: tuple[Placed[Guideline], ...]
    identifiers: tuple[Placed[Identifier], ...]
    review_tables: tuple[Placed[ReviewTable], ...]
    review_statements: tuple[Placed[ReviewStatement], ...]
    review_references: tuple[Placed[ReviewReference], ...]
    errata: tuple[Placed[Erratum], ...]
    gaps: tuple[Placed[StatedGap], ...]
    exceptions: tuple[Placed[NamedException], ...]
    tombstones: tuple[Placed[Tombstone], ...]
    grades: Placed[GradeRules] | None
    released: tuple[str, ...]
    """The ids of the last release, ``kind id`` each: none of them may vanish without a trace."""
    assays: tuple[Placed[AssayFile], ...]
    messages: tuple[Placed[MessagesFile], ...]
    rules: ResponseRules | None
    patient_rules: Placed[PatientRules] | None
    terms: Placed[Terms] | None
    mechanisms: tuple[Placed[MechanismRule], ...]
    trials: tuple[Placed[Trial], ...]
    outcomes: tuple[Placed[Outcome], ...]
    prevalence: tuple[Placed[PrevalenceRow], ...]
    strategy: tuple[Placed[StrategyFile], ...]
    constraints: tuple[Placed[ConstraintsFile], ...]
    weights: Placed[StrategyWeights] | None
    transcripts: tuple[Transcript, ...]
    cryptic_exons: tuple[CrypticExon, ...]
    germline: tuple[GermlineDifference, ...]
    fusion_variants: tuple[FusionVariant, ...]
    suppressors: tuple[Transcript, ...]
    gene_extents: tuple[GeneExtent, ...]
    hotspots: tuple[Hotspot, ...]
    interval_rules: tuple[IntervalRule, ...]
    driver_fusions: tuple[DriverFusion, ...]
    faults: tuple[Fault, ...]


def load_knowledge(directory: Path) -> Knowledge:
    """Return all entries of a knowledge folder and the faults of their form.

    Raises
    ------
    KnowledgeError
        Where the folder is missing or is no knowledge folder.
    """
    if not (directory / "version.yaml").is_file():
        raise KnowledgeError("no version.yaml: this is no knowledge folder", file=directory.name)
    reader = FolderReader(directory)
    versions = [v for _, _, v in reader.files("version.yaml", VersionFile)]
    evidence = load_sources(reader)
    measurements, faulty_rows = load_measurements(reader)
    outcomes = reader.rows("trials.tsv", Outcome)
    prevalence = reader.rows("prevalence.tsv", PrevalenceRow)
    exposures = reader.rows("drugs/exposure.tsv", Exposure)
    co_medication = reader.listed("co-medication.yaml", CoMedicationFile, "rules")
    filler = Filler(quotable(outcomes, prevalence, exposures, co_medication), reader)
    claims, findings = filler.evidence(evidence.claims), filler.evidence(evidence.findings)
    strategy = filler.strategy(reader.placed("strategy/rows/*.yaml", StrategyFile))
    constraints = filler.constraints(reader.placed("strategy/constraints.yaml", ConstraintsFile))
    rules = [r for _, _, r in reader.files("sensitivity/rules.yaml", ResponseRules)]
    therapies = tuple(
        Placed(Therapy(**dict(value)), reader.name(path), 1, document)
        for path, document, value in reader.files("therapies/*.yaml", TherapyFile)
    )
    return Knowledge(
        version=versions[0].version if versions else "",
        is_whole=versions[0].whole if versions else False,
        sources=tuple(evidence.sources),
        curations=evidence.curations,
        written=tuple(filler.written),
        claims=claims,
        findings=findings,
        measurements=measurements,
        faulty=(*evidence.faulty, *faulty_rows, *(FaultyEntry(*e) for e in reader.faulty_ids)),
        therapies=therapies,
        other_drugs=reader.listed("other-drugs.yaml", OtherDrugsFile, "drugs"),
        drug_profiles=_named_after_their_files(reader, "drugs/*.yaml", DrugProfile),
        exposures=exposures,
        co_medication=co_medication,
        guidelines=_named_after_their_files(reader, "guidelines/*.yaml", Guideline),
        identifiers=reader.rows("identifiers.tsv", Identifier),
        review_tables=reader.placed("review/table-*.yaml", ReviewTable),
        review_statements=reader.listed("review/text.yaml", ReviewTextFile, "statements"),
        review_references=reader.rows("review/references.tsv", ReviewReference),
        errata=reader.listed("errata.yaml", ErrataFile, "errata"),
        gaps=_gaps(reader),
        exceptions=reader.listed("exceptions.yaml", ExceptionsFile, "exceptions"),
        grades=reader.only("grades.yaml", GradeRules),
        tombstones=reader.rows("withdrawn.tsv", Tombstone),
        released=reader.lines("released-ids.txt"),
        assays=reader.placed("assays/*.yaml", AssayFile),
        messages=reader.placed("messages/*.yaml", MessagesFile),
        rules=rules[0] if rules else None,
        patient_rules=reader.only("patient/rules.yaml", PatientRules),
        terms=reader.only("terms.yaml", Terms),
        mechanisms=_named_after_their_files(reader, "mechanisms/*.yaml", MechanismRule),
        trials=reader.rows("trial-register.tsv", Trial),
        outcomes=outcomes,
        prevalence=prevalence,
        strategy=strategy,
        constraints=constraints,
        weights=reader.only("strategy/weights.yaml", StrategyWeights),
        transcripts=reader.table(genes.load_transcripts, "genes"),
        cryptic_exons=reader.table(genes.load_cryptic_exons, "genes"),
        germline=reader.table(genes.load_germline, "genes"),
        fusion_variants=reader.table(genes.load_fusion_variants, "fusions"),
        suppressors=reader.table(genes.load_suppressors, "genes"),
        gene_extents=reader.table(other_genes.load_gene_extents, "genes"),
        hotspots=reader.table(other_genes.load_hotspots, "genes"),
        interval_rules=reader.table(other_genes.load_interval_rules, "genes"),
        driver_fusions=reader.table(other_genes.load_driver_fusions, "genes"),
        faults=tuple(sorted(reader.faults)),
    )


def _gaps(reader: FolderReader) -> tuple[Placed[StatedGap], ...]:
    """Return the stated gaps; those of no haplotype speak of all that were looked at."""
    file = reader.only("gaps.yaml", GapsFile)
    if file is None:
        return ()
    return tuple(
        Placed(
            gap if gap.haplotypes else gap.model_copy(update={"looked_at": file.value.looked_at}),
            file.file,
            file.line_of(("gaps", number)),
            file.document,
        )
        for number, gap in enumerate(file.value.gaps)
    )


def _named_after_their_files(
    reader: FolderReader, pattern: str, model: type[Named]
) -> tuple[Placed[Named], ...]:
    placed = reader.placed(pattern, model)
    for entry in placed:
        stem = Path(entry.file).stem
        if stem != entry.value.id:
            path = reader.directory / Path(pattern).parent / f"{stem}.yaml"
            line = entry.line_of(("id",))
            reader.fault(path, line, "id", f"must equal the file's name, {stem!r}")
    return placed
