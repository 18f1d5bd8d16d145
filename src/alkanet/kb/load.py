"""The knowledge folder read whole: every entry with its place, every fault of every file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from alkanet.errors import InputError, KnowledgeError
from alkanet.kb import genes, other_genes
from alkanet.kb.schema import (
    AssayFile,
    ClaimEntry,
    ConstraintsFile,
    MeasurementRow,
    MessagesFile,
    OtherDrugsFile,
    PrevalenceRow,
    ReviewTableFile,
    ReviewTextFile,
    SourceEntry,
    SourceFile,
    StrategyFile,
    TherapyFile,
    VersionFile,
)
from alkanet.kb.table import read_table
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.evidence import PARENTAL, Claim, Measurement, Source
from alkanet.model.gene import FusionVariant, GermlineDifference, Transcript
from alkanet.model.haplotype import WILD_TYPE, Haplotype
from alkanet.model.mechanism_rule import MechanismRule
from alkanet.model.other_gene import DriverFusion, GeneExtent, Hotspot, IntervalRule
from alkanet.model.outcome import Outcome
from alkanet.model.patient_rules import PatientRules
from alkanet.model.record import Record
from alkanet.model.response_rules import ResponseRules
from alkanet.model.strategy import StrategyWeights
from alkanet.model.terms import Terms
from alkanet.model.therapy import Therapy
from alkanet.text_model import Fault, fit, fit_cells
from alkanet.text_yaml import Place, TextDocument, read_text_yaml

__all__ = ["Knowledge", "Placed", "load_knowledge"]

_ID = re.compile(r"^\s*-?\s*id:\s*(\S+)\s*$", re.MULTILINE)

Entry = TypeVar("Entry")
File = TypeVar("File", bound=Record)


@dataclass(frozen=True)
class Placed(Generic[Entry]):
    """An entry with the place where a curator finds it."""

    value: Entry
    file: str
    line: int
    document: TextDocument | None = None

    def line_of(self, place: Place) -> int:
        """Return the line of a place inside the entry's document."""
        return (self.document.line_of(place) if self.document else None) or self.line


@dataclass(frozen=True)
class FaultyEntry:
    """An entry with faults of form: its id exists, and its references are still checked."""

    id: str
    file: str
    line: int
    therapy: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """All entries of a knowledge folder, in the order of their files and lines."""

    version: str
    sources: tuple[Placed[Source], ...]
    claims: tuple[Placed[Claim], ...]
    measurements: tuple[Placed[Measurement], ...]
    faulty: tuple[FaultyEntry, ...]
    """Entries that have faults of form, and so stand in none of the other tuples."""
    therapies: tuple[Placed[Therapy], ...]
    other_drugs: tuple[str, ...]
    review_tables: tuple[Placed[ReviewTableFile], ...]
    review_texts: tuple[Placed[ReviewTextFile], ...]
    assays: tuple[Placed[AssayFile], ...]
    messages: tuple[Placed[MessagesFile], ...]
    rules: ResponseRules | None
    patient_rules: Placed[PatientRules] | None
    terms: Placed[Terms] | None
    mechanisms: tuple[Placed[MechanismRule], ...]
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


