"""The written numbers of the response rules: data that experts edit, each with its reason."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from alkanet.model.evidence import EvidenceKind
from alkanet.model.record import Fraction, Positive, Record

__all__ = ["KindWeight", "ResponseMapEntry", "ResponseRules"]

Reason = Annotated[str, Field(min_length=10)]


class KindWeight(Record):
    """How far one claim of a kind pulls, and why."""

    weight: Annotated[float, Field(ge=0, le=10)]
    reason: Reason


class ResponseMapEntry(Record):
    """One line of the written map from a call and its score to P(response).

    The line holds for scores whose size is at least ``from_score``; the last that fits is taken.
    """

    call: Literal["sensitive", "reduced", "resistant"]
    from_score: Annotated[float, Field(ge=0)]
    median: Fraction
    low: Fraction
    high: Fraction


class ResponseRules(Record):
    """``sensitivity/rules.yaml``; ``docs/methods/responses.md`` has the equations."""

    laboratory_sd_log10: Positive
    laboratory_sd_reason: Reason
    compound_sd_log10: Positive
    compound_sd_reason: Reason
    compound_excess_log10: Annotated[float, Field(ge=0)]
    compound_excess_reason: Reason
    call_at_score: Positive
    call_at_score_reason: Reason
    largest_laboratory_pull: Positive
    largest_laboratory_pull_reason: Reason
    least_patients_of_a_group: Annotated[int, Field(ge=1)]
    least_patients_reason: Reason
    least_weight_for_a_call: Positive
    least_weight_reason: Reason
    pair_share: Fraction
    pair_share_reason: Reason
    weights: dict[EvidenceKind, KindWeight]
    response_map: tuple[ResponseMapEntry, ...]
    response_map_reason: Reason

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        lacking = [kind.value for kind in EvidenceKind if kind not in self.weights]
        if lacking:
            raise ValueError(f"weights lacks: {', '.join(lacking)}")
        starts = {entry.call for entry in self.response_map if entry.from_score == 0}
        if starts != {"sensitive", "reduced", "resistant"}:
            raise ValueError("response_map needs a line with from_score 0 for each of three calls")
        return self
