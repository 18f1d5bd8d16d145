"""Which format a file has, told by its content, and the one door to all readers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alkanet.errors import InputError, UnsupportedError, shown
from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.fusion_rows import NO_OTHERS, Drivers
from alkanet.ingest.regions import Regions
from alkanet.ingest.text_lines import OverlongLine, TextLines, first_bytes
from alkanet.model.alteration import Genome

__all__ = ["detect", "read_file"]

MAX_COMMENT_LINES = 1_000
FUSIONS_INSTEAD = (
    "Give a STAR-Fusion or FusionInspector table, or type the fusion into an outside-calls file."
)
SEGMENTS_INSTEAD = "Copy number is not read from files yet; give variants and fusions without it."
READS_INSTEAD = "Give the calls made from the reads: a VCF, a MAF or a fusion table."
PAGES_INSTEAD = "Type its findings into an outside-calls file (kind, finding, vaf)."
TEXT_INSTEAD = "Save the sheet as tab-separated text (UTF-8)."


@dataclass(frozen=True)
class _Known:
    """A format that is known and not read, by columns that its header must have."""

    name: str
    columns: frozenset[str]
    instead: str


_NOT_READ = (
    _Known("Arriba", frozenset({"gene1", "gene2", "breakpoint1"}), FUSIONS_INSTEAD),
    _Known(
        "FusionCatcher",
        frozenset({"gene_1_symbol(5end_fusion_partner)"}),
        FUSIONS_INSTEAD,
    ),
    _Known(
        "PCGR fusion table",
        frozenset({"fusiongene", "leftbreakpoint", "rightbreakpoint"}),
        FUSIONS_INSTEAD,
    ),
    _Known(
        "cBioPortal structural variants (data_sv.txt)",
        frozenset({"sample_id", "site1_hugo_symbol"}),
        FUSIONS_INSTEAD,
    ),
    _Known("SEG", frozenset({"chrom", "loc.start", "loc.end"}), SEGMENTS_INSTEAD),
    _Known("CNVkit", frozenset({"chromosome", "start", "end", "log2"}), SEGMENTS_INSTEAD),
    _Known(
        "allele-specific copy number",
        frozenset({"chromosome", "nmajor", "nminor"}),
        SEGMENTS_INSTEAD,
    ),
    _Known("BEDPE", frozenset({"chrom1", "start1", "chrom2", "start2"}), FUSIONS_INSTEAD),
)

_MAGIC = (
    (b"BAM\x01", "BAM", READS_INSTEAD),
    (b"CRAM", "CRAM", READS_INSTEAD),
    (b"@HD\t", "SAM", READS_INSTEAD),
    (b"@SQ\t", "SAM", READS_INSTEAD),
    (b"BCF\x02", "BCF", "Convert it with `bcftools view -Ov`."),
    (b"%PDF", "PDF", PAGES_INSTEAD),
    (b"PK\x03\x04", "Excel (or zip)", TEXT_INSTEAD),
    (b"\xd0\xcf\x11\xe0", "Excel or Word 97", TEXT_INSTEAD),
    (b"\x89PNG", "PNG image", PAGES_INSTEAD),
    (b"\xff\xd8\xff", "JPEG image", PAGES_INSTEAD),
    (b"SQLite format 3\x00", "SQLite", "Give a VCF, a MAF or a fusion table."),
    (b"#SOURCE,DNAFusionFilter", "TSO 500 fusion table", FUSIONS_INSTEAD),
)


def detect(path: Path) -> FormatName:
    """Return the format of a file by its content; its name is not looked at.

    Raises
    ------
    UnsupportedError
        Where the format is known but not read, with what to give instead.
    InputError
        Where the format is not known, or the file cannot be read as text.
    """
    start = first_bytes(path, 64)
    for magic, name, instead in _MAGIC:
        if start.startswith(magic):
            raise UnsupportedError(f"{path.name}: the format {name} is not read.", instead=instead)
    first = ""
    for number, line in TextLines(path):
        text = line.start if isinstance(line, OverlongLine) else line
        first = first or text.strip()
        if first.lower().startswith("##fileformat=vcf"):
            return FormatName.VCF
        if found := _by_columns(text, path.name):
            return found
        is_comment = not text.strip() or text.startswith("#")
        if not is_comment or number >= MAX_COMMENT_LINES:
            break
    raise InputError(
        f"the format is not known; it starts with {shown(first)}",
        file=path.name,
        line=1,
        expected="one of " + ", ".join(FormatName),
        remedy=_remedy(path, first),
    )


def read_file(
    path: Path,
    *,
    specimen: str,
    sample: str | None,
    genome: Genome | None,
    wanted: Regions,
    drivers: Drivers = NO_OTHERS,
) -> FileContent:
    """Return what a file of any format that is read holds for one sample.

    Parameters
    ----------
    path
        The file.
    specimen
        Id of the specimen that its calls belong to.
    sample
        The sample to read where the file names samples; ``None`` where it leaves no choice.
    genome
        The build, where the user gave it.
    wanted
        The genes whose small variants are read.
    drivers
        Genes other than ALK whose fusions are read, each with its side.

    Raises
    ------
    InputError, UnsupportedError
        See :func:`detect` and the reader of the format.
    """
    # A reader is imported when its format is met: most reports need two of five.
    match detect(path):
        case FormatName.VCF:
            from alkanet.ingest.vcf import read_vcf

            return read_vcf(path, specimen=specimen, sample=sample, genome=genome, wanted=wanted)
        case FormatName.MAF:
            from alkanet.ingest.maf import read_maf

            return read_maf(path, specimen=specimen, sample=sample, genome=genome, wanted=wanted)
        case FormatName.OUTSIDE_CALLS:
            from alkanet.ingest.outside_calls import read_outside_calls

            return read_outside_calls(path, specimen=specimen)
        case FormatName.CBIOPORTAL_FUSIONS:
            from alkanet.ingest.cbioportal_fusion import read_cbioportal_fusions

            return read_cbioportal_fusions(
                path, specimen=specimen, sample=sample, genome=genome, drivers=drivers
            )
        case FormatName.STAR_FUSION | FormatName.FUSION_INSPECTOR:
            from alkanet.ingest.fusion_table import read_fusion_table

            return read_fusion_table(
                path, specimen=specimen, sample=sample, genome=genome, drivers=drivers
            )


def _by_columns(text: str, file: str) -> FormatName | None:
    """Return the format whose header a line is."""
    columns = {name.strip().strip('"').lower() for name in text.removeprefix("#").split("\t")}
    for known in _NOT_READ:
        if known.columns <= columns and "leftgene" not in columns:
            raise UnsupportedError(
                f"{file}: the format {known.name} is not read.", instead=known.instead
            )
    if {"leftgene", "rightgene"} & columns and len(columns) > 3:
        is_inspector = "leftlocalbreakpoint" in columns
        return FormatName.FUSION_INSPECTOR if is_inspector else FormatName.STAR_FUSION
    if {"tumor_sample_barcode", "fusion"} <= columns:
        return FormatName.CBIOPORTAL_FUSIONS
    of_maf = {
        "hugo_symbol",
        "chromosome",
        "start_position",
        "reference_allele",
        "tumor_seq_allele2",
        "tumor_sample_barcode",
        "variant_classification",
        "ncbi_build",
    }
    if len(of_maf & columns) >= 3:
        return FormatName.MAF
    if "hugo_symbol" in columns and len(columns) > 1:
        raise UnsupportedError(
            f"{file}: the format cBioPortal matrix by gene is not read.", instead=SEGMENTS_INSTEAD
        )
    is_typed = {"kind", "finding"} & columns or text.lower().lstrip("\ufeff ").startswith("kind")
    return FormatName.OUTSIDE_CALLS if is_typed else None


def _remedy(path: Path, first: str) -> str:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".vcf"):
        return "A VCF starts with ##fileformat=VCFv4.x: this is not a VCF."
    if name.endswith((".yaml", ".yml")):
        return "A case file is given by itself, not as a file of calls."
    if "," in first and "\t" not in first:
        return "Tables are separated by tabs, not by commas."
    return "Check that this is the file that you meant."
