"""Faults of ids: one that stands twice, and one that names nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.errors import did_you_mean
from alkanet.model.therapy import Therapy
from alkanet.text_model import Fault

__all__ = ["repeated_ids", "unknown_drug", "unknown_id"]


def repeated_ids(what: str, ids: Iterable[tuple[str, int, str]]) -> Iterator[Fault]:
    """Return a fault for each id (file, line, id) that an earlier entry of its kind has."""
    first: dict[str, str] = {}
    for file, line, name in ids:
        if name in first:
            yield Fault(file, line, "id", f"{what} {name!r} stands at {first[name]} too")
        first.setdefault(name, f"{file}:{line}")


def unknown_id(file: str, line: int, field: str, name: str, known: Iterable[str]) -> Fault:
    """Return the fault of an id that is not among the known ones, with the nearest of them.

    An id of evidence has a near one only by a slip of the pen: one of the same paper about another
    drug may say the opposite.
    """
    near = did_you_mean(name, sorted(known), cutoff=0.92 if "." in name else 0.6) or ""
    return Fault(file, line, field, f"{name!r} is not in the knowledge", remedy=near)


def unknown_drug(
    file: str, line: int, field: str, name: str, therapies: Iterable[Therapy]
) -> Fault:
    """Return the fault of a drug that is none by its generic name, with the name that is meant."""
    held = tuple(therapies)
    for therapy in held:
        others = (*therapy.brand_names, *therapy.code_names)
        if name.casefold() in (other.casefold() for other in others):
            text = f"{name!r} is not a generic name"
            return Fault(file, line, field, text, remedy=f"Write {therapy.id!r}.")
    return unknown_id(file, line, field, name, [therapy.id for therapy in held])
