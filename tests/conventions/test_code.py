"""Habits that hold without a reviewer: size, start-up, public names, what may be committed."""

import ast
import re
import subprocess
import sys

import pytest

import alkanet
from places import ROOT

MODULES = sorted((ROOT / "src" / "alkanet").rglob("*.py"))
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split()


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_no_module_is_longer_than_500_lines(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 500


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom alkanet.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'numpy', 'yaml', 'jinja2', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_public_names_are_about_twenty_and_each_can_be_had():
    assert sorted(alkanet.__all__) == list(alkanet.__all__)
    assert 15 <= len(alkanet.__all__) <= 25
    for name in alkanet.__all__:
        assert getattr(alkanet, name) is not None


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_no_state_at_module_level(module):
    """Module-level names are constants, types, aliases or dunders: nothing that changes."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                name = getattr(target, "id", "")
                is_constant = name.isupper() or name.lstrip("_")[:1].isupper()
                assert is_constant or name.startswith("__") or name in ("app", "kb_app"), name
    assert "global " not in module.read_text(encoding="utf-8")


def test_nothing_is_left_for_later_in_the_package():
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"\b(TODO|FIXME|XXX)\b", text), module


@pytest.mark.parametrize("name", TRACKED)
def test_committed_text_names_no_registry_and_no_machine(name):
    path = ROOT / name
    if path.suffix in (".png", ".gz", ".bgz") or not path.is_file():
        pytest.skip("not text")
    text = path.read_text(encoding="utf-8", errors="replace")
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "debian" + ".org")
    assert not [host for host in hosts if host in text]
    assert not re.search(r"(?<![\w.])/(home|root|Users|work|tmp)/\w", text)
    assert path.stat().st_size < 2_000_000


def test_no_lock_that_names_hosts_is_tracked():
    assert not {"uv.lock", "pylock.toml"} & set(TRACKED)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "http" not in lock
    assert lock.count("--hash=sha256:") > 100
