"""``alkanet ingest``: the account of files, row by row."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

import typer

from alkanet.kb.locate import open_knowledge
from alkanet.model.case import Case, Specimen, SpecimenFiles
from alkanet.pipeline import read_inputs, stated_genome

__all__ = ["print_accounts"]


def print_accounts(
    files: tuple[Path, ...], *, genome: str | None, sample: str | None, as_json: bool
) -> None:
    """Print for each file its format, its rows, and every row that its reader set aside."""
    case = Case(
        id="ingest",
        specimens=tuple(
            Specimen(id=str(number), files=SpecimenFiles(variants=(str(file),)))
            for number, file in enumerate(files, start=1)
        ),
    )
    read = read_inputs(case, Path(), open_knowledge(), genome=stated_genome(genome), sample=sample)
    if as_json:
        accounts = [
            {
                **file.content.account().model_dump(mode="json", exclude={"set_aside"}),
                "set_aside": {r: list(rows) for r, rows in file.content.ledger.all_rows().items()},
            }
            for file in read
        ]
        sys.stdout.write(json.dumps(accounts, indent=2, ensure_ascii=False) + "\n")
        return
    for file in read:
        account = file.content.account()
        genome_text = file.content.genome.value if file.content.genome else "not stated"
        typer.echo(f"{account.name}\t{account.format}\tgenome {genome_text}")
        typer.echo(f"  {account.rows} rows, {account.used} used")
        for reason, rows in file.content.ledger.all_rows().items():
            typer.echo(f"  {len(rows)} set aside: {reason}")
            typer.echo(f"    lines {_ranges(rows)}")


def _ranges(rows: tuple[int, ...]) -> str:
    """Return line numbers as ranges, ``3, 7-12``."""
    runs = []
    for _, run in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        lines = [line for _, line in run]
        runs.append(str(lines[0]) if len(lines) == 1 else f"{lines[0]}-{lines[-1]}")
    return ", ".join(runs)
