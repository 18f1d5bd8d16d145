"""The golden cases of ``knowledge/cases``, run through the command line.

Each folder holds a case as a laboratory would hand it over, and ``expect.yaml``: what a board would
expect, the reason, and its sources. The same folders ship with the package.
"""

import json

import pytest

from alkanet.text_yaml import read_text_yaml
from places import ROOT

CASES = sorted(p.parent for p in (ROOT / "knowledge" / "cases").glob("*/case.yaml"))
KEYS = {"reason", "sources", "fusion", "calls", "caveats", "conflicts", "readings"}


def expected(folder):
    return read_text_yaml(folder / "expect.yaml").value


@pytest.fixture(scope="module")
def reported(alkanet, tmp_path_factory):
    """Return the JSON report of a case, made once."""
    made = {}

    def report(folder):
        if folder not in made:
            out = tmp_path_factory.mktemp(folder.name)
            done = alkanet("report", folder / "case.yaml", "-o", out, "--format", "json")
            assert done.status == 0, done.err
            made[folder] = json.loads((out / "report.json").read_text(encoding="utf-8"))
        return made[folder]

    return report


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_calls_are_those_a_board_expects(folder, reported):
    expect, report = expected(folder), reported(folder)
    calls = {}
    for response in report["haplotype_responses"]:
        calls.setdefault(response["haplotype"], {})[response["drug"]] = response["call"]
    assert set(calls) == set(expect["calls"]), "the haplotypes of the case"
    for haplotype, drugs in expect["calls"].items():
        for drug, allowed in drugs.items():
            assert calls[haplotype][drug] in allowed, f"{drug} on {haplotype}: {expect['reason']}"


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_fusion_caveats_and_conflicts(folder, reported):
    expect, report = expected(folder), reported(folder)
    fusion = report["tumour"]["fusion"]
    assert fusion["partner"] == expect["fusion"]["partner"]
    assert fusion["variant"] == expect["fusion"]["variant"]
    codes = {caveat["code"] for caveat in report["caveats"]}
    assert set(expect.get("caveats", [])) <= codes
    assert "alk-driven-assumed" in codes, "the haplotype level must name its assumption"
    for haplotype, drugs in expect.get("conflicts", {}).items():
        shown = {
            r["drug"]
            for r in report["haplotype_responses"]
            if r["haplotype"] == haplotype and r["conflict"]
        }
        assert set(drugs) <= shown
    if "readings" in expect:
        assert len(report["tumour"]["readings"]) == int(expect["readings"])


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_every_case_gives_its_reason_and_its_sources(folder, kb):
    expect = expected(folder)
    assert set(expect) <= KEYS
    assert len(expect["reason"]) > 60, "why a board would agree"
    assert {s.id for s in kb.sources(expect["sources"])} == set(expect["sources"])
    allowed = {"sensitive", "reduced", "resistant", "no data"}
    for drugs in expect["calls"].values():
        assert all(drugs), "a drug without a call cannot fail"
        assert all(set(calls) < allowed for calls in drugs.values())


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_every_row_of_every_file_is_accounted_for(folder, reported):
    for entry in reported(folder)["provenance"]["inputs"]:
        aside = sum(reason["count"] for reason in entry["set_aside"])
        assert entry["used"] + aside == entry["rows"] > 0


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_cases_are_marked_synthetic(folder, reported):
    assert reported(folder)["case"]["synthetic"] is True


def test_the_cases_that_this_project_promises_are_there():
    assert {p.name for p in CASES} >= {
        "wild-type", "g1202r", "g1202del", "l1196m", "i1171n", "i1171s", "i1171t", "c1156y",
        "c1156y-l1198f", "i1171n-l1256f", "i1171s-g1269a", "g1202r-l1196m", "f1174l", "d1160h",
    }  # fmt: skip
