"""The file that an export makes: its name, its text, and the account of what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ExportedFile", "json_lines"]


@dataclass(frozen=True)
class ExportedFile:
    """One file, not yet written; ``left_out`` counts what it does not hold, by reason."""

    name: str
    """Its path below the folder of the export."""
    text: str
    count: int
    what: str
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def account(self) -> str:
        """What the file holds and what not, in a line.

        Examples
        --------
        >>> ExportedFile("x", "", 7, "claims", (("neutral", 2),)).account
        '7 claims, 2 left out: neutral'
        """
        parts = [f"{self.count} {self.what}"]
        parts += [f"{count} left out: {reason}" for reason, count in self.left_out]
        return ", ".join(parts)


def json_lines(values: Iterable[object]) -> str:
    """Return values as JSON, one a line, keys in their own order."""
    return "".join(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n" for value in values
    )
