"""One entry of the knowledge as a person reads it: its fields, its grades, and what names it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alkanet.errors import InputError, did_you_mean
from alkanet.kb.grades import grade_of_claim, grade_of_measurement
from alkanet.kb.query import Entry, KnowledgeBase
from alkanet.model.evidence import Claim, Measurement
from alkanet.model.grade import Grade, GradeRules
from alkanet.model.haplotype import residue

__all__ = ["Named", "Shown", "show"]

HIDDEN = frozenset(
    {
        *("transcript", "suppressor", "hotspot", "gene extent", "interval rule", "driver fusion"),
        *("cryptic exon", "germline", "rules", "patient rules", "terms", "strategy weights"),
        *("message", "review table", "gap", "exception", "review statement", "review reference"),
    }
)
"""Kinds that are tables of numbers for the program; the others are shown by their id."""


@dataclass(frozen=True)
class Named:
    """An entry that stands beside the one shown: its kind, its id, and what it says."""

    kind: str
    id: str
    says: str


@dataclass(frozen=True)
class Shown:
    """An entry with its fields in words, its grade, and the entries that name it."""

    kind: str
    id: str
    fields: tuple[tuple[str, str], ...]
    grade: Grade | None
    named_by: tuple[Named, ...]


def show(name: str, kb: KnowledgeBase) -> tuple[Shown, ...]:
    """Return the entries with an id, or those on a haplotype; a drug has several.

    Raises
    ------
    InputError
        Where nothing has the id; the nearest is named.
    """
    entries = kb.entries()
    shown = [e for e in entries if e.kind not in HIDDEN]
    wanted = _as_held(name.strip(), kb)
    found = [e for e in shown if e.key == wanted] if wanted else []
    found = found or ([e for e in shown if e.haplotype == wanted] if wanted else [])
    if not found:
        known = sorted({e.key for e in shown})
        raise InputError(
            f"nothing in the knowledge has the id {name!r}",
            remedy=did_you_mean(name, known) or "`alkanet kb search` looks for words.",
        )
    rules = kb.grade_rules()
    return tuple(_shown(entry, entries, kb, rules) for entry in found)


def _as_held(name: str, kb: KnowledgeBase) -> str:
    """Return a name as the knowledge writes it: a drug generic, a haplotype in residue order."""
    try:
        return kb.therapy_named(name).id
    except InputError:
        pass
    parts = name.split("+")
    if all(re.fullmatch(r"[A-Za-z]\d+[A-Za-z]", part) for part in parts):
        return "+".join(sorted((part.upper() for part in parts), key=residue))
    return name


def _shown(entry: Entry, entries: Iterable[Entry], kb: KnowledgeBase, rules: GradeRules) -> Shown:
    value = json.loads(entry.json)
    return Shown(
        kind=entry.kind,
        id=entry.key,
        fields=tuple(_lines("", value)),
        grade=_grade(entry, kb, rules),
        named_by=tuple(
            Named(other.kind, other.key, _says(json.loads(other.json)))
            for other in entries
            if other != entry and f'"{entry.key}"' in other.json
        ),
    )


def _grade(entry: Entry, kb: KnowledgeBase, rules: GradeRules) -> Grade | None:
    if entry.kind == "claim":
        claim = Claim.model_validate_json(entry.json)
        return grade_of_claim(claim, kb.therapy_named(claim.therapy), rules)
    if entry.kind == "measurement":
        value = Measurement.model_validate_json(entry.json)
        if value.haplotype is not None:
            return grade_of_measurement(value.haplotype, kb.therapy_named(value.therapy), rules)
    return None


def _says(value: object) -> str:
    """Return the sentence of an entry, or what stands in its place."""
    if isinstance(value, dict):
        for key in ("says", "citation", "name", "population", "title", "reason"):
            if isinstance(value.get(key), str):
                return str(value[key])
    return ""


def _lines(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield a JSON value as names with texts; a record inside a list is one line."""
    if isinstance(value, dict):
        if set(value) == {"mutations"}:
            yield name, "+".join(value["mutations"])
            return
        for key, part in value.items():
            yield from _lines(f"{name}.{key}" if name else key, part)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for part in value:
            yield name, "; ".join(f"{key} {text}" for key, text in _lines("", part))
    elif isinstance(value, list):
        yield name, ", ".join(str(part) for part in value)
    else:
        yield name, _plain(value)


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
