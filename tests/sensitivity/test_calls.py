"""The truth table of calls: what a tumour board would accept, with the reason beside it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from alkanet.model.haplotype import Haplotype
from alkanet.model.response import Call
from alkanet.sensitivity import predict_one
from alkanet.text_yaml import read_text_yaml
from places import ROOT

TABLE = Path(__file__).parent / "tables" / "calls.tsv"


def _rows():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((li for li in lines if not li.startswith("#")), delimiter="\t"))


ROWS = _rows()


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['haplotype']}-{r['drug']}" for r in ROWS])
def test_a_call_is_one_that_a_board_would_accept(kb, row):
    haplotype = Haplotype.parse(row["haplotype"])
    response = predict_one(haplotype, kb.therapy_named(row["drug"]), kb, kb.response_rules())
    assert response.call.value in row["allowed"].split(","), row["reason"]
    if response.call is not Call.NO_DATA:
        assert any(item.pull for item in response.items), "a call without evidence"


def test_the_table_is_written_as_it_should_be():
    pairs = [(row["haplotype"], row["drug"]) for row in ROWS]
    assert len(set(pairs)) == len(pairs) > 150
    for row in ROWS:
        assert str(Haplotype.parse(row["haplotype"])) == row["haplotype"]
        assert {Call(word) for word in row["allowed"].split(",")} < set(Call)
        assert len(row["reason"].split()) > 1


def test_a_source_in_a_reason_speaks_of_the_pair(kb):
    for row in ROWS:
        asked = (Haplotype.parse(row["haplotype"]), row["drug"])
        held = {e.source for e in (*kb.claims(*asked), *kb.measurements(*asked))}
        named = {n for group in re.findall(r"\[(.+?)\]", row["reason"]) for n in group.split(", ")}
        assert named <= held, row


def test_the_table_has_all_calls_and_all_drugs(kb):
    assert {row["allowed"] for row in ROWS} >= {call.value for call in Call}
    assert {row["drug"] for row in ROWS} == {therapy.id for therapy in kb.therapies()}


def test_the_table_holds_the_golden_cases():
    """What the shipped cases expect of a call stands here too, and is no looser."""
    allowed = {(r["haplotype"], r["drug"]): set(r["allowed"].split(",")) for r in ROWS}
    seen = 0
    for path in sorted((ROOT / "knowledge" / "cases").glob("*/expect.yaml")):
        calls = read_text_yaml(path).value.get("calls") or {}
        for haplotype, drugs in calls.items():
            for drug, words in drugs.items():
                assert allowed[haplotype, drug] <= set(words), f"{path.parent.name}: {drug}"
                seen += 1
    assert seen > 40
