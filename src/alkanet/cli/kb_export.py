"""``alkanet kb export``: the knowledge in the forms that others read."""

from __future__ import annotations

from pathlib import Path

import typer

from alkanet.errors import InputError
from alkanet.json_schema import SCHEMA_NAMES, shipped_schema
from alkanet.kb.export import FORMATS, ExportedFile
from alkanet.kb.named_knowledge import named_knowledge
from alkanet.kb.query import KnowledgeBase

__all__ = ["export_knowledge"]


def export_knowledge(source: str | None, *, formats: tuple[str, ...], out: Path) -> None:
    """Write the knowledge to ``out`` and print each file with what it holds.

    Nothing is written before everything is computed: no half export.

    Parameters
    ----------
    source
        A knowledge folder, a compiled file, or a revision of git; ``None`` for the knowledge that
        alkanet was installed with.
    formats
        Names of :data:`alkanet.kb.export.FORMATS`; empty for all.
    out
        Folder to write to; it is made where it is missing.

    Raises
    ------
    InputError
        Where a format or the source is unknown, or the folder cannot be written.
    """
    for name in formats:
        if name not in FORMATS:
            raise InputError(
                f"{name!r} is not a format", field="--format", expected=", ".join(FORMATS)
            )
    with named_knowledge(source) as kb:
        # asked twice for one format, it is written once
        files = [file for name in dict.fromkeys(formats or FORMATS) for file in _files(name, kb)]
    try:
        for file in files:
            target = out / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", file=str(out)) from error
    for file in files:
        typer.echo(f"{out / file.name}\t{file.account}")


def _files(name: str, kb: KnowledgeBase) -> tuple[ExportedFile, ...]:
    return (*FORMATS[name](kb), *(_schemas() if name == "schema" else ()))


def _schemas() -> tuple[ExportedFile, ...]:
    """Return the shipped schemas of the knowledge, as they are."""
    return tuple(
        ExportedFile(f"schemas/{name}.schema.json", shipped_schema(name), 1, "schema")
        for name in SCHEMA_NAMES
        if name.startswith("knowledge")
    )
