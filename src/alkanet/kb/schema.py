"""The shapes of the knowledge files, as people write them.

Each file kind has one model here; ``kb.load`` turns its records into the types of
:mod:`alkanet.model.evidence` and :mod:`alkanet.model.therapy`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.caveat import Severity
from alkanet.model.drug_profile import CoMedicationRule
from alkanet.model.evidence import (
    AssayKind,
    Certainty,
    Direction,
    EvidenceKind,
    Predicate,
    Relation,
    SourceKind,
    Topic,
)
from alkanet.model.history import Selected
from alkanet.model.record import Positive, Record
from alkanet.model.review import Erratum, ReviewStatement
from alkanet.model.stewardship import Curation, NamedException, StatedGap
from alkanet.model.strategy import Constraint, StrategyRow
from alkanet.model.therapy import Approval, FoldCut, OtherDrug, TherapyStatus, TroughTarget

__all__ = [
    "AssayFile",
    "ClaimEntry",
    "CoMedicationFile",
    "ConstraintsFile",
    "ErrataFile",
    "ExceptionsFile",
    "FindingEntry",
    "GapsFile",
    "MeasurementRow",
    "MessagesFile",
    "OtherDrugsFile",
    "PrevalenceRow",
    "ProfileEntry",
    "ReviewTextFile",
    "SourceFile",
    "StrategyFile",
    "TherapyFile",
    "VersionFile",
]

SourceId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*-(19|20)\d\d[a-z]?$")]
ClaimId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9+-]+$")]
Doi = Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")]
Pmid = Annotated[str, Field(pattern=r"^\d{1,9}$")]
Sentence = Annotated[str, Field(min_length=10, max_length=500)]


class SourceEntry(Record):
    """The bibliographic facts of a source, once."""

    id: SourceId
    citation: Annotated[str, Field(min_length=10)]
    year: Annotated[int, Field(ge=1980, le=2100)]
    kind: SourceKind
    doi: Doi | None = None
    pmid: Pmid | None = None
    retracted: dt.date | None = None


class ProfileEntry(Record):
    """What a claim is about: mutations that share one allele; an empty list is wild type."""

    cis: tuple[str, ...]


class ClaimEntry(Record):
    """One claim as a curator writes it."""

    id: ClaimId
    profile: ProfileEntry
    therapy: str
    predicate: Predicate
    direction: Direction = Direction.SUPPORTS
    evidence: EvidenceKind
    says: Sentence
    locator: Annotated[str, Field(min_length=2)]
    certainty: Certainty
    primary: SourceId | None = None
    disease: str | None = None
    patients: Annotated[int, Field(ge=1)] | None = None


class FindingEntry(Record):
    """One finding as a curator writes it: about no single pair of haplotype and drug."""

    id: ClaimId
    topic: Topic
    about: tuple[str, ...] = ()
    says: Sentence
    evidence: EvidenceKind
    locator: Annotated[str, Field(min_length=2)]
    certainty: Certainty
    primary: SourceId | None = None
    patients: Annotated[int, Field(ge=1)] | None = None


class SourceFile(Record):
    """``sources/<id>.yaml``: one source, its claims and its other findings."""

    source: SourceEntry
    curation: Curation | None = None
    claims: tuple[ClaimEntry, ...] = ()
    findings: tuple[FindingEntry, ...] = ()


class MeasurementRow(Record):
    """One row of ``measurements/ic50.tsv``.

    ``haplotype`` is ``wild type``, ``parental`` (cells without ALK) or short names joined with
    ``+`` in residue order.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9.+-]+$")]
    source: SourceId
    panel: str
    haplotype: str
    therapy: str
    ic50_nM: Positive
    relation: Relation
    assay: AssayKind
    cell_line: str
    expressed: str
    n: Annotated[int, Field(ge=1)] | None = None
    locator: str
    certainty: Certainty
    note: str | None = None


class TherapyFile(Record):
    """``therapies/<id>.yaml``: one drug."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    generation: Annotated[int, Field(ge=1, le=4)] | None = None
    status: TherapyStatus
    in_review: bool = False
    brand_names: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
    cut: FoldCut | None = None
    approvals: tuple[Approval, ...] = ()
    trough_target: TroughTarget | None = None
    lowered_by_inducers: bool = True
    note: str | None = None


class OtherDrugsFile(Record):
    """``other-drugs.yaml``: drugs of lung cancer that are no ALK inhibitors."""

    drugs: Annotated[tuple[OtherDrug, ...], Field(min_length=1)]


class ReviewTextFile(Record):
    """``review/text.yaml``: what the text of the review says, section by section."""

    statements: Annotated[tuple[ReviewStatement, ...], Field(min_length=1)]


class ErrataFile(Record):
    """``errata.yaml``: what the review or its text recognition says, what holds, and why."""

    errata: Annotated[tuple[Erratum, ...], Field(min_length=1)]


class PrevalenceRow(Selected):
    """One row of ``prevalence.tsv``: what stood in tumours that grew through a drug."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9.+'-]+$")]
    line: str | None = None
    """Where in the course: ``first line``, ``after crizotinib``; empty where cohorts are mixed."""
    fusion: str | None = None
    """The fusion variant of these patients; empty where they were not divided."""
    locator: str
    certainty: Certainty
    note: str | None = None


class CoMedicationFile(Record):
    """``co-medication.yaml``."""

    rules: Annotated[tuple[CoMedicationRule, ...], Field(min_length=1)]


class GapsFile(Record):
    """``gaps.yaml``: what is knowingly missing."""

    looked_at: tuple[str, ...]
    """The haplotypes of which an entry without haplotypes speaks."""
    gaps: Annotated[tuple[StatedGap, ...], Field(min_length=1)]


class ExceptionsFile(Record):
    """``exceptions.yaml``: what may break a rule of ``kb check``, and why."""

    exceptions: Annotated[tuple[NamedException, ...], Field(min_length=1)]


class StrategyFile(Record):
    """``strategy/rows/<theme>.yaml``: next steps of one theme."""

    rows: Annotated[tuple[StrategyRow, ...], Field(min_length=1)]


class ConstraintsFile(Record):
    """``strategy/constraints.yaml``."""

    constraints: Annotated[tuple[Constraint, ...], Field(min_length=1)]


class AssayFile(Record):
    """``assays/<id>.yaml``: what a named assay covers."""

    id: str
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    covers: Annotated[tuple[str, ...], Field(min_length=1)]
    source: SourceId
    certainty: Certainty


class MessageEntry(Record):
    """The text of a caveat; ``{about}`` is filled in."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    severity: Severity
    text: Annotated[str, Field(min_length=5)]


class MessagesFile(Record):
    """``messages/caveats.yaml``."""

    caveats: Annotated[tuple[MessageEntry, ...], Field(min_length=1)]


class VersionFile(Record):
    """``version.yaml``: the date of the knowledge."""

    schema_version: Literal["1"]
    version: Annotated[str, Field(pattern=r"^20\d\d\.(0[1-9]|1[0-2])(\.\d+)?$")]
    whole: bool = True
    """False for a part of the knowledge, of which nobody asks that all its files are there."""
