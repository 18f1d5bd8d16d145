"""Coordinates of the other build must never end in a wild type that nobody doubts.

G1202R is chr2:29220747 on GRCh38 and chr2:29443613 on GRCh37, where the other build has an intron
of ALK or nothing of ALK at all: no reference base can refute it there.
"""

import pytest

from alkanet.errors import InputError

HEADER_38 = "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n"
HEADER_37 = "##fileformat=VCFv4.2\n##contig=<ID=2,length=243199373>\n"
BARE = "##fileformat=VCFv4.2\n"

ON_37, ON_38 = ("29443613", "C", "T"), ("29220747", "C", "T")


@pytest.mark.parametrize(
    ("row", "header", "genome"),
    [
        (ON_37, BARE, "GRCh38"),
        (ON_38, BARE, "GRCh37"),
        (ON_37, HEADER_38, None),
        (ON_38, HEADER_37, None),
    ],
    ids=["37 told as 38", "38 told as 37", "37 under a header of 38", "38 under a header of 37"],
)
def test_a_kinase_mutation_of_the_other_build_is_not_wild_type(desk, row, header, genome):
    file = desk.vcf(row, header=header)
    assert desk.speaks(variants=[file], genome=genome)


@pytest.mark.parametrize("protein", ["p.G1202R", "p.Gly1202Arg"])
def test_a_maf_row_that_names_a_kinase_mutation_is_not_passed_over_as_intron(desk, protein):
    file = desk.maf(f"ALK\tGRCh38\t2\t29443613\tMissense_Mutation\tC\tC\tT\tS1\t{protein}")
    assert desk.speaks(variants=[file])


def test_rna_breakpoints_of_the_other_build_are_not_placed_deep_in_introns(desk):
    file = desk.fusions(("EML4", "chr2:42491871:+", "ALK", "chr2:29446394:-", 41))
    with pytest.raises(InputError, match="GRCh37 and not on GRCh38"):
        desk.report(fusions=[file], genome="GRCh38", assay=None)
