"""Thirty faults of thirty kinds, planted at once in the real knowledge: one run names them all.

A curator who edits twenty files before the first check must find every slip with its file and
line, whatever else is wrong.
"""

from __future__ import annotations

import re
import shutil

import pytest

from knowledge_writer import KNOWLEDGE

CLAIM = """\
  - id: {id}
    profile: {{cis: [{cis}]}}
    therapy: {therapy}
    predicate: predictsResistanceTo
    evidence: {evidence}
    says: {says}
    locator: abstract
    certainty: {certainty}
"""
SOUND = {
    "cis": "G1202R", "therapy": "alectinib", "evidence": "cells", "certainty": "verified",
    "says": "Made up for a test.",
}  # fmt: skip
SOURCE = """\
source:
  id: {id}
  citation: "Made Up et al. J Tests 2020;1:1"
  year: 2020
  kind: laboratory
"""
CLAIM_LINE = "  - id: "


class Planter:
    """A copy of the knowledge, and where each planted fault must be named."""

    def __init__(self, root):
        self.root = root
        self.planted = []

    def expect(self, path, line, words):
        self.planted.append((f"knowledge/{path.relative_to(self.root).as_posix()}", line, words))

    def claim(self, source, words, *, marker=CLAIM_LINE, source_more="", claim_more="", **changes):
        """Write a source with one claim; the fault stands on the line that holds ``marker``."""
        path = self.root / "sources" / f"{source}.yaml"
        claim = CLAIM.format(**{**SOUND, "id": f"{source}.planted", **changes})
        text = SOURCE.format(id=source) + source_more + "claims:\n" + claim + claim_more
        path.write_text(text)
        self.expect(path, line_of(text, marker), words)

    def edit(self, name, old, new, words, *, marker=None):
        """Replace the first occurrence of a text; the fault stands on that line."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        at = text[: text.index(old)].count("\n") + 1
        text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        self.expect(path, line_of(text, marker) if marker else at, words)

    def row(self, table, words, **cells):
        """Add a row to a table."""
        path = self.root / table
        text = path.read_text(encoding="utf-8").rstrip("\n")
        header = next(t for t in text.split("\n") if not t.startswith("#")).split("\t")
        assert set(cells) <= set(header), set(cells) - set(header)
        text += "\n" + "\t".join(cells.get(column, "") for column in header)
        path.write_text(text + "\n", encoding="utf-8")
        self.expect(path, text.count("\n") + 1, words)


def line_of(text, marker):
    return next(n for n, line in enumerate(text.splitlines(), 1) if marker in line)


VALUE = {
    "source": "gainor-2016", "panel": "gainor-2016/planted", "haplotype": "wild type",
    "therapy": "alectinib", "ic50_nM": "10", "relation": "=", "assay": "cell viability",
    "cell_line": "Ba/F3", "expressed": "EML4::ALK v1", "locator": "t", "certainty": "recalled",
}  # fmt: skip
OUTCOME = {
    "trial": "ALEX", "source": "peters-2017", "arm": "alectinib", "drugs": "alectinib",
    "population": "planted", "endpoint": "ORR", "relation": "=", "value": "50",
    "locator": "abstract", "certainty": "recalled",
}  # fmt: skip
EXPOSURE = {
    "drug": "alectinib", "parameter": "Cmax at steady state", "value": "1", "unit": "ng/mL",
    "relation": "=", "population": "planted", "source": "peters-2017", "locator": "t",
    "certainty": "recalled",
}  # fmt: skip


AGAIN = CLAIM.format(**{**SOUND, "id": "ae-2020.again", "evidence": "found at progression"})
RETRACTED = "  retracted: 2021-05-05\n"
OWN_REVIEWER = """\
curation:
  curator: A. Curator
  on: 2026-11-01
  reviewer: a. curator
  reviewed_on: 2026-11-02
  interests: none
