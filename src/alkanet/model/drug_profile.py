"""Drug profile: what a drug meets in the body, what it does to it, and what must be watched."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from alkanet.model.evidence import Certainty
from alkanet.model.provenance import first_day
from alkanet.model.record import Record

__all__ = [
    "CoMedicationRule",
    "Dose",
    "DrugProfile",
    "DrugRole",
    "Exposure",
    "ExposureParameter",
    "Monitoring",
    "Partial",
    "Warning",
]

Sentence = Annotated[str, Field(min_length=10, max_length=400)]
Partial = Annotated[
    str,
    Field(pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
    AfterValidator(lambda text: (first_day(text), text)[1]),
]
"""A day, a month or a year, as far as it is known."""


class Dose(Record):
    """One dose; a dose of a trial is not an approved dose."""

    dose: str
    approved: bool
    """True only where a label for ALK-rearranged lung cancer states it."""
    agency: str | None = None
    """Whose label; empty for a dose that was only studied."""
    as_of: Partial | None = None
    """The date of the label."""
    context: str
    source: str
    locator: str
    certainty: Certainty


class DrugRole(Record):
    """The part a drug plays for an enzyme or a transporter."""

    protein: str
    """HGNC symbol: ``CYP3A4``, ``ABCB1`` (P-gp), ``ABCG2`` (BCRP)."""
    role: Literal["substrate", "not a substrate", "inhibitor", "inducer"]
    strength: Literal["strong", "moderate", "weak"] | None = None
    says: Sentence
    source: str
    locator: str
    certainty: Certainty


class Warning(Record):  # noqa: A001 - the word of the labels
    """One warning of a label, boxed or not."""

    effect: str
    boxed: bool = False
    says: Sentence
    source: str
    locator: str
    certainty: Certainty


class Monitoring(Record):
    """What is measured or watched under the drug."""

    what: str
    when: str
    source: str
    locator: str
    certainty: Certainty


class DrugProfile(Record):
    """``drugs/<id>.yaml``: one drug of ``therapies/`` or ``other-drugs.yaml``."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    targets: tuple[str, ...] = ()
    """HGNC symbols of the kinases it inhibits at levels reached in patients."""
    doses: tuple[Dose, ...] = ()
    roles: tuple[DrugRole, ...] = ()
    warnings: tuple[Warning, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    no_boxed_warning: tuple[str, ...] = ()
    """Agencies whose label was looked at and has no boxed warning."""
    note: str | None = None


class ExposureParameter(StrEnum):
    """What was measured of a drug in the body; the unit stands in its own column."""

    CMAX = "Cmax at steady state"
    AUC = "AUC at steady state"
    AVERAGE = "average concentration at steady state"
    TROUGH = "trough concentration at steady state"
    UNBOUND = "unbound fraction in plasma"
    HALF_LIFE = "half-life"
    BIOAVAILABILITY = "bioavailability"
    CLEARANCE = "apparent clearance"
    MOLAR_MASS = "molar mass"
    CSF_PLASMA = "CSF to plasma ratio, total"
    CSF_UNBOUND = "CSF to unbound plasma ratio"
    CSF = "concentration in CSF"
    METABOLITE_CMAX = "Cmax of the active metabolite at steady state"
    QT = "QTc prolongation"
    EVENT = "patients with an adverse event"


class Exposure(Record):
    """One row of ``drugs/exposure.tsv``: one number of one population."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    drug: str
    parameter: ExposureParameter
    value: Annotated[float, Field(ge=0)]
    unit: Literal["ng/mL", "ng*h/mL", "nM", "fraction", "h", "%", "L/h", "g/mol", "ratio", "ms"]
    low: Annotated[float, Field(ge=0)] | None = None
    high: Annotated[float, Field(ge=0)] | None = None
    relation: Literal["=", "<", ">", "about"] = "="
    population: str
    """Dose, food, and in whom."""
    n: Annotated[int, Field(ge=1)] | None = None
    source: str
    locator: str
    certainty: Certainty
    note: str | None = None


class CoMedicationRule(Record):
    """One rule of ``co-medication.yaml``: a drug beside another drug or a class of drugs."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    drug: str
    """An ALK inhibitor or a partner of a combination, by generic name."""
    beside: str
    """A drug, or a class in words: ``strong CYP3A inducers``."""
    drugs_beside: tuple[str, ...] = ()
    """Members of the class, by generic name, where the source names them."""
    acts_on: Literal["the drug", "the other", "both", "the patient"]
    advice: Literal["contraindicated", "avoid", "adjust dose", "monitor", "no relevant effect"]
    says: Sentence
    label_date: Partial | None = None
    source: str
    locator: str
    certainty: Certainty
