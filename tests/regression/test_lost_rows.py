"""A row that may hold an ALK mutation is used, refused, or told in a caveat: never only counted."""

import pytest

ELSEWHERE = "chr2\t25234373\t.\tC\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,9:99"
G1202R = "chr2\t29220747\t.\tC\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:300,40:340"


@pytest.mark.parametrize(
    "row",
    [
        G1202R.rpartition("\t")[0],
        G1202R.rpartition(":")[0] + "\textra",
        G1202R.replace("\t", " "),
        G1202R.replace("29220747", "29,220,747"),
        G1202R.replace("29220747", "29220747.0"),
        G1202R.replace("29220747", "2.9220747e7"),
        G1202R.replace("chr2", "", 1),
    ],
    ids=["a column short", "a column more", "blanks", "commas", "decimal", "exponent", "no CHROM"],
)
def test_a_malformed_vcf_row_of_alk_leaves_a_caveat(desk, row):
    assert desk.speaks(variants=[desk.vcf(row, ELSEWHERE, ELSEWHERE)])


def test_an_overlong_vcf_row_of_alk_leaves_a_caveat(desk):
    row = G1202R.replace("\t.\tGT", "\tX=" + "a" * (4 * 1024 * 1024 + 1) + "\tGT")
    assert desk.speaks(variants=[desk.vcf(row, ELSEWHERE)])


@pytest.mark.parametrize("value", ["./.:.:.", ".:.:.", "0\\1:.:.", "het:.:.", "./.:300.0,40.0:340"])
def test_a_genotype_that_says_nothing_is_not_absence(desk, value):
    assert desk.speaks(variants=[desk.vcf(("29220747", "C", "T", value))])


def test_info_af_of_zero_without_any_sample_is_no_proof_of_absence(desk):
    row = "chr2\t29220747\t.\tC\tT\t.\tPASS\tAF=0.0"
    assert desk.speaks(variants=[desk.vcf(row, keys=None)])


@pytest.mark.parametrize("name", ["02", "chr02", "CM000664.2", "chromosome2", "Chromosome_2"])
def test_a_chromosome_under_a_name_that_is_not_known_is_not_elsewhere(desk, name):
    assert desk.speaks(variants=[desk.vcf(G1202R.replace("chr2", name, 1))])


def test_an_allele_that_is_no_small_variant_is_told_also_beside_one_that_is(desk):
    made = desk.report(variants=[desk.vcf(("29220747", "C", "T,<DEL>", "1/2:30,40,50:120"))])
    assert "row-in-alk-set-aside" in {caveat.code for caveat in made.caveats}


OTHERS = ["TP53\tGRCh38\t17\t7577000\tMissense_Mutation\tC\tC\tT\tS1\t."] * 3
ALK = "ALK\tGRCh38\t2\t29220747\tMissense_Mutation\tC\t{}\t{}\tS1\t."


@pytest.mark.parametrize(
    "row",
    [
        "ALK\tGRCh38\t2\t29220747\tMissense_Mutation\tC\tC\tT\tS1",
        "ALK\tGRCh38\t2\t29220747\tMissense_Mutation\tC\tC\tT\t\t.",
        ALK.format("C", "C"),
    ],
    ids=["a column short", "no barcode", "no allele differs"],
)
def test_a_maf_row_that_names_alk_and_cannot_be_read_leaves_a_caveat(desk, row):
    assert desk.speaks(variants=[desk.maf(row, *OTHERS)])


def test_both_tumour_alleles_of_a_maf_row_are_read(desk):
    made = desk.report(variants=[desk.maf(ALK.format("T", "A"))])
    names = {alteration.name for alteration in made.tumour.alterations}
    assert "G1202R" in names or {c.code for c in made.caveats} & {"row-in-alk-set-aside"}


def test_a_fusion_row_that_names_alk_and_is_short_leaves_a_caveat(desk):
    short = "EML4--ALK\t41\t23\tEML4^E\tchr2:42264731:+\tALK^E\tchr2:29223528:-"
    other = ("A", "chr1:5:+", "B", "chr1:6:+", 5)
    made = desk.report(fusions=[desk.fusions(short, other, other)], assay=None)
    assert "row-in-alk-set-aside" in {caveat.code for caveat in made.caveats}


def test_a_fusion_of_alk_in_lower_case_is_a_fusion_of_alk(desk):
    row = ("EML4", "chr2:42264731:+", "alk", "chr2:29223528:-", 41)
    made = desk.report(fusions=[desk.fusions(row)], assay=None)
    assert made.tumour.fusion is not None


def test_a_fusion_table_given_as_variants_has_read_no_kinase_domain(desk):
    row = ("EML4", "chr2:42264731:+", "ALK", "chr2:29223528:-", 41)
    made = desk.report(variants=[desk.fusions(row)])
    assert made.tumour.readings == ()


def test_a_vcf_of_breakends_alone_has_read_no_kinase_domain(desk):
    row = "chr2\t42264731\t.\tG\tG]chr2:29223528]\t.\tPASS\tSVTYPE=BND\tGT:AD:DP\t0/1:90,9:99"
    assert desk.speaks(variants=[desk.vcf(row)])


def test_an_alk_fusion_call_without_a_partner_leaves_a_caveat(desk):
    row = ("ALK", "chr2:29223528:-", "ALK", "chr2:29193000:-", 41)
    made = desk.report(fusions=[desk.fusions(row)], assay=None)
    assert "row-in-alk-set-aside" in {caveat.code for caveat in made.caveats}
