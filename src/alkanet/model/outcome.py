"""Outcomes: one number that a trial or cohort reports of one group of patients."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

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
    CNS_FREE = "CNS progression-free rate"
    """Per cent without progression in the brain at ``month``."""
    EVENT = "adverse event"
    """Per cent of patients with the event that the row names."""
    OS_MEDIAN = "median OS"
    """Months."""
    OS_RATE = "OS rate"
    """Per cent alive at ``month``."""
    DFS_MEDIAN = "median DFS"
    """Months."""
    RESPONSE_MEDIAN = "median DOR"
    """Duration of response, months."""
    RESPONSE_RATE = "DOR rate"
    """Per cent of responders whose response goes on at ``month``."""
    CNS_MEDIAN = "median time to CNS progression"
    """Months."""
    PFS_HAZARD = "PFS hazard ratio"
    """Against ``comparator``; below 1 is in favour of the arm."""
    DFS_HAZARD = "DFS hazard ratio"
    OS_HAZARD = "OS hazard ratio"
    CNS_HAZARD = "CNS progression hazard ratio"

    @property
    def is_hazard_ratio(self) -> bool:
        """Whether the number compares two arms."""
        return self in _HAZARDS

    @property
    def is_median(self) -> bool:
        """Whether the number is a time in months."""
        return self in _MEDIANS

    @property
    def is_at_month(self) -> bool:
        """Whether the number holds at a landmark."""
        return self in _AT_MONTH


_HAZARDS = frozenset(e for e in Endpoint if e.value.endswith("hazard ratio"))
_MEDIANS = frozenset(e for e in Endpoint if e.value.startswith("median"))
_AT_MONTH = frozenset(e for e in Endpoint if e.value.endswith(" rate")) | {Endpoint.CNS_PROGRESSION}


class Outcome(Record):
    """One row of ``trials.tsv``: one number of one arm, in one population, by one assessor."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    trial: str
    source: str
    arm: str
    drugs: Annotated[str, Field(pattern=r"^[a-z0-9 -]+(\+[a-z0-9 -]+)*$")]
    """Generic names joined with ``+``."""
    comparator: str | None = None
    """The other arm of a hazard ratio; empty for every other endpoint."""
    population: str
    endpoint: Endpoint
    month: Annotated[float, Field(gt=0)] | None = None
    relation: Literal["=", "about", "not reached"] = "="
    """``about``: printed without its digits; ``not reached``: a median beyond the follow-up."""
    value: Annotated[float, Field(ge=0)] | None = None
    """``None`` if and only if the median was not reached."""
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

    @property
    def number(self) -> float:
        """The value as a number.

        Raises
        ------
        ValueError
            For a median that was not reached.
        """
        if self.value is None:
            raise ValueError(f"{self.id}: the median was not reached")
        return self.value

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        endpoint, value = self.endpoint, self.value
        if (value is None) != (self.relation == "not reached"):
            raise ValueError("the value is missing if and only if the relation is 'not reached'")
        if value is None and not endpoint.is_median:
            raise ValueError(f"a {endpoint.value} is reached at once: give its value")
        is_share = not endpoint.is_median and not endpoint.is_hazard_ratio
        if is_share and value is not None and value > 100:
            raise ValueError(f"{value:g} per cent")
        if self.responders is not None and self.n is not None:
            if self.responders > self.n:
                raise ValueError(f"{self.responders} of {self.n}")
            if value is not None and abs(100 * self.responders / self.n - value) > 0.51:
                raise ValueError(f"{self.responders} of {self.n} is not {value:g} per cent")
        if endpoint.is_at_month != (self.month is not None):
            raise ValueError(f"{endpoint.value} and month do not fit together")
        if endpoint.is_hazard_ratio != (self.comparator is not None):
            raise ValueError(f"{endpoint.value} and comparator do not fit together")
        return self

    @model_validator(mode="after")
    def _lies_in_its_interval(self) -> Self:
        value = self.value
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the interval runs from {self.low:g} down to {self.high:g}")
        if value is not None:
            if self.low is not None and self.low > value:
                raise ValueError(f"the value {value:g} lies below its interval, {self.low:g}")
            if self.high is not None and self.high < value:
                raise ValueError(f"the value {value:g} lies above its interval, {self.high:g}")
        return self
