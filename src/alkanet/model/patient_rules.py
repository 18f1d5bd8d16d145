"""The written numbers that turn responses of a haplotype into those of a patient."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alkanet.model.condition import Condition
from alkanet.model.mechanism import Confidence
from alkanet.model.record import Fraction, Interval, Record

__all__ = [
    "CalibrationGroup",
    "CnsRatio",
    "ConfidenceWeight",
    "DependenceState",
    "GenotypeShare",
    "GroupResponse",
    "PatientRules",
]

Words = Annotated[str, Field(min_length=10, max_length=600)]


class DependenceState(Record):
    """How likely ALK still drives the growing tumour in one state; the first that holds counts."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    when: Condition
    dependence: Interval
    reason: Words
    says: Words
    """The words that a report prints."""
    groups: tuple[str, ...] = ()
    """Ids of the outcomes that place it; empty where it is assumed, and then the reason says so."""


class GroupResponse(Record):
    """Whom a group stands for whose genotype nobody selected: its responses by drug."""

    drug: str
    when: Condition
    systemic: tuple[str, ...] = ()
    """Ids of the outcomes; those with a number of patients are pooled."""
    cns: tuple[str, ...] = ()


class CnsRatio(Record):
    """How far a drug's response in the brain stands from that in the body."""

    drug: str
    ratio: Interval
    reason: Words
    groups: tuple[str, ...] = ()


class ConfidenceWeight(Record):
    """The weight with which a mechanism of this confidence counts."""

    confidence: Confidence
    weight: Fraction


class GenotypeShare(Record):
    """A haplotype's share in a calibration group."""

    haplotype: str
    share: Fraction


class CalibrationGroup(Record):
    """A published group against which the product is held; ``verification`` prints the table."""

    outcome: str
    drug: str
    site: Literal["systemic", "cns"] = "systemic"
    failed: tuple[str, ...] = ()
    """ALK inhibitors that had failed, in order."""
    genotypes: Annotated[tuple[GenotypeShare, ...], Field(min_length=1)]
    """The haplotypes of the group; shares sum to one."""
    genotypes_reason: Words
    role: Literal["places", "checks"]
    """Whether a number of these rules was placed by this group, or is checked by it."""


class PatientRules(Record):
    """``patient/rules.yaml``: everything that was written by hand, each with its reason."""

    primary_months: Annotated[float, Field(gt=0)]
    primary_reason: Words
    few_lesions: Annotated[int, Field(ge=1)]
    few_lesions_reason: Words
    recent_checkpoint_months: Annotated[float, Field(gt=0)]
    recent_checkpoint_reason: Words
    knowledge_stale_months: Annotated[float, Field(gt=0)]
    """From how many months after the knowledge on a case is told that it is old."""
    knowledge_stale_reason: Words
    sensitive_from: Fraction
    resistant_below: Fraction
    cuts_reason: Words
    states: Annotated[tuple[DependenceState, ...], Field(min_length=1)]
    confidence: Annotated[tuple[ConfidenceWeight, ...], Field(min_length=3)]
    confidence_reason: Words
    share_spread: Annotated[float, Field(ge=1)]
    share_spread_reason: Words
    dual_inhibition: Interval
    dual_inhibition_reason: Words
    at_work: Interval
    at_work_reason: Words
    just_failed: Interval
    just_failed_reason: Words
    named_reason_factor: Fraction
    named_reason_reason: Words
    same_generation_factor: Fraction
    same_generation_reason: Words
    lower_generation_factor: Fraction
    lower_generation_reason: Words
    cns: tuple[CnsRatio, ...] = ()
    groups: tuple[GroupResponse, ...] = ()
    calibration: tuple[CalibrationGroup, ...] = ()

    @property
    def outcome_ids(self) -> frozenset[str]:
        """The outcomes that any of these rules names."""
        groups = (name for group in self.groups for name in (*group.systemic, *group.cns))
        of_states = (name for state in self.states for name in state.groups)
        ratios = (name for ratio in self.cns for name in ratio.groups)
        return frozenset((*groups, *of_states, *ratios, *(c.outcome for c in self.calibration)))
