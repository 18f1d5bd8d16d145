"""Reads the tables of the genes beside ALK into :mod:`alkanet.model.other_gene`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from alkanet.errors import KnowledgeError
from alkanet.kb.genes import genome_of, number_of
from alkanet.kb.table import TableRow, read_table
from alkanet.model.alteration import Genome
from alkanet.model.codon import BASES, ONE_LETTER, translate
from alkanet.model.other_gene import DriverFusion, GeneExtent, Hotspot, IntervalRule
from alkanet.model.record import Record

__all__ = [
    "load_driver_fusions",
    "load_gene_extents",
    "load_hotspots",
    "load_interval_rules",
]

Made = TypeVar("Made", bound=Record)

ANY = "any"
"""What a table says where each amino acid matters."""

_EXTENT_COLUMNS = ("gene", "transcript", "chromosome", "strand", "genome", "start", "end")
_HOTSPOT_COLUMNS = (
    "gene",
    "residue",
    "amino_acid",
    "genome",
    "chromosome",
    "strand",
    "first",
    "second",
    "third",
    "codon",
    "alternates",
    "transcript",
)
_INTERVAL_COLUMNS = (
    "gene",
    "genome",
    "chromosome",
    "strand",
    "start",
    "end",
    "change",
    "name",
    "consequence",
    "transcript",
)
_DRIVER_COLUMNS = ("gene", "side", "why")


def load_gene_extents(knowledge: Path) -> tuple[GeneExtent, ...]:
    """Return the genes that are looked at beside ALK, each on both builds."""
    path = knowledge / "genes" / "other_genes.tsv"
    rows = read_table(path, _EXTENT_COLUMNS)
    extents = tuple(
        _made(
            GeneExtent,
            row,
            path,
            {
                **row.cells,
                "genome": genome_of(row, path),
                "start": number_of(row, "start", path),
                "end": number_of(row, "end", path),
            },
        )
        for row in rows
    )
    _check_builds(path, ((extent.gene, extent.genome) for extent in extents))
    return extents


def load_hotspots(knowledge: Path) -> tuple[Hotspot, ...]:
    """Return the hotspot codons, each on both builds.

    Raises
    ------
    KnowledgeError
        Where the table breaks its shape, a codon does not code its residue, or its three places
        do not follow each other on the strand.
    """
    path = knowledge / "genes" / "hotspots.tsv"
    hotspots = tuple(_hotspot(row, path) for row in read_table(path, _HOTSPOT_COLUMNS))
    _check_builds(path, ((f"{h.gene} {h.residue}", h.genome) for h in hotspots))
    return hotspots


def load_interval_rules(knowledge: Path) -> tuple[IntervalRule, ...]:
    """Return the stretches in which a change of one kind has one name, in the table's order."""
    path = knowledge / "genes" / "gene_intervals.tsv"
    rules = tuple(
        _made(
            IntervalRule,
            row,
            path,
            {
                **row.cells,
                "genome": genome_of(row, path),
                "start": number_of(row, "start", path),
                "end": number_of(row, "end", path),
            },
        )
        for row in read_table(path, _INTERVAL_COLUMNS)
    )
    _check_builds(
        path, ((f"{r.gene} {r.name} {r.change} {r.consequence}", r.genome) for r in rules)
    )
    return rules


def load_driver_fusions(knowledge: Path) -> tuple[DriverFusion, ...]:
    """Return the genes beside ALK whose fusion can drive a tumour."""
    path = knowledge / "genes" / "driver_fusions.tsv"
    return tuple(
        _made(DriverFusion, row, path, {"gene": row["gene"], "side": row["side"]})
        for row in read_table(path, _DRIVER_COLUMNS)
    )


def _hotspot(row: TableRow, path: Path) -> Hotspot:
    codon, residue = row["codon"], row["amino_acid"]
    if len(codon) != 3 or not set(codon) <= set(BASES) or translate(codon) != residue:
        raise _fault(row, path, f"the codon {codon!r} does not code {residue!r}")
    alternates = () if row["alternates"] == ANY else tuple(row["alternates"].split())
    if not set(alternates) <= set(ONE_LETTER.values()) or residue in alternates:
        raise _fault(row, path, f"alternates {row['alternates']!r} are not other amino acids")
    positions = tuple(number_of(row, name, path) for name in ("first", "second", "third"))
    if list(positions) != sorted(set(positions), reverse=row["strand"] == "-"):
        raise _fault(row, path, f"the places {positions} are not in coding order")
    return _made(
        Hotspot,
        row,
        path,
        {
            "gene": row["gene"],
            "residue": number_of(row, "residue", path),
            "amino_acid": residue,
            "genome": genome_of(row, path),
            "chromosome": row["chromosome"],
            "strand": row["strand"],
            "positions": positions,
            "codon": codon,
            "alternates": alternates,
            "transcript": row["transcript"],
        },
    )


def _made(model: type[Made], row: TableRow, path: Path, fields: dict[str, object]) -> Made:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise _fault(row, path, f"{where}: {first['msg']}") from None


def _check_builds(path: Path, held: Iterable[tuple[str, Genome]]) -> None:
    """Raise where an entry stands twice, or on one build only."""
    found: dict[str, list[Genome]] = {}
    for key, genome in held:
        found.setdefault(key, []).append(genome)
    for key, genomes in found.items():
        if sorted(genomes) != sorted(Genome):
            raise KnowledgeError(
                f"stands on {', '.join(sorted(genomes))}, not once on each build",
                file=path.name,
                entry=key,
            )


def _fault(row: TableRow, path: Path, text: str) -> KnowledgeError:
    return KnowledgeError(text, file=path.name, line=row.line)
