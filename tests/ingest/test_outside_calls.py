"""Outside calls: typed by hand, so every fault is told."""

from __future__ import annotations

import pytest

from alkanet.errors import InputError
from alkanet.ingest.outside_calls import NO_MUTATION, read_outside_calls
from alkanet.model.calls import OutsideKind

HEADER = ["kind", "finding", "vaf", "specimen", "note"]


def read(path):
    return read_outside_calls(path, specimen="biopsy")


def test_golden_rows(data):
    content = read(data / "calls" / "typed.tsv")
    assert [(call.kind, call.finding, call.vaf, call.note) for call in content.calls.outside] == [
        (OutsideKind.MUTATION, "G1202R", 0.12, None),
        (OutsideKind.HAPLOTYPE, "L1196M+G1202R", 0.05, "same reads"),
        (OutsideKind.FUSION, "EML4-ALK v3", None, None),
        (OutsideKind.KINASE_DOMAIN, NO_MUTATION, None, None),
    ]
    assert [call.origin.line for call in content.calls.outside] == [3, 4, 5, 7]
    account = content.account()
    assert (account.rows, account.used) == (4, 4)


def test_a_line_may_name_its_specimen_and_be_quoted(write):
    path = write("c.tsv", [HEADER, ["Kinase_Domain", '"no mutation found"', "", "plasma", ""]])
    (call,) = read(path).calls.outside
    assert (call.specimen, call.kind) == ("plasma", OutsideKind.KINASE_DOMAIN)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["mutaton", "G1202R"], r"c\.tsv:2: kind: the kind 'mutaton' is not known\..*'mutation'\?"),
        (["mutation", "G1202R", "0,12"], r"vaf: found '0,12'.*Write a decimal point: 0\.12"),
        (["mutation", "G1202R", "12"], r"vaf: found '12'.*For per cent write 12%"),
        (["mutation", "G1202R", "120%"], "vaf: found '120%'.*above 0 and up to 1"),
        (["mutation", "G1202R", "0%"], "vaf: found '0%'.*not found is no finding"),
        (["mutation", "G1202R", "-0.1"], r"vaf: found '-0\.1'"),
        (["mutation", "G1202R", "nan"], "vaf: found 'nan'"),
        (["mutation", ""], "finding: is empty"),
        (["kinase domain", "G1202R"], "finding: found 'G1202R'.*'no mutation found'"),
        (["mutation", "G1202R", "", "", "", "more"], "found 6 columns"),
    ],
)
def test_typing_errors_are_told(write, row, message):
    with pytest.raises(InputError, match=message):
        read(write("c.tsv", [HEADER, row]))


def test_all_faults_are_told_at_once(write):
    path = write("c.tsv", [HEADER, ["fuson", "x"], ["mutation", "G1202R", "0,1"]])
    with pytest.raises(InputError) as told:
        read(path)
    lines = str(told.value).splitlines()
    assert lines[0] == "c.tsv: 2 faults"
    assert lines[1].startswith("c.tsv:2: kind: ")
    assert lines[2].startswith("c.tsv:3: vaf: ")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["kind,finding"], "Separate the columns with tabs"),
        (["kind", "findings"], "'findings' is not known.*Did you mean 'finding'"),
        (["kind", "vaf"], "the column finding is missing"),
        (["kind", "kind", "finding"], "kind stands twice"),
    ],
)
def test_headers(write, header, message):
    with pytest.raises(InputError, match=message):
        read(write("c.tsv", [header, ["mutation", "G1202R"]]))
    with pytest.raises(InputError, match="no header"):
        read(write("c.tsv", "# nothing\n"))
