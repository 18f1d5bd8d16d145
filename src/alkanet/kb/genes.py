"""Reads the gene and fusion tables of the knowledge into the types of :mod:`alkanet.model.gene`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

from alkanet.errors import KnowledgeError
from alkanet.kb.table import TableRow, read_table
from alkanet.model.alteration import Genome
from alkanet.model.codon import BASES, translate
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.evidence import Certainty
from alkanet.model.gene import (
    AlternateNumbering,
    Exon,
    FusionVariant,
    GermlineDifference,
    Transcript,
)

__all__ = [
    "genome_of",
    "load_cryptic_exons",
    "load_fusion_variants",
    "load_germline",
    "load_suppressors",
    "load_transcripts",
    "number_of",
]

_TRANSCRIPT_COLUMNS = (
    "gene",
    "accession",
    "protein_accession",
    "chromosome",
    "strand",
    "kinase_start",
    "kinase_end",
    "alternates",
)
_EXON_COLUMNS = ("gene", "genome", "exon", "start", "end", "cds_start", "cds_end")
_FLANK_COLUMNS = ("gene", "exon", "before", "after")
_CRYPTIC_COLUMNS = ("gene", "name", "after_exon", "genome", "start", "end", "sequence")
_GERMLINE_COLUMNS = ("gene", "name", "dbsnp", "certainty")
_VARIANT_COLUMNS = ("partner", "name", "junction", "note", "source", "certainty")


def load_transcripts(knowledge: Path) -> tuple[Transcript, ...]:
    """Return each transcript on each build that the tables hold it on.

    Raises
    ------
    KnowledgeError
        Where a table breaks its shape, the exons of a transcript leave a gap in the coding
        sequence, or a sequence does not fit its exons.
    """
    genes = knowledge / "genes"
    flanks = _read_flanks(genes / "flanks.tsv")
    return _read_transcripts(
        genes / "transcripts.tsv", genes / "exons.tsv", genes / "sequences.fa", flanks
    )


def load_suppressors(knowledge: Path) -> tuple[Transcript, ...]:
    """Return the tumour suppressors whose truncations are named, each on both builds.

    They stand apart from the partners of fusions, so that no fusion is typed by them.

    Raises
    ------
    KnowledgeError
        As for :func:`load_transcripts`.
    """
    genes = knowledge / "genes"
    return _read_transcripts(
        genes / "suppressors.tsv", genes / "suppressor_exons.tsv", genes / "suppressors.fa", {}
    )


def load_cryptic_exons(knowledge: Path) -> tuple[CrypticExon, ...]:
    """Return the exons that a named variant uses and the reference transcript lacks."""
    path = knowledge / "genes" / "cryptic_exons.tsv"
    return tuple(
        CrypticExon(
            gene=row["gene"],
            name=row["name"],
            after_exon=number_of(row, "after_exon", path),
            genome=genome_of(row, path),
            start=number_of(row, "start", path),
            end=number_of(row, "end", path),
            sequence=row["sequence"],
        )
        for row in read_table(path, _CRYPTIC_COLUMNS)
    )


def load_germline(knowledge: Path) -> tuple[GermlineDifference, ...]:
    """Return the common germline differences that are no findings."""
    path = knowledge / "genes" / "germline.tsv"
    rows = read_table(path, _GERMLINE_COLUMNS)
    for row in rows:
        _certainty(row, path)
    return tuple(GermlineDifference(gene=row["gene"], name=row["name"]) for row in rows)


def load_fusion_variants(knowledge: Path) -> tuple[FusionVariant, ...]:
    """Return the named fusion variants by junction; a name and a junction stand once each."""
    path = knowledge / "fusions" / "eml4-alk-variants.tsv"
    rows = read_table(path, _VARIANT_COLUMNS)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        _certainty(row, path)
        for key in ((row["partner"], row["name"]), (row["partner"], row["junction"])):
            if key in seen:
                raise KnowledgeError(f"{key[1]} stands twice", file=path.name, line=row.line)
            seen.add(key)
    return tuple(
        FusionVariant(
            partner=row["partner"],
            name=row["name"],
            junction=row["junction"],
            note=row["note"] or None,
        )
        for row in rows
    )


def _read_transcripts(
    table: Path, exon_table: Path, fasta: Path, flanks: Mapping[tuple[str, int], tuple[str, str]]
) -> tuple[Transcript, ...]:
    sequences = _read_sequences(fasta)
    exons = _read_exons(exon_table, flanks)
    transcripts = []
    for row in read_table(table, _TRANSCRIPT_COLUMNS):
        for genome in Genome:
            held = exons.get((row["gene"], genome))
            if held:
                cds = sequences.get(row["gene"], "")
                _check_coding(row, tuple(held), cds, exon_table)
                transcripts.append(_transcript(row, genome, tuple(held), cds))
    return tuple(transcripts)


def _transcript(row: TableRow, genome: Genome, exons: tuple[Exon, ...], cds: str) -> Transcript:
    kinase = (row["kinase_start"], row["kinase_end"])
    return Transcript(
        gene=row["gene"],
        accession=row["accession"],
        protein_accession=row["protein_accession"] or None,
        genome=genome,
        chromosome=row["chromosome"],
        strand=cast(Literal["+", "-"], row["strand"]),
        exons=exons,
        cds=cds,
        protein=translate(cds).removesuffix("*"),
        kinase_domain=(int(kinase[0]), int(kinase[1])) if all(kinase) else None,
        alternates=tuple(_alternate(text) for text in row["alternates"].split()),
    )


def _check_coding(row: TableRow, exons: tuple[Exon, ...], cds: str, table: Path) -> None:
    fault = None
    reached = 0
    if [exon.number for exon in exons] != list(range(1, len(exons) + 1)):
        fault = "the exons are not numbered 1, 2, 3 ..."
    for exon in exons:
        if exon.cds_start is None or exon.cds_end is None:
            continue
        if exon.cds_start != reached + 1:
            fault = f"exon {exon.number} leaves a gap in the CDS"
        reached = exon.cds_end
    if cds and len(cds) != reached:
        fault = f"the CDS has {len(cds)} nt, its exons hold {reached}"
    if fault:
        raise KnowledgeError(fault, file=table.name, entry=row["gene"])


def _alternate(text: str) -> AlternateNumbering:
    accession, _, exons = text.partition(":lacks:")
    return AlternateNumbering(
        accession=accession, lacks_exons=tuple(int(number) for number in exons.split(","))
    )


def _read_exons(
    path: Path, flanks: Mapping[tuple[str, int], tuple[str, str]]
) -> dict[tuple[str, Genome], list[Exon]]:
    exons: dict[tuple[str, Genome], list[Exon]] = defaultdict(list)
    for row in read_table(path, _EXON_COLUMNS):
        number = number_of(row, "exon", path)
        before, after = flanks.get((row["gene"], number), ("", ""))
        exons[row["gene"], genome_of(row, path)].append(
            Exon(
                number=number,
                start=number_of(row, "start", path),
                end=number_of(row, "end", path),
                cds_start=number_of(row, "cds_start", path) if row["cds_start"] else None,
                cds_end=number_of(row, "cds_end", path) if row["cds_end"] else None,
                flank_before=before,
                flank_after=after,
            )
        )
    return exons


def _read_flanks(path: Path) -> dict[tuple[str, int], tuple[str, str]]:
    return {
        (row["gene"], number_of(row, "exon", path)): (row["before"], row["after"])
        for row in read_table(path, _FLANK_COLUMNS)
    }


def _read_sequences(path: Path) -> dict[str, str]:
    sequences: dict[str, str] = {}
    gene = ""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise KnowledgeError("the file is missing", file=path.name) from None
    for number, line in enumerate(lines, start=1):
        if line.startswith(">"):
            gene = line[1:].split()[0]
            sequences[gene] = ""
        elif not gene or not set(line) <= set(BASES):
            raise KnowledgeError("only A, C, G and T may stand here", file=path.name, line=number)
        else:
            sequences[gene] += line
    return sequences


def number_of(row: TableRow, column: str, path: Path) -> int:
    """Return a cell as a whole number, or raise a :class:`KnowledgeError` with its line."""
    if not row[column].isdecimal():
        raise KnowledgeError(
            f"{column} is {row[column]!r}, not a number", file=path.name, line=row.line
        )
    return int(row[column])


def genome_of(row: TableRow, path: Path) -> Genome:
    """Return the build that a row names, or raise a :class:`KnowledgeError` with its line."""
    try:
        return Genome(row["genome"])
    except ValueError:
        raise KnowledgeError(
            f"genome is {row['genome']!r}, not GRCh37 or GRCh38", file=path.name, line=row.line
        ) from None


def _certainty(row: TableRow, path: Path) -> None:
    allowed = [certainty.value for certainty in Certainty]
    if row["certainty"] not in allowed:
        raise KnowledgeError(
            f"certainty is {row['certainty']!r}; use {' or '.join(allowed)}",
            file=path.name,
            line=row.line,
        )
