"""A report made in this process from files that a test writes."""

from __future__ import annotations

import pytest

from alkanet.errors import AlkanetError
from alkanet.pipeline import LooseInputs, make_report

QUIET = {"alk-driven-assumed", "no-fusion"}
"""Caveats that stand whatever the rows say."""

VCF_HEADER = "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n"
VCF_COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
MAF_COLUMNS = (
    "Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tVariant_Classification\t"
    "Reference_Allele\tTumor_Seq_Allele1\tTumor_Seq_Allele2\tTumor_Sample_Barcode\tHGVSp_Short"
)
FUSION_COLUMNS = (
    "#FusionName\tJunctionReadCount\tSpanningFragCount\tLeftGene\tLeftBreakpoint\tRightGene\t"
    "RightBreakpoint\tannots"
)


class Desk:
    """Writes files into a folder and reports on them as from an assay that reads the kinase."""

    def __init__(self, folder, kb):
        self.folder = folder
        self.kb = kb

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def vcf(self, *rows, keys="GT:AD:DP", header=VCF_HEADER, name="tumour.vcf"):
        """Rows are whole lines, or (POS, REF, ALT) with the sample's field as a fourth."""
        lines = [header + VCF_COLUMNS + ("\tFORMAT\tT" if keys else "")]
        for row in rows:
            if isinstance(row, tuple):
                position, reference, alternate, *sample = row
                value = sample[0] if sample else "0/1:300,40:340"
                fields = f"chr2\t{position}\t.\t{reference}\t{alternate}\t.\tPASS\t."
                lines.append(fields + (f"\t{keys}\t{value}" if keys else ""))
            else:
                lines.append(row)
        return self.write(name, "\n".join(lines) + "\n")

    def maf(self, *rows, columns=MAF_COLUMNS):
        return self.write("tumour.maf", "\n".join([columns, *rows]) + "\n")

    def fusions(self, *rows):
        lines = [
            row
            if isinstance(row, str)
            else f"{row[0]}--{row[2]}\t{row[4]}\t9\t{row[0]}^E\t{row[1]}\t{row[2]}^E\t{row[3]}\t."
            for row in rows
        ]
        return self.write("fusions.tsv", "\n".join([FUSION_COLUMNS, *lines]) + "\n")

    def typed(self, *rows):
        lines = ["kind\tfinding", *("\t".join(row) for row in rows)]
        return self.write("typed.tsv", "\n".join(lines) + "\n")

    def report(self, *, variants=(), fusions=(), calls=(), genome=None, assay="MSK-IMPACT"):
        loose = LooseInputs(
            variants=tuple(variants),
            fusions=tuple(fusions),
            calls=tuple(calls),
            genome=genome,
            assay=assay,
        )
        return make_report(None, loose, self.kb)

    def speaks(self, **files):
        """Whether a mutation that the files hold is read, doubted or refused, but not passed over.

        False where the kinase is told to be wild type and no caveat or conflict says otherwise.
        """
        try:
            made = self.report(**files)
        except AlkanetError:
            return True
        wild = [str(haplotype) for haplotype in made.tumour.haplotypes] == ["wild type"]
        return not wild or bool(made.conflicts or {c.code for c in made.caveats} - QUIET)


@pytest.fixture
def desk(tmp_path, kb):
    return Desk(tmp_path, kb)


@pytest.fixture
def readings():
    """Return the readings of a report as sets of haplotypes, each a sorted tuple."""

    def of(made):
        return {
            tuple(sorted(str(clone.haplotype) for clone in reading.clones))
            for reading in made.tumour.readings
        }

    return of
