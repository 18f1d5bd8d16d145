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
    says: str = ""
    """What an added or withdrawn entry says, in one line."""
    fields: tuple[tuple[str, str, str], ...] = ()


def changed_entries(before: KnowledgeBase, after: KnowledgeBase) -> tuple[EntryChange, ...]:
    """Return every entry that differs, by kind and id."""
    old = {_identity(e): e for e in before.entries()}
    new = {_identity(e): e for e in after.entries()}
    found = []
    for identity in sorted(old.keys() | new.keys()):
        one, other = old.get(identity), new.get(identity)
        if one is not None and other is not None:
            if one.json != other.json:
                fields = _fields(one, other)
                found.append(EntryChange(Change.REVISED, *identity, fields=fields))
        elif other is not None:
            found.append(EntryChange(Change.ADDED, *identity, says=_says(other)))
        elif one is not None:
            found.append(EntryChange(Change.WITHDRAWN, *identity, says=_says(one)))
    return tuple(found)


NUMBERED = frozenset({"review statement", "gap", "exception"})
"""Kinds whose key is only their place in a list: there what they say is who they are."""


def _identity(entry: Entry) -> tuple[str, str]:
    if entry.kind not in NUMBERED:
        return entry.kind, entry.key
    value = json.loads(entry.json)
    return entry.kind, str(value.get("says") or value.get("reason") or entry.key)


def _says(entry: Entry) -> str:
    """Return the content of an entry in one line, for a second reader."""
    if entry.kind in NUMBERED:
        return ""
    value = json.loads(entry.json) | ({"haplotype": entry.haplotype} if entry.haplotype else {})
    fields = _TOLD.get(entry.kind, ("says", "citation", "name"))
    return ", ".join(_text(value[name]) for name in fields if name in value)


_TOLD = {
    "outcome": ("arm", "population", "endpoint", "month", "value", "n", "low", "high", "certainty"),
    "measurement": ("haplotype", "therapy", "relation", "ic50_nM", "assay", "certainty"),
    "prevalence": ("event", "drug", "percent", "n_with", "n", "specimen", "certainty"),
    "exposure": ("drug", "parameter", "value", "unit", "population", "certainty"),
    "trial": ("name", "setting", "drugs"),
    "identifier": ("name", "system", "code"),
}
"""The fields that tell what an entry without a sentence holds."""


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
