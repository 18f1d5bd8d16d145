"""The case: one patient at one decision point."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from alkanet.model.alteration import Genome
from alkanet.model.record import Fraction, Positive, Record

__all__ = [
    "Assay",
    "Case",
    "CoMedication",
    "DrugLevel",
    "Event",
    "LaboratoryValue",
    "LineOfTherapy",
    "Setting",
    "SiteOfDisease",
    "Specimen",
    "SpecimenFiles",
    "SpecimenKind",
    "StopReason",
]

CASE_SCHEMA_VERSION = 1


class Setting(StrEnum):
    """The setting of treatment, which decides which evidence applies."""

    EARLY = "early"
    STAGE_III = "stage III"
    METASTATIC = "metastatic"


class SpecimenKind(StrEnum):
    """What a specimen is."""

    TISSUE = "tissue"
    PLASMA = "plasma"
    CSF = "csf"
    EFFUSION = "effusion"
    CTC = "ctc"


class Assay(Record):
    """What was run on a specimen, and what it can see.

    ``covers`` names regions in the words of ``knowledge/assays`` (``ALK kinase domain``,
    ``ALK fusions``); an assay that the knowledge holds needs only its ``name``.
    """

    name: str | None = None
    molecule: Literal["DNA", "RNA", "protein"] | None = None
    covers: tuple[str, ...] = ()
    limit_of_detection_vaf: Fraction | None = None


class SpecimenFiles(Record):
    """The files of a specimen by what they hold; paths are relative to the case file."""

    variants: tuple[str, ...] = ()
    fusions: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


class Specimen(Record):
    """One sample, the assay run on it, and its files."""

    id: str
    kind: SpecimenKind = SpecimenKind.TISSUE
    date: dt.date | None = None
    site: str | None = None
    tumour_content: Fraction | None = None
    histology: str | None = None
    assay: Assay | None = None
    genome: Genome | None = None
    sample: str | None = None
    """Name of the sample inside files that hold several."""
    files: SpecimenFiles = SpecimenFiles()


class StopReason(StrEnum):
    """Why a line of therapy ended."""

    PROGRESSION = "progression"
    TOXICITY = "toxicity"
    COMPLETED = "completed"
    CHOICE = "choice"
    ONGOING = "ongoing"


class LineOfTherapy(Record):
    """One line: drugs, dates, best response (RECIST 1.1), why it stopped, dose and adherence."""

    drugs: Annotated[tuple[str, ...], Field(min_length=1)]
    start: dt.date | None = None
    stop: dt.date | None = None
    best_response: Literal["CR", "PR", "SD", "PD", "NE"] | None = None
    stopped_for: StopReason | None = None
    progressing_sites: tuple[str, ...] = ()
    dose_mg: Positive | None = None
    dose_reduced: bool | None = None
    adherent: bool | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.stop and self.stop < self.start:
            raise ValueError(f"stop {self.stop} lies before start {self.start}")
        return self


class SiteOfDisease(Record):
    """A site, whether it is growing, and whether it gives symptoms."""

    site: str
    growing: bool | None = None
    symptoms: bool | None = None
    lesions: Annotated[int, Field(ge=1)] | None = None


class CoMedication(Record):
    """A drug taken beside the treatment of the tumour."""

    drug: str
    since: dt.date | None = None


class DrugLevel(Record):
    """A measured drug level in plasma (total, ng/mL)."""

    drug: str
    date: dt.date
    trough_ng_per_mL: Positive


class LaboratoryValue(Record):
    """One laboratory value with its unit as the laboratory prints it."""

    name: str
    value: float
    unit: str
    date: dt.date


class Event(Record):
    """A dated event that bears on the next drug: radiation, or a checkpoint inhibitor."""

    kind: Literal["radiation", "checkpoint inhibitor"]
    date: dt.date
    site: str | None = None
    drug: str | None = None


class Case(Record):
    """One patient at one decision point. ``as_of`` is the only "today"."""

    schema_version: Literal[1] = 1
    id: str
    synthetic: bool = False
    summary: str | None = None
    as_of: dt.date | None = None
    setting: Setting | None = None
    stage: str | None = None
    histology: str | None = None
    region: str | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    ecog: Annotated[int, Field(ge=0, le=4)] | None = None
    pregnancy_wish: bool | None = None
    goals: tuple[str, ...] = ()
    comorbidity: tuple[str, ...] = ()
    lines: tuple[LineOfTherapy, ...] = ()
    specimens: tuple[Specimen, ...] = ()
    sites: tuple[SiteOfDisease, ...] = ()
    co_medication: tuple[CoMedication, ...] = ()
    drug_levels: tuple[DrugLevel, ...] = ()
    laboratory: tuple[LaboratoryValue, ...] = ()
    events: tuple[Event, ...] = ()

    @model_validator(mode="after")
    def _names_each_specimen_once(self) -> Self:
        names = [specimen.id for specimen in self.specimens]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"specimen id stands twice: {', '.join(twice)}")
        return self
