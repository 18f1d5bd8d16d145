"""VCF rows that are not understood: told where they may be about a gene that is read."""

from __future__ import annotations

import pytest
from vcf_rows import read, row

from alkanet.errors import InputError
from alkanet.ingest.ledger import MAX_REASONS
from alkanet.model.alteration import Genome


def test_info_that_counts_no_read_does_not_negate_a_row_without_samples(vcf, alk):
    columns = "#CHROM POS ID REF ALT QUAL FILTER INFO"
    for info in ("AF=0.0", "AF=0", "DP=0;AF=0.0", "AO=0;RO=100"):
        line = row(info=info).rsplit("\t", 2)[0]
        (call,) = read(vcf(line, columns=columns), alk).calls.variants
        assert (call.alternate_reads, call.vaf) == (None, None)


def test_an_allele_that_is_dropped_beside_one_that_is_used_is_told(vcf, alk):
    content = read(vcf(row(alt="T,<DEL>", value="1/2:60,30,10")), alk)
    assert content.ledger.used == len(content.calls.variants) == 1
    ((line, reason),) = [(row.line, row.reason) for row in content.ledger.touched]
    assert (line, reason) == (3, "in part: ALT <DEL> is a symbolic allele")
    for alt, value in (
        ("T,<DEL>", "0/1:60,30,0"),
        ("T,<NON_REF>", "0/1:60,30,0"),
        ("T,*", "1/2:60,30,9"),
    ):
        content = read(vcf(row(alt=alt, value=value)), alk)
        assert (content.ledger.used, content.ledger.touched) == (1, ())


@pytest.mark.parametrize(
    ("changed", "is_told"),
    [
        ({"alt": "G]chr2:29223528]"}, True),
        ({"alt": "[chr02:29223528[G"}, True),
        ({"alt": "G]chr7:29223528]"}, False),
        ({"alt": "<INV>", "info": "SVTYPE=INV;END=29223528"}, True),
        ({"alt": "<TRA>", "info": "CHR2=chr2;END=29223528", "chromosome": "chr10"}, True),
        ({"alt": "<INV>", "info": "END=29223528", "chromosome": "chr10"}, False),
        ({"alt": "<NON_REF>", "info": "END=29223528"}, False),
    ],
)
def test_an_allele_whose_other_side_lies_in_the_gene_is_told(vcf, alk, changed, is_told):
    content = read(vcf(row(42_264_731, "G", **changed)), alk)
    assert content.calls.variants == ()
    assert [row.line for row in content.ledger.touched] == ([3] if is_told else [])


BREAKEND = row(42_264_731, "G", "G]chr2:29223528]")
ELSEWHERE = row(55_000_000, chromosome="chr7")


@pytest.mark.parametrize(
    ("rows", "can_show"),
    [
        ((), True),
        ((BREAKEND,), False),
        ((BREAKEND, row(alt="<DEL>"), row(alt="G.,<DUP>")), False),
        ((row(55_000_000, alt="<DEL>", chromosome="chr7"),), False),
        ((BREAKEND, ELSEWHERE), True),
        ((BREAKEND, row(alt="<DEL>,T", value="0/1:60,30,0")), True),
        ((BREAKEND, row(value="0/0:90,0")), True),
        ((BREAKEND, row(filters="weak")), True),
        ((row(alt="<NON_REF>"),), True),
        ((row(alt="."),), True),
        ((*[BREAKEND] * 3, BREAKEND.rpartition("\t")[0]), True),
        ((BREAKEND, row(info="X" * 5_000_000)), True),
    ],
)
def test_a_file_of_structural_alleles_alone_cannot_show_a_mutation(vcf, alk, rows, can_show):
    assert read(vcf(*rows), alk).can_show_mutations is can_show


def test_reasons_beyond_count_do_not_let_structural_alleles_show_mutations(vcf, alk):
    rows = [row(alt=f"<DEL:{number}>") for number in range(MAX_REASONS + 1)]
    assert not read(vcf(*rows), alk).can_show_mutations


G1202R = row()


@pytest.mark.parametrize(
    ("bad", "is_told"),
    [
        (G1202R.rpartition("\t")[0], True),
        (G1202R + "\tmore", True),
        (G1202R.replace("\t", " "), True),
        (G1202R.partition("\t")[2], True),
        (row(position="29,220,747"), True),
        (row(position="29220747.0"), True),
        (row(position="2.9e7"), True),
        (row(position="9" * 5000), True),
        (row(chromosome=""), True),
        (row(info="X" * 5_000_000), True),
        (row(29_192_000, ref="C" * 5_000_000), True),
        (row(29_192_000, ref="C" * 2_000).rpartition("\t")[0], True),
        ("garbage", True),
        (row(chromosome="chr7").rpartition("\t")[0], False),
        (row(chromosome="chr7", position="29,220,747"), False),
        (row(25_234_373).rpartition("\t")[0], False),
        (row(25_234_373, info="X" * 5_000_000), False),
    ],
)
def test_a_malformed_row_is_told_unless_it_is_elsewhere(vcf, alk, bad, is_told):
    content = read(vcf(row(), bad, row()), alk)
    assert len(content.calls.variants) == 2
    assert [row.line for row in content.ledger.touched] == ([4] if is_told else [])


@pytest.mark.parametrize(
    ("name", "genome"),
    [
        ("02", None),
        ("Chromosome_2", None),
        ("CM000664.2", Genome.GRCH38),
        ("NC_000002.11", Genome.GRCH37),
    ],
)
def test_chromosomes_under_many_names(vcf, alk, name, genome):
    content = read(vcf(row(chromosome=name)), alk)
    assert [(call.chromosome, call.genome) for call in content.calls.variants] == [("2", genome)]
    assert content.genome is genome


def test_accessions_that_contradict_the_header_the_user_or_each_other(vcf, alk):
    line = row(chromosome="NC_000002.12")
    for path, genome in (
        (vcf(line), Genome.GRCH37),
        (vcf(line, header=("##reference=hg19.fa",)), None),
        (vcf(row(chromosome="NC_000007.13"), line), None),
    ):
        with pytest.raises(InputError, match="CHROM: the file is on GRCh38, but GRCh37"):
            read(path, alk, genome=genome)
    header = ("##contig=<ID=NC_000002.12>",)
    assert read(vcf(row(), header=header), alk).genome is Genome.GRCH38


def test_a_build_that_a_later_row_states_is_that_of_all_rows(vcf, alk):
    content = read(vcf(row(), row(chromosome="NC_000007.14")), alk)
    assert [call.genome for call in content.calls.variants] == [Genome.GRCH38]


def test_a_file_whose_chromosomes_nobody_knows_is_told(vcf, alk):
    with pytest.raises(InputError, match=r"calls\.vcf:3: CHROM: found 'II', and no row"):
        read(vcf(row(chromosome="II"), row(chromosome="VII")), alk)
    assert read(vcf(row(chromosome="GL000220.1"), row()), alk).ledger.used == 1


def test_rows_in_the_gene_on_either_build_are_kept(vcf, alk):
    path = vcf(row(29_220_747), row(29_443_613), row(30_100_000))
    for genome in (None, *Genome):
        assert len(read(path, alk, genome=genome).calls.variants) == 3


def test_a_contig_of_any_length_is_read(vcf, alk):
    header = (f"##contig=<ID=2,length={'9' * 5000}>", "##contig=<ID=chr02,length=242193529>")
    assert read(vcf(row(), header=header), alk).genome is Genome.GRCH38
