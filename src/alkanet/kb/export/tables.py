"""The knowledge as plain tab-separated tables, one a kind; their columns are the fields.

Rows of rules (mechanisms, next steps, response rules) hold conditions inside conditions, and gene
models hold coordinates: both stand in ``knowledge.jsonl`` and in no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from alkanet.kb.export.cells import cells_of, columns_of, written
from alkanet.kb.export.exported import ExportedFile
from alkanet.kb.graded import GradedPair, graded_claims, graded_pairs
from alkanet.kb.query import KnowledgeBase
from alkanet.kb.schema import AssayFile, PrevalenceRow
from alkanet.model.drug_profile import (
    CoMedicationRule,
    Dose,
    DrugProfile,
    DrugRole,
    Exposure,
    Monitoring,
    Warning,  # noqa: A004 - the word of the labels
)
from alkanet.model.evidence import Claim, Finding, Measurement, Source
from alkanet.model.gene import FusionVariant
from alkanet.model.grade import GradeSystem
from alkanet.model.guideline import Guideline, Position
from alkanet.model.identifier import Identifier
from alkanet.model.outcome import Outcome
from alkanet.model.record import Record
from alkanet.model.review import Erratum, ReviewReference, ReviewStatement, ReviewTable
from alkanet.model.stewardship import Curation, NamedException, StatedGap, Tombstone
from alkanet.model.therapy import Approval, OtherDrug, Therapy
from alkanet.model.trial import Trial

__all__ = ["PARTS", "TABLES", "Part", "Table", "tables"]


@dataclass(frozen=True)
class Table:
    """A kind of entry whose values are rows."""

    name: str
    kind: str
    model: type[Record]


@dataclass(frozen=True)
class Part:
    """A list inside the values of a kind, whose records are rows; ``parent`` names the column."""

    name: str
    kind: str
    model: type[Record]
    field: str
    item: type[Record]
    parent: str


TABLES = (
    Table("assays", "assay", AssayFile),
    Table("co-medication", "co-medication", CoMedicationRule),
    Table("drug-profiles", "drug profile", DrugProfile),
    Table("errata", "erratum", Erratum),
    Table("exceptions", "exception", NamedException),
    Table("exposure", "exposure", Exposure),
    Table("findings", "finding", Finding),
    Table("fusion-variants", "fusion variant", FusionVariant),
    Table("gaps", "gap", StatedGap),
    Table("guidelines", "guideline", Guideline),
    Table("identifiers", "identifier", Identifier),
    Table("measurements", "measurement", Measurement),
    Table("other-drugs", "other drug", OtherDrug),
    Table("outcomes", "outcome", Outcome),
    Table("prevalence", "prevalence", PrevalenceRow),
    Table("review-references", "review reference", ReviewReference),
    Table("review-statements", "review statement", ReviewStatement),
    Table("sources", "source", Source),
    Table("therapies", "therapy", Therapy),
    Table("trials", "trial", Trial),
    Table("withdrawn", "tombstone", Tombstone),
)

PARTS = (
    Part("approvals", "therapy", Therapy, "approvals", Approval, "therapy"),
    Part("doses", "drug profile", DrugProfile, "doses", Dose, "drug"),
    Part("drug-monitoring", "drug profile", DrugProfile, "monitoring", Monitoring, "drug"),
    Part("drug-roles", "drug profile", DrugProfile, "roles", DrugRole, "drug"),
    Part("drug-warnings", "drug profile", DrugProfile, "warnings", Warning, "drug"),
    Part("guideline-positions", "guideline", Guideline, "positions", Position, "guideline"),
)

Rows = Iterable[tuple[str, ...]]


def tables(kb: KnowledgeBase) -> tuple[ExportedFile, ...]:
    """Return all tables, in the order of their names.

    The first line of each is a comment with the version and the hash of the knowledge, the second
    the header. A kind of which nothing is held is a table without rows.
    """
    found = [_file(kb, t.name, columns_of(t.model), _rows(kb, t)) for t in TABLES]
    for part in PARTS:
        columns = (part.parent, *columns_of(part.item))
        found.append(_file(kb, part.name, columns, _part_rows(kb, part)))
    for name, own_columns, rows in _OWN:
        found.append(_file(kb, name, own_columns, rows(kb)))
    return tuple(sorted(found, key=lambda file: file.name))


def _file(kb: KnowledgeBase, name: str, columns: tuple[str, ...], rows: Rows) -> ExportedFile:
    version = f"# alkanet knowledge {kb.version.version}, sha256 {kb.version.hash}, CC BY 4.0"
    lines = ["\t".join(cells) for cells in (columns, *rows)]
    text = "\n".join((version, *lines)) + "\n"
    return ExportedFile(f"tables/{name}.tsv", text, len(lines) - 1, "rows")


def _rows(kb: KnowledgeBase, table: Table) -> Iterator[tuple[str, ...]]:
    for value in kb.all_of(table.kind, table.model):
        yield cells_of(value)


def _part_rows(kb: KnowledgeBase, part: Part) -> Iterator[tuple[str, ...]]:
    for entry in kb.entries():
        if entry.kind == part.kind:
            for item in getattr(part.model.model_validate_json(entry.json), part.field):
                yield (written(entry.key), *cells_of(item))


_CLAIM_COLUMNS = (*columns_of(Claim), "civic_level", "civic_reason", "amp_tier", "escat_tier")
"""The fields of a claim; its own level; the tiers of its pair on its side, none where neutral."""


def _claim_rows(kb: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    tiers = {(str(p.haplotype), p.therapy, p.towards): _tiers(p) for p in graded_pairs(kb)}
    for graded in graded_claims(kb):
        claim = graded.claim
        of_pair = tiers.get((str(claim.haplotype), claim.therapy, claim.towards), {})
        yield (
            *cells_of(claim),
            graded.civic.level,
            written(graded.civic.why),
            of_pair.get(GradeSystem.AMP, ""),
            of_pair.get(GradeSystem.ESCAT, ""),
        )


def _tiers(pair: GradedPair) -> dict[GradeSystem, str]:
    return {grade.system: grade.level for grade in pair.grades}


_GRADE_COLUMNS = ("haplotype", "therapy", "side", "system", "level", "rules_version", "reason")


def _grade_rows(kb: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    for pair in graded_pairs(kb):
        side = "sensitive" if pair.towards > 0 else "resistant"
        for grade in pair.grades:
            cells = (grade.system.value, grade.level, grade.rules_version, written(grade.why))
            yield (str(pair.haplotype), pair.therapy, side, *cells)


_CELL_COLUMNS = ("table", "row", "haplotype", "column", "printed", "ids", "errata")


def _review_cell_rows(kb: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    for table in kb.all_of("review table", ReviewTable):
        for row in table.rows:
            for column, cell in row.cells.items():
                place = (table.table, row.printed, row.haplotype, column)
                yield tuple(map(written, (*place, cell.printed, cell.ids, cell.errata)))


_CURATION_COLUMNS = ("source", *columns_of(Curation))


def _curation_rows(kb: KnowledgeBase) -> Iterator[tuple[str, ...]]:
    for entry in kb.entries():
        if entry.kind == "curation":
            yield (entry.key, *cells_of(Curation.model_validate_json(entry.json)))


_OWN: tuple[tuple[str, tuple[str, ...], Callable[[KnowledgeBase], Rows]], ...] = (
    ("claims", _CLAIM_COLUMNS, _claim_rows),
    ("curations", _CURATION_COLUMNS, _curation_rows),
    ("grades", _GRADE_COLUMNS, _grade_rows),
    ("review-cells", _CELL_COLUMNS, _review_cell_rows),
)
"""Tables whose rows are not the values of one kind as they are."""
