"""Grade: the level of evidence in a public scheme, derived by written rules and never typed in."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.evidence import EvidenceKind
from alkanet.model.record import Record

__all__ = ["Grade", "GradeRule", "GradeRules", "GradeSystem"]


class GradeSystem(StrEnum):
    """The schemes that boards know."""

    CIVIC = "CIViC evidence level"
    """Of one claim or value: A validated, B clinical, C case, D preclinical, E inferential."""
    AMP = "AMP/ASCO/CAP tier"
    """Of a haplotype and a drug: I-A, I-B, II-C, II-D, III (Li et al. 2017)."""
    ESCAT = "ESCAT tier"
    """Of a haplotype and a drug it answers to: I-A to IV-B, X (Mateo et al. 2018)."""


class GradeRule(Record):
    """One rule: the first of its scheme whose conditions all hold gives the level."""

    level: str
    evidence: tuple[EvidenceKind, ...] = ()
    """Any of these kinds must speak for it."""
    has_measurement: bool = False
    """A fold change on the same side counts like the kinds above."""
    haplotype: Literal["wild type", "mutated"] | None = None
    least_patients: Annotated[int, Field(ge=1)] | None = None
    """Patients behind the claims of those kinds, added up; a claim without its number is one."""
    least_sources: Annotated[int, Field(ge=1)] | None = None
    """Independent primary sources of those kinds."""
    approved_by: tuple[str, ...] = ()
    """A dated approval of the drug by any of these agencies; ``any`` for any agency."""
    uncontradicted: bool = False
    """No patient speaks against it."""
    reason: Annotated[str, Field(min_length=10)]


class GradeRules(Record):
    """``grades.yaml``; whoever changes a rule raises ``version``."""

    version: Annotated[str, Field(pattern=r"^\d+$")]
    civic: Annotated[tuple[GradeRule, ...], Field(min_length=1)]
    amp: Annotated[tuple[GradeRule, ...], Field(min_length=1)]
    escat: Annotated[tuple[GradeRule, ...], Field(min_length=1)]


class Grade(Record):
    """A level, the version of the rules that gave it, and the reason of its rule."""

    system: GradeSystem
    level: str
    rules_version: str
    why: str
