"""``data_fusions.txt`` of cBioPortal: two rows a fusion, one for each gene, with a free text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.fusion_rows import (
    NO_DRIVER,
    NO_OTHERS,
    WITHIN_GENE,
    Drivers,
    FusionRows,
    read_fusion_rows,
)
from alkanet.ingest.fusion_text import FusionText, read_fusion_text
from alkanet.ingest.gene_names import DRIVER, driver_in, gene_symbol, names_driver
from alkanet.ingest.ledger import RowFault
from alkanet.ingest.samples import ANOTHER_SAMPLE
from alkanet.ingest.table import TableHeader, is_unknown
from alkanet.model.alteration import Genome
from alkanet.model.calls import FusionCall, Origin
from alkanet.model.tumour import Molecule

__all__ = ["read_cbioportal_fusions"]

NEEDED = ("Hugo_Symbol", "Tumor_Sample_Barcode", "Fusion")
NO_PARTNER = f"names {DRIVER}, but no partner gene"
REMEDY = "The columns may be shifted: export the table again, separated by tabs."

_JOINED = re.compile(r"--|::|/|-|–")
_KIND_WORD = re.compile(
    r"\s*\b(?:gene\s+)?(?:fusion|rearrangement|translocation|inversion)\b.*$", re.IGNORECASE
)
_SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_FRAMES = {
    "in frame": "in frame",
    "in-frame": "in frame",
    "inframe": "in frame",
    "out of frame": "out of frame",
    "out-of-frame": "out of frame",
    "frameshift": "out of frame",
}


@dataclass(frozen=True)
class _Genes:
    """The two genes in the order of the fusion's name."""

    first: str
    second: str

    @property
    def partner(self) -> str:
        return self.second if self.first == DRIVER else self.first


def read_cbioportal_fusions(
    path: Path,
    *,
    specimen: str,
    sample: str | None,
    genome: Genome | None,
    drivers: Drivers = NO_OTHERS,
) -> FileContent:
    """Return the fusions of ALK and other drivers of one sample, each once.

    Both rows of a fusion are used; the call carries the line of the first of them. Its
    ``stated_transcript`` is the partner's, whose exons ``stated_exons`` counts.

    Parameters
    ----------
    path
        The table.
    specimen
        Id of the specimen that the calls belong to.
    sample
        ``Tumor_Sample_Barcode`` of the rows to read; ``None`` where the file holds one only.
    genome
        The build of positions on the genome, ``None`` where nobody says.
    drivers
        Genes other than ALK whose fusions are read, each with its side.

    Raises
    ------
    InputError
        Where a needed column is missing, most rows are malformed, or the sample is not clear.
    """

    def rows_of(header: TableHeader) -> _Rows:
        return _Rows(
            header,
            format_name=FormatName.CBIOPORTAL_FUSIONS,
            specimen=specimen,
            sample=sample,
            sample_column="Tumor_Sample_Barcode",
            genome=genome,
            remedy=REMEDY,
            drivers=drivers,
        )

    return read_fusion_rows(
        path, rows_of, comment="#", needed=NEEDED, format_name=FormatName.CBIOPORTAL_FUSIONS
    )


