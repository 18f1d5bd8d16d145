"""The golden cases of ``knowledge/cases``, run through the command line.

Each folder holds a case as a laboratory would hand it over, and ``expect.yaml``: what a board would
expect, the reason, and its sources. The same folders ship with the package;
``knowledge/cases/README.md`` says what each key of ``expect.yaml`` asks.

Here stand the keys of the tumour and of its haplotypes, and what holds of every folder;
``test_patients.py`` has those of the patient.
"""

import json

import pytest

from alkanet.text_yaml import read_text_yaml
from places import ROOT

CASES = sorted(p.parent for p in (ROOT / "knowledge" / "cases").glob("*/case.yaml"))
TUMOUR_KEYS = {"fusion", "calls", "caveats", "conflicts", "readings"}
PATIENT_KEYS = {
    "mechanisms", "no_mechanisms", "patient", "options", "blind_spots", "headline",
    "headline_never",
}  # fmt: skip
KEYS = {"reason", "sources"} | TUMOUR_KEYS | PATIENT_KEYS
CALLS = {"sensitive", "reduced", "resistant", "no data"}
REPORTS = {}
"""Reports by folder; both files of golden cases draw on them, so that each is made once."""

every_case = pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)


def expected(folder):
    return read_text_yaml(folder / "expect.yaml").value


@pytest.fixture(scope="session")
def reported(alkanet, tmp_path_factory):
    """Return the JSON report of a case, made once."""

    def report(folder):
        if folder not in REPORTS:
            out = tmp_path_factory.mktemp(folder.name)
            done = alkanet("report", folder / "case.yaml", "-o", out, "--format", "json")
            assert done.status == 0, done.err
            REPORTS[folder] = json.loads((out / "report.json").read_text(encoding="utf-8"))
        return REPORTS[folder]

    return report


@every_case
def test_calls_are_those_a_board_expects(folder, reported):
    expect, report = expected(folder), reported(folder)
    calls = {}
    for response in report["haplotype_responses"]:
        calls.setdefault(response["haplotype"], {})[response["drug"]] = response["call"]
    wanted = expect.get("calls", {})
    assert set(calls) == set(wanted), "the haplotypes of the case; none where nothing was read"
    for haplotype, drugs in wanted.items():
        for drug, allowed in drugs.items():
            assert calls[haplotype][drug] in allowed, f"{drug} on {haplotype}: {expect['reason']}"


@every_case
def test_fusion_caveats_and_conflicts(folder, reported):
    expect, report = expected(folder), reported(folder)
    fusion = report["tumour"]["fusion"]
    if "fusion" in expect:
        assert fusion["partner"] == expect["fusion"]["partner"]
        assert fusion["variant"] == expect["fusion"]["variant"]
    else:
        assert fusion is None, "a fusion that is read must be expected"
    codes = {caveat["code"] for caveat in report["caveats"]}
    assert set(expect.get("caveats", [])) <= codes
    is_read = bool(report["tumour"]["readings"])
    assert ("alk-driven-assumed" in codes) == is_read, "the haplotype level names its assumption"
    assert ("kinase-domain-not-tested" in codes) == (not is_read), "not tested is said"
    for haplotype, drugs in expect.get("conflicts", {}).items():
        shown = {
            r["drug"]
            for r in report["haplotype_responses"]
            if r["haplotype"] == haplotype and r["conflict"]
        }
        assert set(drugs) <= shown
    if "readings" in expect:
        assert len(report["tumour"]["readings"]) == int(expect["readings"])


@every_case
def test_every_case_gives_its_reason_and_its_sources(folder, kb):
    expect = expected(folder)
    assert set(expect) <= KEYS
    assert len(expect["reason"]) > 60, "why a board would agree"
    assert {s.id for s in kb.sources(expect["sources"])} == set(expect["sources"])
    assert expect.keys() & {"calls", "patient"}, "a case that expects no call cannot fail"
    for drugs in expect.get("calls", {}).values():
        assert all(drugs), "a drug without a call cannot fail"
        assert all(set(calls) < CALLS for calls in drugs.values())


@every_case
def test_every_row_of_every_file_is_accounted_for(folder, reported):
    for entry in reported(folder)["provenance"]["inputs"]:
        aside = sum(reason["count"] for reason in entry["set_aside"])
        assert entry["used"] + aside == entry["rows"] > 0


@every_case
def test_cases_are_marked_synthetic(folder, reported):
    assert reported(folder)["case"]["synthetic"] is True


def test_the_cases_that_this_project_promises_are_there():
    assert {p.name for p in CASES} >= {
        "wild-type", "g1202r", "g1202del", "l1196m", "i1171n", "i1171s", "i1171t", "c1156y",
        "c1156y-l1198f", "i1171n-l1256f", "i1171s-g1269a", "g1202r-l1196m", "f1174l", "d1160h",
        "untreated-stage-iv", "untreated-stage-iii", "resected-early",
        "g1202r-after-alectinib", "none-found-after-alectinib", "none-found-after-crizotinib",
        "c1156y-l1198f-cis", "c1156y-l1198f-cis-brain", "c1156y-l1198f-trans",
        "c1156y-l1198f-phase-unknown", "i1171n-after-alectinib",
        "g1202r-l1196m-after-brigatinib", "met-amplification", "met-amplification-brain",
        "braf-v600e", "egfr-clone", "kras-g12c", "small-cell", "rb1-tp53-without-histology",
        "squamous", "progression-at-two-months", "fish-only-ihc-negative",
        "brain-only-on-crizotinib", "brain-only-on-alectinib", "brain-only-on-lorlatinib",
        "leptomeningeal", "one-growing-node", "sarcoid-like-node", "plasma-nothing-found",
    }  # fmt: skip
