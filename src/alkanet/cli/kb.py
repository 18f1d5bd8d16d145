"""``alkanet kb``: the curator's commands."""

from __future__ import annotations

from pathlib import Path

import typer

from alkanet.kb.check import check
from alkanet.kb.compile import compile_knowledge
from alkanet.kb.load import load_knowledge
from alkanet.kb.locate import knowledge_folder

__all__ = ["check_folder", "compile_folder"]


def check_folder(folder: Path | None) -> int:
    """Print all faults to stdout and return the exit status: 1 where there is any."""
    knowledge = load_knowledge(folder or knowledge_folder())
    faults = check(knowledge)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(
        f"{len(faults)} faults in {len(knowledge.sources)} sources, "
        f"{len(knowledge.claims)} claims, {len(knowledge.measurements)} measurements, "
        f"{len(knowledge.therapies)} therapies",
        err=True,
    )
    return 1 if faults else 0


def compile_folder(folder: Path | None, out: Path) -> None:
    """Compile a knowledge folder and print the hash of its content."""
    typer.echo(compile_knowledge(folder or knowledge_folder(), out))
