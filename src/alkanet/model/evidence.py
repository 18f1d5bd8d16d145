"""Evidence: sources, and the two kinds of statement that they make."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Positive, Record

__all__ = [
    "PARENTAL",
    "AssayKind",
    "Certainty",
    "Claim",
    "Direction",
    "EvidenceKind",
    "Finding",
    "Measurement",
    "Predicate",
    "Relation",
    "Source",
    "SourceKind",
    "Topic",
]

PARENTAL = "parental"
"""How cells without ALK are written where others name their haplotype."""


class Certainty(StrEnum):
    """``verified``: somebody read it in the source or its abstract; ``recalled`` otherwise."""

    VERIFIED = "verified"
    RECALLED = "recalled"


class SourceKind(StrEnum):
    """What a source is."""

    TRIAL = "trial"
    COHORT = "cohort"
    CASE_REPORT = "case report"
    LABORATORY = "laboratory"
    REVIEW = "review"
    LABEL = "label"
    GUIDELINE = "guideline"


class Source(Record):
    """One publication or document, with the identifiers that are sure."""

    id: str
    citation: str
    year: Annotated[int, Field(ge=1980, le=2100)]
    kind: SourceKind
    doi: str | None = None
    pmid: str | None = None
    retracted: dt.date | None = None
    """The day on which it was retracted; then nothing may rest on it."""


class Predicate(StrEnum):
    """The two predicates of VA-Spec that a claim may have."""

    SENSITIVITY = "predictsSensitivityTo"
    RESISTANCE = "predictsResistanceTo"


class Direction(StrEnum):
    """Whether the source supports its predicate, disputes it, or leaves it open."""

    SUPPORTS = "supports"
    NEUTRAL = "neutral"
    DISPUTES = "disputes"


class EvidenceKind(StrEnum):
    """Where a claim comes from, from the nearest to a patient to the farthest."""

    TRIAL = "trial"
    """A group of patients with this genotype in a trial."""
    COHORT = "patients"
    """Several patients with this genotype outside a trial."""
    PATIENT_RESPONSE = "patient response"
    """One patient with this genotype was given the drug, and its effect was seen."""
    ACQUIRED = "found at progression"
    """The genotype was found when the tumour of a patient grew through the drug."""
    CELLS = "cells"
    """A letter from a laboratory that tested this genotype in cells or animals."""
    COMPUTATION = "computation"
    """A simulation or a computed binding energy."""
    SECONDARY = "secondary review"
    """A list in a review that names no single study for the pair."""
    REVIEW_STATEMENT = "review statement"
    """A letter without any reference; alone it never makes a call."""


class Claim(Record):
    """One statement of one source: profile, therapy, predicate, direction, context.

    ``primary`` names the source that first reported what is said where this source only repeats
    it: evidence counts once. ``patients`` is the number of patients behind the claim.
    """

    id: str
    source: str
    haplotype: Haplotype
    therapy: str
    predicate: Predicate
    direction: Direction = Direction.SUPPORTS
    evidence: EvidenceKind
    says: str
    locator: str
    certainty: Certainty
    primary: str | None = None
    disease: str | None = None
    """Named where the tumour was no ALK-rearranged NSCLC."""
    patients: Annotated[int, Field(ge=1)] | None = None

    @property
    def primary_source(self) -> str:
        """The source that counts when duplicates are removed."""
        return self.primary or self.source

    @property
    def towards(self) -> int:
        """+1 where it speaks for sensitivity, -1 for resistance, 0 where it is left open."""
        if self.direction is Direction.NEUTRAL:
            return 0
        sign = 1 if self.predicate is Predicate.SENSITIVITY else -1
        return sign if self.direction is Direction.SUPPORTS else -sign


class Topic(StrEnum):
    """What a finding is about, where it is not one haplotype and one drug."""

    DISEASE = "disease"
    FUSION = "fusion"
    DIAGNOSIS = "diagnosis"
    MECHANISM = "mechanism"
    TREATMENT = "treatment"
    PHARMACOLOGY = "pharmacology"
    TOXICITY = "toxicity"
    CNS = "central nervous system"
    IMMUNOTHERAPY = "immunotherapy"
    MONITORING = "monitoring"
    ENDPOINT = "endpoint"


class Finding(Record):
    """One statement of one source that is about no single pair of haplotype and drug.

    ``about`` names the mechanisms and drugs that it speaks of. A number that can be compared
    (a response rate, a frequency, a concentration) is a row of its own table and never a finding.
    """

    id: str
    source: str
    topic: Topic
    about: tuple[str, ...] = ()
    says: str
    evidence: EvidenceKind
    locator: str
    certainty: Certainty
    primary: str | None = None
    patients: Annotated[int, Field(ge=1)] | None = None


class Relation(StrEnum):
    """How a measured number stands to the true value."""

    EQUAL = "="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


class AssayKind(StrEnum):
    """What a number was measured in: cells and enzymes are never pooled."""

    PHOSPHORYLATION = "cellular ALK phosphorylation"
    VIABILITY = "cell viability"
    ENZYME = "enzyme"
    CELLULAR = "cellular, assay not stated"


class Measurement(Record):
    """A number of one source: a half-maximal inhibitory concentration in nM.

    ``panel`` groups the values that were measured alongside each other; a fold change is only
    ever taken within a panel, against its own wild type.
    """

    id: str
    source: str
    panel: str
    haplotype: Haplotype | None
    """``None`` for parental cells without ALK: the ceiling above which a drug only poisons."""
    therapy: str
    ic50_nM: Positive
    relation: Relation = Relation.EQUAL
    assay: AssayKind
    cell_line: str
    expressed: str
    """The ALK construct the cells express, such as ``EML4::ALK v1``."""
    n: Annotated[int, Field(ge=1)] | None = None
    locator: str
    certainty: Certainty
    note: str | None = None

    @model_validator(mode="after")
    def _panel_belongs_to_its_source(self) -> Self:
        if not self.panel.startswith(self.source):
            raise ValueError(f"panel {self.panel!r} does not begin with its source {self.source!r}")
        return self
