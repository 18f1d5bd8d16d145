"""The standing procedure keeps its promises: its example runs, and its commands are there."""

import re
import shutil

import pytest

from places import ROOT

SOP = (ROOT / "knowledge" / "sop.md").read_text(encoding="utf-8")
TEMPLATE = ROOT / "knowledge" / "template.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("sop") / "knowledge"
    shutil.copytree(ROOT / "knowledge", root)
    return root


def test_the_worked_example_says_what_the_page_shows(folder, alkanet):
    text = re.search(r"```yaml\n(source:\n  id: example-2026\n.*?)```", SOP, re.DOTALL)[1]
    (folder / "sources" / "example-2026.yaml").write_text(text, encoding="utf-8")
    checked = alkanet("kb", "check", folder)
    assert (checked.status, checked.out) == (0, "")
    shown = re.search(r"```console\n(entries: .*?)```", SOP, re.DOTALL)[1]
    done = alkanet("kb", "diff", ROOT / "knowledge", folder)
    assert done.status == 0
    assert done.out == shown


def test_the_template_is_refused_until_its_blanks_are_filled(folder, alkanet):
    """A curator who forgets a blank is told which; filled in, nothing is left to say."""
    text = TEMPLATE.read_text(encoding="utf-8")
    path = folder / "sources" / "family-2026.yaml"
    path.write_text(text, encoding="utf-8")
    told = alkanet("kb", "check", folder).out.splitlines()
    assert told
    assert all("family-2026" in line and "<" in line for line in told)
    filled = re.sub(r"^  (doi|pmid): <.*\n", "", text, flags=re.MULTILINE)
    filled = filled.replace("<Family AB et al. Journal 2026;12:34-56>", "Family AB et al. 2026")
    filled = filled.replace("<your name>", "A. Curator")
    for sentence in ("One patient responded.", "Cells grew in spite of the drug."):
        filled = filled.replace("<one sentence in your own words>", sentence, 1)
    path.write_text(filled, encoding="utf-8")
    done = alkanet("kb", "check", folder)
    path.unlink()
    assert done.out == "", done.out


def test_every_file_that_the_page_names_is_there():
    for name in re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:yaml|tsv|txt|md))`", SOP):
        if name.startswith("sources/") or name == "CHANGELOG.md":
            continue
        found = ROOT / ("docs" if name.startswith("docs") else "knowledge") / name
        assert found.is_file(), name
