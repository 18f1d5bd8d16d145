"""Outcomes: one number that a trial or cohort reports of one group of patients."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from alkanet.model.evidence import Certainty
from alkanet.model.record import Record

__all__ = ["Endpoint", "Outcome"]


class Endpoint(StrEnum):
    """What was measured, with its unit."""

    RESPONSE = "ORR"
    """Objective response rate, per cent."""
    CNS_RESPONSE = "IC-ORR"
    """Intracranial objective response rate, per cent of the population that the row names."""
    PFS_MEDIAN = "median PFS"
    """Months."""
    PFS_RATE = "PFS rate"
    """Per cent without progression at ``month``."""
    DFS_RATE = "DFS rate"
    """Per cent without recurrence at ``month``."""
    TIME_MEDIAN = "median time on drug"
    """Months."""
    CNS_PROGRESSION = "CNS progression"
    """Cumulative incidence at ``month``, per cent."""
    EVENT = "adverse event"
    """Per cent of patients with the event that the row names."""


class Outcome(Record):
    """One row of ``trials.tsv``: one number of one arm, in one population, by one assessor."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    trial: str
    source: str
    arm: str
    drugs: Annotated[str, Field(pattern=r"^[a-z0-9 -]+(\+[a-z0-9 -]+)*$")]
    """Generic names joined with ``+``."""
    population: str
    endpoint: Endpoint
    month: Annotated[float, Field(gt=0)] | None = None
    value: Annotated[float, Field(ge=0)]
    responders: Annotated[int, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    low: Annotated[float, Field(ge=0)] | None = None
    """Lower bound of the 95 % interval that the source prints."""
    high: Annotated[float, Field(ge=0)] | None = None
    assessor: str | None = None
    cutoff: str | None = None
    locator: str
    certainty: Certainty
    note: str | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        is_rate = self.endpoint not in (Endpoint.PFS_MEDIAN, Endpoint.TIME_MEDIAN)
        if is_rate and self.value > 100:
            raise ValueError(f"{self.value} per cent")
        if self.responders is not None and self.n is not None:
            if self.responders > self.n:
                raise ValueError(f"{self.responders} of {self.n}")
            if abs(100 * self.responders / self.n - self.value) > 1.0:
                raise ValueError(f"{self.responders} of {self.n} is not {self.value} per cent")
        at_month = (Endpoint.PFS_RATE, Endpoint.DFS_RATE, Endpoint.CNS_PROGRESSION)
        if (self.endpoint in at_month) != (self.month is not None):
            raise ValueError(f"{self.endpoint.value} and month do not fit together")
        return self
