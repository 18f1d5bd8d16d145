"""MAF: mutations of one sample, as TCGA, GDC and cBioPortal write them.

Alleles stay as the file has them (``-`` for nothing); the next stage anchors them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.chromosome_rows import ChromosomeRows
from alkanet.ingest.chromosomes import chromosome_name, is_chromosome
from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.doubtful_rows import DoubtfulRows
from alkanet.ingest.gene_names import DRIVER, gene_symbol, is_gene_symbol
from alkanet.ingest.genome_names import agreed_genome, check_is_read, genome_named
from alkanet.ingest.ledger import Ledger, RowFault
from alkanet.ingest.maf_row import MafReads, MafRow
from alkanet.ingest.regions import Regions, place_of
from alkanet.ingest.samples import ANOTHER_SAMPLE, NOT_CARRIED, SampleRows
from alkanet.ingest.table import TableHeader, cells_of, is_unknown
from alkanet.ingest.text_lines import OverlongLine, TextLines, read_rows
from alkanet.model.alteration import Genome
from alkanet.model.calls import Calls, Origin, VariantCall

__all__ = ["read_maf"]

NEEDED = (
    "Chromosome",
    "Start_Position",
    "Reference_Allele",
    "Tumor_Seq_Allele2",
    "Tumor_Sample_Barcode",
)
ASSAY_COLUMNS = ("sequencer", "sequence_source", "score")
"""``Score`` is where MSK-IMPACT studies write the name of the panel."""

GERMLINE = "germline"
NO_ALTERNATE = "no alternate allele"
NO_READS = "no reads are told: they do not say whether the sample carries it"
REMEDY = "The columns may be shifted: export the MAF again, separated by tabs."

_NUMBER = re.compile(r"[-+0-9.eE]+")
_SAMPLES = "#sequenced_samples:"


def read_maf(
    path: Path, *, specimen: str, sample: str | None, genome: Genome | None, wanted: Regions
) -> FileContent:
    """Return the calls of one sample in the genes that are read.

    A sample that ``#sequenced_samples`` lists and that has no row has no mutation; it takes the
    assay that all rows of the file agree on.

    Parameters
    ----------
    path
        A MAF with a header line, after comment lines that start with ``#``.
    specimen
        Id of the specimen that the calls belong to.
    sample
        ``Tumor_Sample_Barcode`` of the rows to read; ``None`` where the file holds one only.
    genome
        The build, where the user gave it.
    wanted
        The genes that are read.

    Raises
    ------
    InputError
        Where the file is not what it claims, leaves a choice of sample, or is on another build.
    UnsupportedError
        For builds that are not read.
    """
    lines = TextLines(path)
    numbered = iter(lines)
    header, listed_samples = _read_header(numbered, file=path.name)
    header.require(NEEDED, format_name=FormatName.MAF)
    rows = _Rows(header, specimen, SampleRows(sample, also_named=listed_samples), genome, wanted)
    read_rows(numbered, rows)
    rows.check()
    return FileContent(
        calls=Calls(variants=tuple(rows.calls), other_variants=tuple(rows.other_calls)),
        ledger=rows.ledger,
        sha256=lines.sha256,
        genome=rows.genome,
        assays=rows.assays,
        can_show_mutations=True,
        notes=lines.notes,
    )


def _read_header(
    lines: Iterator[tuple[int, str | OverlongLine]], *, file: str
) -> tuple[TableHeader, tuple[str, ...]]:
    samples: tuple[str, ...] = ()
    number = 0
    for number, line in lines:
        if isinstance(line, OverlongLine):
            raise InputError(line.reason, file=file, line=number, expected="the MAF header")
        if line.startswith(_SAMPLES):
            samples = tuple(line.removeprefix(_SAMPLES).replace(",", " ").split())
        elif line.strip() and not line.startswith("#"):
            return TableHeader.parse(line, file=file, line=number), samples
    raise InputError(
        "the file holds comments only",
        file=file,
        line=number,
        expected="a MAF header with the columns " + ", ".join(NEEDED),
    )


class _Rows:
    """Reads rows one by one into calls and the ledger."""

    def __init__(
        self,
        header: TableHeader,
        specimen: str,
        samples: SampleRows,
        genome: Genome | None,
        wanted: Regions,
    ) -> None:
        self.ledger = Ledger(header.file, FormatName.MAF)
        self.calls: list[VariantCall] = []
        self.other_calls: list[VariantCall] = []
        self._header = header
        self._specimen = specimen
        self._samples = samples
        self._wanted = wanted
        self._doubtful = DoubtfulRows(self.ledger, samples, header, column="tumor_sample_barcode")
        self._chromosomes = ChromosomeRows(header.file, genome, field="Chromosome")
        self._assays_of_sample: set[str] = set()
        self._assays_of_file: set[str] = set()
        self._rows_of_sample = 0
        self._first_fault_of_sample: tuple[int, RowFault] | None = None
        self._faults_of_sample = 0
        self._first_disagreement: InputError | UnsupportedError | None = None

    @property
    def genome(self) -> Genome | None:
        """The build as far as the rows of the sample, or the user, state it."""
        return self._chromosomes.genome

    @property
    def assays(self) -> frozenset[str]:
        """Names of what was run on the sample, known once all rows are read."""
        if self._rows_of_sample == 0 and len(self._assays_of_file) == 1:
            return frozenset(self._assays_of_file)
        return frozenset(self._assays_of_sample)

    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""
        columns = line.split("\t")
        fault = self._header.fault(columns)
        if fault is not None:
            cells = cells_of(line)
            self._doubtful.set_malformed(number, fault, cells, gene=self._gene_in_doubt(cells))
            return
        row = MafRow(self._header, columns)
        fault = row.fault()
        if not row.barcode:
            fault = fault or RowFault("Tumor_Sample_Barcode", "", "the name of a sample")
        is_of_sample = bool(row.barcode) and self._samples.takes(row.barcode)
        self._note_assay(row, is_of_sample)
        if fault is not None:
            may_be_of_sample = is_of_sample or not row.barcode
            gene = self._gene_in_doubt(columns) if may_be_of_sample else None
            self.ledger.set_malformed(number, fault, gene=gene)
            self._count_fault(number, fault, is_of_sample)
        elif not is_of_sample:
            self._chromosomes.see(number, row.value("chromosome"))
            self.ledger.set_aside(number, ANOTHER_SAMPLE)
        else:
            self._rows_of_sample += 1
            self._read_of_sample(number, row)

    def set_overlong(self, number: int, line: OverlongLine) -> None:
        """Set a row aside that is too long to be read."""
        cells = cells_of(line.start, is_cut=True)
        self._doubtful.set_overlong(number, line.reason, cells, gene=self._gene_in_doubt(cells))

    def check(self) -> None:
        """Raise where the whole is not the file that it claims to be, and end the reading."""
        self.ledger.check_is_what_it_claims(remedy=REMEDY)
        self._samples.check(
            file=self.ledger.name, line=self._header.line, field="Tumor_Sample_Barcode"
        )
        if self._first_disagreement is not None:
            raise self._first_disagreement
        if self._first_fault_of_sample and 2 * self._faults_of_sample > self._rows_of_sample:
            line, fault = self._first_fault_of_sample
            raise InputError(
                f"found {fault.found!r}; {self._faults_of_sample} of the sample's "
                f"{self._rows_of_sample} rows are malformed",
                file=self.ledger.name,
                line=line,
                field=fault.field,
                expected=fault.expected,
                remedy=REMEDY,
            )
        self._chromosomes.check()
        self._doubtful.settle()
        self.ledger.close()

    def _count_fault(self, number: int, fault: RowFault, is_of_sample: bool) -> None:
        if is_of_sample:
            self._rows_of_sample += 1
            self._faults_of_sample += 1
            self._first_fault_of_sample = self._first_fault_of_sample or (number, fault)

    def _gene_in_doubt(self, cells: Sequence[str]) -> str | None:
        """Return the gene that a malformed row may be about, ``None`` where none is.

        A row that names the gene in any of its fields is about it; one that has a readable place
        elsewhere, or plainly names another gene, is not.
        """
        named = next((name for name in map(gene_symbol, cells) if name in self._wanted.genes), None)
        if named is not None:
            return named
        row = MafRow(self._header, cells)
        chromosome, position = row.value("chromosome"), row.value("start_position")
        gene = self._wanted.gene_not_excluded(
            chromosome, position, length=len(row.value("reference_allele"))
        )
        is_placed = is_chromosome(chromosome_name(chromosome)) and place_of(position) is not None
        symbol = row.value("hugo_symbol")
        if not is_placed and is_gene_symbol(symbol) and genome_named(symbol) is None:
            return None
        return gene

    def _read_of_sample(self, number: int, row: MafRow) -> None:
        build = self._build(number, row)
        chromosome = chromosome_name(row.value("chromosome"))
        named = row.gene if row.gene in self._wanted.genes else None
        gene = self._wanted.gene_at(chromosome, row.position, length=len(row.reference))
        is_germline = row.value("mutation_status").lower() == GERMLINE
        if is_germline and DRIVER not in (gene, named):
            self.ledger.set_aside(number, GERMLINE)
        elif gene is None and named is not None:
            self.ledger.set_aside(number, f"names {named}, but lies outside {named}", gene=named)
        elif gene is None:
            self._read_elsewhere(number, row, chromosome, build)
        elif not row.alternates():
            self.ledger.set_aside(number, NO_ALTERNATE, gene=gene)
        else:
            self._use(number, row, gene, build)

    def _use(self, number: int, row: MafRow, gene: str, build: Genome | None) -> None:
        reads = row.reads()
        if isinstance(reads, RowFault):
            self.ledger.set_malformed(number, reads, gene=gene)
            self._faults_of_sample += 1
            self._first_fault_of_sample = self._first_fault_of_sample or (number, reads)
            return
        if reads.alternate == 0:
            is_read = bool(reads.depth)
            reason = NOT_CARRIED if is_read else NO_READS
            self.ledger.set_aside(number, reason, gene=None if is_read else gene)
            return
        self.calls.extend(self._calls_of(number, row, build, reads))
        self.ledger.use(number)
        if fault := row.first_allele_fault():
            self.ledger.note(number, f"in part: {fault.reason}", gene=gene, kind=fault.field)

    def _read_elsewhere(
        self, number: int, row: MafRow, chromosome: str, build: Genome | None
    ) -> None:
        """Use a row of another gene where it is plain; no doubt is told of one that is not."""
        gene = self._wanted.other_gene_at(
            chromosome, row.position, length=len(row.reference), genome=build
        )
        if gene is None:
            self.ledger.set_aside(number, self._wanted.outside)
            return
        reads = row.reads()
        if not row.alternates():
            self.ledger.set_aside(number, NO_ALTERNATE)
        elif isinstance(reads, RowFault):
            self.ledger.set_aside(number, reads.reason)
        elif reads.alternate == 0:
            self.ledger.set_aside(number, NOT_CARRIED if reads.depth else NO_READS)
        else:
            self.other_calls.extend(self._calls_of(number, row, build, reads))
            self.ledger.use(number)

    def _calls_of(
        self, number: int, row: MafRow, build: Genome | None, reads: MafReads
    ) -> list[VariantCall]:
        """Return one call an allele; counts and names of the row are those of the first."""
        alternate, *others = row.alternates()
        calls = [self._call(number, row, build, alternate, reads)]
        for other in others:
            unread = MafReads(None, reads.depth)
            call = self._call(number, row, build, other, unread)
            unnamed = {"stated_hgvs_c": None, "stated_hgvs_p": None}
            calls.append(call.model_copy(update=unnamed))
        return calls

    def _call(
        self, number: int, row: MafRow, build: Genome | None, alternate: str, reads: MafReads
    ) -> VariantCall:
        return VariantCall(
            origin=Origin(file=self.ledger.name, line=number),
            specimen=self._specimen,
            genome=build,
            chromosome=chromosome_name(row.value("chromosome")),
            position=row.position,
            reference=row.reference,
            alternate=alternate,
            stated_gene=row.gene or None,
            stated_hgvs_c=row.stated("hgvsc"),
            stated_hgvs_p=row.stated("hgvsp_short", "hgvsp"),
            vaf=reads.vaf,
            alternate_reads=reads.alternate,
            depth_reads=reads.depth,
            filters=row.filters,
        )

    def _build(self, number: int, row: MafRow) -> Genome | None:
        text = row.value("ncbi_build")
        try:
            self._chromosomes.meet(number, row.value("chromosome"))
            check_is_read(text, file=self.ledger.name, line=number)
            self._chromosomes.genome = agreed_genome(
                genome_named(text),
                self.genome,
                file=self.ledger.name,
                line=number,
                field="NCBI_Build",
            )
        except (InputError, UnsupportedError) as error:
            # told only once the sample is known to be the right one
            self._first_disagreement = self._first_disagreement or error
        return self.genome

    def _note_assay(self, row: MafRow, is_of_sample: bool) -> None:
        for name in ASSAY_COLUMNS:
            text = row.value(name)
            if not is_unknown(text) and not _NUMBER.fullmatch(text):
                self._assays_of_file.add(text)
                if is_of_sample:
                    self._assays_of_sample.add(text)
