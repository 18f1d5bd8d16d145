"""Strict reader of the knowledge's tab-separated tables: a comment block, a header, rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from alkanet.errors import KnowledgeError

__all__ = ["TableRow", "read_table"]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its line in the file, counted from 1, and its cells by column name."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


Refused = Callable[[int, str, str], None]
"""Is told the line, the fault and the text of a row that is left out."""


def read_table(
    path: Path, columns: tuple[str, ...], refused: Refused | None = None
) -> tuple[TableRow, ...]:
    """Return the rows of a tab-separated table whose header is exactly ``columns``.

    Lines that begin with ``#`` stand before the header and nowhere else. Cells are text; their
    outer blanks are removed. A byte order mark and empty lines at the end are no rows. A row that
    is no row of this table goes to ``refused``, and the others are read; without it the first one
    ends the reading.

    Raises
    ------
    KnowledgeError
        Where the file is missing or not UTF-8, its header differs, or a row is none; the line is
        named.
    """
    lines = _lines(path)
    header = next((n for n, text in enumerate(lines) if not text.startswith("#")), len(lines))
    if header == len(lines):
        raise KnowledgeError("the table has no header", file=path.name)
    found = tuple(cell.strip() for cell in lines[header].split("\t"))
    if found != columns:
        raise KnowledgeError(
            f"the header is '{' '.join(found)}', not '{' '.join(columns)}'",
            file=path.name,
            line=header + 1,
        )
    rows = []
    for number, text in enumerate(lines[header + 1 :], start=header + 2):
        try:
            rows.append(_row(path, number, text, columns))
        except KnowledgeError as error:
            if refused is None:
                raise
            refused(number, error.found, text)
    return tuple(rows)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise KnowledgeError("the file is missing", file=path.name) from None
    except UnicodeDecodeError:
        raise KnowledgeError("the file is not UTF-8 text", file=path.name) from None
    return text.rstrip("\r\n").split("\n")


def _row(path: Path, number: int, text: str, columns: tuple[str, ...]) -> TableRow:
    if text.startswith("#"):
        raise KnowledgeError("a comment stands below the header", file=path.name, line=number)
    cells = [cell.strip() for cell in text.split("\t")]
    if len(cells) != len(columns):
        last = cells[min(len(cells), len(columns)) - 1]
        raise KnowledgeError(
            f"the row has {len(cells)} cells, not {len(columns)}: a tab is missing, stands for "
            f"blanks or is one too many (its last cell is {last!r})",
            file=path.name,
            line=number,
        )
    quoted = next((c for c in cells if len(c) > 1 and c[0] == c[-1] == '"'), None)
    if quoted is not None:
        raise KnowledgeError(
            f"the cell {quoted} stands in quotation marks: leave them out",
            file=path.name,
            line=number,
        )
    return TableRow(number, MappingProxyType(dict(zip(columns, cells, strict=True))))
