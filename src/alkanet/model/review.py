"""The review, cell by cell: what it prints, what carries it, and what is wrong with it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alkanet.model.evidence import Certainty
from alkanet.model.record import Record

__all__ = [
    "Decision",
    "Erratum",
    "ErratumKind",
    "ReviewCell",
    "ReviewReference",
    "ReviewRow",
    "ReviewStatement",
    "ReviewTable",
]

Sentence = Annotated[str, Field(min_length=10, max_length=400)]
ErratumId = Annotated[str, Field(pattern=r"^e\d{3}$")]


class ErratumKind(StrEnum):
    """Where a fault of the review comes from."""

    OCR = "slip of the text recognition"
    REVIEW = "the review"
    CITATION = "citation"
    SUPERSEDED = "superseded"


class Decision(StrEnum):
    """What the knowledge does about it."""

    CORRECTED = "corrected"
    """The knowledge holds another value or name."""
    REATTRIBUTED = "reattributed"
    """The statement stands, under another source, population or place."""
    QUALIFIED = "qualified"
    """The statement stands with less weight or in fewer cases."""
    SUPERSEDED = "superseded"
    """It was so in 2021; the knowledge holds what came later beside it."""
    LEFT_OUT = "left out"
    """Nothing is held in its place."""
    NOT_FOLLOWED = "not followed"
    """The objection was looked at, and the review stands."""


class Erratum(Record):
    """One entry of ``errata.yaml``: pointers to what carries the decision, never evidence."""

    id: ErratumId
    kind: ErratumKind
    place: str
    """Table and row, or section, of the review."""
    says: Sentence
    holds: Sentence
    why: Annotated[str, Field(min_length=10, max_length=600)]
    decision: Decision
    ids: tuple[str, ...] = ()
    """What the knowledge holds instead."""
    sources: tuple[str, ...] = ()
    certainty: Certainty


class ReviewCell(Record):
    """One cell of a table: what is printed, the ids that carry it, the errata that touch it."""

    printed: str
    ids: tuple[str, ...] = ()
    errata: tuple[ErratumId, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the review prints nothing here that could be carried."""
        return self.printed in ("–", "-", "NA")


class ReviewRow(Record):
    """One row: the label as printed, the haplotype it means if any, and its cells by column."""

    printed: str
    haplotype: str | None = None
    cells: Annotated[dict[str, ReviewCell], Field(min_length=1)]


class ReviewTable(Record):
    """``review/table-N.yaml``."""

    table: Annotated[int, Field(ge=1, le=4)]
    title: str
    rows: Annotated[tuple[ReviewRow, ...], Field(min_length=1)]


class ReviewStatement(Record):
    """One statement of the review's text, in our words.

    ``ids`` name what carries it: claims, measurements, findings, outcomes, rows of prevalence,
    mechanisms, next steps, drugs or co-medication rules.
    """

    section: str
    says: Sentence
    references: tuple[Annotated[int, Field(ge=1, le=140)], ...] = ()
    """The numbers that the review cites for it."""
    ids: tuple[str, ...] = ()
    errata: tuple[ErratumId, ...] = ()


class ReviewReference(Record):
    """One row of ``review/references.tsv``: a number of the review's list and our source."""

    number: Annotated[int, Field(ge=1, le=140)]
    source: str
    erratum: ErratumId | None = None
    certainty: Certainty
