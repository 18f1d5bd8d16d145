"""The case file: text stays text, and all faults are told with their lines."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from pydantic import BaseModel

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.case_file import DATE_FIELDS, read_case
from alkanet.model.case import Case, Setting

START = "schema_version: 1\nid: case\n"


def test_golden_case(data):
    case = read_case(data / "case" / "case.yaml")
    assert case.id == "<b>patient</b> & co"
    assert case.region == "NO"
    assert case.as_of == dt.date(2024, 6, 30)
    assert case.setting is Setting.METASTATIC
    assert case.goals == ()
    assert case.synthetic is True
    assert case.lines[0].drugs == ("alectinib",)
    assert case.specimens[0].tumour_content == 0.4
    assert case.specimens[0].files.variants == ("rebiopsy.vcf.gz",)


def test_every_fault_is_told_at_once_with_its_line(write):
    text = START + (
        "setting: metastatc\n"
        "age: sixty\n"
        "lines:\n"
        "  - drugs: crizotinib\n"
        "    stop: 05/2024\n"
        "  - start: 2022-01-01\n"
        "specimens:\n"
        "  - id: a\n"
        "    tumour_content: 40%\n"
        "    fils: {}\n"
        "sites:\n"
        "  - {site: brain, growing: perhaps}\n"
    )
    with pytest.raises(InputError) as told:
        read_case(write("case.yaml", text))
    first, *faults = str(told.value).splitlines()
    assert first == "case.yaml: 8 faults"
    expected = [
        "case.yaml:3: setting: found 'metastatc'. Expected 'early', 'stage III' or 'metastatic'. "
        "Did you mean 'metastatic'?",
        "case.yaml:4: age: found 'sixty'. Expected a whole number.",
        "case.yaml:6: lines[0].drugs: found 'crizotinib'. Expected a list. Write [crizotinib].",
        "case.yaml:7: lines[0].stop: found '05/2024'. Expected a date such as 2024-03-31.",
        "case.yaml:8: lines[1].drugs: the key is missing.",
        "case.yaml:11: specimens[0].tumour_content: found '40%'. Expected a number. "
        "Write a fraction: 0.4.",
        "case.yaml:12: specimens[0].fils: the key 'fils' is not known. Expected ",
        "case.yaml:14: sites[0].growing: found 'perhaps'. Expected yes or no.",
    ]
    assert len(faults) == len(expected)
    for fault, start in zip(faults, expected, strict=True):
        assert fault.startswith(start)
    assert faults[6].endswith("Did you mean 'files'?")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no keys and values"),
        ("- a\n- b\n", "no keys and values"),
        ("id: a\n", "schema_version: the key is missing"),
        ("shema_version: 1\nid: a\n", "Did you mean 'shema_version'"),
        ("schema_version: one\nid: a\n", "schema_version: found 'one'"),
        (START + "id: other\n", "the key 'id' stands twice"),
        (START + "as_of: 86400\n", "as_of: found '86400'.*a date such as"),
        (START + "as_of: 2024-02-30\n", "as_of: found '2024-02-30'.*a date such as"),
        (START + "ecog: 7\n", "ecog: found '7'. Expected less than or equal to 4"),
        (START + "lines: [{drugs: []}]\n", "at least one entry"),
        (START + "lines: [{drugs: [a], dose_mg: inf}]\n", "dose_mg: found 'inf'.*a number"),
        (
            START + "laboratory: [{name: ALT, value: '3,5', unit: U/L, date: 2024-01-01}]\n",
            r"Write a decimal point: 3\.5",
        ),
        (
            START + "lines: [{drugs: [a], start: 2024-01-02, stop: 2024-01-01}]\n",
            r"lines\[0\]: stop 2024-01-01 lies before start",
        ),
        (START + "specimens: [{id: a}, {id: a}]\n", "specimen id stands twice: a"),
        (START + "specimens: a\n", "specimens: found 'a'. Expected a list"),
        (START + "specimens: [a]\n", r"specimens\[0\]: found 'a'. Expected a block"),
        (START + "lines: {a: b}\n", "lines: found keys and values. Expected a list"),
    ],
)
def test_single_faults(write, text, message):
    with pytest.raises(InputError, match=message):
        read_case(write("case.yaml", text))


def test_a_later_schema_is_told_with_what_to_do(write):
    with pytest.raises(
        UnsupportedError, match=r"case\.yaml:1: schema_version 2 .* Write version 1"
    ):
        read_case(write("case.yaml", "schema_version: 2\nid: a\n"))


def test_dates_of_the_model_are_those_that_are_checked():
    found, seen = set(), set()

    def visit(model):
        if model in seen:
            return
        seen.add(model)
        for name, field in model.model_fields.items():
            parts = [field.annotation]
            while parts:
                part = parts.pop()
                parts.extend(get_args(part))
                if part is dt.date:
                    found.add(name)
                if isinstance(part, type) and issubclass(part, BaseModel):
                    visit(part)

    visit(Case)
    assert found == DATE_FIELDS
