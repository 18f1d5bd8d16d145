"""The curator's commands as a curator types them: show, search, gaps, diff, pages."""

import re
import shutil

import pytest

from places import ROOT

KNOWLEDGE = ROOT / "knowledge"


@pytest.fixture
def edited(tmp_path):
    """A copy of the knowledge to edit; the cases stay behind."""
    root = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, root, ignore=shutil.ignore_patterns("cases"))

    def edit(name, old, new):
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return root

    return edit


# ---- show ---------------------------------------------------------------------------------------


def test_a_claim_is_shown_with_its_derived_level(alkanet):
    done = alkanet("kb", "show", "katayama-2014.i1171t-alectinib")
    assert done.status == 0
    assert done.out.startswith("claim katayama-2014.i1171t-alectinib\n")
    assert "CIViC evidence level: C (" in done.out
    assert "named by" in done.out


@pytest.mark.parametrize("name", ["alectinib", "Alecensa", "CH5424802", " ALECTINIB "])
def test_a_drug_is_found_by_any_of_its_names(alkanet, name):
    done = alkanet("kb", "show", name)
    assert done.status == 0
    assert {"therapy alectinib", "drug profile alectinib"} <= set(done.out.splitlines())


@pytest.mark.parametrize("name", ["L1196M+G1202R", "G1202R+L1196M", "g1202r+l1196m"])
def test_a_haplotype_is_one_in_any_order(alkanet, name):
    done = alkanet("kb", "show", name)
    assert "claim sharma-2019.l1196m+g1202r-lorlatinib" in done.out


@pytest.mark.parametrize("name", ["", "nobody-2020", "202"])
def test_what_is_not_there_is_told(alkanet, name):
    """The place of an entry in a list is no id."""
    done = alkanet("kb", "show", name)
    assert (done.status, done.out) == (2, "")
    assert "nothing in the knowledge has the id" in done.err


# ---- search -------------------------------------------------------------------------------------


def test_all_words_must_be_found_and_the_best_comes_first(alkanet):
    done = alkanet("kb", "search", "P-gp", "ceritinib")
    hits = re.findall(r"^(\S.*?)  \(", done.out, re.MULTILINE)
    assert hits[0].startswith("katayama-2016")
    assert "found" in done.err


def test_a_compound_is_found_in_any_order(alkanet):
    one, other = (alkanet("kb", "search", name).out for name in ("L1196M+G1202R", "G1202R+L1196M"))
    assert one == other != ""


@pytest.mark.parametrize("words", ['"', "*", "NEAR", "OR AND", "'", "NOT G1202R", "(", "x" * 3000])
def test_odd_words_break_nothing(alkanet, words):
    assert alkanet("kb", "search", words).status == 0


def test_a_limit_is_a_limit(alkanet):
    assert len(alkanet("kb", "search", "alectinib", "--limit", "3").out.splitlines()) == 6
    assert alkanet("kb", "search", "alectinib", "--limit", "0").status == 2


# ---- gaps ---------------------------------------------------------------------------------------


def test_the_verified_share_is_counted_per_value(alkanet):
    out = alkanet("kb", "gaps").out
    shares = dict(re.findall(r"^  (.+?) {2,}\d+ %  (\d+ of \d+)$", out, re.MULTILINE))
    rows = [
        line.split("\t")
        for line in (KNOWLEDGE / "measurements" / "ic50.tsv").read_text().splitlines()
        if not line.startswith("#")
    ]
    place = rows[0].index("certainty")
    verified = sum(row[place] == "verified" for row in rows[1:])
    assert shares["IC50"] == f"{verified} of {len(rows) - 1}"
    assert "0 with neither" in out


def test_decisive_numbers_of_table_1_are_mostly_read(alkanet):
    """At least four in five medians and hazard ratios of the trials of the review's Table 1."""
    out = alkanet("kb", "gaps").out
    found = re.search(r"medians and hazard ratios of the review's Table 1 +(\d+) %", out)
    assert int(found[1]) >= 80


def test_what_is_to_be_read_is_named(alkanet):
    out = alkanet("kb", "gaps", "--list").out
    assert "measurement gainor-2016.g1202r-lorlatinib-p" in out.partition("to be read")[2]


