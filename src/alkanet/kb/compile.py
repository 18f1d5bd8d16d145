"""The knowledge compiled to one read-only SQLite file, named by the hash of its canonical rows."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from alkanet.errors import KnowledgeError
from alkanet.kb.check import check
from alkanet.kb.load import Knowledge, load_knowledge
from alkanet.kb.query import COMPILED_SCHEMA_VERSION
from alkanet.model.evidence import PARENTAL, Claim, Measurement
from alkanet.model.record import Record

__all__ = ["canonical_rows", "compile_knowledge", "content_hash"]

Row = tuple[str, str, str, str, str]
"""kind, key, haplotype, therapy, canonical JSON; empty text where there is none."""

_TABLE = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    haplotype TEXT NOT NULL,
    therapy TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX entries_by_haplotype ON entries (kind, haplotype, therapy);
"""


def compile_knowledge(directory: Path, target: Path, *, in_form_only: bool = False) -> str:
    """Write the compiled knowledge of a folder to ``target`` and return its content hash.

    The file appears whole or not at all, so that two processes may compile side by side. With
    ``in_form_only`` faults across files do not stop it: for a look at knowledge that is being
    edited, never for use.

    Raises
    ------
    KnowledgeError
        Where the knowledge has faults, which ``alkanet kb check`` lists, or ``target`` cannot be
        written.
    """
    knowledge = load_knowledge(directory)
    faults = knowledge.faults if in_form_only else check(knowledge)
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise KnowledgeError(
            f"{faults[0]}{more}; `alkanet kb check` lists all", file=directory.name
        )
    rows = tuple(canonical_rows(knowledge))
    digest = content_hash(rows)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".compiling-")
    except OSError as error:
        raise KnowledgeError(f"cannot be written ({error.strerror})", file=str(target)) from error
    os.close(handle)
    try:
        _write(Path(temporary), knowledge.version, digest, rows)
        Path(temporary).replace(target)
    except sqlite3.IntegrityError as error:
        raise KnowledgeError(f"two entries have one id ({error})", file=directory.name) from error
    except OSError as error:
        raise KnowledgeError(f"cannot be written ({error.strerror})", file=str(target)) from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    return digest


def content_hash(rows: tuple[Row, ...]) -> str:
    """Return the SHA-256 of the canonical rows: the identity of the knowledge."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def canonical_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Yield every entry as a row, in an order that files, locale and platform do not change."""
    yield from sorted(_rows(knowledge))


def _rows(knowledge: Knowledge) -> Iterator[Row]:
    for source in knowledge.sources:
        yield _row("source", source.value.id, source.value)
    for claim in knowledge.claims:
        yield _evidence_row("claim", claim.value)
    for measurement in knowledge.measurements:
        yield _evidence_row("measurement", measurement.value)
    for therapy in knowledge.therapies:
        yield _row("therapy", therapy.value.id, therapy.value)
    for finding in knowledge.findings:
        yield _row("finding", finding.value.id, finding.value)
    yield from _drug_rows(knowledge)
    yield from _review_rows(knowledge)
    for assay in knowledge.assays:
        yield _row("assay", assay.value.id, assay.value)
    for messages in knowledge.messages:
        for message in messages.value.caveats:
            yield _row("message", message.code, message)
    if knowledge.rules is not None:
        yield _row("rules", "responses", knowledge.rules)
    yield from _patient_rows(knowledge)
    for transcript in knowledge.transcripts:
        yield _row("transcript", f"{transcript.gene} {transcript.genome.value}", transcript)
    for exon in knowledge.cryptic_exons:
        yield _row("cryptic exon", f"{exon.gene} {exon.name} {exon.genome.value}", exon)
    for difference in knowledge.germline:
        yield _row("germline", f"{difference.gene} {difference.name}", difference)
    for variant in knowledge.fusion_variants:
        yield _row("fusion variant", f"{variant.partner} {variant.name}", variant)
    yield from _rows_of_other_genes(knowledge)


