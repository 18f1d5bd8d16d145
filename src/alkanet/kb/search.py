"""Full-text search over everything that the knowledge says."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from alkanet.kb.query import Entry, KnowledgeBase
from alkanet.model.haplotype import residue

__all__ = ["Hit", "search"]

SEARCHED = frozenset(
    {
        *("claim", "finding", "measurement", "source", "therapy", "drug profile", "exposure"),
        *("co-medication", "mechanism", "outcome", "prevalence", "trial", "strategy"),
        *("guideline", "erratum", "review statement", "gap", "other drug", "fusion variant"),
    }
)
"""Kinds of entries that hold words; tables of coordinates do not."""

_CHANGE = re.compile(r"[A-Za-z]\d+\w+")
_WORD = re.compile(r"[\w+'*>-]+", re.UNICODE)


@dataclass(frozen=True)
class Hit:
    """One entry that holds all words: its kind, its id, and the passage around them."""

    kind: str
    id: str
    passage: str


def search(words: str, kb: KnowledgeBase, *, limit: int = 20) -> tuple[Hit, ...]:
    """Return the entries that hold all words, the best match first.

    A word finds what begins with it; capitals do not count, nor does the hyphen of a compound
    word. The order is that of BM25 as SQLite computes it, and then of the ids, so that one
    knowledge gives one order.
    """
    asked = " ".join(f'"{_in_order(word)}"*' for word in _WORD.findall(words))
    if not asked:
        return ()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (kind UNINDEXED, id, says, text)")
        connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", _texts(kb))
        rows = connection.execute(
            "SELECT kind, id, says, snippet(words, 3, '', '', ' … ', 24) FROM words "
            "WHERE words MATCH ? ORDER BY bm25(words, 0, 4, 2, 1), id LIMIT ?",
            (asked, limit),
        )
        return tuple(
            Hit(kind, name, " ".join((says or passage).split()))
            for kind, name, says, passage in rows
        )


def _in_order(word: str) -> str:
    """Return a compound in the order of its residues, as the knowledge writes it."""
    parts = word.split("+")
    is_compound = len(parts) > 1 and all(_CHANGE.fullmatch(part) for part in parts)
    return "+".join(sorted(parts, key=residue)) if is_compound else word


def _texts(kb: KnowledgeBase) -> Iterator[tuple[str, str, str, str]]:
    for entry in kb.entries():
        if entry.kind in SEARCHED:
            value = json.loads(entry.json)
            says = next((value[k] for k in ("says", "citation", "name") if k in value), "")
            yield entry.kind, entry.key, says, " . ".join(_words_of(entry))


def _words_of(entry: Entry) -> Iterator[str]:
    yield from (text for text in (entry.haplotype, entry.therapy) if text)
    yield from _strings(json.loads(entry.json))


def _strings(value: object) -> Iterator[str]:
    """Yield every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
