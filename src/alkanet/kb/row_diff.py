"""Two knowledge bases side by side: which entries were added, revised, withdrawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from alkanet.kb.query import Entry, KnowledgeBase

__all__ = ["Change", "EntryChange", "changed_entries"]


class Change(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class EntryChange:
    """One entry that differs; ``fields`` are those of a revised one, with both values."""

    change: Change
    kind: str
    id: str
    fields: tuple[tuple[str, str, str], ...] = ()


def changed_entries(before: KnowledgeBase, after: KnowledgeBase) -> tuple[EntryChange, ...]:
    """Return every entry that differs, by kind and id."""
    old = {(e.kind, e.key): e for e in before.entries()}
    new = {(e.kind, e.key): e for e in after.entries()}
    found = []
    for kind, name in sorted(old.keys() | new.keys()):
        one, other = old.get((kind, name)), new.get((kind, name))
        if one is None:
            found.append(EntryChange(Change.ADDED, kind, name))
        elif other is None:
            found.append(EntryChange(Change.WITHDRAWN, kind, name))
        elif one.json != other.json:
            found.append(EntryChange(Change.REVISED, kind, name, _fields(one, other)))
    return tuple(found)


def _fields(one: Entry, other: Entry) -> tuple[tuple[str, str, str], ...]:
    before, after = json.loads(one.json), json.loads(other.json)
    return tuple(
        (name, _text(before.get(name)), _text(after.get(name)))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def _text(value: object) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