def _drug_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Yield what is known of drugs beside their effect on haplotypes."""
    for drug in knowledge.other_drugs:
        yield _row("other drug", drug.value.name, drug.value, therapy=drug.value.name)
    for profile in knowledge.drug_profiles:
        yield _row("drug profile", profile.value.id, profile.value, therapy=profile.value.id)
    for exposure in knowledge.exposures:
        yield _row("exposure", exposure.value.id, exposure.value, therapy=exposure.value.drug)
    for rule in knowledge.co_medication:
        yield _row("co-medication", rule.value.id, rule.value, therapy=rule.value.drug)
    for guideline in knowledge.guidelines:
        yield _row("guideline", guideline.value.id, guideline.value)
    for identifier in knowledge.identifiers:
        value = identifier.value
        yield _row("identifier", f"{value.kind} {value.name} {value.system.value}", value)


def _review_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Yield the review with its errata, and what is knowingly missing or withdrawn."""
    for table in knowledge.review_tables:
        yield _row("review table", str(table.value.table), table.value)
    for number, statement in enumerate(knowledge.review_statements):
        yield _row("review statement", f"{number:03d}", statement.value)
    for reference in knowledge.review_references:
        yield _row("review reference", f"{reference.value.number:03d}", reference.value)
    for erratum in knowledge.errata:
        yield _row("erratum", erratum.value.id, erratum.value)
    for number, gap in enumerate(knowledge.gaps):
        yield _row("gap", f"{number:03d}", gap.value)
    for number, exception in enumerate(knowledge.exceptions):
        yield _row("exception", f"{number:03d}", exception.value)
    for tombstone in knowledge.tombstones:
        yield _row("tombstone", tombstone.value.id, tombstone.value)
    if knowledge.grades is not None:
        yield _row("grade rules", "grades", knowledge.grades.value)
    for source, curation in knowledge.curations.items():
        yield _row("curation", source, curation)


def _patient_rows(knowledge: Knowledge) -> Iterator[Row]:
    """Yield what the level of the patient needs: mechanisms, outcomes, strategies, words."""
    if knowledge.patient_rules is not None:
        yield _row("patient rules", "rules", knowledge.patient_rules.value)
    if knowledge.terms is not None:
        yield _row("terms", "terms", knowledge.terms.value)
    for mechanism in knowledge.mechanisms:
        yield _row("mechanism", mechanism.value.id, mechanism.value)
    for trial in knowledge.trials:
        yield _row("trial", trial.value.name, trial.value)
    for outcome in knowledge.outcomes:
        yield _row("outcome", outcome.value.id, outcome.value)
    for event in knowledge.prevalence:
        yield _row("prevalence", event.value.id, event.value, therapy=event.value.drug)
    for file in knowledge.strategy:
        for row in file.value.rows:
            yield _row("strategy", row.id, row)
    for constraints in knowledge.constraints:
        for constraint in constraints.value.constraints:
            yield _row("constraint", constraint.id, constraint)
    if knowledge.weights is not None:
        yield _row("strategy weights", "weights", knowledge.weights.value)


def _rows_of_other_genes(knowledge: Knowledge) -> Iterator[Row]:
    for suppressor in knowledge.suppressors:
        yield _row("suppressor", f"{suppressor.gene} {suppressor.genome.value}", suppressor)
    for extent in knowledge.gene_extents:
        yield _row("gene extent", f"{extent.gene} {extent.genome.value}", extent)
    for hotspot in knowledge.hotspots:
        key = f"{hotspot.gene} {hotspot.residue:05d} {hotspot.genome.value}"
        yield _row("hotspot", key, hotspot)
    for number, rule in enumerate(knowledge.interval_rules):
        # the order of the table decides where several rules fit
        yield _row("interval rule", f"{number:05d}", rule)
    for driver in knowledge.driver_fusions:
        yield _row("driver fusion", driver.gene, driver)


def _row(kind: str, key: str, value: Record, haplotype: str = "", therapy: str = "") -> Row:
    text = json.dumps(
        value.model_dump(mode="json", exclude_defaults=True),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return (kind, key, haplotype, therapy, text)


def _evidence_row(kind: str, value: Claim | Measurement) -> Row:
    haplotype = PARENTAL if value.haplotype is None else str(value.haplotype)
    return _row(kind, value.id, value, haplotype, value.therapy)


def _write(target: Path, version: str, digest: str, rows: tuple[Row, ...]) -> None:
    connection = sqlite3.connect(target)
    try:
        connection.executescript(_TABLE)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("schema_version", COMPILED_SCHEMA_VERSION),
                ("version", version),
                ("hash", digest),
            ],
        )
        connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows)
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()
