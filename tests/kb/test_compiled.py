"""The compiled file: the same content gives the same hash, another content another."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

from alkanet.errors import KnowledgeError
from alkanet.kb.compile import canonical_rows, compile_knowledge, content_hash
from alkanet.kb.load import load_knowledge
from alkanet.kb.query import KnowledgeBase
from knowledge_writer import KNOWLEDGE, ROOT, KnowledgeFolder

ROWS = (
    "import sys, hashlib, json; from pathlib import Path\n"
    "from alkanet.kb.compile import canonical_rows, content_hash\n"
    "from alkanet.kb.load import load_knowledge\n"
    "rows = tuple(canonical_rows(load_knowledge(Path(sys.argv[1]))))\n"
    "print(content_hash(rows))\n"
    "print(hashlib.sha256(json.dumps(rows).encode()).hexdigest())\n"
)


def hash_of(root):
    return content_hash(tuple(canonical_rows(load_knowledge(root))))


@pytest.fixture
def whole(tmp_path):
    """A folder with a claim whose keys, and a table whose rows, can be moved about."""
    folder = KnowledgeFolder(tmp_path / "knowledge")
    folder.source(
        "x-2020",
        folder.claim("x-2020", "L1196M+G1202R", "alectinib", -1),
        folder.claim("x-2020", "G1202R", "alectinib", -1, patients="3"),
    )
    folder.measure(("x-2020", "", "alectinib", 10), ("x-2020", "G1202R", "alectinib", 80))
    return folder


def test_neither_hash_seed_nor_locale_changes_the_rows():
    found = set()
    for seed, locale, zone in (("0", "POSIX", "UTC"), ("4242", "C.UTF-8", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", ROWS, str(KNOWLEDGE)],
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert found.pop().splitlines()[0] == hash_of(KNOWLEDGE)


def other_pythons():
    """Yield interpreters of another minor version; ALKANET_PYTHONS may name some with a colon."""
    named = os.environ.get("ALKANET_PYTHONS", "").split(":")
    found = [shutil.which(f"python3.{minor}") for minor in range(11, 16)]
    ours = sys.version_info[:2]
    asked = "import sys, pydantic, yaml, typer; print(*sys.version_info[:2])"
    for path in filter(None, [*named, *found]):
        done = subprocess.run([path, "-c", asked], capture_output=True, text=True, check=False)
        if done.returncode == 0 and tuple(map(int, done.stdout.split())) != ours:
            yield path


def test_another_python_gives_the_same_hash():
    """The identity of the knowledge does not depend on the Python that compiles it."""
    others = list(other_pythons())
    if not others:
        pytest.skip("no second Python minor with pydantic, PyYAML and Typer is installed")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for path in others:
        command = [path, "-c", ROWS, str(KNOWLEDGE)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[0] == hash_of(KNOWLEDGE), path


def test_the_command_prints_the_hash_that_the_file_carries(alkanet, tmp_path):
    target = tmp_path / "k.sqlite"
    done = alkanet("kb", "compile", "-o", target)
    assert done.status == 0
    assert done.out.strip() == KnowledgeBase(target).version.hash == hash_of(KNOWLEDGE)


def test_two_compilations_hold_the_same_rows(whole, tmp_path):
    dumps = set()
    for name in ("one.sqlite", "two.sqlite"):
        compile_knowledge(whole.root, tmp_path / name)
        connection = sqlite3.connect(tmp_path / name)
        dumps.add("\n".join(connection.iterdump()))
        connection.close()
    assert len(dumps) == 1


def keys_of_a_claim_moved(folder):
    text = (folder.root / "sources/x-2020.yaml").read_text()
    moved = re.sub(r"  certainty: verified\n  patients: '3'\n", "", text)
    moved = moved.replace(
        "- id: x-2020.g1202r-alectinib\n",
        "- patients: '3'\n  certainty: verified\n  id: x-2020.g1202r-alectinib\n",
    )
    assert moved != text
    folder.write("sources/x-2020.yaml", moved)


def claims_of_a_source_turned_round(folder):
    folder.source(
        "x-2020",
        folder.claim("x-2020", "G1202R", "alectinib", -1, patients="3"),
        folder.claim("x-2020", "L1196M+G1202R", "alectinib", -1),
    )


def mutations_in_another_order(folder):
    folder.edit(
        "sources/x-2020.yaml", "    - L1196M\n    - G1202R\n", "    - G1202R\n    - L1196M\n"
    )


def blank_lines_comments_and_line_ends(folder):
    path = folder.root / "sources/x-2020.yaml"
    text = "# a comment\n\n" + path.read_text().replace("claims:\n", "\nclaims:  # here\n\n")
    path.write_bytes(text.replace("\n", "\r\n").encode())


def a_sentence_folded_and_quoted(folder):
    path = folder.root / "sources/base-2020.yaml"
    text = path.read_text()
    folded = text.replace("says: Made up for a test.", 'says: >-\n    Made up\n    for a "test".')
    path.write_text(folded.replace('"test"', "test"))
    assert path.read_text() != text


def rows_of_the_table_turned_round(folder):
    path = folder.root / "measurements/ic50.tsv"
    comment, header, *rows = path.read_text().splitlines()
    path.write_text("\n".join(["# another comment", comment, header, *rows[::-1]]) + "\n")


def weights_of_the_rules_turned_round(folder):
    path = folder.root / "sensitivity/rules.yaml"
    lines = path.read_text().splitlines(keepends=True)
    trial = next(i for i, text in enumerate(lines) if text.startswith("  trial:"))
    assert lines[trial + 1].startswith("  patients:")
    lines[trial : trial + 2] = lines[trial + 1], lines[trial]
    path.write_text("".join(lines))


def a_default_written_out(folder):
    folder.edit(
        "sources/x-2020.yaml", "  patients: '3'\n", "  patients: '3'\n  direction: supports\n"
    )


def a_number_written_otherwise(folder):
    path = folder.root / "measurements/ic50.tsv"
    path.write_text(path.read_text().replace("\t80\t", "\t80.0\t"))


@pytest.mark.parametrize(
    "change",
    [
        keys_of_a_claim_moved,
        claims_of_a_source_turned_round,
        mutations_in_another_order,
        blank_lines_comments_and_line_ends,
        a_sentence_folded_and_quoted,
        rows_of_the_table_turned_round,
        weights_of_the_rules_turned_round,
        a_default_written_out,
        a_number_written_otherwise,
    ],
    ids=lambda change: change.__name__,
)
def test_how_a_file_is_laid_out_does_not_change_the_hash(whole, change):
    before = hash_of(whole.root)
    change(whole)
    assert hash_of(whole.root) == before
    whole.compile()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources/x-2020.yaml", "patients: '3'", "patients: '4'"),
        ("sources/base-2020.yaml", "evidence: trial", "evidence: patients"),
        ("sources/base-2020.yaml", "certainty: verified", "certainty: recalled"),
        ("sources/base-2020.yaml", "for a test.", "for a Test."),
        ("sources/base-2020.yaml", "year: '2020'", "year: '2021'"),
        ("therapies/alectinib.yaml", "resistant_from: '8'", "resistant_from: '8.1'"),
        ("therapies/alectinib.yaml", "- Alecensa", "- Alecenza"),
        ("sensitivity/rules.yaml", "call_at_score: 1.0", "call_at_score: 1.1"),
        ("messages/caveats.yaml", "is not in the knowledge.", "is not held."),
        ("genes/germline.tsv", "I1461V", "I1461L"),
        ("version.yaml", "2026.11.2", "2026.12"),
    ],
)
def test_a_value_that_changes_changes_the_hash(whole, file, old, new):
    """The version is the date of the knowledge and no content: it stands beside the hash."""
    before = hash_of(whole.root)
    whole.edit(file, old, new)
    changed = hash_of(whole.root) != before
    assert changed == (file != "version.yaml")
    assert KnowledgeBase(_compiled(whole)).version.version in ("2026.11.2", "2026.12")


def _compiled(folder):
    folder.compile()
    return folder.root.with_suffix(".sqlite")


def test_a_measured_value_that_changes_changes_the_hash(whole):
    before = hash_of(whole.root)
    path = whole.root / "measurements/ic50.tsv"
    path.write_text(path.read_text().replace("\t80\t", "\t81\t"))
    assert hash_of(whole.root) != before


def test_cases_are_no_knowledge(whole):
    before = hash_of(whole.root)
    whole.write("cases/x/case.yaml", "schema_version: 1\nid: x\n")
    assert hash_of(whole.root) == before


def test_a_file_for_another_alkanet_is_refused(whole):
    path = _compiled(whole)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    connection.commit()
    connection.close()
    with pytest.raises(KnowledgeError, match=r"compiled for schema 99, .* compile it again"):
        KnowledgeBase(path)


@pytest.mark.parametrize("content", [b"", b"not a database at all, but text\n" * 100])
def test_a_file_that_is_no_compiled_knowledge_is_refused(tmp_path, content):
    path = tmp_path / "k.sqlite"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"k\.sqlite: cannot be read"):
        KnowledgeBase(path)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        KnowledgeBase(tmp_path / "gone.sqlite")


def test_a_compiled_file_is_read_only(whole):
    kb = KnowledgeBase(_compiled(whole))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        kb._connection.execute("DELETE FROM entries")


def test_compiling_leaves_no_half_file(whole, tmp_path):
    target = tmp_path / "deep" / "down" / "k.sqlite"
    compile_knowledge(whole.root, target)
    assert [path.name for path in target.parent.iterdir()] == ["k.sqlite"]
    whole.edit("sources/base-2020.yaml", "certainty: verified", "certainty: sure")
    size = target.stat().st_size
    with pytest.raises(KnowledgeError):
        compile_knowledge(whole.root, target)
    assert [path.name for path in target.parent.iterdir()] == ["k.sqlite"]
    assert target.stat().st_size == size
