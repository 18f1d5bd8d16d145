"""The wheel, alone with what it needs at run time, does the main job from an empty folder."""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from places import ROOT


def runtime_distributions():
    """Return the names of all distributions that alkanet needs, and that those need."""
    needed, pending = set(), ["alkanet"]
    while pending:
        name = pending.pop()
        for requirement in importlib.metadata.requires(name) or []:
            if "extra ==" in requirement or "sys_platform" in requirement:
                continue
            found = re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower()
            if found not in needed:
                try:
                    importlib.metadata.distribution(found)
                except importlib.metadata.PackageNotFoundError:
                    continue
                needed.add(found)
                pending.append(found)
    return needed


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return the Python of a new environment with the wheel and its run-time needs alone."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index",
         "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    wheel = next(folder.glob("alkanet-*.whl"))
    venv.create(folder / "venv", with_pip=False)
    site = next((folder / "venv" / "lib").glob("python*/site-packages"))
    here = Path(sysconfig.get_paths()["purelib"])
    for name in runtime_distributions():
        for file in importlib.metadata.distribution(name).files or []:
            if ".." not in file.parts and (here / file).is_file():
                (site / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(here / file, site / file)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return folder / "venv" / "bin" / "python", wheel


def run(python, cwd, *arguments):
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "COLUMNS": "120"}
    return subprocess.run(
        [str(python), "-m", "alkanet", *map(str, arguments)],
        cwd=cwd, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_wheel_looks_up_and_reports(installed, tmp_path):
    python, _ = installed
    done = run(python, tmp_path, "lookup", "G1202R", "--json")
    assert done.returncode == 0, done.stderr
    calls = {r["drug"]: r["call"] for r in json.loads(done.stdout)["responses"]}
    assert calls["lorlatinib"] == "sensitive"
    shutil.copytree(ROOT / "examples" / "demo", tmp_path / "demo")
    done = run(python, tmp_path, "report", "demo/case.yaml", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000


def test_wheel_carries_compiled_templates_that_make_the_same_page(installed, tmp_path, alkanet):
    python, wheel = installed
    names = zipfile.ZipFile(wheel).namelist()
    assert any("report/compiled_templates/tmpl_" in name for name in names)
    done = run(python, tmp_path, "report", ROOT / "examples/demo/case.yaml", "-o", "wheel")
    assert done.returncode == 0, done.stderr
    here = alkanet("report", ROOT / "examples/demo/case.yaml", "-o", tmp_path / "checkout")
    assert here.status == 0, here.err
    pages = [(tmp_path / name / "report.html").read_bytes() for name in ("wheel", "checkout")]
    assert pages[0] == pages[1]


def test_wheel_compiles_nothing_into_the_home_of_its_user(installed, tmp_path):
    python, _ = installed
    assert run(python, tmp_path, "lookup", "G1202R").returncode == 0
    assert not (tmp_path / ".cache").exists()


def test_wheel_and_checkout_hold_the_same_knowledge(installed, tmp_path, kb):
    python, _ = installed
    assert kb.version.hash[:12] in run(python, tmp_path, "--version").stdout


def test_wheel_ships_cases_schemas_licences_and_no_test(installed):
    _, wheel = installed
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "alkanet/knowledge.sqlite" in names
    assert "alkanet/cases/g1202r/expect.yaml" in names
    assert "alkanet/schemas/report.schema.json" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests", "docs")) for name in names)
    assert sum(1 for name in names if name.endswith(".sqlite")) == 1


def test_development_tools_are_not_needed(installed, tmp_path):
    python, _ = installed
    for module in ("pytest", "hypothesis", "pysam", "numpy", "lark"):
        done = subprocess.run(
            [str(python), "-c", f"import {module}"], capture_output=True, check=False
        )
        assert done.returncode != 0, f"{module} leaked in: this test proves nothing"
