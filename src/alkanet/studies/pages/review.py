"""The pages of the review: every cell and statement with what carries it, and every erratum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import Source
from alkanet.model.review import (
    Erratum,
    ReviewCell,
    ReviewReference,
    ReviewStatement,
    ReviewTable,
)
from alkanet.studies.pages.markdown import codes, head, table

__all__ = ["errata_page", "page"]

ABOUT = (
    "The review is Pan et al. 2021 (10.3389/fonc.2021.713530, CC BY). It is never evidence itself: "
    "each cell and statement points to the entries that carry it, or to the erratum that says what "
    "holds instead."
)


def page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page of coverage."""
    tables = kb.all_of("review table", ReviewTable)
    statements = kb.all_of("review statement", ReviewStatement)
    references = kb.all_of("review reference", ReviewReference)
    sources = {source.id: source for source in kb.all_of("source", Source)}
    yield from head("The review, cell by cell", ABOUT)
    yield from table(
        ["part", "entries", "carried by ids", "by an erratum alone", "empty", "dropped"],
        (
            *(_count(f"Table {t.table}", _cells(t)) for t in tables),
            _count("text", statements),
        ),
    )
    held = [sources[r.source] for r in references if r.source in sources]
    with_doi = sum(source.doi is not None for source in held)
    yield (
        f"References: {len(references)} of 140, {with_doi} with a DOI, "
        f"{sum(source.pmid is not None for source in held)} with a PMID."
    )
    yield ""
    for one in tables:
        yield f"## Table {one.table}. {one.title}"
        yield ""
        yield from table(
            ["row", "column", "printed", "carried by", "errata"],
            (
                (row.printed, column, cell.printed, codes(cell.ids), ", ".join(cell.errata))
                for row in one.rows
                for column, cell in row.cells.items()
            ),
        )
    yield "## Text"
    yield ""
    for section, group in groupby(statements, key=lambda s: s.section):
        yield f"### {section}"
        yield ""
        yield from table(
            ["says", "cites", "carried by", "errata"],
            (
                (s.says, ", ".join(map(str, s.references)), codes(s.ids), ", ".join(s.errata))
                for s in group
            ),
        )
    yield "## References"
    yield ""
    yield from table(
        ["number", "source", "citation", "DOI", "PMID", "erratum"],
        (
            (
                r.number,
                r.source,
                sources[r.source].citation,
                sources[r.source].doi,
                sources[r.source].pmid,
                r.erratum,
            )
            for r in references
            if r.source in sources
        ),
    )


def _cells(one: ReviewTable) -> list[ReviewCell]:
    return [cell for row in one.rows for cell in row.cells.values()]


def _count(name: str, entries: Sequence[ReviewCell | ReviewStatement]) -> tuple[object, ...]:
    carried = sum(bool(entry.ids) for entry in entries)
    by_erratum = sum(not entry.ids and bool(entry.errata) for entry in entries)
    bare = [entry for entry in entries if not entry.ids and not entry.errata]
    empty = sum(isinstance(entry, ReviewCell) and entry.is_empty for entry in bare)
    return (name, len(entries), carried, by_erratum, empty, len(bare) - empty)


def errata_page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page of errata."""
    errata = kb.all_of("erratum", Erratum)
    yield from head("Errata of the review", "Each was looked at and decided by itself.")
    yield from table(
        [
            "id",
            "place",
            "the review says",
            "what holds",
            "why",
            "decision",
            "carried by",
            "certainty",
        ],
        (
            (
                e.id,
                f"{e.place} ({e.kind.value})",
                e.says,
                e.holds,
                e.why,
                e.decision.value,
                codes((*e.ids, *e.sources)),
                e.certainty.value,
            )
            for e in errata
        ),
    )
