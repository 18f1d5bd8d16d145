"""Sources with their claims and findings, and measurements, read entry by entry.

An entry with a fault leaves the others of its file in place, so that one slip of the pen is one
fault and not a hundred broken references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from alkanet.errors import KnowledgeError
from alkanet.kb.reader import FolderReader, Placed
from alkanet.kb.schema import ClaimEntry, FindingEntry, MeasurementRow, SourceEntry, SourceFile
from alkanet.kb.table import TableRow, read_table
from alkanet.model.evidence import PARENTAL, Claim, Finding, Measurement, Source
from alkanet.model.haplotype import WILD_TYPE, Haplotype
from alkanet.model.record import Record
from alkanet.model.stewardship import Curation
from alkanet.text_model import fit, fit_cells
from alkanet.text_yaml import TextDocument

__all__ = ["EvidenceFiles", "FaultyEntry", "load_measurements", "load_sources"]

_ID = re.compile(r"^\s*-?\s*id:\s*(\S+)\s*$", re.MULTILINE)

File = TypeVar("File", bound=Record)


@dataclass(frozen=True)
class FaultyEntry:
    """An entry with faults of form: its id exists, and its references are still checked."""

    id: str
    file: str
    line: int
    therapy: str | None = None


@dataclass
class EvidenceFiles:
    """What stands in ``sources/``; filled while its files are read."""

    sources: list[Placed[Source]] = field(default_factory=list)
    curations: dict[str, Curation] = field(default_factory=dict)
    claims: list[Placed[Claim]] = field(default_factory=list)
    findings: list[Placed[Finding]] = field(default_factory=list)
    faulty: list[FaultyEntry] = field(default_factory=list)


def load_sources(reader: FolderReader) -> EvidenceFiles:
    """Return sources, claims and findings, and the entries which have faults."""
    found = EvidenceFiles()
    for path in sorted((reader.directory / "sources").glob("*.yaml")):
        document = reader.document(path)
        if document is None:
            file = reader.name(path)
            found.faulty.append(FaultyEntry(path.stem, file, 1))
            found.faulty.extend(FaultyEntry(name, file, 1) for name in _ids_in(path))
        else:
            _read_source(reader, path, document, found)
    return found


def _read_source(
    reader: FolderReader, path: Path, document: TextDocument, found: EvidenceFiles
) -> None:
    file = reader.name(path)
    reader.faults.extend(fit(document, SourceFile, file=file).faults)
    line = document.line_of(("source", "id")) or 1
    raw = document.value if isinstance(document.value, dict) else {}
    entry = _salvaged(raw.get("source"), SourceEntry)
    if entry is None:
        found.faulty.append(FaultyEntry(path.stem, file, line))
    else:
        if path.stem != entry.id:
            reader.fault(path, line, "source.id", f"must equal the file's name, {path.stem!r}")
        found.sources.append(Placed(Source(**dict(entry)), file, line, document))
        curation = _salvaged(raw.get("curation"), Curation)
        if curation is not None:
            found.curations[entry.id] = curation
    for line, claim in _entries(raw, "claims", ClaimEntry, document, file, found):
        _begins_with_source(reader, path, line, claim.id)
        haplotype = reader.haplotype(path, line, claim.profile.cis)
        if haplotype is not None:
            fields = {k: v for k, v in dict(claim).items() if k != "profile"}
            value = Claim(source=path.stem, haplotype=haplotype, **fields)
            found.claims.append(Placed(value, file, line))
    for line, finding in _entries(raw, "findings", FindingEntry, document, file, found):
        _begins_with_source(reader, path, line, finding.id)
        found.findings.append(Placed(Finding(source=path.stem, **dict(finding)), file, line))


def _entries(
    raw: dict[object, object],
    key: str,
    model: type[File],
    document: TextDocument,
    file: str,
    found: EvidenceFiles,
) -> Iterator[tuple[int, File]]:
    """Yield the entries of a list that fit; the others are noted as faulty."""
    entries = raw.get(key)
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        line = document.line_of((key, index, "id")) or 1
        value = _salvaged(entry, model)
        if value is not None:
            yield line, value
        elif isinstance(entry, dict) and isinstance(entry.get("id"), str):
            therapy = entry.get("therapy")
            named = therapy if isinstance(therapy, str) else None
            found.faulty.append(FaultyEntry(entry["id"], file, line, named))


def _begins_with_source(reader: FolderReader, path: Path, line: int, name: str) -> None:
    if not name.startswith(f"{path.stem}."):
        reader.fault(path, line, "id", f"must begin with {path.stem + '.'!r}")


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


def load_measurements(
    reader: FolderReader,
) -> tuple[tuple[Placed[Measurement], ...], list[FaultyEntry]]:
    """Return the rows of ``measurements/ic50.tsv``, and those which have faults."""
    path = reader.directory / "measurements" / "ic50.tsv"
    measurements: list[Placed[Measurement]] = []
    faulty: list[FaultyEntry] = []
    try:
        rows = read_table(path, tuple(MeasurementRow.model_fields), partial(reader.refused, path))
    except KnowledgeError as error:
        reader.salvage(path)
        reader.fault(path, error.line or 0, "", error.found)
        return (), []
    for row in rows:
        measurement = _measurement(reader, path, row)
        if measurement is None:
            faulty.append(FaultyEntry(row["id"], reader.name(path), row.line, row["therapy"]))
        else:
            measurements.append(Placed(measurement, reader.name(path), row.line))
    return tuple(measurements), faulty


def _measurement(reader: FolderReader, path: Path, row: TableRow) -> Measurement | None:
    fitted = fit_cells(row.cells, MeasurementRow, file=reader.name(path), line=row.line)
    reader.faults.extend(fitted.faults)
    if fitted.value is None:
        return None
    text = fitted.value.haplotype
    haplotype: Haplotype | None = None
    if text != PARENTAL:
        mutations = [] if text == WILD_TYPE else text.split("+")
        haplotype = reader.haplotype(path, row.line, mutations)
        if haplotype is None:
            return None
        if str(haplotype) != text:
            reader.fault(path, row.line, "haplotype", f"write {str(haplotype)!r}, not {text!r}")
    fields = {k: v for k, v in dict(fitted.value).items() if k != "haplotype"}
    try:
        return Measurement(haplotype=haplotype, **fields)
    except ValidationError as error:
        reader.fault(path, row.line, "", error.errors()[0]["msg"])
        return None
