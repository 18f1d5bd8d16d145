"""The base of every type: frozen, closed to unknown fields, lossless in JSON."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["Fraction", "Interval", "Positive", "Record"]

Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
"""A share between 0 and 1; VAF and tumour content are fractions, never per cent."""

Positive = Annotated[float, Field(gt=0.0)]


class Record(BaseModel):
    """An immutable value with a JSON form: ``from_json(to_json(x)) == x``."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)

    def to_json(self) -> str:
        """Return the JSON text, fields in the order in which the type declares them."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the value whose JSON text is given.

        Raises
        ------
        pydantic.ValidationError
            Where the text does not fit the type; every fault is named with its path.
        """
        return cls.model_validate_json(text)


class Interval(Record):
    """A median with the bounds of its 90 % interval."""

    median: float
    low: float
    high: float

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if not self.low <= self.median <= self.high:
            raise ValueError(
                f"low {self.low} <= median {self.median} <= high {self.high} is broken"
            )
        return self
