"""The documentation keeps its promises: its commands run, its links lead somewhere, it is whole."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click
import pytest
import typer.main
import yaml
from pydantic import BaseModel

from alkanet import Lookup, Report, __version__
from alkanet.cli.main import app
from alkanet.model.case import Case
from places import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
TERMINAL = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
LINKED_FOLDERS = ("knowledge", "examples", "docs")

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_EXIT = re.compile(r"\s+# exits (\d+)$")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A line ``$ alkanet …`` of a page, the status it states, and the output shown below it."""

    text: str
    status: int
    shown: tuple[str, ...]


def _blocks(page: Path) -> Iterator[tuple[str, str]]:
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield found[1], found[2]


def _written_files(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the files that a page has its reader write: blocks whose first line is their name."""
    for kind, text in _blocks(page):
        first = text.partition("\n")[0]
        if kind in ("yaml", "tsv") and re.fullmatch(r"# [\w.-]+\.(yaml|tsv)", first):
            yield first.removeprefix("# "), text


def _commands(page: Path) -> Iterator[Command]:
    for kind, text in _blocks(page):
        if kind != "console":
            continue
        for entry in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            line, _, shown = entry.partition("\n")
            if not line.startswith("alkanet "):
                continue
            found = _EXIT.search(line)
            yield Command(
                text=_EXIT.sub("", line),
                status=int(found[1]) if found else 0,
                shown=tuple(s for s in map(_spaced, shown.splitlines()) if s and s != "…"),
            )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


PAGES_WITH_COMMANDS = [page for page in PAGES if any(_commands(page))]


@pytest.mark.parametrize("page", PAGES_WITH_COMMANDS, ids=_name)
def test_commands_run_and_say_what_is_shown(page, tmp_path, alkanet):
    for folder in LINKED_FOLDERS:
        if (ROOT / folder).is_dir():
            (tmp_path / folder).symlink_to(ROOT / folder)
    for name, text in _written_files(page):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for command in _commands(page):
        words = shlex.split(command.text)[1:]
        target = next((w for at, w in enumerate(words) if words[at - 1] in ("-o", "--out")), None)
        assert target is None or target.startswith("out/"), f"{command.text}: writes beside out/"
        (tmp_path / "out").mkdir(exist_ok=True)
        done = alkanet(*words, cwd=tmp_path, env=TERMINAL)
        assert done.status == command.status, f"{command.text}\n{done.out}\n{done.err}"
        said = {_spaced(line) for line in (done.out + done.err).splitlines()}
        untrue = [line for line in command.shown if line not in said]
        assert not untrue, f"{_name(page)} shows below `{command.text}` what it does not say"


def test_pages_with_commands_are_found():
    assert {"README.md", "docs/start.md", "docs/commands.md"} <= {
        _name(page) for page in PAGES_WITH_COMMANDS
    }


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_local_links_resolve(page):
    broken = []
    for target in _LINK.findall(_without_code(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = page.parent / path if path else page
        if not found.exists() or (anchor and anchor not in _anchors(found)):
            broken.append(target)
    assert not broken


def _without_code(text: str) -> str:
    return re.sub(r"`[^`\n]+`", "", _BLOCK.sub("", text))


def _anchors(page: Path) -> set[str]:
    headings = _HEADING.findall(_BLOCK.sub("", page.read_text(encoding="utf-8")))
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


def _of_cli(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _of_cli(inner, f"{path} {name}")


def test_every_command_and_option_is_documented():
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    lacking = []
    for path, command in _of_cli(typer.main.get_command(app), "alkanet"):
        if getattr(command, "commands", None) and path != "alkanet":
            continue
        if path not in sections:
            lacking.append(path)
            continue
        for parameter in command.params:
            options = [name for name in parameter.opts if name.startswith("-")]
            lacking.extend(f"{path} {o}" for o in options if f"`{o}" not in sections[path])
        if path != "alkanet" and f"$ {path}" not in sections[path]:
            lacking.append(f"an example of {path}")
    assert not lacking


def _family(*roots: type[BaseModel], without: Collection[str] = ()) -> list[type[BaseModel]]:
    """Return the types that roots are made of, each once."""
    found: dict[str, type[BaseModel]] = {}
    waiting = list(roots)
    while waiting:
        model = waiting.pop()
        if model.__name__ in found or model.__name__ in without:
            continue
        found[model.__name__] = model
        for field in model.model_fields.values():
            waiting.extend(_models_in(field.annotation))
    return [found[name] for name in sorted(found)]


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


@pytest.mark.parametrize("model", _family(Case), ids=lambda m: m.__name__)
def test_every_key_of_the_case_file_is_documented(model):
    _assert_documented(model, DOCS / "case-file.md")


@pytest.mark.parametrize(
    "model", _family(Report, Lookup, without={"Case"}), ids=lambda m: m.__name__
)
def test_every_field_of_the_report_is_documented(model):
    _assert_documented(model, DOCS / "report.md")


def _assert_documented(model: type[BaseModel], page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    lacking = [name for name in model.model_fields if f"`{name}`" not in text]
    assert not lacking, f"{model.__name__} in {_name(page)}"


def test_every_reference_key_is_cited_and_known():
    entries = set(
        re.findall(r"^@\w+\{([^,]+),", (DOCS / "references.bib").read_text("utf-8"), re.MULTILINE)
    )
    sources = {path.stem for path in (ROOT / "knowledge" / "sources").glob("*.yaml")}
    texts = [_without_code(page.read_text("utf-8")) for page in PAGES]
    texts += [module.read_text("utf-8") for module in (ROOT / "src").rglob("*.py")]
    cited = {key for text in texts for key in re.findall(r"\[@([a-z0-9-]+)\]", text)}
    assert cited <= entries, "cited and not in docs/references.bib"
    assert entries <= cited, "in docs/references.bib and cited nowhere"
    assert entries <= sources, "in docs/references.bib and no source of the knowledge"


def test_citation_file_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    needed = {"cff-version", "message", "title", "authors", "version", "date-released", "license"}
    assert needed <= set(citation)
    assert citation["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_cut_table_is_that_of_the_knowledge():
    text = (DOCS / "methods" / "responses.md").read_text("utf-8")
    for path in sorted((ROOT / "knowledge" / "therapies").glob("*.yaml")):
        therapy = yaml.safe_load(path.read_text("utf-8"))
        cut = therapy.get("cut")
        cells = f"{cut['sensitive_up_to']} | {cut['resistant_from']}" if cut else "none | none"
        assert f"| {therapy['id']} | {cells} |" in text
