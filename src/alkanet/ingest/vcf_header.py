"""The header of a VCF: its version, its build, its samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from alkanet.errors import InputError, UnsupportedError, shown
from alkanet.ingest.chromosomes import chromosome_name, genome_of_accession
from alkanet.ingest.genome_names import check_is_read, genome_named
from alkanet.ingest.samples import chosen_sample
from alkanet.ingest.text_lines import OverlongLine
from alkanet.model.alteration import Genome

__all__ = ["FIXED_COLUMNS", "VcfHeader", "read_header"]

FIXED_COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")

_VERSION = re.compile(r"##fileformat=VCFv(\d+)(?:\.(\d+))?\s*")
_CONTIG = re.compile(r"##contig=<(.*)>\s*")
_INFO_AF = re.compile(r"##INFO=<ID=AF,.*Description=\"([^\"]*)\"")
_POPULATION = re.compile(r"population|1000 ?G|ExAC|gnomAD|\bESP\b|genotype|AC/AN", re.IGNORECASE)
_LENGTH = re.compile(r"[0-9]{1,9}")
_LENGTHS = {
    ("1", 249250621): Genome.GRCH37,
    ("1", 248956422): Genome.GRCH38,
    ("2", 243199373): Genome.GRCH37,
    ("2", 242193529): Genome.GRCH38,
}
"""Lengths that tell the build; ALK lies on chromosome 2."""

_LIFTED = ("##new_reference_genome=", "##targetrefgenome=", "##liftover")
_CHAIN_TARGET = re.compile(r"to[._]?((?:hg|grch)\d\d)", re.IGNORECASE)


@dataclass
class _Statements:
    """What the header says of the build, by how far it can be trusted: first line of each kind."""

    lifted: dict[Genome, int] = field(default_factory=dict)
    measured: dict[Genome, int] = field(default_factory=dict)
    named: dict[Genome, int] = field(default_factory=dict)


@dataclass(frozen=True)
class VcfHeader:
    """What a VCF header tells.

    ``stated_genome`` is ``None`` where the header names no build; ``genome_line`` is where it is
    named. ``sample_index`` is the column of the sample that is read, ``None`` for a sites-only
    file.
    """

    columns: int
    line: int
    samples: tuple[str, ...]
    sample: str | None
    sample_index: int | None
    stated_genome: Genome | None
    genome_line: int
    info_af_is_population: bool
    describes_structural: bool
    """Whether it describes ``SVTYPE``, so that a file without rows may be of such variants."""


def read_header(
    lines: Iterator[tuple[int, str | OverlongLine]],
    *,
    file: str,
    sample: str | None,
    genome: Genome | None,
) -> VcfHeader:
    """Return the header, having read up to the ``#CHROM`` line.

    Parameters
    ----------
    lines
        Numbered lines of the file, from its first.
    file
        Base name, for messages.
    sample
        The sample to read, or ``None`` for the only one.
    genome
        The build that the user gave; it decides where the header contradicts itself.

    Raises
    ------
    InputError
        Where this is no VCF, where the ``#CHROM`` line is missing or short, where the samples
        leave a choice, or where the header names both builds.
    UnsupportedError
        For VCF 3, and for builds that are not read.
    """
    statements = _Statements()
    tumour_names: set[str] = set()
    info_af_is_population = describes_structural = False
    number = 0
    for number, line in lines:
        if isinstance(line, OverlongLine):
            if not line.start.startswith("##"):
                raise InputError(line.reason, file=file, line=number, expected="the header")
            line = line.start
        if number == 1:
            _check_version(line, file=file)
        elif line.startswith("##"):
            _note_genome(line, number, statements, file=file)
            if line.startswith("##tumor_sample="):
                tumour_names.add(line.partition("=")[2].strip())
            elif line.startswith("##INFO=<ID=SVTYPE,"):
                describes_structural = True
            elif found := _INFO_AF.match(line):
                info_af_is_population = bool(_POPULATION.search(found[1]))
        elif line.startswith("#CHROM"):
            samples = _samples(line, number, file=file)
            stated, genome_line = _stated_genome(statements, genome, file=file)
            name = _chosen(samples, sample, tumour_names, file=file, line=number)
            return VcfHeader(
                columns=len(line.rstrip().split("\t")),
                line=number,
                samples=samples,
                sample=name,
                sample_index=None if name is None else 9 + samples.index(name),
                stated_genome=stated,
                genome_line=genome_line or number,
                info_af_is_population=info_af_is_population,
                describes_structural=describes_structural,
            )
        elif line.strip():
            raise InputError(
                f"a row stands before the header line: {shown(line)}",
                file=file,
                line=number,
                expected="the line that starts with #CHROM",
                remedy="Restore the header, for example with `bcftools reheader`.",
            )
    raise InputError(
        "the header line #CHROM is missing; the file ends here",
        file=file,
        line=number,
        expected="a line that starts with #CHROM and the rows below it",
        remedy="The file may be cut off: copy it again.",
    )


def _check_version(line: str, *, file: str) -> None:
    found = _VERSION.fullmatch(line)
    if found is None:
        raise InputError(
            f"is not a VCF: it starts with {shown(line[:60])}",
            file=file,
            line=1,
            expected="##fileformat=VCFv4.x",
            remedy="Give the VCF as the caller wrote it.",
        )
    if found[1] != "4":
        raise UnsupportedError(
            f"{file}: VCF version {found[1]} is not read.",
            instead="Convert it to VCF 4, for example with `vcf-convert` or `bcftools view`.",
        )


def _note_genome(line: str, number: int, statements: _Statements, *, file: str) -> None:
    lowered = line.lower()
    if lowered.startswith(_LIFTED):
        target = _CHAIN_TARGET.search(line)
        if lifted := genome_named(target[1] if target else line):
            statements.lifted.setdefault(lifted, number)
    elif found := _CONTIG.match(line):
        attributes = dict(part.partition("=")[::2] for part in found[1].split(","))
        contig = attributes.get("ID", "")
        if accessed := genome_of_accession(contig, file=file, line=number):
            statements.named.setdefault(accessed, number)
        length = attributes.get("length", "")
        if _LENGTH.fullmatch(length):
            measured = _LENGTHS.get((chromosome_name(contig), int(length)))
            if measured is not None:
                statements.measured.setdefault(measured, number)
        _note_named(attributes.get("assembly", ""), number, statements, file=file)
    elif lowered.startswith(("##reference=", "##assembly=", "##genome_build=")):
        _note_named(line.partition("=")[2], number, statements, file=file)


def _note_named(text: str, number: int, statements: _Statements, *, file: str) -> None:
    check_is_read(text, file=file, line=number)
    if named := genome_named(text):
        statements.named.setdefault(named, number)


def _stated_genome(
    statements: _Statements, genome: Genome | None, *, file: str
) -> tuple[Genome | None, int]:
    # After a lift-over the older lines of the header may stand there still: the target holds.
    found = statements.lifted or {**statements.named, **statements.measured}
    if len(found) > 1:
        if genome is not None:
            return genome, found[genome]
        places = " and ".join(f"{build.value} (line {at})" for build, at in found.items())
        raise InputError(
            f"the header names two genome builds, {places}",
            file=file,
            line=max(found.values()),
            expected="one build",
            remedy="Say which one holds with --genome.",
        )
    return next(iter(found.items()), (None, 0))


def _samples(line: str, number: int, *, file: str) -> tuple[str, ...]:
    columns = line.rstrip().split("\t")
    for index, expected in enumerate(FIXED_COLUMNS):
        found = columns[index] if index < len(columns) else ""
        if found != expected:
            spaced = "\t" not in line
            raise InputError(
                f"the header line has {shown(found or 'nothing')} in column {index + 1}"
                f" and {len(columns)} column(s) in all",
                file=file,
                line=number,
                field=expected.lstrip("#"),
                expected="the columns " + " ".join(FIXED_COLUMNS) + ", separated by tabs",
                remedy="The columns are separated by spaces: write tabs." if spaced else None,
            )
    if len(columns) > 8 and columns[8] != "FORMAT":
        raise InputError(
            f"the header line has {shown(columns[8])} in column 9",
            file=file,
            line=number,
            field="FORMAT",
            expected="FORMAT before the names of the samples",
        )
    samples = tuple(columns[9:])
    twice = sorted({name for name in samples if samples.count(name) > 1})
    if twice:
        raise InputError(
            f"the sample {twice[0]!r} stands twice", file=file, line=number, field="sample"
        )
    return samples


def _chosen(
    samples: tuple[str, ...], sample: str | None, tumour_names: set[str], *, file: str, line: int
) -> str | None:
    if sample is None and len(samples) > 1:
        told = tumour_names & set(samples)
        if not told:
            told = {name for name in samples if name.upper() in ("TUMOR", "TUMOUR")}
        if len(told) == 1:
            return told.pop()
    return chosen_sample(samples, sample, file=file, line=line, field="sample")
