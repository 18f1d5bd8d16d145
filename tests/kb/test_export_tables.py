"""The tables of the export parse back to the very values that they were written from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alkanet.kb.export.cells import columns_of, lists_of, written
from alkanet.kb.export.tables import PARTS, TABLES, tables
from alkanet.kb.graded import graded_claims
from alkanet.model.evidence import Claim, Measurement
from alkanet.model.review import ReviewTable
from exported_files import items, read_back, rows_of, unescaped


@pytest.fixture(scope="module")
def files(kb):
    return {file.name.removeprefix("tables/").removesuffix(".tsv"): file for file in tables(kb)}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_table_parses_back_to_the_same_values(table, kb, files):
    header, rows = rows_of(files[table.name])
    assert header == columns_of(table.model)
    held = kb.all_of(table.kind, table.model)
    # lists of records stand in tables of their own, and are held against them below
    lists = [{name: getattr(v, name) for name in lists_of(table.model)} for v in held]
    assert len(rows) == len(held)
    assert [read_back(table.model, r, known=k) for r, k in zip(rows, lists, strict=True)] == [*held]


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.name)
def test_a_list_parses_back_to_the_same_values(part, kb, files):
    _, rows = rows_of(files[part.name])
    held = [
        (value.id, item)
        for value in kb.all_of(part.kind, part.model)
        for item in getattr(value, part.field)
    ]
    assert [(row[part.parent], read_back(part.item, row)) for row in rows] == held


def test_every_list_of_records_has_its_table():
    own = {(part.model, part.field) for part in PARTS}
    assert {(t.model, name) for t in TABLES for name in lists_of(t.model)} == own


def test_claims_and_cells_of_the_review_parse_back(kb, files):
    _, rows = rows_of(files["claims"])
    assert [read_back(Claim, row) for row in rows] == list(kb.all_of("claim", Claim))
    levels = [graded.civic.level for graded in graded_claims(kb)]
    assert [row["civic_level"] for row in rows] == levels
    assert not [row for row in rows if row["direction"] == "neutral" and row["amp_tier"]]
    cells = [
        (str(table.table), row.printed, column, cell.printed, list(cell.ids))
        for table in kb.all_of("review table", ReviewTable)
        for row in table.rows
        for column, cell in row.cells.items()
    ]
    columns = ("table", "row", "column", "printed")
    assert [
        (*(unescaped(row[c]) for c in columns), items(row["ids"]))
        for row in rows_of(files["review-cells"])[1]
    ] == cells


def test_resistance_has_no_escat_tier(files):
    """ESCAT ranks what a patient may be given; nobody is given what fails."""
    for row in rows_of(files["grades"])[1]:
        assert row["side"] == "sensitive" or row["system"] != "ESCAT tier"


def test_a_table_says_of_which_knowledge_it_is(kb, files):
    for file in files.values():
        first = file.text.splitlines()[0]
        assert first.startswith("# ")
        assert kb.version.version in first
        assert kb.version.hash in first


HARD = st.text(st.sampled_from("ab;\\ \t\n\r")) | st.text()


@given(HARD | st.lists(HARD.filter(bool), min_size=1).map(tuple))
def test_no_text_breaks_a_cell(value):
    cell = written(value)
    assert not set(cell) & set("\t\n\r")
    assert (tuple(items(cell)) if isinstance(value, tuple) else unescaped(cell)) == value


def test_cells_without_alk_are_not_wild_type(kb, files):
    held = {m.id: m for m in kb.all_of("measurement", Measurement)}
    for row in rows_of(files["measurements"])[1]:
        assert (row["haplotype"] == "parental") == (held[row["id"]].haplotype is None)
