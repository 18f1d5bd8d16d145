"""A document held against a type: its value, or all its faults with line and remedy."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import Field

from alkanet.kb.schema import SourceFile
from alkanet.model.record import Fraction, Record
from alkanet.text_model import Fault, field_text, fit, fit_cells
from alkanet.text_yaml import read_text_yaml


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Leaf(Record):
    name: str
    colour: Colour = Colour.RED
    share: Fraction | None = None


class Tree(Record):
    title: Annotated[str, Field(pattern=r"^[a-z]+$")]
    count: Annotated[int, Field(ge=1)] = 1
    leaves: tuple[Leaf, ...] = ()


@pytest.fixture
def faults_of(tmp_path):
    def fit_text(text):
        path = tmp_path / "tree.yaml"
        path.write_text(text)
        fitted = fit(read_text_yaml(path), Tree)
        assert (fitted.value is None) == bool(fitted.faults)
        return fitted.faults

    return fit_text


def test_a_document_without_fault_is_its_value(tmp_path):
    path = tmp_path / "tree.yaml"
    path.write_text("title: oak\ncount: 3\nleaves: [{name: NO, share: 0.5}]\n")
    fitted = fit(read_text_yaml(path), Tree)
    leaf = Leaf(name="NO", share=0.5)
    assert fitted.value == Tree(title="oak", count=3, leaves=(leaf,))
    assert fitted.faults == ()


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("count: 2\n", 1, "title", "the key is missing"),
        ("title: oak\nleafs: []\n", 2, "leafs", "Did you mean 'leaves'?"),
        ("title: oak\nzzzzzz: 1\n", 2, "zzzzzz", "expected count, leaves, title"),
        ("title: Oak\n", 1, "title", "found 'Oak'"),
        ("title: oak\ncount: two\n", 2, "count", "expected a whole number"),
        ("title: oak\ncount: 0\n", 2, "count", "found '0'"),
        ("title: oak\nleaves: x\n", 2, "leaves", "Write [x]."),
        (
            "title: oak\nleaves:\n  - name: a\n  - {name: b,\n     colour: grean}\n",
            5,
            "leaves[1].colour",
            "Did you mean 'green'?",
        ),
        ("title: oak\nleaves:\n  - colour: red\n", 3, "leaves[0].name", "the key is missing"),
        ("title: oak\nleaves:\n  - name: a\n    colur: red\n", 4, "leaves[0].colur", "'colour'"),
        ("title: oak\nleaves: [{name: a, share: '0,5'}]\n", 2, "leaves[0].share", "0.5"),
        ("title: oak\nleaves: [{name: a, share: 12 %}]\n", 2, "leaves[0].share", "0.12"),
        ("title: oak\nleaves: [{name: a, share: 1.5}]\n", 2, "leaves[0].share", "less than"),
        ("title:\n", 1, "title", "found nothing"),
        ("- a\n", 1, "", "expected a block of keys and values"),
    ],
)
def test_a_fault_has_its_line_and_its_remedy(faults_of, text, line, field, says):
    (fault,) = faults_of(text)
    assert (fault.file, fault.line, fault.field) == ("tree.yaml", line, field)
    assert says in str(fault)
    assert str(fault).startswith(f"tree.yaml:{line}")


def test_the_allowed_words_are_named(faults_of):
    (fault,) = faults_of("title: oak\nleaves: [{name: a, colour: blue}]\n")
    assert "'red'" in fault.expected
    assert "'green'" in fault.expected


def test_all_faults_are_told_at_once_in_the_order_of_their_lines(faults_of):
    found = faults_of("title: 1\ncount: x\nleaves:\n  - colour: blue\n  - nam: a\n")
    assert [(f.line, f.field) for f in found] == [
        (1, "title"),
        (2, "count"),
        (4, "leaves[0].colour"),
        (4, "leaves[0].name"),
        (5, "leaves[1].nam"),
        (5, "leaves[1].name"),
    ]


def test_an_empty_document_has_a_fault(faults_of):
    (fault,) = faults_of("")
    assert "found nothing" in str(fault)


def test_a_row_of_a_table_has_the_line_of_the_row():
    fitted = fit_cells({"name": "a", "colour": "", "share": ""}, Leaf, file="t.tsv", line=7)
    assert fitted.value == Leaf(name="a")
    fitted = fit_cells({"name": "", "colour": "pink"}, Leaf, file="t.tsv", line=7)
    assert [(f.line, f.field) for f in fitted.faults] == [(7, "colour"), (7, "name")]


def test_places_as_people_write_them():
    assert field_text(("claims", 0, "profile", "cis", 1)) == "claims[0].profile.cis[1]"
    assert field_text(()) == ""


def test_faults_sort_by_place_and_print_what_they_have():
    one, two = Fault("a", 2, "x", "one"), Fault("a", 10, "", "two", "three", "Four.")
    assert sorted([two, one]) == [one, two]
    assert str(one) == "a:2: x: one"
    assert str(two) == "a:10: two; expected three; Four."
    assert str(Fault("a", 0, "", "whole file")) == "a: whole file"


def test_the_curators_word_for_certainty(tmp_path):
    """The example of the style guide: the words that may stand there are named."""
    path = tmp_path / "s.yaml"
    path.write_text(
        "source: {id: some-2020, citation: Some One 2020, year: 2020, kind: review}\n"
        "claims:\n"
        "  - id: some-2020.g1202r-alectinib\n"
        "    profile: {cis: [G1202R]}\n"
        "    therapy: alectinib\n"
        "    predicate: predictsResistanceTo\n"
        "    evidence: cells\n"
        "    says: It says so in this source.\n"
        "    locator: text\n"
        "    certainty: sure\n"
    )
    (fault,) = fit(read_text_yaml(path), SourceFile).faults
    assert (fault.line, fault.field) == (10, "claims[0].certainty")
    assert "'verified' or 'recalled'" in str(fault)