class _Reader:
    """Reads files of one folder and gathers their faults; it lives for one load."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.faults: list[Fault] = []

    def document(self, path: Path) -> TextDocument | None:
        try:
            return read_text_yaml(path)
        except InputError as error:
            self.fault(path, error.line or 0, "", error.found)
            return None

    def fault(self, path: Path, line: int, field: str, text: str) -> None:
        self.faults.append(Fault(self.name(path), line, field, text))

    def name(self, path: Path) -> str:
        return f"knowledge/{path.relative_to(self.directory).as_posix()}"

    def files(self, pattern: str, model: type[File]) -> Iterator[tuple[Path, TextDocument, File]]:
        for path in sorted(self.directory.glob(pattern)):
            document = self.document(path)
            if document is None:
                continue
            fitted = fit(document, model, file=self.name(path))
            self.faults.extend(fitted.faults)
            if fitted.value is not None:
                yield path, document, fitted.value

    def placed(self, pattern: str, model: type[File]) -> tuple[Placed[File], ...]:
        return tuple(
            Placed(value, self.name(path), 1, document)
            for path, document, value in self.files(pattern, model)
        )

    def only(self, name: str, model: type[File]) -> Placed[File] | None:
        """Return the one file of its kind, ``None`` where it is missing or has faults."""
        return next(iter(self.placed(name, model)), None)

    def rows(self, name: str, model: type[File]) -> tuple[Placed[File], ...]:
        """Return the rows of a table whose columns are the fields of ``model``."""
        path = self.directory / name
        if not path.is_file():
            return ()
        try:
            rows = read_table(path, tuple(model.model_fields))
        except KnowledgeError as error:
            self.fault(path, error.line or 0, "", error.found)
            return ()
        found = []
        for row in rows:
            fitted = fit_cells(row.cells, model, file=self.name(path), line=row.line)
            self.faults.extend(fitted.faults)
            if fitted.value is not None:
                found.append(Placed(fitted.value, self.name(path), row.line))
        return tuple(found)

    def table(self, load: Callable[[Path], tuple[Entry, ...]], folder: str) -> tuple[Entry, ...]:
        try:
            return load(self.directory)
        except KnowledgeError as error:
            path = self.directory / folder / (error.file or "")
            self.fault(path, error.line or 0, error.entry or "", error.found)
            return ()
        except ValueError as error:  # a cell that is no number, where no other check stands
            self.fault(self.directory / folder, 0, "", str(error))
            return ()

    def haplotype(self, path: Path, line: int, mutations: Sequence[str]) -> Haplotype | None:
        try:
            return Haplotype(mutations=tuple(mutations))
        except (ValidationError, ValueError):
            self.fault(path, line, "", f"{'+'.join(mutations)!r} is not a haplotype")
            return None


def load_knowledge(directory: Path) -> Knowledge:
    """Return all entries of a knowledge folder and the faults of their form.

    Raises
    ------
    KnowledgeError
        Where the folder is missing or is no knowledge folder.
    """
    if not (directory / "version.yaml").is_file():
        raise KnowledgeError("no version.yaml: this is no knowledge folder", file=directory.name)
    reader = _Reader(directory)
    versions = [v.version for _, _, v in reader.files("version.yaml", VersionFile)]
    sources, claims, faulty = _sources(reader)
    measurements, faulty_rows = _measurements(reader)
    rules = [r for _, _, r in reader.files("sensitivity/rules.yaml", ResponseRules)]
    therapies = tuple(
        Placed(Therapy(**dict(value)), reader.name(path), 1, document)
        for path, document, value in reader.files("therapies/*.yaml", TherapyFile)
    )
    return Knowledge(
        version=versions[0] if versions else "",
        sources=sources,
        claims=claims,
        measurements=measurements,
        faulty=(*faulty, *faulty_rows),
        therapies=therapies,
        other_drugs=tuple(
            name for _, _, v in reader.files("other-drugs.yaml", OtherDrugsFile) for name in v.names
        ),
        review_tables=reader.placed("review/table-*.yaml", ReviewTableFile),
        review_texts=reader.placed("review/text.yaml", ReviewTextFile),
        assays=reader.placed("assays/*.yaml", AssayFile),
        messages=reader.placed("messages/*.yaml", MessagesFile),
        rules=rules[0] if rules else None,
        patient_rules=reader.only("patient/rules.yaml", PatientRules),
        terms=reader.only("terms.yaml", Terms),
        mechanisms=_mechanisms(reader),
        outcomes=reader.rows("trials.tsv", Outcome),
        prevalence=reader.rows("prevalence.tsv", PrevalenceRow),
        strategy=reader.placed("strategy/rows/*.yaml", StrategyFile),
        constraints=reader.placed("strategy/constraints.yaml", ConstraintsFile),
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


def _sources(
    reader: _Reader,
) -> tuple[tuple[Placed[Source], ...], tuple[Placed[Claim], ...], list[FaultyEntry]]:
    """Return sources, claims, and the entries which have faults.

    A claim with a fault leaves the others of its file in place, so that one slip of the pen is one
    fault and not a hundred broken references.
    """
    sources: list[Placed[Source]] = []
    claims: list[Placed[Claim]] = []
    faulty: list[FaultyEntry] = []
    for path in sorted((reader.directory / "sources").glob("*.yaml")):
        document = reader.document(path)
        if document is None:
            faulty.append(FaultyEntry(path.stem, reader.name(path), 1))
            faulty.extend(FaultyEntry(name, reader.name(path), 1) for name in _ids_in(path))
            continue
        file = reader.name(path)
        fitted = fit(document, SourceFile, file=file)
        reader.faults.extend(fitted.faults)
        line = document.line_of(("source", "id")) or 1
        raw = document.value if isinstance(document.value, dict) else {}
        entry = _salvaged(raw.get("source"), SourceEntry)
        if entry is None:
            faulty.append(FaultyEntry(path.stem, file, line))
        else:
            if path.stem != entry.id:
                reader.fault(path, line, "source.id", f"must equal the file's name, {path.stem!r}")
            sources.append(Placed(Source(**dict(entry)), file, line))
        raw_claims = raw.get("claims")
        for index, raw_claim in enumerate(raw_claims if isinstance(raw_claims, list) else []):
            line = document.line_of(("claims", index, "id")) or 1
            claim = _salvaged(raw_claim, ClaimEntry)
            if claim is None:
                faulty.extend(_faulty_claim(raw_claim, file, line))
            else:
                claims.extend(_claim(reader, path, line, claim))
    return tuple(sources), tuple(claims), faulty


def _ids_in(path: Path) -> list[str]:
    """Return the ids that stand in a file which is no YAML."""
    try:
        return _ID.findall(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return []


def _salvaged(raw: object, model: type[File]) -> File | None:
    """Return an entry of a file whose other entries may have faults, ``None`` where it has one."""
    try:
        return model.model_validate(raw)
    except ValidationError:
        return None


def _faulty_claim(raw: object, file: str, line: int) -> Iterator[FaultyEntry]:
    if isinstance(raw, dict) and isinstance(raw.get("id"), str):
        therapy = raw.get("therapy")
        yield FaultyEntry(raw["id"], file, line, therapy if isinstance(therapy, str) else None)


def _claim(reader: _Reader, path: Path, line: int, entry: ClaimEntry) -> Iterator[Placed[Claim]]:
    if not entry.id.startswith(f"{path.stem}."):
        reader.fault(path, line, "id", f"must begin with {path.stem + '.'!r}")
    haplotype = reader.haplotype(path, line, entry.profile.cis)
    if haplotype is not None:
        fields = {k: v for k, v in dict(entry).items() if k != "profile"}
        claim = Claim(source=path.stem, haplotype=haplotype, **fields)
        yield Placed(claim, reader.name(path), line)


def _mechanisms(reader: _Reader) -> tuple[Placed[MechanismRule], ...]:
    placed = reader.placed("mechanisms/*.yaml", MechanismRule)
    for entry in placed:
        stem = Path(entry.file).stem
        if stem != entry.value.id:
            path = reader.directory / "mechanisms" / f"{stem}.yaml"
            line = entry.line_of(("id",))
            reader.fault(path, line, "id", f"must equal the file's name, {stem!r}")
    return placed


def _measurements(
    reader: _Reader,
) -> tuple[tuple[Placed[Measurement], ...], list[FaultyEntry]]:
    path = reader.directory / "measurements" / "ic50.tsv"
    file = reader.name(path)
    columns = tuple(MeasurementRow.model_fields)
    measurements: list[Placed[Measurement]] = []
    faulty: list[FaultyEntry] = []
    try:
        rows = read_table(path, columns)
    except KnowledgeError as error:
        reader.fault(path, error.line or 0, "", error.found)
        return (), []
    for row in rows:
        fitted = fit_cells(row.cells, MeasurementRow, file=file, line=row.line)
        reader.faults.extend(fitted.faults)
        if fitted.value is None:
            faulty.append(FaultyEntry(row["id"], file, row.line, row["therapy"]))
            continue
        text = fitted.value.haplotype
        haplotype: Haplotype | None = None
        if text != PARENTAL:
            mutations = [] if text == WILD_TYPE else text.split("+")
            haplotype = reader.haplotype(path, row.line, mutations)
            if haplotype is None:
                faulty.append(FaultyEntry(fitted.value.id, file, row.line))
                continue
            if str(haplotype) != text:
                reader.fault(path, row.line, "haplotype", f"write {str(haplotype)!r}, not {text!r}")
        fields = {k: v for k, v in dict(fitted.value).items() if k != "haplotype"}
        try:
            measurement = Measurement(haplotype=haplotype, **fields)
        except ValidationError as error:
            reader.fault(path, row.line, "", error.errors()[0]["msg"])
            faulty.append(FaultyEntry(fitted.value.id, file, row.line))
            continue
        measurements.append(Placed(measurement, file, row.line))
    return tuple(measurements), faulty
