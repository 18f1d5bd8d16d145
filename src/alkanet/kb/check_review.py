"""Promises over the review: each cell, statement and reference is carried, or has its erratum."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alkanet.kb.ids import repeated_ids, unknown_id
from alkanet.kb.index import index_of
from alkanet.kb.load import Knowledge
from alkanet.text_model import Fault

__all__ = ["REVIEW_PROMISES"]

NOT_EVIDENCE = frozenset({"erratum", "source"})
"""Kinds of entries that carry no statement of the review: pointing to them would prove nothing."""


def _pointers(knowledge: Knowledge) -> Iterator[tuple[str, int, str, tuple[str, ...]]]:
    """Yield file, line, field and ids of everything that points to evidence from the review."""
    for table in knowledge.review_tables:
        for number, row in enumerate(table.value.rows):
            for column, cell in row.cells.items():
                line = table.line_of(("rows", number, "cells", column))
                yield table.file, line, f"{row.printed}, {column}", cell.ids
    for statement in knowledge.review_statements:
        yield statement.file, statement.line, "ids", statement.value.ids
    for erratum in knowledge.errata:
        yield erratum.file, erratum.line, f"{erratum.value.id}: ids", erratum.value.ids


def _ids_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    known = {e.id for e in index_of(knowledge) if e.kind not in NOT_EVIDENCE}
    for file, line, field, ids in _pointers(knowledge):
        for name in ids:
            if name not in known:
                yield unknown_id(file, line, field, name, known)


def _all_is_carried(knowledge: Knowledge) -> Iterator[Fault]:
    for table in knowledge.review_tables:
        for number, row in enumerate(table.value.rows):
            for column, cell in row.cells.items():
                if not cell.is_empty and not cell.ids and not cell.errata:
                    line = table.line_of(("rows", number, "cells", column))
                    text = f"{cell.printed!r} has neither ids nor an erratum"
                    yield Fault(table.file, line, f"{row.printed}, {column}", text)
    for statement in knowledge.review_statements:
        if not statement.value.ids and not statement.value.errata:
            text = "the statement has neither ids nor an erratum"
            yield Fault(statement.file, statement.line, "statements", text)


def _errata_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    ids = [(e.file, e.line, e.value.id) for e in knowledge.errata]
    yield from repeated_ids("erratum", ids)
    known = {erratum.value.id for erratum in knowledge.errata}
    named = [(s.file, s.line, "errata", s.value.errata) for s in knowledge.review_statements]
    for table in knowledge.review_tables:
        for number, row in enumerate(table.value.rows):
            for column, cell in row.cells.items():
                line = table.line_of(("rows", number, "cells", column))
                named.append((table.file, line, f"{row.printed}, {column}", cell.errata))
    for reference in knowledge.review_references:
        if reference.value.erratum is not None:
            of_row = (reference.value.erratum,)
            named.append((reference.file, reference.line, "erratum", of_row))
    for file, line, field, errata in named:
        for name in errata:
            if name not in known:
                yield unknown_id(file, line, field, name, known)


def _references_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    sources = {s.value.id for s in knowledge.sources} | {entry.id for entry in knowledge.faulty}
    for reference in knowledge.review_references:
        if reference.value.source not in sources:
            name = reference.value.source
            yield unknown_id(reference.file, reference.line, "source", name, sources)
    for erratum in knowledge.errata:
        for name in erratum.value.sources:
            if name not in sources:
                field = f"{erratum.value.id}: sources"
                yield unknown_id(erratum.file, erratum.line, field, name, sources)
    numbers = [(r.file, r.line, str(r.value.number)) for r in knowledge.review_references]
    yield from repeated_ids("reference", numbers)


REVIEW_PROMISES: tuple[Callable[[Knowledge], Iterator[Fault]], ...] = (
    _ids_resolve,
    _all_is_carried,
    _errata_resolve,
    _references_resolve,
)
