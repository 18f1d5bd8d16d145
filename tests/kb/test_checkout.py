"""A checkout compiles its own knowledge, and never runs on stale knowledge."""

import os
import shutil
import subprocess
import sys

import pytest

from places import ROOT

ASK = "from alkanet.kb.locate import open_knowledge; print(open_knowledge().version.version)"


@pytest.mark.parametrize("place", ["checkout", "cases/checkout"])
def test_an_edit_of_the_knowledge_is_seen_wherever_the_checkout_lies(tmp_path, place):
    """Golden cases are no knowledge; a checkout below a folder of that name is."""
    checkout = tmp_path / place
    shutil.copytree(ROOT / "src", checkout / "src")
    shutil.copytree(ROOT / "knowledge", checkout / "knowledge")

    def version():
        done = subprocess.run(
            [sys.executable, "-c", ASK],
            env={
                **os.environ,
                "PYTHONPATH": str(checkout / "src"),
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
            },
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    before = version()
    file = checkout / "knowledge" / "version.yaml"
    file.write_text(file.read_text().replace(before, "2031.01"))
    assert version() == "2031.01"
    case = checkout / "knowledge" / "cases" / "g1202r" / "case.yaml"
    case.write_text(case.read_text() + "# a remark\n")
    assert version() == "2031.01"
    assert len(list((tmp_path / "cache").rglob("*.sqlite"))) == 2
