"""Twelve real ALK-rearranged patients of a public study, through the command line.

The study (cBioPortal lung_msk_2017, ODbL) is no part of the product: where it is absent these
tests skip. ``docs/msk-2017.md`` keeps our own reading of the twelve; here it is held to what
alkanet says.
"""

import csv
import json

import pytest

from places import ROOT, SHARED

STUDY = SHARED / "testdata" / "lung_msk_2017_a"
PAGE = ROOT / "docs" / "msk-2017.md"
BEGIN = "<!-- table: written by `make golden` -->"
END = "<!-- end of table -->"

pytestmark = pytest.mark.skipif(not STUDY.is_dir(), reason="the study is not at hand")


def alk_samples():
    with (STUDY / "data_fusions.txt").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return sorted({r["Tumor_Sample_Barcode"] for r in rows if r["Hugo_Symbol"] == "ALK"})


@pytest.fixture(scope="module")
def reports(alkanet, tmp_path_factory):
    made = {}
    for sample in alk_samples():
        out = tmp_path_factory.mktemp(sample)
        done = alkanet(
            "report",
            "--variants", STUDY / "data_mutations_extended.txt",
            "--fusions", STUDY / "data_fusions.txt",
            "--sample", sample,
            "-o", out,
        )  # fmt: skip
        assert done.status == 0, done.err
        made[sample] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return made


def test_all_twelve_go_through_with_html_and_tsv(reports):
    assert len(reports) == 12


def test_every_fusion_is_typed_or_says_why_not(reports):
    for report in reports.values():
        fusion = report["tumour"]["fusion"]
        assert fusion["partner"] == "EML4"
        codes = {caveat["code"] for caveat in report["caveats"]}
        assert (fusion["variant"] is not None) != ("fusion-untyped" in codes)
        assert fusion["basis"]


def test_an_unknown_vaf_is_never_zero(reports):
    """The file has no read counts: nothing may be made of their absence."""
    for report in reports.values():
        for alteration in report["tumour"]["alterations"]:
            for support in alteration.get("support", []):
                assert support["vaf"] is None
                assert support["depth_reads"] is None


def test_wild_type_rests_on_the_named_assay(reports):
    """The mutation file names MSK-IMPACT, which covers the kinase domain; nothing is assumed."""
    for report in reports.values():
        mutations = [a for a in report["tumour"]["alterations"] if a.get("role") == "scored"]
        readings = report["tumour"]["readings"]
        assert readings, "tested"
        if not mutations:
            assert readings[0]["clones"][0]["haplotype"]["mutations"] == []


def test_every_row_of_the_study_is_used_or_set_aside(reports):
    lines = (STUDY / "data_mutations_extended.txt").read_text(encoding="utf-8").splitlines()
    data_rows = sum(1 for line in lines if line and not line.startswith("#")) - 1
    for report in reports.values():
        maf = next(i for i in report["provenance"]["inputs"] if i["format"] == "MAF")
        assert maf["rows"] == data_rows
        assert maf["used"] + sum(s["count"] for s in maf["set_aside"]) == data_rows


def table(reports):
    lines = [
        "| sample | fusion | junction | variant | in frame | kinase retained | typed from | "
        "haplotypes | ALK changes | notes |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    said = {True: "yes", False: "no", None: "not told"}
    for sample, report in reports.items():
        tumour = report["tumour"]
        fusion = tumour["fusion"]
        haplotypes = sorted({r["haplotype"] for r in report["haplotype_responses"]})
        of_alk = (a for a in tumour["alterations"] if a.get("gene") == "ALK")
        changes = [a["name"] or a["hgvs_c"] for a in of_alk]
        notes = [c["code"] for c in report["caveats"] if c["code"].startswith("fusion")]
        cells = [
            sample,
            f"{fusion['partner']}::ALK",
            fusion["junction"] or "–",
            fusion["variant"] or "–",
            said[fusion["in_frame"]],
            said[fusion["kinase_retained"]],
            fusion["basis"],
            ", ".join(haplotypes),
            ", ".join(changes) or "none",
            ", ".join(dict.fromkeys(notes)) or "none",
        ]
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines)


def test_the_page_of_the_twelve_is_what_alkanet_says(reports, is_update):
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    shown, _, after = rest.partition(END)
    if is_update:
        shown = f"\n{table(reports)}\n"
        PAGE.write_text(f"{before}{BEGIN}{shown}{END}{after}", encoding="utf-8")
    assert shown.strip() == table(reports), "run `make golden` and review the diff"
