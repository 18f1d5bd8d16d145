"""What the readers of fusion tables share: header, sample, rows in doubt, and the account."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.doubtful_rows import DoubtfulRows
from alkanet.ingest.gene_names import DRIVER
from alkanet.ingest.ledger import Ledger, RowFault
from alkanet.ingest.samples import SampleRows
from alkanet.ingest.table import TableHeader, cells_of, read_table_header
from alkanet.ingest.text_lines import OverlongLine, TextLines, read_rows
from alkanet.model.alteration import Genome
from alkanet.model.calls import Calls, FusionCall
from alkanet.model.other_gene import FusionSide

__all__ = ["NO_DRIVER", "NO_OTHERS", "WITHIN_GENE", "Drivers", "FusionRows", "read_fusion_rows"]

NO_DRIVER = f"no {DRIVER} in it"
WITHIN_GENE = f"a rearrangement within {DRIVER}: no fusion"


Drivers = Mapping[str, FusionSide]
"""Genes other than ALK whose fusion can drive, each with the side that must hold it."""

NO_OTHERS: Drivers = MappingProxyType({})


class FusionRows(ABC):
    """Reads the rows of one table into calls and the ledger; a format says how a row is read.

    Parameters
    ----------
    header
        The header of the table.
    format_name
        Name of its format.
    specimen
        Id of the specimen that the calls belong to.
    sample
        The sample to read; ``None`` where the file leaves no choice.
    sample_column
        Name of the column that names the sample.
    genome
        The build of places on the genome, ``None`` where nobody says.
    remedy
        What to do where most rows are malformed.
    drivers
        The other genes whose fusions are read.
    """

    def __init__(
        self,
        header: TableHeader,
        *,
        format_name: FormatName,
        specimen: str,
        sample: str | None,
        sample_column: str,
        genome: Genome | None,
        remedy: str,
        drivers: Drivers,
    ) -> None:
        self.ledger = Ledger(header.file, format_name)
        self.genome = genome
        self.calls: dict[Hashable, FusionCall] = {}
        """The calls so far, each by what tells it from the others of the format."""
        self.other_calls: dict[Hashable, FusionCall] = {}
        """The calls of other drivers, in the same way."""
        self._drivers = drivers
        self._header = header
        self._specimen = specimen
        self._samples = SampleRows(sample)
        self._sample_column = sample_column
        self._doubtful = DoubtfulRows(
            self.ledger, self._samples, header, column=sample_column.lower()
        )
        self._remedy = remedy

    @abstractmethod
    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""

    @abstractmethod
    def _gene_in_doubt(self, line: str, cells: Sequence[str]) -> str | None:
        """Return the driver where a malformed row may be about it."""

    def set_overlong(self, number: int, line: OverlongLine) -> None:
        """Set a row aside that is too long to be read."""
        cells = cells_of(line.start, is_cut=True)
        gene = self._gene_in_doubt(line.start, cells)
        self._doubtful.set_overlong(number, line.reason, cells, gene=gene)

    def check(self) -> None:
        """Raise where the whole is not the file that it claims to be, and end the reading."""
        self.ledger.check_is_what_it_claims(remedy=self._remedy)
        self._samples.check(
            file=self.ledger.name, line=self._header.line, field=self._sample_column
        )
        self._doubtful.settle()
        self.ledger.close()

    def _set_malformed(self, number: int, fault: RowFault, line: str) -> None:
        cells = cells_of(line)
        gene = self._gene_in_doubt(line, cells)
        self._doubtful.set_malformed(number, fault, cells, gene=gene)


def read_fusion_rows(
    path: Path,
    rows_of: Callable[[TableHeader], FusionRows],
    *,
    comment: str,
    needed: Sequence[str],
    format_name: FormatName,
) -> FileContent:
    """Return the content of a table whose rows ``rows_of`` reads, below the header it is given.

    Raises
    ------
    InputError
        Where a needed column is missing, most rows are malformed, or the sample is not clear.
    """
    lines = TextLines(path)
    numbered = iter(lines)
    header = read_table_header(
        numbered, file=path.name, comment=comment, needed=needed, format_name=format_name
    )
    rows = rows_of(header)
    read_rows(numbered, rows)
    rows.check()
    return FileContent(
        calls=Calls(
            fusions=tuple(rows.calls.values()), other_fusions=tuple(rows.other_calls.values())
        ),
        ledger=rows.ledger,
        sha256=lines.sha256,
        genome=rows.genome,
        notes=lines.notes,
    )
