"""Conditions: what a rule asks of a patient, written by curators in the files of the knowledge."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from alkanet.model.fact import Fact
from alkanet.model.mechanism import Confidence
from alkanet.model.record import Positive, Record
from alkanet.model.response import Call

__all__ = [
    "CallCondition",
    "Condition",
    "CopyNumberCondition",
    "ExpressionCondition",
    "FusionCondition",
    "LaboratoryCondition",
    "MechanismCondition",
    "VariantCondition",
]

Names = Annotated[tuple[str, ...], Field(min_length=1)]


class VariantCondition(Record):
    """A small variant of a gene: by name (``V600E``), by residue (``G12``), or by its effect.

    Without names and effects any variant of the gene meets it.
    """

    gene: str
    names: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    """Sequence Ontology terms, or ``truncating`` for those that end the protein early."""


class FusionCondition(Record):
    """A fusion, other than the one with ALK, in which any of these genes takes part."""

    genes: Names


class CopyNumberCondition(Record):
    """A copy-number change of a gene."""

    gene: str
    changes: Names


class ExpressionCondition(Record):
    """A transcript or protein above or below what is usual."""

    gene: str
    changes: Names


class LaboratoryCondition(Record):
    """A laboratory value above a bound, in the unit of the bound; the newest value counts."""

    name: str
    above: Positive
    unit: str


class MechanismCondition(Record):
    """A mechanism that was found with at least this confidence."""

    ids: Names
    at_least: Confidence = Confidence.POSSIBLE


class CallCondition(Record):
    """The patient's call of a drug at one site."""

    drug: str
    site: Literal["systemic", "cns"] = "systemic"
    calls: Annotated[tuple[Call, ...], Field(min_length=1)]


class Condition(Record):
    """One question, or several joined; exactly one field is written.

    ``fact``, ``histology``, ``given`` and ``failed`` hold where any of their entries does.
    ``none`` holds where none of its parts is *shown*: what was not looked at is not shown either,
    so that it is a reason to doubt and never a proof of absence.
    """

    fact: tuple[Fact, ...] = ()
    variant: VariantCondition | None = None
    fusion: FusionCondition | None = None
    copy_number: CopyNumberCondition | None = None
    expression: ExpressionCondition | None = None
    histology: tuple[str, ...] = ()
    host_factor: str | None = None
    observation: tuple[str, ...] = ()
    laboratory: LaboratoryCondition | None = None
    mechanism: MechanismCondition | None = None
    call: CallCondition | None = None
    given: tuple[str, ...] = ()
    """Drugs of any line of therapy."""
    failed: tuple[str, ...] = ()
    """ALK inhibitors through which the tumour grew."""
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        asked = sorted(name for name in self.model_fields_set if getattr(self, name))
        if len(asked) != 1:
            found = ", ".join(asked) or "nothing"
            raise ValueError(f"a condition asks exactly one thing; this one asks {found}")
        return self
