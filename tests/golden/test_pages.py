"""The pages of docs/knowledge are what the knowledge says; the review is covered whole.

``make pages`` (or ``pytest --update-golden``) writes them anew, to be reviewed as a diff.
"""

import re

import pytest

from alkanet.studies.pages import made_pages
from places import ROOT

FOLDER = ROOT / "docs" / "knowledge"


@pytest.fixture(scope="module")
def pages(kb):
    return made_pages(kb)


def test_the_pages_are_what_the_knowledge_says(pages, is_update):
    if is_update:
        for name, text in pages.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    assert sorted(file.name for file in FOLDER.glob("*.md")) == sorted(pages)
    for name, text in pages.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, "run `make pages`"


def test_nothing_of_the_review_is_dropped(pages):
    """Each table and the text: carried by ids, by an erratum, or printed empty; nothing else."""
    coverage = pages["review.md"].partition("References:")[0]
    rows = re.findall(r"^\| (Table \d|text) \| ([\d |]+) \|$", coverage, re.MULTILINE)
    assert [name for name, _ in rows] == ["Table 1", "Table 2", "Table 3", "Table 4", "text"]
    for name, cells in rows:
        entries, carried, by_erratum, empty, dropped = (int(c) for c in cells.split(" | "))
        assert dropped == 0, name
        assert carried + by_erratum + empty == entries > 0
    assert "References: 140 of 140" in pages["review.md"]


def test_every_haplotype_drug_and_trial_has_its_section(pages, kb):
    headings = {name: re.findall(r"^#+ (.+)$", text, re.MULTILINE) for name, text in pages.items()}
    assert [str(h) for h in kb.haplotypes()] == headings["mutations.md"][1:]
    assert {t.id for t in kb.therapies()} <= set(headings["drugs.md"])
    trials = {o.trial for o in kb.patient.outcomes.values()}
    assert trials <= set(headings["trials.md"])


def test_a_call_on_the_page_is_that_of_the_look_up(pages, alkanet):
    """The page of mutations decides nothing by itself."""
    section = pages["mutations.md"].partition("## G1202R\n")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| (\w+) \| (sensitive|reduced|resistant|no data) \|", section, re.M))
    done = alkanet("lookup", "G1202R", "--json")
    responses = re.findall(r'"drug": "(\w+)",\s+"call": "([\w ]+)"', done.out)
    assert told == dict(responses)


def test_every_conflict_names_both_sides_or_both_letters(pages):
    """The cells of the review that print S and R stand on the page of conflicts."""
    text = pages["conflicts.md"]
    for pair in ("I1171T and alectinib", "L1196M and ceritinib", "G1202R and brigatinib"):
        section = text.partition(f"## {pair}\n")[2].partition("\n## ")[0]
        assert "| sensitive |" in section, pair
        assert "| resistant |" in section, pair