class _Rows(FusionRows):
    """The rows of a table: two rows of one name and text are one fusion."""

    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""
        columns = line.split("\t")
        fault = self._header.fault(columns)
        if fault is not None:
            self._set_malformed(number, fault, line)
            return
        value = self._header.value
        gene = gene_symbol(value(columns, "hugo_symbol"))
        barcode = value(columns, "tumor_sample_barcode")
        name = value(columns, "fusion")
        touches = DRIVER if gene == DRIVER or names_driver(name) else None
        if is_unknown(barcode):
            self._set_malformed(number, RowFault("Tumor_Sample_Barcode", barcode, "a name"), line)
            return
        if not self._samples.takes(barcode):
            self.ledger.set_aside(number, ANOTHER_SAMPLE)
            return
        if is_unknown(name):
            self._set_malformed(number, RowFault("Fusion", name, "a name"), line)
            return
        genes = _genes_of(name)
        if touches is None:
            self._read_other(number, columns, name)
        elif isinstance(genes, str):
            self.ledger.set_aside(number, genes, gene=DRIVER)
        else:
            self._use(number, columns, genes)

    def _gene_in_doubt(self, line: str, cells: Sequence[str]) -> str | None:
        """Return the driver where a malformed row names it, or names no fusion of others."""
        if names_driver(line):
            return DRIVER
        return DRIVER if is_unknown(self._header.value(cells, "fusion")) else None

    def _use(self, number: int, columns: list[str], genes: _Genes) -> None:
        value = self._header.value
        name, comment = value(columns, "fusion"), value(columns, "comments")
        self.ledger.use(number)
        if (name, comment) in self.calls:
            return
        said = read_fusion_text(comment, partner=genes.partner, genome=self.genome)
        self.calls[name, comment] = FusionCall(
            origin=Origin(file=self.ledger.name, line=number),
            specimen=self._specimen,
            first_gene=genes.first,
            second_gene=genes.second,
            first_break=said.breaks.get(genes.first),
            second_break=said.breaks.get(genes.second),
            order_is_known=False,
            molecule=self._molecule(columns, said),
            text=name if is_unknown(comment) else f"{name}: {comment}",
            stated_exons=said.exons,
            stated_transcript=said.transcripts.get(genes.partner),
            stated_frame=_FRAMES.get(value(columns, "frame").lower()),
            stated_event=said.event,
        )

    def _read_other(self, number: int, columns: list[str], name: str) -> None:
        """Use a row whose fusion joins another driver to a partner."""
        genes = _driver_and_partner(name, self._drivers)
        if genes is None:
            self.ledger.set_aside(number, NO_DRIVER)
            return
        self.ledger.use(number)
        value = self._header.value
        comment = value(columns, "comments")
        if (name, comment) not in self.other_calls:
            self.other_calls[name, comment] = FusionCall(
                origin=Origin(file=self.ledger.name, line=number),
                specimen=self._specimen,
                first_gene=genes.first,
                second_gene=genes.second,
                order_is_known=False,
                molecule=self._molecule(columns, FusionText()),
                text=name if is_unknown(comment) else f"{name}: {comment}",
                stated_frame=_FRAMES.get(value(columns, "frame").lower()),
            )

    def _molecule(self, columns: list[str], said: FusionText) -> Molecule:
        value = self._header.value
        on_dna = value(columns, "dna_support").lower() == "yes"
        on_rna = value(columns, "rna_support").lower() == "yes"
        if on_dna and on_rna:
            # a breakpoint that the text gives is the one in DNA
            return Molecule.DNA if said.breaks else Molecule.RNA
        if on_dna:
            return Molecule.DNA
        return Molecule.RNA if on_rna else Molecule.UNKNOWN


def _driver_and_partner(name: str, drivers: Drivers) -> _Genes | None:
    """Return the genes of ``KIF5B-RET fusion`` as it orders them, ``None`` where none drives."""
    core = _KIND_WORD.sub("", name).strip()
    for join in _JOINED.finditer(core):
        first, second = core[: join.start()].strip(), core[join.end() :].strip()
        if not (_SYMBOL.fullmatch(first) and _SYMBOL.fullmatch(second)):
            continue
        genes = _Genes(gene_symbol(first), gene_symbol(second))
        words = {first.lower(), second.lower()}
        is_within = genes.first == genes.second or words & {"intragenic", "intragenetic"}
        if (genes.first in drivers or genes.second in drivers) and not is_within:
            return genes
    return None


def _genes_of(name: str) -> _Genes | str:
    """Return the two genes of ``EML4-ALK fusion``, or why there are not two.

    A symbol may hold a hyphen itself (``HLA-A``): ALK stands at one end, the rest is the partner.
    """
    core = _KIND_WORD.sub("", name).strip()
    parts = _JOINED.split(core)
    if any(part.strip().lower() in ("intragenic", "intragenetic") for part in parts):
        return WITHIN_GENE
    found = driver_in(core)
    if found is None or len(parts) < 2:
        return NO_PARTNER
    before = core[: found.start()].strip(" -–:/")
    after = core[found.end() :].strip(" -–:/")
    if before and not after and _SYMBOL.fullmatch(before):
        partner = gene_symbol(before)
        return WITHIN_GENE if partner == DRIVER else _Genes(partner, DRIVER)
    if after and not before and _SYMBOL.fullmatch(after):
        partner = gene_symbol(after)
        return WITHIN_GENE if partner == DRIVER else _Genes(DRIVER, partner)
    return NO_PARTNER
