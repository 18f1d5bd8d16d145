"""MAF: mutations of one sample, as TCGA, GDC and cBioPortal write them.

Alleles stay as the file has them (``-`` for nothing); the next stage anchors them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.genome_names import agreed_genome, check_is_read, genome_named
from alkanet.ingest.ledger import Ledger, RowFault
from alkanet.ingest.regions import Regions, chromosome_name
from alkanet.ingest.samples import SampleRows
from alkanet.ingest.table import TableHeader, count_of, is_unknown
from alkanet.ingest.text_lines import OverlongLine, TextLines
from alkanet.model.alteration import Genome
from alkanet.model.calls import Origin, VariantCall

__all__ = ["MafContent", "read_maf"]

FORMAT_NAME = "MAF"
NEEDED = (
    "Chromosome",
    "Start_Position",
    "Reference_Allele",
    "Tumor_Seq_Allele2",
    "Tumor_Sample_Barcode",
)
ASSAY_COLUMNS = ("sequencer", "sequence_source", "score")
"""``Score`` is where MSK-IMPACT studies write the name of the panel."""

ANOTHER_SAMPLE = "another sample"
GERMLINE = "germline"
NO_ALTERNATE = "no alternate allele"
NOT_CARRIED = "the sample does not carry it"
REMEDY = "The columns may be shifted: export the MAF again, separated by tabs."
DRIVER = "ALK"

_ALLELE = re.compile(r"[ACGTN]+|-", re.IGNORECASE)
_NUMBER = re.compile(r"[-+0-9.eE]+")
_SAMPLES = "#sequenced_samples:"


@dataclass(frozen=True)
class MafContent:
    """What a MAF holds for one sample.

    ``assays`` are names that the rows of the sample give for what was run, as they stand. A sample
    that ``#sequenced_samples`` lists and that has no row has no mutation; it takes the assay that
    all rows of the file agree on.
    """

    calls: tuple[VariantCall, ...]
    genome: Genome | None
    assays: frozenset[str]
    ledger: Ledger
    sha256: str
    notes: tuple[str, ...] = ()


def read_maf(
    path: Path, *, specimen: str, sample: str | None, genome: Genome | None, wanted: Regions
) -> MafContent:
    """Return the calls of one sample in the genes that are read.

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
    header.require(NEEDED, format_name=FORMAT_NAME)
    rows = _Rows(header, specimen, SampleRows(sample, also_named=listed_samples), genome, wanted)
    for number, line in numbered:
        if isinstance(line, OverlongLine):
            rows.ledger.set_aside(number, line.reason)
        elif line and not line.isspace():
            rows.read(number, line)
    rows.check()
    return MafContent(
        calls=tuple(rows.calls),
        genome=rows.genome,
        assays=rows.assays,
        ledger=rows.ledger,
        sha256=lines.sha256,
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
        self.ledger = Ledger(header.file, FORMAT_NAME)
        self.calls: list[VariantCall] = []
        self.genome = genome
        self._header = header
        self._specimen = specimen
        self._samples = samples
        self._wanted = wanted
        self._assays_of_sample: set[str] = set()
        self._assays_of_file: set[str] = set()
        self._rows_of_sample = 0
        self._first_fault_of_sample: tuple[int, RowFault] | None = None
        self._faults_of_sample = 0
        self._first_disagreement: InputError | UnsupportedError | None = None

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
            self.ledger.set_malformed(number, fault)
            return
        value = self._header.value
        barcode = value(columns, "tumor_sample_barcode")
        gene = value(columns, "hugo_symbol")
        named_gene = gene if gene in self._wanted.genes else None
        fault = self._row_fault(columns)
        if not barcode:
            fault = fault or RowFault("Tumor_Sample_Barcode", barcode, "the name of a sample")
        is_of_sample = bool(barcode) and self._samples.takes(barcode)
        self._note_assay(columns, is_of_sample)
        if fault is not None:
            self.ledger.set_malformed(number, fault, gene=named_gene if is_of_sample else None)
            self._count_fault(number, fault, is_of_sample)
        elif not is_of_sample:
            self.ledger.set_aside(number, ANOTHER_SAMPLE)
        else:
            self._rows_of_sample += 1
            self._read_of_sample(number, columns, named_gene)

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
        self.ledger.close()

    def _count_fault(self, number: int, fault: RowFault, is_of_sample: bool) -> None:
        if is_of_sample:
            self._rows_of_sample += 1
            self._faults_of_sample += 1
            self._first_fault_of_sample = self._first_fault_of_sample or (number, fault)

    def _row_fault(self, columns: list[str]) -> RowFault | None:
        value = self._header.value
        position = value(columns, "start_position")
        if not (position.isascii() and position.isdigit() and 0 < len(position) < 11):
            return RowFault("Start_Position", position, "a whole number")
        if int(position) < 1:
            return RowFault("Start_Position", position, "1 or more")
        for name in ("Reference_Allele", "Tumor_Seq_Allele2"):
            allele = value(columns, name.lower())
            if not _ALLELE.fullmatch(allele):
                return RowFault(name, allele, "bases (ACGTN) or -")
        if not value(columns, "chromosome"):
            return RowFault("Chromosome", "", "a chromosome")
        if value(columns, "strand") == "-":
            return RowFault("Strand", "-", "+ (alleles on the forward strand)")
        return None

    def _read_of_sample(self, number: int, columns: list[str], named_gene: str | None) -> None:
        build = self._build(number, columns)
        value = self._header.value
        chromosome = chromosome_name(value(columns, "chromosome"))
        position = int(value(columns, "start_position"))
        reference, alternate = self._alleles(columns)
        gene = self._wanted.gene_at(build, chromosome, position, length=len(reference))
        is_germline = value(columns, "mutation_status").lower() == GERMLINE
        if is_germline and DRIVER not in (gene, named_gene):
            self.ledger.set_aside(number, GERMLINE)
        elif gene is None and named_gene is not None:
            reason = f"names {named_gene}, but lies outside {named_gene}"
            self.ledger.set_aside(number, reason, gene=named_gene)
        elif gene is None:
            self.ledger.set_aside(number, self._wanted.outside)
        elif reference == alternate:
            self.ledger.set_aside(number, NO_ALTERNATE)
        else:
            self._use(number, columns, gene, build)

    def _use(self, number: int, columns: list[str], gene: str, build: Genome | None) -> None:
        reads = self._reads(columns)
        if isinstance(reads, RowFault):
            self.ledger.set_malformed(number, reads, gene=gene)
            self._faults_of_sample += 1
            self._first_fault_of_sample = self._first_fault_of_sample or (number, reads)
            return
        value = self._header.value
        alternate_reads, depth_reads = reads
        if alternate_reads == 0:
            self.ledger.set_aside(number, NOT_CARRIED)
            return
        reference, alternate = self._alleles(columns)
        vaf = None
        if alternate_reads is not None and depth_reads:
            vaf = alternate_reads / depth_reads
        protein = value(columns, "hgvsp_short") or value(columns, "hgvsp")
        filters = value(columns, "filter")
        call = VariantCall(
            origin=Origin(file=self.ledger.name, line=number),
            specimen=self._specimen,
            genome=build,
            chromosome=chromosome_name(value(columns, "chromosome")),
            position=int(value(columns, "start_position")),
            reference=reference,
            alternate=alternate,
            stated_gene=value(columns, "hugo_symbol") or None,
            stated_hgvs_c=_stated(value(columns, "hgvsc")),
            stated_hgvs_p=_stated(protein),
            vaf=vaf,
            alternate_reads=alternate_reads,
            depth_reads=depth_reads,
            filters=() if filters == "PASS" or is_unknown(filters) else tuple(filters.split(";")),
        )
        self.calls.append(call)
        self.ledger.use(number)

    def _alleles(self, columns: list[str]) -> tuple[str, str]:
        value = self._header.value
        reference = value(columns, "reference_allele").upper()
        alternate = value(columns, "tumor_seq_allele2").upper()
        first = value(columns, "tumor_seq_allele1").upper()
        if alternate == reference and first != reference and _ALLELE.fullmatch(first):
            alternate = first
        return reference, alternate

    def _reads(self, columns: list[str]) -> tuple[int | None, int | None] | RowFault:
        value = self._header.value
        counts: list[int | None] = []
        for name in ("t_ref_count", "t_alt_count", "t_depth"):
            count = count_of(value(columns, name), name)
            if isinstance(count, RowFault):
                return count
            counts.append(count)
        reference_reads, alternate_reads, depth_reads = counts
        if depth_reads is None and reference_reads is not None and alternate_reads is not None:
            depth_reads = reference_reads + alternate_reads
        if depth_reads is not None and (alternate_reads or 0) > depth_reads:
            return RowFault("t_alt_count", str(alternate_reads), f"at most t_depth ({depth_reads})")
        return alternate_reads, depth_reads

    def _build(self, number: int, columns: list[str]) -> Genome | None:
        text = self._header.value(columns, "ncbi_build")
        try:
            check_is_read(text, file=self.ledger.name, line=number)
            self.genome = agreed_genome(
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

    def _note_assay(self, columns: list[str], is_of_sample: bool) -> None:
        for name in ASSAY_COLUMNS:
            text = self._header.value(columns, name)
            if not is_unknown(text) and not _NUMBER.fullmatch(text):
                self._assays_of_file.add(text)
                if is_of_sample:
                    self._assays_of_sample.add(text)


def _stated(text: str) -> str | None:
    return None if is_unknown(text) else text
