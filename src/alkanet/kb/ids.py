"""Faults of ids: one that stands twice, and one that names nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.errors import did_you_mean
from alkanet.text_model import Fault

__all__ = ["repeated_ids", "unknown_id"]


def repeated_ids(what: str, ids: Iterable[tuple[str, int, str]]) -> Iterator[Fault]:
    """Return a fault for each id (file, line, id) that an earlier entry of its kind has."""
    first: dict[str, str] = {}
    for file, line, name in ids:
        if name in first:
            yield Fault(file, line, "id", f"{what} {name!r} stands at {first[name]} too")
        first.setdefault(name, f"{file}:{line}")


def unknown_id(file: str, line: int, field: str, name: str, known: Iterable[str]) -> Fault:
    """Return the fault of an id that is not among the known ones, with the nearest of them."""
    near = did_you_mean(name, sorted(known)) or ""
    return Fault(file, line, field, f"{name!r} is not in the knowledge", remedy=near)
