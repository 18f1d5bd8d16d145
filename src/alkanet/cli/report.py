"""``alkanet report``: one patient's files to a folder of renderings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from alkanet.errors import InputError
from alkanet.kb.locate import open_knowledge
from alkanet.model.report import Report
from alkanet.pipeline import LooseInputs, make_report
from alkanet.report.terminal import print_report

__all__ = ["write_report"]


def _json(report: Report) -> str:
    return report.model_dump_json(indent=2) + "\n"


def _tsv(report: Report) -> str:
    from alkanet.report.tsv import render_tsv

    return render_tsv(report)


def _html(report: Report) -> str:
    from alkanet.report.html import render_html

    return render_html(report)


RENDERERS: dict[str, Callable[[Report], str]] = {"html": _html, "json": _json, "tsv": _tsv}


def write_report(
    case: Path | None, loose: LooseInputs, *, out: Path, formats: tuple[str, ...]
) -> None:
    """Write the report's renderings to ``out`` and print its summary to stdout.

    Nothing is written before everything is computed: no half report.

    Raises
    ------
    InputError
        Where a format is unknown, the input is at fault, or the folder cannot be written.
    """
    for name in formats:
        if name not in RENDERERS:
            raise InputError(
                f"{name!r} is not a format", field="--format", expected=", ".join(RENDERERS)
            )
    made = make_report(case, loose, open_knowledge())
    texts = {f"report.{name}": RENDERERS[name](made) for name in formats}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for file, text in texts.items():
            (out / file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", file=str(out)) from error
    print_report(made, Console(highlight=False, soft_wrap=False))
    talk = Console(stderr=True, highlight=False)
    for file in texts:
        talk.print(f"wrote {out / file}", soft_wrap=True)
