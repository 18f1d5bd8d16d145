r"""Records as cells of tab-separated tables: what is nested gets columns of its own.

A list of plain values is one cell, joined with ``; ``. A list of records is a table of its own.
A backslash stands before what would end a cell or an item: ``\t``, ``\n``, ``\\``, ``\;``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Union, get_args, get_origin

from alkanet.model.evidence import PARENTAL, Measurement
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Record

__all__ = ["cells_of", "columns_of", "lists_of", "written"]


def columns_of(model: type[Record]) -> tuple[str, ...]:
    """Return the columns of a type, in the order of its fields; ``cut.reason`` is a nested one."""
    return tuple(_columns(model))


def _columns(model: type[Record]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = _record_in(field.annotation)
        if inner is not None:
            yield from (f"{name}.{column}" for column in _columns(inner))
        elif not _is_list_of_records(field.annotation):
            yield name


def lists_of(model: type[Record]) -> tuple[str, ...]:
    """Return the fields that hold lists of records, and so stand in tables of their own."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _is_list_of_records(field.annotation))


def cells_of(value: Record) -> tuple[str, ...]:
    """Return the cells of a value under the columns of its type."""
    return tuple(_cells(type(value), value))


def _cells(model: type[Record], value: Record | None) -> Iterator[str]:
    for name, field in model.model_fields.items():
        held = None if value is None else getattr(value, name)
        inner = _record_in(field.annotation)
        if inner is not None:
            yield from _cells(inner, held)
        elif name == "haplotype" and isinstance(value, Measurement):
            yield PARENTAL if held is None else str(held)
        elif not _is_list_of_records(field.annotation):
            yield written(held)


def written(value: object) -> str:
    r"""Return one value as the text of a cell; ``None`` is empty.

    Raises
    ------
    TypeError
        For a value that no cell can hold.

    Examples
    --------
    >>> written(12.0), written(True), written(("a;b", "c"))
    ('12', 'true', 'a\\;b; c')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Enum():
            return _escaped(str(value.value))
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case str():
            return _escaped(value)
        case int() | dt.date() | Haplotype():
            return str(value)
        case tuple():
            return "; ".join(written(item).replace(";", r"\;") for item in value)
    raise TypeError(f"{type(value).__name__} does not fit into a cell")


def _escaped(text: str) -> str:
    for found, instead in (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r")):
        text = text.replace(found, instead)
    return text


def _record_in(annotation: object) -> type[Record] | None:
    """Return the record that a field holds; a haplotype has a text form and counts as plain."""
    for part in _alternatives(annotation):
        if isinstance(part, type) and issubclass(part, Record) and part is not Haplotype:
            return part
    return None


def _is_list_of_records(annotation: object) -> bool:
    return any(
        _record_in(item) is not None
        for part in _alternatives(annotation)
        if get_origin(part) in (tuple, dict)
        for item in get_args(part)
    )


def _alternatives(annotation: object) -> tuple[object, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
