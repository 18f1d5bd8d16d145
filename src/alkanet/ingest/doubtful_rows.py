"""Malformed rows that may be about a gene that is read: each told, unless of another sample."""

from __future__ import annotations

from collections.abc import Sequence

from alkanet.ingest.ledger import Ledger, RowFault
from alkanet.ingest.samples import SampleRows
from alkanet.ingest.table import TableHeader

__all__ = ["DoubtfulRows"]


class DoubtfulRows:
    """Sets rows aside whose number of columns is wrong; whose sample they are is told at the end.

    Parameters
    ----------
    ledger
        The account of the file.
    samples
        The samples of the file.
    header, column
        The header, and the name of the column that names the sample.
    """

    def __init__(
        self, ledger: Ledger, samples: SampleRows, header: TableHeader, *, column: str
    ) -> None:
        self._ledger = ledger
        self._samples = samples
        self._at = header.index.get(column)
        self._found: list[tuple[int, str, str, str, tuple[str, ...]]] = []

    def set_malformed(
        self, line: int, fault: RowFault, cells: Sequence[str], *, gene: str | None
    ) -> None:
        """Set a row aside that does not fit its header."""
        self._ledger.set_malformed(line, fault)
        self._keep(line, fault.reason, fault.field, cells, gene)

    def set_overlong(
        self, line: int, reason: str, cells: Sequence[str], *, gene: str | None
    ) -> None:
        """Set a row aside that is too long to be read."""
        self._ledger.set_aside(line, reason)
        self._keep(line, reason, reason, cells, gene)

    def settle(self) -> None:
        """Tell the rows that may be of the sample, now that the samples of the file are known."""
        for line, reason, kind, gene, near in self._found:
            if not self._samples.is_another(near):
                self._ledger.note(line, reason, gene=gene, kind=kind)
        self._found.clear()

    def _keep(
        self, line: int, reason: str, kind: str, cells: Sequence[str], gene: str | None
    ) -> None:
        if gene is None:
            return
        # a column more or less moves the name of the sample by one
        near = () if self._at is None else cells[max(0, self._at - 1) : self._at + 2]
        self._found.append((line, reason, kind, gene, tuple(near)))