# ---- diff ---------------------------------------------------------------------------------------


def test_a_value_that_changes_shows_what_changes_with_it(alkanet, edited, tmp_path):
    root = edited("measurements/ic50.tsv", "\tG1269A\tlorlatinib\t", "\tG1269A\tlorlatinib\t9")
    cases = tmp_path / "cases"
    shutil.copytree(KNOWLEDGE / "cases" / "g1202r", cases / "g1202r")
    out = alkanet("kb", "diff", KNOWLEDGE, root, "--cases", cases).out
    assert re.search(r"revised +measurement \S+g1269a-lorlatinib\S*\n +ic50_nM: [\d.]+ -> 9", out)
    assert "calls of haplotypes: " in out
    assert "patients of cases/: 0 differ" in out


def test_a_claim_that_goes_and_one_that_comes(alkanet, edited):
    """The diff says what each entry says; a call that became sensitive is marked."""
    root = edited("sources/sehgal-2019.yaml", "source:", "source:")
    path = root / "sources" / "zz-2020.yaml"
    path.write_text(
        "source:\n  id: zz-2020\n  citation: Made Up et al. 2020\n  year: 2020\n"
        "  kind: case report\nclaims:\n  - id: zz-2020.s1206c-brigatinib\n"
        "    profile: {cis: [S1206C]}\n    therapy: brigatinib\n"
        "    predicate: predictsSensitivityTo\n    evidence: patient response\n"
        "    says: One patient responded.\n    locator: text\n    certainty: verified\n"
    )
    out = alkanet("kb", "diff", KNOWLEDGE, root).out
    assert "added     claim zz-2020.s1206c-brigatinib\n      One patient responded." in out
    assert "  ! S1206C, brigatinib: no data -> sensitive" in out
    back = alkanet("kb", "diff", root, KNOWLEDGE).out
    assert "withdrawn claim zz-2020.s1206c-brigatinib" in back
    assert "    S1206C, brigatinib: sensitive -> no data" in back


def test_knowledge_in_the_middle_of_an_edit_can_be_compared(alkanet, edited):
    """A curator sees what falls with a retraction before everything that rests on it is mended."""
    root = edited("sources/sehgal-2019.yaml", "kind: ", "retracted: 2021-05-05\n  kind: ")
    assert alkanet("kb", "check", root).status == 1
    done = alkanet("kb", "diff", KNOWLEDGE, root)
    assert done.status == 0
    assert "revised   source sehgal-2019" in done.out


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout of git")
def test_a_revision_of_git_is_a_knowledge(alkanet):
    done = alkanet("kb", "diff", "HEAD", "HEAD")
    assert done.status == 0
    assert done.out.startswith("entries: 0 differ")


@pytest.mark.parametrize("name", ["no-such-revision", "--help-me", "x" * 5000])
def test_what_is_no_knowledge_is_told(alkanet, name):
    done = alkanet("kb", "diff", "--", name)
    assert done.status == 2
    assert "is no knowledge" in done.err


def test_a_folder_without_cases_is_told(alkanet, tmp_path):
    """Nothing compared is not nothing changed."""
    done = alkanet("kb", "diff", KNOWLEDGE, KNOWLEDGE, "--cases", tmp_path)
    assert done.status == 2
    assert "case.yaml" in done.err


# ---- pages, compile -----------------------------------------------------------------------------


def test_pages_are_written_where_one_says(alkanet, tmp_path):
    done = alkanet("kb", "pages", "-o", tmp_path / "new")
    assert {line.rpartition("/")[2] for line in done.out.splitlines()} == {
        file.name for file in (tmp_path / "new").iterdir()
    }


@pytest.mark.parametrize("command", [("kb", "pages"), ("kb", "compile")])
def test_a_place_that_cannot_be_written_is_told(alkanet, tmp_path, command):
    (tmp_path / "file").write_text("x")
    done = alkanet(*command, "-o", tmp_path / "file" / "below")
    assert done.status == 2
    assert "cannot be written" in done.err
