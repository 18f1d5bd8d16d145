"""The account of one file: how many rows it has, which were set aside, and why.

A row is told to the ledger once, as used or as set aside, so that nothing is lost: the two always
add up to the rows. A later stage may still set a used row aside.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass

from alkanet.errors import InputError, shown
from alkanet.model.provenance import InputAccount, SetAside

__all__ = ["DoubtfulRow", "Ledger", "RowFault"]

FIRST_ROWS = 20
"""So many line numbers a reason go into the account."""

MAX_REASONS = 200
"""A file with more kinds of fault has the rest counted under one reason."""

OTHER_REASONS = "other reasons"


@dataclass(frozen=True)
class RowFault:
    """A field of a row that is not what it should be."""

    field: str
    found: str
    expected: str

    @property
    def reason(self) -> str:
        """The fault as a reason to set the row aside."""
        return f"{self.field}: found {shown(self.found)}, expected {self.expected}"


@dataclass(frozen=True)
class DoubtfulRow:
    """A row that was not used, or not wholly, although it may be about a gene that is read."""

    line: int
    reason: str
    gene: str


class Ledger:
    """The rows of one file, each used or set aside with a reason.

    Parameters
    ----------
    name
        Base name of the file.
    format_name
        Name of its format.

    Notes
    -----
    A VCF row with several alternate alleles is one row: it is used if any allele is. Line numbers
    are held as 8-byte integers, so that a file of five million rows outside ALK costs 40 MB.
    """

    def __init__(self, name: str, format_name: str) -> None:
        self.name = name
        self.format_name = format_name
        self._used: array[int] = array("Q")
        self._aside: dict[str, array[int]] = {}
        self._last_aside = 0
        self._touched: dict[str, list[DoubtfulRow]] = {}
        self._touched_counts: dict[str, int] = {}
        self._malformed = 0
        self._first_malformed: tuple[int, RowFault] | None = None
        self._closed = False

    @property
    def used(self) -> int:
        """Number of rows used."""
        return len(self._used)

    @property
    def rows(self) -> int:
        """Number of data rows met."""
        return self.used + sum(map(len, self._aside.values()))

    @property
    def touched(self) -> tuple[DoubtfulRow, ...]:
        """Rows not used that may be about a gene that is read: each deserves a caveat.

        Of each kind of fault these are the first twenty rows, and one more that tells how many
        further ones there are.
        """
        found = [row for kind in self._touched for row in self._touched_of(kind)]
        return tuple(sorted(found, key=lambda row: row.line))

    def use(self, line: int) -> None:
        """Record a row as used; a row that is set aside stays so."""
        self._check_is_known(line)
        if not self.is_aside(line) and not _holds(self._used, line):
            insort(self._used, line)

    def set_aside(self, line: int, reason: str, *, gene: str | None = None) -> None:
        """Record a row as set aside, also where it was used before; the first reason stays.

        Parameters
        ----------
        line
            Line of the row, counted from 1.
        reason
            Why it is not used.
        gene
            The gene that the row touches, where that is known.
        """
        is_next = line > self._last_aside and not (self._used and line <= self._used[-1])
        if self._closed or not is_next:
            self._check_is_known(line)
            if self.is_aside(line):
                return
            if _holds(self._used, line):
                del self._used[bisect_left(self._used, line)]
            insort(self._lines_of(reason), line)
        else:
            self._lines_of(reason).append(line)
        self._last_aside = max(self._last_aside, line)
        if gene is not None:
            self.note(line, reason, gene=gene)

    def note(self, line: int, reason: str, *, gene: str, kind: str | None = None) -> None:
        """Record that a row may be about a gene and was not used, or not wholly.

        Parameters
        ----------
        line
            Line of the row, counted from 1; it is used or set aside beside this.
        reason
            What was not used, and why.
        gene
            The gene.
        kind
            Rows of one kind are told together where they are many; by default that of the reason.
        """
        kind = reason if kind is None else kind
        if kind not in self._touched and len(self._touched) >= MAX_REASONS:
            kind = OTHER_REASONS
        rows = self._touched.setdefault(kind, [])
        self._touched_counts[kind] = self._touched_counts.get(kind, 0) + 1
        if len(rows) <= FIRST_ROWS:
            rows.append(DoubtfulRow(line, reason, gene))

    def set_malformed(self, line: int, fault: RowFault, *, gene: str | None = None) -> None:
        """Set a row aside because one of its fields is not what it should be."""
        self._malformed += 1
        if self._first_malformed is None:
            self._first_malformed = (line, fault)
        self.set_aside(line, fault.reason)
        if gene is not None:
            self.note(line, fault.reason, gene=gene, kind=fault.field)

    def check_is_what_it_claims(self, *, remedy: str) -> None:
        """Raise where more than half of the rows are malformed: the file is something else.

        Raises
        ------
        InputError
            With the place and the value of the first fault.
        """
        if self._first_malformed is None or 2 * self._malformed <= self.rows:
            return
        line, fault = self._first_malformed
        raise InputError(
            f"found {shown(fault.found)}; {self._malformed} of {self.rows} rows are malformed, "
            f"so this is not the {self.format_name} file that it claims to be",
            file=self.name,
            line=line,
            field=fault.field,
            expected=fault.expected,
            remedy=remedy,
        )

    def is_aside(self, line: int) -> bool:
        """Whether a row is set aside."""
        if line > self._last_aside:
            return False
        return any(_holds(lines, line) for lines in self._aside.values())

    def close(self) -> None:
        """End the reading: from here on only rows that were met may be set aside."""
        self._closed = True

    def account(self, sha256: str) -> InputAccount:
        """Return the account: counts, and the first twenty rows of each reason."""
        return InputAccount(
            name=self.name,
            sha256=sha256,
            format=self.format_name,
            rows=self.rows,
            used=self.used,
            set_aside=tuple(
                SetAside(reason=reason, count=len(lines), rows=tuple(lines[:FIRST_ROWS]))
                for reason, lines in self._aside.items()
            ),
        )

    def all_rows(self) -> Mapping[str, tuple[int, ...]]:
        """Return every line that was set aside, by reason."""
        return {reason: tuple(lines) for reason, lines in self._aside.items()}

    def _touched_of(self, kind: str) -> list[DoubtfulRow]:
        rows, beyond = self._touched[kind], self._touched_counts[kind] - FIRST_ROWS - 1
        if beyond <= 0:
            return rows
        last = rows[-1]
        more = f"{last.reason}; so or much the same in {beyond} more row(s)"
        return [*rows[:-1], DoubtfulRow(last.line, more, last.gene)]

    def _lines_of(self, reason: str) -> array[int]:
        if reason not in self._aside and len(self._aside) >= MAX_REASONS:
            reason = OTHER_REASONS
        return self._aside.setdefault(reason, array("Q"))

    def _check_is_known(self, line: int) -> None:
        if self._closed and not self.is_aside(line) and not _holds(self._used, line):
            raise ValueError(f"{self.name}:{line} is no row that was read")


def _holds(lines: array[int], line: int) -> bool:
    index = bisect_left(lines, line)
    return index < len(lines) and lines[index] == line
