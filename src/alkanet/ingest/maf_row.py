"""What one row of a MAF says: its place, its alleles, its reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alkanet.ingest.gene_names import gene_symbol
from alkanet.ingest.ledger import RowFault
from alkanet.ingest.regions import place_of
from alkanet.ingest.table import TableHeader, count_of, is_unknown

__all__ = ["MafReads", "MafRow"]

_REFERENCE = re.compile(r"[ACGTN]+|-", re.IGNORECASE)
_ALTERNATE = re.compile(r"[ACGT]+|-", re.IGNORECASE)


@dataclass(frozen=True)
class MafReads:
    """Reads of the allele that a row reports; ``None`` is unknown and never zero."""

    alternate: int | None
    depth: int | None

    @property
    def vaf(self) -> float | None:
        """Share of the reads that have the allele."""
        if self.alternate is None or not self.depth:
            return None
        return self.alternate / self.depth


@dataclass(frozen=True)
class MafRow:
    """The fields of one row by the names of its columns."""

    header: TableHeader
    cells: Sequence[str]

    def value(self, name: str) -> str:
        """Return a field, empty where the row has none."""
        return self.header.value(self.cells, name)

    def stated(self, *names: str) -> str | None:
        """Return the first of some fields that says something, ``None`` where none does."""
        return next((self.value(name) for name in names if not is_unknown(self.value(name))), None)

    @property
    def gene(self) -> str:
        """The gene that the row names, empty where it names none."""
        return gene_symbol(self.value("hugo_symbol"))

    @property
    def barcode(self) -> str:
        """The sample, empty where it is not named."""
        return self.value("tumor_sample_barcode")

    @property
    def position(self) -> int:
        """Where the row starts, for a row without fault."""
        return int(self.value("start_position"))

    @property
    def reference(self) -> str:
        """The reference allele."""
        return self.value("reference_allele").upper()

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters that the row did not pass."""
        text = self.value("filter")
        return () if text == "PASS" or is_unknown(text) else tuple(text.split(";"))

    def fault(self) -> RowFault | None:
        """Return the first field that is not what it should be."""
        position = place_of(self.value("start_position"))
        if position is None:
            return RowFault("Start_Position", self.value("start_position"), "a whole number")
        if position < 1:
            return RowFault("Start_Position", self.value("start_position"), "1 or more")
        reference, second = self.value("reference_allele"), self.value("tumor_seq_allele2")
        if is_unknown(reference) or not _REFERENCE.fullmatch(reference):
            return RowFault("Reference_Allele", reference, "bases (ACGTN) or -")
        if second.upper() != self.reference and not _is_allele(second):
            return RowFault("Tumor_Seq_Allele2", second, "bases (ACGT) or -")
        if not self.value("chromosome"):
            return RowFault("Chromosome", "", "a chromosome")
        if self.value("strand") == "-":
            return RowFault("Strand", "-", "+ (alleles on the forward strand)")
        return None

    def alternates(self) -> tuple[str, ...]:
        """Return the alleles other than the reference, that which the row is about first.

        This is the second allele of the tumour, or the first where the second is the reference.
        """
        first, second = (self.value(f"tumor_seq_allele{n}").upper() for n in (1, 2))
        told = (second, *((first,) if _is_allele(first) else ()))
        return tuple(allele for allele in dict.fromkeys(told) if allele != self.reference)

    def first_allele_fault(self) -> RowFault | None:
        """Return the fault of the tumour's first allele: the others may be used without it."""
        first = self.value("tumor_seq_allele1")
        if is_unknown(first) or _is_allele(first) or first.upper() == self.reference:
            return None
        return RowFault("Tumor_Seq_Allele1", first, "bases (ACGT) or -")

    def reads(self) -> MafReads | RowFault:
        """Return the reads of the allele, or the fault of a field that holds them."""
        counts: list[int | None] = []
        for name in ("t_ref_count", "t_alt_count", "t_depth"):
            count = count_of(self.value(name), name)
            if isinstance(count, RowFault):
                return count
            counts.append(count)
        reference, alternate, depth = counts
        if depth is None and reference is not None and alternate is not None:
            depth = reference + alternate
        if depth is not None and (alternate or 0) > depth:
            return RowFault("t_alt_count", str(alternate), f"at most t_depth ({depth})")
        return MafReads(alternate, depth)


def _is_allele(text: str) -> bool:
    return not is_unknown(text) and bool(_ALTERNATE.fullmatch(text))
