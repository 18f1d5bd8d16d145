"""VCF 4: small variants of one sample, row by row.

Rows outside the genes that are read are turned away after their first columns, so that a whole
genome costs little more than its reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alkanet.errors import InputError
from alkanet.ingest.chromosome_rows import ChromosomeRows
from alkanet.ingest.chromosomes import chromosome_name
from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.genome_names import agreed_genome
from alkanet.ingest.ledger import Ledger, RowFault
from alkanet.ingest.regions import GeneRegion, Regions, place_of
from alkanet.ingest.samples import NOT_CARRIED
from alkanet.ingest.table import cells_of
from alkanet.ingest.text_lines import OverlongLine, TextLines, read_rows
from alkanet.ingest.vcf_alleles import (
    NO_ALTERNATE,
    NOTHING_LOST,
    allele_fault,
    can_show_mutation,
    far_ends,
    no_small_variant,
    upper,
)
from alkanet.ingest.vcf_header import VcfHeader, read_header
from alkanet.ingest.vcf_reads import (
    AlleleReads,
    Genotype,
    allele_reads,
    genotype,
    info_reads,
    key_values,
)
from alkanet.model.alteration import Genome
from alkanet.model.calls import Calls, Origin, VariantCall

__all__ = ["DENIED", "NOT_SAID", "read_vcf"]

DENIED = "the genotype denies what some reads show"
NOT_SAID = "neither genotype nor reads say whether the sample carries it"
REMEDY = "Give the VCF as the caller wrote it, columns separated by tabs."

UNKNOWN_REACH = 10**10
"""More bases than any chromosome has: what a row reaches over whose REF cannot be read."""


def read_vcf(
    path: Path, *, specimen: str, sample: str | None, genome: Genome | None, wanted: Regions
) -> FileContent:
    """Return the calls of one sample in the genes that are read.

    Calls that the caller itself rejected are no findings, but a reason for doubt. A file that has
    rows and tells of breakends and symbolic alleles alone cannot show mutations.

    Parameters
    ----------
    path
        A VCF 4, plain, gzip or bgzip.
    specimen
        Id of the specimen that the calls belong to.
    sample
        Name of the sample column; ``None`` where the file leaves no choice.
    genome
        The build, where the user gave it.
    wanted
        The genes that are read.

    Raises
    ------
    InputError
        Where the file is not what it claims, leaves a choice of sample, or is on another build.
    UnsupportedError
        For VCF 3 and for builds that are not read.
    """
    lines = TextLines(path)
    numbered = iter(lines)
    header = read_header(numbered, file=path.name, sample=sample, genome=genome)
    build = agreed_genome(
        header.stated_genome,
        genome,
        file=path.name,
        line=header.genome_line,
        field="genome",
    )
    rows = _Rows(path.name, header, specimen, build, wanted)
    read_rows(numbered, rows)
    rows.check()
    return FileContent(
        calls=Calls(
            variants=rows.on_build(rows.calls),
            other_variants=rows.on_build(rows.other_calls),
            filtered=rows.on_build(rows.filtered),
        ),
        ledger=rows.ledger,
        sha256=lines.sha256,
        genome=rows.genome,
        can_show_mutations=rows.can_show_mutations,
        notes=lines.notes,
    )


@dataclass(frozen=True)
class _Row:
    """The columns of a row in a gene that is read."""

    number: int
    gene: str
    chromosome: str
    position: int
    reference: str
    alternates: tuple[str, ...]
    filters: tuple[str, ...]
    info: str
    fields: Mapping[str, str]


class _Rows:
    """Reads rows one by one into calls and the ledger."""

    def __init__(
        self,
        name: str,
        header: VcfHeader,
        specimen: str,
        genome: Genome | None,
        wanted: Regions,
    ) -> None:
        self.ledger = Ledger(name, FormatName.VCF)
        self.calls: list[VariantCall] = []
        self.other_calls: list[VariantCall] = []
        self.filtered: list[VariantCall] = []
        self._header = header
        self._specimen = specimen
        self._wanted = wanted
        self._chromosomes = ChromosomeRows(name, genome, field="CHROM")
        self._by_spelling: dict[str, tuple[str, tuple[GeneRegion, ...]]] = {}
        """The name of a chromosome as the file spells it, and the regions on it."""
        self._is_structural_so_far = True

    @property
    def genome(self) -> Genome | None:
        """The build that the header, the user or an accession states."""
        return self._chromosomes.genome

    @property
    def can_show_mutations(self) -> bool:
        """Whether a mutation would stand in such a file; a row that cannot be read leaves it so."""
        if self.ledger.rows == 0:
            return not self._header.describes_structural
        return not self._is_structural_so_far

    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""
        if line.startswith("#"):
            self._check_header_again(number, line)
            return
        columns = line.count("\t") + 1
        if columns != self._header.columns:
            expected = f"{self._header.columns}, as the header has"
            self._malformed(number, line, RowFault("number of columns", str(columns), expected))
            return
        chromosome, position_text, rest = line.split("\t", 2)
        position = place_of(position_text)
        if position is None:
            self._malformed(number, line, RowFault("POS", position_text, "a whole number"))
            return
        if not chromosome.strip():
            self._malformed(number, line, RowFault("CHROM", chromosome, "a chromosome"))
            return
        met = self._by_spelling.get(chromosome)
        if met is None:
            name = self._chromosomes.meet(number, chromosome)
            met = name, self._wanted.by_chromosome.get(name, ())
            self._by_spelling[chromosome] = met
        name, regions = met
        if self._is_structural_so_far:
            reference, alternates, _, _, info = line.split("\t", 8)[3:8]
            self._is_structural_so_far = "SVTYPE=" in info or not any(
                can_show_mutation(reference.upper(), upper(alternate))
                for alternate in alternates.split(",")
            )
        gene = _gene_at(regions, position, rest)
        if gene is not None:
            self._read_wanted(number, gene, line)
        elif not self._reaches_wanted(number, line, rest):
            self._read_elsewhere(number, name, position, line)

    def set_overlong(self, number: int, line: OverlongLine) -> None:
        """Set a row aside that is too long to be read."""
        self._is_structural_so_far = False
        gene = self._gene_not_excluded(line.start, is_cut=True)
        self.ledger.set_aside(number, line.reason, gene=gene)

    def check(self) -> None:
        """Raise where the whole is not the file that it claims to be, and end the reading."""
        self.ledger.check_is_what_it_claims(remedy=REMEDY)
        self._chromosomes.check()
        self.ledger.close()

    def on_build(self, calls: list[VariantCall]) -> tuple[VariantCall, ...]:
        """Return calls with the build, which an accession may have stated on a later row."""
        return tuple(
            call if call.genome is self.genome else call.model_copy(update={"genome": self.genome})
            for call in calls
        )

    def _reaches_wanted(self, number: int, line: str, rest: str) -> bool:
        """Set a row aside whose allele has its other side in a wanted gene; tell whether it has."""
        if "[" in rest or "]" in rest or "<" in rest:
            columns = line.split("\t", 8)
            for alternate in columns[4].split(","):
                for chromosome, position in far_ends(columns[0], alternate, columns[7]):
                    gene = self._wanted.gene_at(chromosome, position)
                    reason = no_small_variant(columns[3], alternate)
                    if gene is not None and reason is not None:
                        self.ledger.set_aside(number, reason, gene=gene)
                        return True
        return False

    def _read_elsewhere(self, number: int, chromosome: str, position: int, line: str) -> None:
        """Use a row of another gene where it is plain; no doubt is told of one that is not."""
        gene = None
        if chromosome in self._wanted.others_by_chromosome:
            gene = self._wanted.other_gene_at(
                chromosome, position, length=len(line.split("\t", 4)[3]), genome=self.genome
            )
        if gene is None:
            self.ledger.set_aside(number, self._wanted.outside)
            return
        row = self._row(number, gene, line)
        fault = allele_fault(row.reference, row.alternates)
        if fault is not None or row.position < 1:
            self.ledger.set_aside(number, fault.reason if fault else self._wanted.outside)
            return
        calls, reasons = self._plain_calls(row)
        if not calls:
            self.ledger.set_aside(number, reasons[0])
        elif row.filters:
            self.ledger.set_aside(number, f"FILTER {';'.join(row.filters)}")
        else:
            self.other_calls.extend(calls)
            self.ledger.use(number)

    def _plain_calls(self, row: _Row) -> tuple[list[VariantCall], list[str]]:
        """Return the alleles that the sample carries without doubt, and why it has not the rest."""
        calls: list[VariantCall] = []
        reasons: list[str] = []
        sample_genotype = genotype(row.fields, row.chromosome)
        for index, alternate in enumerate(row.alternates):
            reads = self._reads(row, index)
            is_carried = sample_genotype.carries(index + 1, reads)
            if reason := no_small_variant(row.reference, alternate):
                reasons.append(reason)
            elif not is_carried:
                reasons.append(NOT_SAID if is_carried is None else NOT_CARRIED)
            elif sample_genotype.denies(index + 1):
                reasons.append(DENIED)
            else:
                calls.append(self._call(row, index, reads, sample_genotype))
        return calls, reasons

    def _read_wanted(self, number: int, gene: str, line: str) -> None:
        row = self._row(number, gene, line)
        fault = allele_fault(row.reference, row.alternates)
        if row.position < 1:
            fault = RowFault("POS", str(row.position), "1 or more")
        if fault is not None:
            self.ledger.set_malformed(number, fault, gene=gene)
            return
        calls: list[VariantCall] = []
        denied: list[VariantCall] = []
        dropped: dict[str, bool | None] = {}
        sample_genotype = genotype(row.fields, row.chromosome)
        for index, alternate in enumerate(row.alternates):
            reads = self._reads(row, index)
            is_carried = sample_genotype.carries(index + 1, reads)
            reason = no_small_variant(row.reference, alternate)
            if reason is None and is_carried:
                call = self._call(row, index, reads, sample_genotype)
                (denied if sample_genotype.denies(index + 1) else calls).append(call)
                continue
            reason = reason or (NOT_SAID if is_carried is None else NOT_CARRIED)
            if is_carried is not False or reason not in dropped:
                dropped[reason] = is_carried
        self.filtered.extend(_denied(call, row.fields["GT"]) for call in denied)
        if denied:
            dropped[DENIED] = True
        if not calls:
            doubts = [reason for reason in dropped if reason not in (NOT_CARRIED, NO_ALTERNATE)]
            reason = next(iter(doubts or dropped))
            self.ledger.set_aside(number, reason, gene=gene if doubts else None)
        elif row.filters:
            self.filtered.extend(calls)
            self.ledger.set_aside(number, f"FILTER {';'.join(row.filters)}", gene=gene)
        else:
            self.calls.extend(calls)
            self.ledger.use(number)
            for reason, is_carried in dropped.items():
                if is_carried is not False and reason not in NOTHING_LOST:
                    self.ledger.note(number, f"in part: {reason}", gene=gene)

    def _row(self, number: int, gene: str, line: str) -> _Row:
        columns = line.split("\t")
        index = self._header.sample_index
        filters = columns[6].strip()
        return _Row(
            number=number,
            gene=gene,
            chromosome=chromosome_name(columns[0]),
            position=int(columns[1]),
            reference=columns[3].upper(),
            alternates=tuple(map(upper, columns[4].split(","))),
            filters=() if filters in ("PASS", ".", "") else tuple(filters.split(";")),
            info=columns[7],
            fields={} if index is None else key_values(columns[8], columns[index]),
        )

    def _reads(self, row: _Row, index: int) -> AlleleReads:
        reads = allele_reads(row.fields, row.reference, row.alternates, index)
        if reads.says_nothing and len(self._header.samples) <= 1:
            told = info_reads(
                row.info,
                row.alternates,
                index,
                af_is_population=self._header.info_af_is_population,
            )
            if not told.says_nothing or reads.depth_reads is None:
                return told
        return reads

    def _call(
        self, row: _Row, index: int, reads: AlleleReads, sample_genotype: Genotype
    ) -> VariantCall:
        phase_set, phase_allele = sample_genotype.phase_of(index + 1)
        return VariantCall(
            origin=Origin(file=self.ledger.name, line=row.number),
            specimen=self._specimen,
            genome=self.genome,
            chromosome=row.chromosome,
            position=row.position,
            reference=row.reference,
            alternate=row.alternates[index],
            vaf=reads.vaf,
            alternate_reads=reads.alternate_reads,
            depth_reads=reads.depth_reads,
            filters=row.filters,
            phase_set=phase_set,
            phase_allele=phase_allele,
        )

    def _malformed(self, number: int, line: str, fault: RowFault) -> None:
        self._is_structural_so_far = False
        self.ledger.set_malformed(number, fault, gene=self._gene_not_excluded(line))

    def _gene_not_excluded(self, line: str, *, is_cut: bool = False) -> str | None:
        """Return the gene that a row may be about whose columns are not what they should be."""
        cells = [*cells_of(line, is_cut=is_cut), "", ""]
        reach = len(cells[3]) if len(cells) > 5 else UNKNOWN_REACH
        return self._wanted.gene_not_excluded(cells[0], cells[1], length=reach)

    def _check_header_again(self, number: int, line: str) -> None:
        # Files joined with `cat` repeat their header; other samples below would be misread.
        if line.startswith("#CHROM"):
            samples = tuple(line.split("\t")[9:])
            if samples != self._header.samples:
                raise InputError(
                    "a second header with other samples stands inside the file",
                    file=self.ledger.name,
                    line=number,
                    expected="one header",
                    remedy="Join VCF files with `bcftools concat` or `bcftools merge`.",
                )


def _denied(call: VariantCall, genotype_text: str) -> VariantCall:
    return call.model_copy(update={"filters": (*call.filters, f"genotype {genotype_text}")})


def _gene_at(regions: tuple[GeneRegion, ...], position: int, rest: str) -> str | None:
    """Return the gene that a row touches; its REF is looked at only on a gene's chromosome."""
    if not regions:
        return None
    length = len(rest.split("\t", 2)[1])
    return next((region.gene for region in regions if region.touches(position, length)), None)
