"""Index: every id of the knowledge that something may point to, with its kind and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alkanet.kb.load import Knowledge

__all__ = ["IndexEntry", "index_of"]


@dataclass(frozen=True, order=True)
class IndexEntry:
    """An id, what kind of entry it names, and where that stands."""

    id: str
    kind: str
    file: str
    line: int


def index_of(knowledge: Knowledge) -> tuple[IndexEntry, ...]:
    """Return all ids, in the order of their files and lines; an id twice stands twice."""
    return tuple(sorted(_entries(knowledge), key=lambda e: (e.file, e.line, e.id)))


def _entries(knowledge: Knowledge) -> Iterator[IndexEntry]:
    for kind, entries in (
        ("source", knowledge.sources),
        ("claim", knowledge.claims),
        ("finding", knowledge.findings),
        ("measurement", knowledge.measurements),
        ("therapy", knowledge.therapies),
        ("exposure", knowledge.exposures),
        ("co-medication", knowledge.co_medication),
        ("mechanism", knowledge.mechanisms),
        ("outcome", knowledge.outcomes),
        ("prevalence", knowledge.prevalence),
        ("erratum", knowledge.errata),
    ):
        for placed in entries:
            yield IndexEntry(placed.value.id, kind, placed.file, placed.line)
    for guideline in knowledge.guidelines:
        for number, position in enumerate(guideline.value.positions):
            line = guideline.line_of(("positions", number, "id"))
            yield IndexEntry(position.id, "guideline position", guideline.file, line)
    for strategy in knowledge.strategy:
        for number, row in enumerate(strategy.value.rows):
            line = strategy.line_of(("rows", number, "id"))
            yield IndexEntry(row.id, "strategy", strategy.file, line)
    for constraints in knowledge.constraints:
        for number, constraint in enumerate(constraints.value.constraints):
            line = constraints.line_of(("constraints", number, "id"))
            yield IndexEntry(constraint.id, "constraint", constraints.file, line)
    for entry in knowledge.faulty:
        yield IndexEntry(entry.id, "faulty entry", entry.file, entry.line)
