"""Tab-separated tables whose columns are told by the names in their header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from alkanet.errors import InputError, did_you_mean, shown
from alkanet.ingest.faults import listed
from alkanet.ingest.ledger import RowFault
from alkanet.ingest.text_lines import OverlongLine

__all__ = ["TableHeader", "cells_of", "count_of", "is_unknown", "read_table_header"]

UNKNOWN = frozenset({"", ".", "na", "n/a", "nan", "null", "none", "unknown"})


@dataclass(frozen=True)
class TableHeader:
    """The columns of a table by their lower-case names."""

    file: str
    line: int
    width: int
    index: Mapping[str, int]

    @classmethod
    def parse(cls, text: str, *, file: str, line: int) -> Self:
        """Return the header written in a line, with or without a leading ``#``."""
        names = [name.strip() for name in text.removeprefix("#").split("\t")]
        index: dict[str, int] = {}
        for at, name in enumerate(names):
            index.setdefault(name.lower(), at)
        return cls(file=file, line=line, width=len(names), index=index)

    def require(self, names: Sequence[str], *, format_name: str) -> None:
        """Raise where a needed column is missing.

        Raises
        ------
        InputError
            Naming the columns that are missing, and what stands there instead.
        """
        missing = [name for name in names if name.lower() not in self.index]
        if missing:
            found = list(self.index)
            raise InputError(
                f"the column {listed(missing)} is missing; the header has {listed(found)}",
                file=self.file,
                line=self.line,
                field=missing[0],
                expected=f"the columns {', '.join(names)} of a {format_name} file",
                remedy=did_you_mean(missing[0], found) or "Columns are separated by tabs.",
            )

    def has(self, name: str) -> bool:
        """Whether the table has a column."""
        return name.lower() in self.index

    def fault(self, columns: Sequence[str]) -> RowFault | None:
        """Return the fault of a row that has more or fewer fields than the header."""
        if len(columns) == self.width:
            return None
        return RowFault("number of columns", str(len(columns)), f"{self.width}, as the header has")

    def value(self, columns: Sequence[str], name: str) -> str:
        """Return a field of a row, empty where the table has no such column or the row ends."""
        at = self.index.get(name)
        return "" if at is None or at >= len(columns) else columns[at].strip()


def read_table_header(
    lines: Iterator[tuple[int, str | OverlongLine]],
    *,
    file: str,
    comment: str,
    needed: Sequence[str],
    format_name: str,
) -> TableHeader:
    """Return the header of a table: its first line that is neither blank nor a comment.

    Raises
    ------
    InputError
        Where the table has none, or a needed column is missing.
    """
    for number, line in lines:
        if isinstance(line, OverlongLine):
            raise InputError(line.reason, file=file, line=number)
        if line and not line.isspace() and not line.startswith(comment):
            header = TableHeader.parse(line, file=file, line=number)
            header.require(needed, format_name=format_name)
            return header
    raise InputError(
        "the file holds no header", file=file, expected="the columns " + ", ".join(needed)
    )


def is_unknown(text: str) -> bool:
    """Whether a field says nothing: blank, ``.``, ``NA`` and the like, in any case."""
    return text.lower() in UNKNOWN


def cells_of(line: str, *, is_cut: bool = False) -> list[str]:
    """Return the fields of a row that does not fit its header, also where blanks part them.

    Parameters
    ----------
    line
        The row.
    is_cut
        Whether the line goes on: its last field is not whole then, and left out.
    """
    cells = line.split("\t") if "\t" in line else line.split()
    return [cell.strip() for cell in (cells[:-1] if is_cut else cells)]


def count_of(text: str, field: str) -> int | RowFault | None:
    """Return a number of reads; ``None`` where the field says nothing, never zero.

    Examples
    --------
    >>> count_of("12", "t_alt_count"), count_of("", "t_alt_count")
    (12, None)
    """
    if is_unknown(text):
        return None
    whole = text.removesuffix(".0")
    if whole.isascii() and whole.isdigit() and len(whole) < 12:
        return int(whole)
    return RowFault(field, shown(text)[1:-1], "a whole number of reads")
