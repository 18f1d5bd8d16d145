"""Values of every type of the model, made from its fields; types with an invariant have their own.

``values_of(Report)`` is a hypothesis strategy. A field of a new kind raises, so that no type is
left out by accident.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from alkanet.model.calls import Breakpoint
from alkanet.model.case import Case, LineOfTherapy
from alkanet.model.condition import Condition
from alkanet.model.evidence import EvidenceKind, Measurement
from alkanet.model.fact import Fact
from alkanet.model.haplotype import Haplotype
from alkanet.model.identifier import CodingSystem, Identifier
from alkanet.model.outcome import Outcome
from alkanet.model.provenance import InputAccount
from alkanet.model.record import Interval, Record
from alkanet.model.response import Call, HaplotypeResponse, SiteResponse
from alkanet.model.response_rules import KindWeight, ResponseRules
from alkanet.model.therapy import Approval, FoldCut

RESIDUES = st.sampled_from("ACDEFGHIKLMNPQRSTVWY")
MUTATIONS = st.one_of(
    st.builds("{}{}{}".format, RESIDUES, st.integers(1, 1620), RESIDUES),
    st.builds("{}{}{}".format, RESIDUES, st.integers(1, 1620), st.sampled_from(["del", "dup"])),
)
HAPLOTYPES = st.builds(Haplotype, mutations=st.lists(MUTATIONS, max_size=5, unique=True))
INTERVALS = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3).map(
    lambda v: Interval(**dict(zip(("low", "median", "high"), sorted(v), strict=True)))
)


PARTS = st.one_of(
    st.builds(
        lambda facts: {"fact": facts}, st.lists(st.sampled_from(Fact), min_size=1, max_size=2)
    ),
    st.builds(lambda drug: {"failed": [drug]}, st.text(min_size=1, max_size=9)),
    st.builds(lambda gene: {"variant": {"gene": gene}}, st.text(max_size=9)),
    st.builds(lambda factor: {"host_factor": factor}, st.text(min_size=1, max_size=9)),
)
CONDITIONS = st.recursive(
    PARTS,
    lambda inner: st.builds(
        lambda how, parts: {how: parts},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=4,
).map(Condition.model_validate)
"""Conditions ask exactly one thing each, and may hold others."""


@cache
def values_of(model: type[Record]) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a type."""
    if model is Haplotype:
        return HAPLOTYPES
    if model is Interval:
        return INTERVALS
    if model is Condition:
        return CONDITIONS
    fields = st.fixed_dictionaries(
        {name: of_field(field) for name, field in model.model_fields.items()}
    )
    for kind, repair in _REPAIRS.items():
        if issubclass(model, kind):
            fields = fields.map(repair)
    return fields.map(lambda found: model(**found))


def of_field(field: FieldInfo) -> st.SearchStrategy[Any]:
    return of_annotation(field.annotation, tuple(field.metadata))


