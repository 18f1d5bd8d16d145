"""The commands as people use them: data on stdout, talk on stderr, both versions everywhere."""

import json
import re

import pytest

import alkanet as package
from places import ROOT

CASE = ROOT / "knowledge" / "cases" / "g1202r" / "case.yaml"


def test_version_names_software_and_knowledge(alkanet):
    done = alkanet("--version")
    assert done.status == 0
    software = re.escape(package.__version__)
    knowledge = r"20\d\d\.\d\d(\.\d+)? \([0-9a-f]{12}\)"  # a second one of a month has a number
    assert re.fullmatch(rf"alkanet {software}, knowledge {knowledge}\n", done.out)


@pytest.mark.parametrize(
    "spelling",
    [
        "L1196M+G1202R",
        "G1202R+L1196M",
        "G1202R, L1196M",
        "p.Gly1202Arg/p.(Leu1196Met)",
        "NP_004295.2:p.(Gly1202Arg) L1196M",
        "ALK:G1202R;ALK:L1196M",
    ],
)
def test_lookup_gives_one_canonical_haplotype(alkanet, spelling):
    done = alkanet("lookup", spelling, "--json")
    assert done.status == 0, done.err
    assert json.loads(done.out)["haplotype"] == "L1196M+G1202R"


@pytest.mark.parametrize("spelling", ["wild type", "wild-type", "WT", "wildtype"])
def test_lookup_of_wild_type(alkanet, spelling):
    answer = json.loads(alkanet("lookup", spelling, "--json").out)
    assert answer["haplotype"] == "wild type"
    called = {r["drug"]: r["call"] for r in answer["responses"]}
    six = ("crizotinib", "ceritinib", "alectinib", "brigatinib", "ensartinib", "lorlatinib")
    assert {called[drug] for drug in six} == {"sensitive"}


def test_lookup_json_has_p_beside_p_response(alkanet):
    for response in json.loads(alkanet("lookup", "G1202R", "--json").out)["responses"]:
        if response["call"] == "no data":
            assert response["p"] is None
            assert response["p_response"] is None
        else:
            assert response["p"] == response["p_response"]["median"]


def test_lookup_of_one_drug_by_brand_name(alkanet):
    answer = json.loads(alkanet("lookup", "G1202R", "--drug", "LORBRENA", "--json").out)
    assert [r["drug"] for r in answer["responses"]] == ["lorlatinib"]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("v3", "EML4::ALK v3"),
        ("EML4-ALK variant 3a", "EML4::ALK v3a"),
        ("KIF5B::ALK", "KIF5B::ALK"),
        ("ALK-EML4 v1", "EML4::ALK v1"),
    ],
)
def test_lookup_with_a_fusion(alkanet, typed, canonical):
    done = alkanet("lookup", "G1202R", "--fusion", typed, "--json")
    assert done.status == 0, done.err
    assert json.loads(done.out)["fusion"] == canonical


def test_lookup_with_a_variant_that_does_not_exist(alkanet):
    done = alkanet("lookup", "G1202R", "--fusion", "EML4::ALK v99")
    assert done.status == 2
    assert "v99" in done.err


def test_report_writes_three_files_and_says_where_on_stderr(alkanet, tmp_path):
    done = alkanet("report", CASE, "-o", tmp_path)
    assert done.status == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "report.html",
        "report.json",
        "report.tsv",
    ]
    assert "report.html" in done.err
    assert "wrote" not in done.out
    assert "lorlatinib sensitive" in done.out


def test_the_same_input_gives_the_same_bytes(alkanet, tmp_path):
    for name, seed in (("a", "0"), ("b", "4242")):
        env = {"PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8" if seed == "0" else "POSIX"}
        done = alkanet("report", CASE, "-o", tmp_path / name, env=env)
        assert done.status == 0, done.err
    for file in ("report.html", "report.json", "report.tsv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_both_versions_stand_in_every_output(alkanet, tmp_path, kb):
    assert alkanet("report", CASE, "-o", tmp_path).status == 0
    for file in tmp_path.iterdir():
        text = file.read_text(encoding="utf-8")
        assert package.__version__ in text
        assert kb.version.version in text
        assert kb.version.hash[:12] in text


def test_no_path_of_the_machine_in_a_report(alkanet, tmp_path):
    assert alkanet("report", CASE, "-o", tmp_path).status == 0
    for file in tmp_path.iterdir():
        assert str(ROOT) not in file.read_text(encoding="utf-8")


def test_ingest_tells_every_row(alkanet):
    demo = ROOT / "examples" / "demo" / "tumour.vcf.gz"
    done = alkanet("ingest", demo, "--json")
    assert done.status == 0, done.err
    (account,) = json.loads(done.out)
    told = sum(len(lines) for lines in account["set_aside"].values())
    assert account["used"] + told == account["rows"] == 51
    assert "lines" in alkanet("ingest", demo).out


def test_kb_check_passes_and_compile_prints_the_hash(alkanet, tmp_path, kb):
    done = alkanet("kb", "check")
    assert done.status == 0, done.out
    assert done.out == ""
    assert "0 faults" in done.err
    done = alkanet("kb", "compile", "-o", tmp_path / "k.sqlite")
    assert done.out.strip() == kb.version.hash


def test_kb_check_ends_with_1_where_there_are_faults(alkanet, tmp_path):
    import shutil

    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    source = tmp_path / "knowledge" / "sources" / "gainor-2016.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("certainty: recalled", "certainty: sure", 1), encoding="utf-8")
    done = alkanet("kb", "check", tmp_path / "knowledge")
    assert done.status == 1
    assert "knowledge/sources/gainor-2016.yaml:" in done.out
    assert "'sure'" in done.out
    done = alkanet("kb", "compile", tmp_path / "knowledge", "-o", tmp_path / "k.sqlite")
    assert done.status == 2
    assert not (tmp_path / "k.sqlite").exists()
