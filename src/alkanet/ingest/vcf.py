"""VCF 4: small variants of one sample, row by row.

Rows outside the genes that are read are turned away after their first columns, so that a whole
genome costs little more than its reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alkanet.errors import InputError
from alkanet.ingest.genome_names import agreed_genome
from alkanet.ingest.ledger import Ledger, RowFault
from alkanet.ingest.regions import GeneRegion, Regions, chromosome_name
from alkanet.ingest.text_lines import OverlongLine, TextLines
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
from alkanet.model.calls import Origin, VariantCall

__all__ = ["NOT_CARRIED", "VcfContent", "read_vcf"]

FORMAT_NAME = "VCF"
NOT_CARRIED = "the sample does not carry it"
NO_ALTERNATE = "no alternate allele"
REMEDY = "Give the VCF as the caller wrote it, columns separated by tabs."

_BASES = re.compile(r"[ACGTN]+")
_SYMBOLIC = re.compile(r"<[^<>]+>")


@dataclass(frozen=True)
class VcfContent:
    """What a VCF holds for one sample.

    ``filtered`` are calls that the caller itself rejected: no findings, but a reason for doubt
    where they lie in a gene that is read.
    """

    calls: tuple[VariantCall, ...]
    filtered: tuple[VariantCall, ...]
    genome: Genome | None
    sample: str | None
    ledger: Ledger
    sha256: str
    notes: tuple[str, ...] = ()


def read_vcf(
    path: Path, *, specimen: str, sample: str | None, genome: Genome | None, wanted: Regions
) -> VcfContent:
    """Return the calls of one sample in the genes that are read.

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
    for number, line in numbered:
        if isinstance(line, OverlongLine):
            rows.ledger.set_aside(number, line.reason)
        elif line and not line.isspace():
            rows.read(number, line)
    rows.ledger.check_is_what_it_claims(remedy=REMEDY)
    rows.ledger.close()
    return VcfContent(
        calls=tuple(rows.calls),
        filtered=tuple(rows.filtered),
        genome=build,
        sample=header.sample,
        ledger=rows.ledger,
        sha256=lines.sha256,
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
        self.ledger = Ledger(name, FORMAT_NAME)
        self.calls: list[VariantCall] = []
        self.filtered: list[VariantCall] = []
        self._header = header
        self._specimen = specimen
        self._genome = genome
        self._wanted = wanted
        self._regions = wanted.on(genome)
        self._by_spelling: dict[str, tuple[GeneRegion, ...]] = {}

    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""
        if line.startswith("#"):
            self._check_header_again(number, line)
            return
        columns = line.count("\t") + 1
        if columns != self._header.columns:
            expected = f"{self._header.columns}, as the header has"
            self._malformed(number, RowFault("number of columns", str(columns), expected))
            return
        chromosome, position_text, rest = line.split("\t", 2)
        if not (position_text.isascii() and position_text.isdigit()):
            self._malformed(number, RowFault("POS", position_text, "a whole number"))
            return
        if not chromosome.strip():
            self._malformed(number, RowFault("CHROM", chromosome, "a chromosome"))
            return
        regions = self._by_spelling.get(chromosome)
        if regions is None:
            regions = self._regions.get(chromosome_name(chromosome), ())
            self._by_spelling[chromosome] = regions
        gene = _gene_at(regions, position_text, rest)
        if gene is None:
            self.ledger.set_aside(number, self._wanted.outside)
            return
        self._read_wanted(number, gene, line)

    def _read_wanted(self, number: int, gene: str, line: str) -> None:
        row = self._row(number, gene, line)
        if fault := _fault(row):
            self._malformed(number, fault, gene=gene)
            return
        calls: list[VariantCall] = []
        reasons: list[str] = []
        sample_genotype = genotype(row.fields, row.chromosome)
        for index, alternate in enumerate(row.alternates):
            reason = _no_small_variant(row.reference, alternate)
            reads = self._reads(row, index)
            if reason is None and not sample_genotype.carries(index + 1, reads):
                reason = NOT_CARRIED
            if reason is None:
                calls.append(self._call(row, index, reads, sample_genotype))
            else:
                reasons.append(reason)
        if not calls:
            touches = None if set(reasons) <= {NOT_CARRIED, NO_ALTERNATE} else gene
            self.ledger.set_aside(number, reasons[0], gene=touches)
        elif row.filters:
            self.filtered.extend(calls)
            self.ledger.set_aside(number, f"FILTER {';'.join(row.filters)}", gene=gene)
        else:
            self.calls.extend(calls)
            self.ledger.use(number)

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
            alternates=tuple(
                text if _is_structural(text) else text.upper() for text in columns[4].split(",")
            ),
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
            genome=self._genome,
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

    def _malformed(self, number: int, fault: RowFault, *, gene: str | None = None) -> None:
        self.ledger.set_malformed(number, fault, gene=gene)

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


def _gene_at(regions: tuple[GeneRegion, ...], position_text: str, rest: str) -> str | None:
    """Return the gene that a row touches; its REF is looked at only on a gene's chromosome."""
    if not regions or len(position_text) > 10:
        return None
    position = int(position_text)
    reference = rest.split("\t", 2)[1]
    last = position + max(len(reference), 1) - 1
    for region in regions:
        if position <= region.end and last >= region.start:
            return region.gene
    return None


def _fault(row: _Row) -> RowFault | None:
    if row.position < 1:
        return RowFault("POS", str(row.position), "1 or more")
    if not _BASES.fullmatch(row.reference):
        return RowFault("REF", row.reference, "bases (ACGTN)")
    for alternate in row.alternates:
        if not (_BASES.fullmatch(alternate) or _is_structural(alternate)):
            return RowFault("ALT", alternate, "bases (ACGTN)")
    return None


def _is_structural(alternate: str) -> bool:
    return bool(_SYMBOLIC.fullmatch(alternate)) or alternate in (".", "*") or _is_break(alternate)


def _is_break(alternate: str) -> bool:
    is_single = len(alternate) > 1 and (alternate[0] == "." or alternate[-1] == ".")
    return "[" in alternate or "]" in alternate or is_single


def _no_small_variant(reference: str, alternate: str) -> str | None:
    """Return why an alternate allele is no small variant, ``None`` where it is one."""
    if alternate == ".":
        return NO_ALTERNATE
    if alternate == "*":
        return "ALT * (the base is deleted by another row)"
    if _is_break(alternate):
        return "ALT is a breakend; fusions are read from a fusion table"
    if _SYMBOLIC.fullmatch(alternate):
        if alternate.upper() in ("<NON_REF>", "<*>", "<X>"):
            return NO_ALTERNATE
        return f"ALT {alternate} is a symbolic allele"
    if alternate == reference:
        return "ALT equals REF"
    return None
