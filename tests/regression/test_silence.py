"""Silence that was once read as wild type, and so as sensitive."""

import pytest

STRUCTURAL = "##INFO=<ID=SVTYPE,Number=1,Type=String,Description=x>\n"
CNV_ROWS = [
    "chr7\t1000000\tDRAGEN:GAIN:1\tN\t<DUP>\t.\tPASS\tSVTYPE=CNV;END=1050000\tGT:CN\t./1:4",
    "chr7\t2000000\tDRAGEN:REF:1\tN\t.\t.\tPASS\tSVTYPE=CNV;END=2050000\tGT:CN\t./.:2",
]
MANTA_ROWS = [
    "chr1\t1000000\tMantaDEL:1\tN\t<DEL>\t.\tPASS\tSVTYPE=DEL;END=1009000\tGT\t0/1",
    "chr1\t2000000\tMantaDEL:2\tCAAAG\tC\t.\tPASS\tSVTYPE=DEL;SVLEN=-4\tGT\t0/1",
]
FUSION = ("EML4", "chr2:42295516:+", "ALK", "chr2:29223528:-")


@pytest.mark.parametrize("rows", [CNV_ROWS, MANTA_ROWS, []], ids=["copy number", "Manta", "none"])
def test_a_file_of_structural_variants_has_not_read_the_kinase(desk, rows):
    header = "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n" + STRUCTURAL
    made = desk.report(variants=[desk.vcf(*rows, header=header)])
    assert made.tumour.readings == ()


def test_a_maf_row_without_depth_and_with_no_reads_leaves_a_caveat(desk):
    """A blank count is often written as 0: only a depth above 0 shows that the allele is absent."""
    columns = (
        "Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tReference_Allele\t"
        "Tumor_Seq_Allele2\tTumor_Sample_Barcode\tHGVSp_Short\tt_alt_count"
    )
    rows = [
        "ALK\tGRCh38\t2\t29220747\tC\tT\tS1\tp.G1202R\t0",
        "TP53\tGRCh38\t17\t7674220\tC\tT\tS1\tp.R248Q\t0",
    ]
    assert desk.speaks(variants=[desk.maf(*rows, columns=columns)])


def test_a_hotspot_row_of_noise_makes_no_mutation(desk):
    """L1198F from 2 of 1997 reads under 0/0 would bring crizotinib back beside C1156Y."""
    noise = ("29220759", "G", "A", "0/0:1995,2:1997")
    made = desk.report(variants=[desk.vcf(noise, ("29222392", "C", "T"))])
    assert [str(h) for h in made.tumour.haplotypes] == ["C1156Y"]
    assert made.tumour.rejected_changes == ("L1198F",)
    assert "filtered-in-alk" in {c.code for c in made.caveats}


def test_a_fusion_that_no_read_supports_is_none(desk):
    made = desk.report(fusions=[_without_reads(desk)])
    assert made.tumour.fusion is None
    assert "row-in-alk-set-aside" in {c.code for c in made.caveats}


def _without_reads(desk):
    path = desk.fusions((*FUSION, 0))
    return desk.write("fusions.tsv", path.read_text().replace("\t0\t9\t", "\t0\t0\t"))
