"""Rows of other genes are findings or nothing: they raise no doubt about ALK, and break no file."""

from __future__ import annotations

import pytest

HEADER = "##fileformat=VCFv4.2\n##reference=GRCh37\n"
V600E = "chr7\t140453136\t.\tA\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100"
L858R = "chr7\t55259515\t.\tT\tG\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100"
ALK_37 = "chr2\t29443695\t.\tG\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100"

IN_DOUBT = {
    "filtered": (
        "chr7\t140453136\t.\tA\tT\t.\tlow_vaf\t.\tGT:AD:DP\t0/1:99,1:100",
        "FILTER low_vaf",
    ),
    "denied": (
        "chr7\t140453136\t.\tA\tT\t.\tPASS\t.\tGT:AD:DP\t0/0:90,10:100",
        "the genotype denies what some reads show",
    ),
    "not carried": (
        "chr7\t140453136\t.\tA\tT\t.\tPASS\t.\tGT:AD:DP\t0/0:100,0:100",
        "the sample does not carry it",
    ),
    "not said": (
        "chr7\t140453136\t.\tA\tT\t.\tPASS\t.\tGT:AD:DP\t./.:.:.",
        "neither genotype nor reads say whether the sample carries it",
    ),
    "bad allele": (
        "chr7\t140453136\t.\tX\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100",
        "REF: found 'X'",
    ),
    "a reference that is not the genome's": (
        "chr7\t140453136\t.\tC\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100",
        "reference allele: the file says C at 7:140453136",
    ),
}


def others(made):
    return [f"{a.gene} {a.name}" for a in made.tumour.alterations if a.kind == "small variant"]


def reasons(made):
    return {s.reason: s.count for account in made.provenance.inputs for s in account.set_aside}


def test_plain_rows_become_findings_with_their_reads(desk):
    made = desk.report(variants=[desk.vcf(V600E, L858R, header=HEADER)])
    assert others(made) == ["BRAF V600E", "EGFR L858R"]
    (support,) = made.tumour.alterations[0].support
    assert (support.vaf, support.alternate_reads, support.depth_reads) == (0.1, 10, 100)
    assert reasons(made) == {}


def test_they_move_nothing_about_alk(desk):
    alone = desk.report(variants=[desk.vcf(ALK_37, header=HEADER)])
    both = desk.report(variants=[desk.vcf(ALK_37, V600E, L858R, header=HEADER)])
    assert both.tumour.readings == alone.tumour.readings
    assert both.tumour.rejected_changes == alone.tumour.rejected_changes == ()
    assert {c.code for c in both.caveats} == {c.code for c in alone.caveats}


@pytest.mark.parametrize("doubt", IN_DOUBT)
def test_rows_in_doubt_are_counted_and_raise_no_caveat(desk, doubt):
    row, reason = IN_DOUBT[doubt]
    alone = desk.report(variants=[desk.vcf(ALK_37, header=HEADER)])
    made = desk.report(variants=[desk.vcf(ALK_37, row, header=HEADER)])
    assert others(made) == others(alone)
    assert [c.text for c in made.caveats] == [c.text for c in alone.caveats]
    assert made.tumour.rejected_changes == ()
    (told,) = reasons(made)
    assert told.startswith(reason)


def test_a_file_whose_rows_elsewhere_are_odd_is_still_read(desk):
    odd = [
        f"chr7\t{position}\t.\tX\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100"
        for position in range(55_259_500, 55_259_510)
    ]
    made = desk.report(variants=[desk.vcf(ALK_37, *odd, header=HEADER)])
    assert sum(reasons(made).values()) == 10
    assert made.tumour.readings


def test_without_a_build_a_file_without_alk_is_read_as_before(desk):
    deletion = "chr7\t55242464\t.\tAGGAATTAAGAGAAGC\tA\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100"
    made = desk.report(variants=[desk.vcf(V600E, deletion, header="##fileformat=VCFv4.2\n")])
    assert others(made) == ["BRAF V600E"]
    assert reasons(made) == {"not assessed: the build is not stated": 1}


def test_a_maf_states_a_change_that_no_table_names(desk):
    row = "TP53\tGRCh37\t17\t7577100\tMissense_Mutation\tT\tT\tC\tS\tp.R280G"
    other = "EGFR\tGRCh37\t7\t55211080\tMissense_Mutation\tG\tG\tA\tS\t"
    made = desk.report(variants=[desk.maf(row, other)])
    assert others(made) == ["TP53 R280G"]
    assert reasons(made) == {"not assessed: a change of EGFR that no table names": 1}


def test_driver_fusions_stand_beside_alk_and_their_reciprocals_do_not(desk):
    table = desk.fusions(
        ("EML4", "chr2:42264731:+", "ALK", "chr2:29223528:-", 20),
        ("CCDC6", "chr10:59906122:-", "RET", "chr10:43116584:+", 12),
        ("RET", "chr10:43116584:+", "CCDC6", "chr10:59906122:-", 3),
        ("CD74", "chr5:150404680:-", "ROS1", "chr6:117324415:-", 5),
        ("TMPRSS2", "chr21:41508081:-", "ERG", "chr21:38445621:-", 9),
    )
    made = desk.report(fusions=[table], genome="GRCh38")
    assert made.tumour.fusion.name == "EML4::ALK"
    found = [a for a in made.tumour.alterations if a.kind == "fusion"]
    assert [(a.five_prime_gene, a.three_prime_gene) for a in found] == [
        ("CCDC6", "RET"),
        ("CD74", "ROS1"),
    ]
    assert found[0].note == "specimen, fusions.tsv:3"
    assert reasons(made) == {
        "RET drives on the 3' side and stands on the other": 1,
        "no ALK in it": 1,
    }


def test_a_driver_fusion_of_two_tables_stands_once(desk):
    row = ("CCDC6", "chr10:59906122:-", "RET", "chr10:43116584:+", 12)
    one = desk.fusions(row)
    other = desk.write(
        "data_fusions.txt",
        "Hugo_Symbol\tTumor_Sample_Barcode\tFusion\tFrame\tComments\n"
        "CCDC6\tS\tRET-CCDC6 fusion\tout of frame\t\n"
        "RET\tS\tRET-CCDC6 fusion\tout of frame\t\n"
        "RET\tS\tRET-intragenic\tunknown\t\n",
    )
    made = desk.report(fusions=[one, other], genome="GRCh38")
    (found,) = (a for a in made.tumour.alterations if a.kind == "fusion")
    assert (found.five_prime_gene, found.three_prime_gene) == ("CCDC6", "RET")
    assert "out of frame in the words of data_fusions.txt" in found.note
    assert reasons(made) == {"no ALK in it": 1}
    alone = desk.report(fusions=[other], genome="GRCh38")
    (found,) = (a for a in alone.tumour.alterations if a.kind == "fusion")
    assert found.note.endswith("the table does not say which gene is the 5' one")
