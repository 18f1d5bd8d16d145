"""``alkanet lookup``: one haplotype, all drugs."""

from __future__ import annotations

import sys

from alkanet.kb.locate import open_knowledge
from alkanet.lookup import look_up

__all__ = ["print_answer"]


def print_answer(
    haplotype: str, *, fusion: str | None, drugs: tuple[str, ...], as_json: bool
) -> None:
    """Print the answer as a table, or as JSON."""
    answer = look_up(haplotype, kb=open_knowledge(), fusion=fusion, drugs=drugs)
    if as_json:
        sys.stdout.write(answer.model_dump_json(indent=2) + "\n")
        return
    from rich.console import Console

    from alkanet.report.terminal import print_lookup

    print_lookup(answer, Console(highlight=False))