def of_annotation(annotation: Any, limits: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        more = tuple(
            limit
            for found in arguments[1:]
            for limit in (found.metadata if isinstance(found, FieldInfo) else [found])
        )
        return of_annotation(arguments[0], (*limits, *more))
    if origin in (Union, UnionType):
        return st.one_of(*(of_annotation(argument, limits) for argument in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is ...:
            least = max((x.min_length for x in limits if isinstance(x, MinLen)), default=0)
            inner = of_annotation(arguments[0])
            return st.lists(inner, min_size=least, max_size=least + 1).map(tuple)
        return st.tuples(*map(of_annotation, arguments))
    if origin in (dict, Mapping):
        least = max((x.min_length for x in limits if isinstance(x, MinLen)), default=0)
        return st.dictionaries(*map(of_annotation, arguments), min_size=least, max_size=2)
    if isinstance(annotation, type):
        if issubclass(annotation, Record):
            return st.deferred(lambda: values_of(annotation))
        if issubclass(annotation, Enum):
            return st.sampled_from(annotation)
        if annotation in _PLAIN:
            return _PLAIN[annotation](limits)
    raise TypeError(f"no values are known for {annotation!r}")


def _texts(limits: tuple[Any, ...]) -> st.SearchStrategy[str]:
    patterns = [x.pattern for x in limits if getattr(x, "pattern", None)]
    if patterns and patterns[0].startswith("^(19|20)"):
        return st.sampled_from(["2020", "2020-02", "2020-02-29"])  # days that there are
    if patterns:
        return st.from_regex(patterns[0].replace("$", r"\Z"))
    least = max((x.min_length for x in limits if isinstance(x, MinLen)), default=0)
    most = min((x.max_length for x in limits if isinstance(x, MaxLen)), default=least + 10)
    return st.text(min_size=least, max_size=most)


def _whole_numbers(limits: tuple[Any, ...]) -> st.SearchStrategy[int]:
    least = [x.ge for x in limits if isinstance(x, Ge)]
    most = [x.le for x in limits if isinstance(x, Le)]
    return st.integers(*least or [None], *most or [None])


def _numbers(limits: tuple[Any, ...]) -> st.SearchStrategy[float]:
    above = [x.gt for x in limits if isinstance(x, Gt)]
    least = above + [x.ge for x in limits if isinstance(x, Ge)]
    most = [x.le for x in limits if isinstance(x, Le)]
    return st.floats(
        min_value=least[0] if least else None,
        max_value=most[0] if most else None,
        exclude_min=bool(above),
        allow_nan=False,
        allow_infinity=False,
    )


_PLAIN = {
    str: _texts,
    int: _whole_numbers,
    float: _numbers,
    bool: lambda _: st.booleans(),
    dt.date: lambda _: st.dates(),
    NoneType: lambda _: st.none(),
}


def _silence_is_null(fields):
    silent = fields["call"] is Call.NO_DATA
    p_response = fields["p_response"] or Interval(median=0.5, low=0.2, high=0.8)
    return fields | {"p_response": None if silent else p_response}


def _adds_up(fields):
    aside = sum(entry.count for entry in fields["set_aside"])
    return fields | {"rows": fields["used"] + aside}


def _in_order(low, high):
    def repair(fields):
        if fields[low] is None or fields[high] is None:
            return fields
        ordered = sorted([fields[low], fields[high]])
        return fields | {low: ordered[0], high: ordered[1]}

    return repair


def _apart(fields):
    low = min(fields["sensitive_up_to"], 1e300)
    return fields | {"sensitive_up_to": low, "resistant_from": 2 * low}


def _with_a_place(fields):
    return fields if fields["hgvs_c"] else fields | {"hgvs_c": "c.3173-518"}


def _one_name_each(fields):
    once = {specimen.id: specimen for specimen in fields["specimens"]}
    return fields | {"specimens": tuple(once.values())}


def _of_an_endpoint(fields):
    endpoint = fields["endpoint"]
    is_missing = endpoint.is_median and fields["relation"] == "not reached"
    return fields | {
        "value": None if is_missing else 50.0,
        "relation": "not reached" if is_missing else "=",
        "responders": 5,
        "n": 10,
        "low": None,
        "high": None,
        "month": 12.0 if endpoint.is_at_month else None,
        "comparator": "crizotinib" if endpoint.is_hazard_ratio else None,
    }


def _dated_once(fields):
    return fields | ({"month": None} if fields["date"] else {"month": "2020-02"})


def _of_its_system(fields):
    codes = {
        CodingSystem.HGNC: "HGNC:427",
        CodingSystem.NCBI_GENE: "238",
        CodingSystem.UNIPROT: "Q9UM73",
        CodingSystem.RXNORM: "1148495",
        CodingSystem.NCIT: "C74061",
        CodingSystem.CHEMBL: "CHEMBL601719",
        CodingSystem.MONDO: "MONDO:0005233",
        CodingSystem.ONCOTREE: "NSCLC",
    }
    return fields | {"code": codes[fields["system"]]}


def _in_its_panel(fields):
    return fields | {"panel": f"{fields['source']}/{fields['panel']}"}


def _whole_rules(fields):
    weight = KindWeight(weight=1, reason="as good as any")
    one = {"from_score": 0, "median": 0.5, "low": 0.1, "high": 0.9}
    calls = ("sensitive", "reduced", "resistant")
    return fields | {
        "weights": dict.fromkeys(EvidenceKind, weight),
        "response_map": tuple({"call": call} | one for call in calls),
    }


_REPAIRS = {
    HaplotypeResponse: _silence_is_null,
    SiteResponse: _silence_is_null,
    InputAccount: _adds_up,
    LineOfTherapy: _in_order("start", "stop"),
    FoldCut: _apart,
    Breakpoint: _with_a_place,
    Case: _one_name_each,
    Measurement: _in_its_panel,
    Outcome: _of_an_endpoint,
    Approval: _dated_once,
    Identifier: _of_its_system,
    ResponseRules: _whole_rules,
}
