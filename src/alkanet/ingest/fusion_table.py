"""STAR-Fusion and FusionInspector: fusion transcripts with read support.

The left gene is the 5' partner. Breakpoints name no build: it is the one that the user gave, or
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from alkanet.ingest.chromosomes import chromosome_name, genome_of_accession
from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.fusion_rows import (
    NO_DRIVER,
    NO_OTHERS,
    WITHIN_GENE,
    Drivers,
    FusionRows,
    read_fusion_rows,
)
from alkanet.ingest.gene_names import DRIVER, gene_symbol, names_driver
from alkanet.ingest.genome_names import agreed_genome
from alkanet.ingest.ledger import RowFault
from alkanet.ingest.samples import ANOTHER_SAMPLE
from alkanet.ingest.table import TableHeader, count_of
from alkanet.model.alteration import Genome
from alkanet.model.calls import Breakpoint, FusionCall, Origin
from alkanet.model.other_gene import FusionSide
from alkanet.model.tumour import Molecule

__all__ = ["read_fusion_table"]

NEEDED = ("LeftGene", "LeftBreakpoint", "RightGene", "RightBreakpoint")
NO_READS = "no read supports it"
REMEDY = "Give the table as the caller wrote it, columns separated by tabs."

_BREAKPOINT = re.compile(r"([^:\s]+):(\d{1,10})(?::([-+.]))?")
_STRANDS: dict[str | None, Literal["+", "-"]] = {"+": "+", "-": "-"}
_FRAMES = {"INFRAME": "in frame", "FRAMESHIFT": "out of frame"}


def read_fusion_table(
    path: Path,
    *,
    specimen: str,
    sample: str | None,
    genome: Genome | None,
    drivers: Drivers = NO_OTHERS,
) -> FileContent:
    """Return the fusions of ALK and other drivers in a STAR-Fusion or FusionInspector table.

    Parameters
    ----------
    path
        The table, abridged or whole; its header may start with ``#``.
    specimen
        Id of the specimen that the calls belong to.
    sample
        The sample to read, where the table has a ``sample`` column.
    genome
        The build of the breakpoints, ``None`` where nobody says.
    drivers
        Genes other than ALK whose fusions are read, each with its side.

    Raises
    ------
    InputError
        Where a needed column is missing, most rows are malformed, or the sample is not clear.
    """

    def rows_of(header: TableHeader) -> _Rows:
        is_inspector = header.has("LeftLocalBreakpoint")
        return _Rows(
            header,
            format_name=FormatName.FUSION_INSPECTOR if is_inspector else FormatName.STAR_FUSION,
            specimen=specimen,
            sample=sample,
            sample_column="sample",
            genome=genome,
            remedy=REMEDY,
            drivers=drivers,
        )

    return read_fusion_rows(
        path, rows_of, comment="##", needed=NEEDED, format_name=FormatName.STAR_FUSION
    )


class _Rows(FusionRows):
    """The rows of a table: each is one fusion."""

    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""
        if line.startswith("#"):
            return
        columns = line.split("\t")
        fault = self._header.fault(columns)
        value = self._header.value
        genes = _symbol(value(columns, "leftgene")), _symbol(value(columns, "rightgene"))
        if fault is None and not all(genes):
            fault = RowFault("LeftGene, RightGene", "", "two genes")
        if fault is not None:
            self._set_malformed(number, fault, line)
            return
        if self._header.has("sample") and not self._samples.takes(value(columns, "sample")):
            self.ledger.set_aside(number, ANOTHER_SAMPLE)
            return
        touches = DRIVER if DRIVER in genes else None
        sides: list[Breakpoint] = []
        for name in ("LeftBreakpoint", "RightBreakpoint"):
            side = self._breakpoint(number, value(columns, name.lower()), name)
            if isinstance(side, RowFault):
                self.ledger.set_malformed(number, side, gene=touches)
                return
            sides.append(side)
        if touches is None:
            self._read_other(number, columns, genes, sides)
        elif genes == (DRIVER, DRIVER):
            self.ledger.set_aside(number, WITHIN_GENE, gene=DRIVER)
        else:
            self._use(number, columns, genes, sides)

    def _gene_in_doubt(self, line: str, cells: Sequence[str]) -> str | None:
        """Return the driver where a malformed row names it, or does not plainly name two genes."""
        if names_driver(line):
            return DRIVER
        genes = (self._header.value(cells, name) for name in ("leftgene", "rightgene"))
        return None if all(map(_symbol, genes)) else DRIVER

    def _breakpoint(self, number: int, text: str, field: str) -> Breakpoint | RowFault:
        found = _BREAKPOINT.fullmatch(text)
        if found is None or int(found[2]) < 1:
            return RowFault(field, text, "chromosome:position:strand")
        chromosome, file = found[1], self.ledger.name
        stated = genome_of_accession(chromosome, file=file, line=number)
        return Breakpoint(
            genome=agreed_genome(stated, self.genome, file=file, line=number, field=field),
            chromosome=chromosome_name(chromosome),
            position=int(found[2]),
            strand=_STRANDS.get(found[3]),
        )

    def _read_other(
        self, number: int, columns: list[str], genes: tuple[str, str], sides: list[Breakpoint]
    ) -> None:
        """Use a row that joins another driver, where that stands on its side."""
        held = zip(genes, (FusionSide.FIVE_PRIME, FusionSide.THREE_PRIME), strict=True)
        wrong = [gene for gene, side in held if self._drivers.get(gene, side) is not side]
        known = [gene for gene in genes if gene in self._drivers and gene not in wrong]
        if genes[0] == genes[1] or not (known or wrong):
            self.ledger.set_aside(number, NO_DRIVER)
        elif not known:
            gene = wrong[0]
            needed = self._drivers[gene].value
            self.ledger.set_aside(
                number, f"{gene} drives on the {needed} side and stands on the other"
            )
        else:
            self._use(number, columns, genes, sides)

    def _use(
        self, number: int, columns: list[str], genes: tuple[str, str], sides: list[Breakpoint]
    ) -> None:
        is_alk = DRIVER in genes
        value = self._header.value
        counts: list[int | None] = []
        for names in (
            ("junctionreadcount", "junctionreads"),
            ("spanningfragcount", "spanningfrags"),
        ):
            # early versions list the names of the reads under the second of these names
            told = [count_of(value(columns, name), name) for name in names]
            counts.append(next((count for count in told if isinstance(count, int)), None))
        if counts[0] == 0 and not counts[1]:
            self.ledger.set_aside(number, NO_READS, gene=DRIVER if is_alk else None)
            return
        name = value(columns, "fusionname") or value(columns, "fusion_name") or "--".join(genes)
        calls = self.calls if is_alk else self.other_calls
        calls[number] = FusionCall(
            origin=Origin(file=self.ledger.name, line=number),
            specimen=self._specimen,
            first_gene=genes[0],
            second_gene=genes[1],
            first_break=sides[0],
            second_break=sides[1],
            order_is_known=True,
            molecule=Molecule.RNA,
            text=f"{name} {value(columns, 'leftbreakpoint')} {value(columns, 'rightbreakpoint')}",
            stated_frame=_FRAMES.get(value(columns, "prot_fusion_type").upper()),
            junction_reads=counts[0],
            spanning_fragments=counts[1],
        )
        self.ledger.use(number)


def _symbol(text: str) -> str:
    """Return the symbol of ``STRN^ENSG00000115808.12``."""
    return gene_symbol(text.partition("^")[0])