"""


def plant(root):
    p = Planter(root)
    # form
    p.claim("aa-2020", "'verified' or 'recalled'", marker="certainty:", certainty="sure")
    p.edit("therapies/ceritinib.yaml", "brand_names", "brand_name", "the key 'brand_name' is not")
    p.edit("assays/msk-impact.yaml", "certainty: ", "certainty: very ", "found 'very ")
    # names and references
    p.claim("ab-2020", "Did you mean 'alectinib'?", therapy="alectinb")
    p.claim("ac-2020", "residue 1151 of ALK is T, not I", cis="I1151T")
    p.claim("ad-2020", "one allele cannot hold both", cis="G1202R, G1202del")
    gone = {**VALUE, "source": "gone-2020", "panel": "gone-2020/p"}
    p.row("measurements/ic50.tsv", "'gone-2020' is not in", **{**gone, "id": "p.a"})
    turned = {**VALUE, "haplotype": "G1202R+L1196M"}
    p.row("measurements/ic50.tsv", "write 'L1196M+G1202R'", **{**turned, "id": "p.b"})
    # ids
    taken = "peters-2017.alectinib-first-line-orr"
    p.row("trials.tsv", f"outcome '{taken}' stands", **{**OUTCOME, "id": taken})
    p.edit("released-ids.txt", "\n", "\nclaim gone-2016.x\n", "is gone", marker="gone-2016.x")
    buried = {"id": "crizotinib", "kind": "therapy", "withdrawn_on": "2026-11-01"}
    p.row("withdrawn.tsv", "was withdrawn and stands", **buried, reason="Made up for a test.")
    # numbers and units
    huge = {**VALUE, "haplotype": "L1196M", "ic50_nM": "2000000"}
    p.row("measurements/ic50.tsv", "is more than any cell survives", **{**huge, "id": "p.c"})
    for words, changes in (
        ("a median PFS of 400 months", {"endpoint": "median PFS", "value": "400"}),
        (
            "a PFS hazard ratio of 43",
            {"endpoint": "PFS hazard ratio", "value": "43", "comparator": "crizotinib"},
        ),
        ("120 per cent", {"value": "120"}),
        ("9 of 10 is not 50 per cent", {"responders": "9", "n": "10"}),
        ("month do not fit together", {"endpoint": "PFS rate"}),
        ("'ALEXX' is not in the knowledge", {"trial": "ALEXX"}),
    ):
        name = f"peters-2017.planted-{len(p.planted)}"
        p.row("trials.tsv", words, **{**OUTCOME, **changes, "id": name})
    hours = {**EXPOSURE, "unit": "h"}
    p.row("drugs/exposure.tsv", "Cmax at steady state in h", **{**hours, "id": "p.e"})
    outside = {**hours, "parameter": "half-life", "low": "7", "high": "9"}
    p.row("drugs/exposure.tsv", "lies outside its interval", **{**outside, "id": "p.f"})
    # what claims and numbers say of each other
    p.claim(
        "ae-2020",
        "says what",
        marker="ae-2020.again",
        evidence="found at progression",
        claim_more=AGAIN,
    )
    p.claim(
        "af-2020",
        "says resistant; every fold change",
        cis="C1156Y",
        therapy="brigatinib",
        evidence="patients",
    )
    p.claim(
        "ag-2020",
        "82.9 % stands in a table already",
        cis="L1196M",
        says="In ALEX 82.9 % of patients responded.",
        claim_more="    primary: peters-2017\n",
    )
    # those who tend it
    p.claim("ah-2020", "was retracted on 2021-05-05", source_more=RETRACTED)
    p.edit("gaps.yaml", "  - therapies: [", "  - therapies: [alectinb, ", "'alectinb' is not in")
    p.row(
        "trial-register.tsv",
        "has results, and no outcome is held",
        name="PLANTED",
        design="single arm",
        setting="any",
        drugs="alectinib",
        status="reported",
        source="peters-2017",
        certainty="recalled",
    )
    p.edit(
        "therapies/lorlatinib.yaml",
        "date: 2021-03-03",
        "date: 2031-03-03",
        "2031-03-03 is after the month",
    )
    p.claim(
        "ai-2020",
        "a second reviewer is another person",
        marker="curation:",
        source_more=OWN_REVIEWER,
    )
    # spelling and the review
    p.claim("aj-2020", "'loratinib' is no drug", says="Cells were given loratinib.")
    p.edit(
        "review/table-2.yaml",
        "ids: [pan-2021.g1123s-crizotinib]",
        "ids: []",
        "neither ids nor an erratum",
        marker="      crizotinib:",
    )
    return p


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("thirty") / "knowledge"
    shutil.copytree(KNOWLEDGE, root, ignore=shutil.ignore_patterns("cases"))
    return root


def test_thirty_faults_of_thirty_kinds_are_named_in_one_run(copy, alkanet):
    planted = plant(copy).planted
    assert len(planted) == 30
    assert len({words for _, _, words in planted}) == 30
    done = alkanet("kb", "check", copy)
    assert done.status == 1
    faults = [re.match(r"(knowledge/[^:]+)(?::(\d+))?: (.*)", t) for t in done.out.splitlines()]
    told = [(f[1], int(f[2] or 0), f[3]) for f in faults]
    for file, line, words in planted:
        fitting = [f for f in told if f[0] == file and words in f[2]]
        assert fitting, (file, line, words)
        assert line in [found for _, found, _ in fitting], (file, line, fitting)
