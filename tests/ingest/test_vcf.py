"""VCF: golden rows of several callers, laws of the account, and what is no VCF."""

from __future__ import annotations

import gzip

import pysam
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vcf_rows import read, reasons, row

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.regions import GeneRegion, Regions
from alkanet.ingest.samples import NOT_CARRIED
from alkanet.ingest.vcf import DENIED, NOT_SAID
from alkanet.model.alteration import Genome


def test_mutect2_rows(data, alk):
    content = read(data / "vcf" / "mutect2.vcf", alk)
    assert content.genome is Genome.GRCH38
    first, second = content.calls.variants
    assert (first.position, first.reference, first.alternate) == (29_220_747, "C", "T")
    assert (first.alternate_reads, first.depth_reads, first.vaf) == (30, 130, 0.23)
    assert (first.chromosome, first.specimen, first.origin.line) == ("2", "biopsy", 17)
    assert (first.phase_set, first.phase_allele) == ("29220747", 1)
    assert second.alternate == "T"
    assert (second.phase_set, second.phase_allele) == ("29220747", 1)
    assert [call.filters for call in content.calls.filtered] == [("weak_evidence",)]
    assert reasons(content) == {
        "FILTER weak_evidence": (19,),
        "ALT <DEL> is a symbolic allele": (20,),
        NOT_CARRIED: (21,),
        "outside the genes that are read (ALK)": (22,),
    }
    assert [row.line for row in content.ledger.touched] == [19, 20]
    assert content.account().used == 2


def test_the_same_file_read_for_the_other_sample_has_one_call(data, alk):
    content = read(data / "vcf" / "mutect2.vcf", alk, sample="BLOOD")
    assert [call.position for call in content.calls.variants] == [29_222_600]


def test_strelka_counts(data, alk):
    content = read(data / "vcf" / "strelka.vcf", alk)
    assert content.genome is Genome.GRCH37
    substitution, insertion = content.calls.variants
    assert (substitution.alternate_reads, substitution.depth_reads) == (30, 120)
    assert substitution.vaf == 0.25
    assert (insertion.alternate_reads, insertion.vaf) == (20, 0.2)


def test_sites_only_takes_info_and_unknown_is_none(data, alk):
    with_reads, without = read(data / "vcf" / "sites_only.vcf", alk).calls.variants
    assert (with_reads.alternate_reads, with_reads.depth_reads, with_reads.vaf) == (12, 1000, 0.012)
    assert (without.alternate_reads, without.depth_reads, without.vaf) == (None, None, None)


def test_tcga_style_fields(data, alk):
    content = read(data / "vcf" / "tcga_style.vcf", alk, genome=Genome.GRCH37)
    (call,) = content.calls.variants
    assert (call.alternate_reads, call.depth_reads) == (8, 29)
    assert call.vaf == pytest.approx(8 / 29)
    assert call.genome is Genome.GRCH37


@pytest.mark.parametrize(
    ("fmt", "value", "expected"),
    [
        ("GT:AD:DP", "0/1:90,10:105", (10, 105, 0.1)),
        ("GT:DP:RD:AD:FREQ:DP4", "0/1:100:88:12:12%:40,48,6,6", (12, 100, 0.12)),
        ("GT:DP4", "0/1:40,40,10,10", (20, 100, 0.2)),
        ("GT:VF:DP", "0/1:0.031:1000", (None, 1000, 0.031)),
        ("GT:RO:AO", "0/1:75:25", (25, 100, 0.25)),
        ("GT:DP:VD", "0/1:200:20", (20, 200, 0.1)),
        ("GT:NR:NV", "0/1:50:5", (5, 50, 0.1)),
        ("GT:AD", "0/1:.", (None, None, None)),
        ("GT:AD:DP", "0/1:.,.:.", (None, None, None)),
        ("GT:AF", "0/1:7.5", (None, None, None)),
        ("GT:AD:DP", "0/1", (None, None, None)),
        ("GT:AD:DP", "0/1:90,10:3", (10, 100, 0.1)),
    ],
)
def test_how_callers_spell_reads(vcf, alk, fmt, value, expected):
    (call,) = read(vcf(row(fmt=fmt, value=value)), alk).calls.variants
    assert (call.alternate_reads, call.depth_reads, call.vaf) == pytest.approx(expected)


def test_info_af_of_a_population_or_of_genotypes_is_no_vaf(vcf, alk):
    population = (
        '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency in 1000G populations">'
    )
    for path in (
        vcf(row(info="AF=0.5", fmt="GT", value="0/1"), header=(population,)),
        vcf(row(info="AC=1;AN=2;AF=0.5", fmt="GT", value="0/1")),
    ):
        (call,) = read(path, alk).calls.variants
        assert call.vaf is None


def test_several_alternate_alleles_take_their_own_counts(vcf, alk):
    first, second = read(vcf(row(alt="T,A", value="1/2:60,30,10")), alk).calls.variants
    assert (first.alternate, first.alternate_reads) == ("T", 30)
    assert (second.alternate, second.alternate_reads) == ("A", 10)
    content = read(vcf(row(alt="T,<DEL>,*", value="1/2:60,30,10,0")), alk)
    assert [call.alternate for call in content.calls.variants] == ["T"]
    assert content.ledger.used == 1


@pytest.mark.parametrize(
    ("fmt", "value", "phase"),
    [
        ("GT:PS:AD", "0|1:77:9,9", ("77", 1)),
        ("GT:PS:AD", "1|0:77:9,9", ("77", 0)),
        ("GT:AD", "1|0:9,9", ("2", 0)),
        ("GT:PS:AD", "0/1:77:9,9", (None, None)),
        ("GT:AD", "1|1:0,18", (None, None)),
        ("GT:PGT:PID:AD", "0/1:0|1:29_C_T:9,9", ("29_C_T", 1)),
    ],
)
def test_phase(vcf, alk, fmt, value, phase):
    (call,) = read(vcf(row(fmt=fmt, value=value)), alk).calls.variants
    assert (call.phase_set, call.phase_allele) == phase


@pytest.mark.parametrize(
    ("fmt", "value", "is_carried"),
    [
        ("GT:AD", "0/0:100,0", False),
        ("GT:AD", "./.:100,0", False),
        ("GT:AF", "./.:0.0", False),
        ("GT", "0/0", False),
        ("GT", "0|0", False),
        ("AD", "100,0", False),
        ("GT:AD", "./.:98,2", True),
        ("GT:AD", "./.:98.0,2.0", True),
        ("GT", "./1", True),
        ("DP", "100", True),
        ("GT:AD", "1:0,9", True),
        ("GT", "./.", None),
        ("GT", ".", None),
        ("GT", "", None),
        ("GT", "./0", None),
        ("GT", "0\\1", None),
        ("GT", "het", None),
        ("GT:AD:DP", "./.:.:.", None),
        ("GT:AD:DP", "./.:.,.:.", None),
        ("GT:AD:DP", "./.:0,0:0", None),
        ("GT:AD:DP", "0/0:0,0:0", None),
        ("GT:DP", "0/0:0", None),
        ("AD:DP", ".:.", None),
    ],
)
def test_carried_or_not_or_not_known(vcf, alk, fmt, value, is_carried):
    content = read(vcf(row(fmt=fmt, value=value)), alk)
    expected = {True: {}, False: {NOT_CARRIED: (3,)}, None: {NOT_SAID: (3,)}}[is_carried]
    assert reasons(content) == expected
    assert len(content.calls.variants) == (is_carried is True)
    assert [row.line for row in content.ledger.touched] == ([3] if is_carried is None else [])


@pytest.mark.parametrize(
    ("alt", "reason"),
    [
        ("<DUP:TANDEM>", "ALT <DUP:TANDEM> is a symbolic allele"),
        ("N[chr2:42295516[", "ALT is a breakend; fusions are read from a fusion table"),
        ("G.", "ALT is a breakend; fusions are read from a fusion table"),
        ("*", "ALT * (the base is deleted by another row)"),
        (".", "no alternate allele"),
        ("<NON_REF>", "no alternate allele"),
        ("C", "ALT equals REF"),
        ("N", "ALT holds bases that are not known (N)"),
        ("TN", "ALT holds bases that are not known (N)"),
    ],
)
def test_what_is_no_small_variant_is_set_aside_by_name(vcf, alk, alt, reason):
    assert reasons(read(vcf(row(alt=alt)), alk)) == {reason: (3,)}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("chr2\t29220747\t.", "number of columns: found '3', expected 10, as the header has"),
        (row(position="29,220,747"), "POS: found '29,220,747', expected a whole number"),
        (row(chromosome=""), "CHROM: found '', expected a chromosome"),
        (row(position="²"), "POS: found '²', expected a whole number"),
        (row(ref="R"), "REF: found 'R', expected bases (ACGTN)"),
        (row(alt="C>T"), "ALT: found 'C>T', expected bases (ACGTN)"),
    ],
)
def test_a_bad_row_in_a_good_file_is_set_aside(vcf, alk, bad, reason):
    content = read(vcf(row(), bad, row(29_220_765, "G")), alk)
    assert reasons(content) == {reason: (4,)}
    assert len(content.calls.variants) == 2


def test_mostly_malformed_is_not_what_it_claims(vcf, alk):
    with pytest.raises(InputError, match=r"calls\.vcf:3: POS: found 'x'; 2 of 3 rows") as told:
        read(vcf(row(position="x"), row(position="y"), row()), alk)
    assert "columns separated by tabs" in str(told.value)


def test_a_blank_line_ends_nothing(vcf, alk):
    content = read(vcf(row(), "", "  ", row(29_220_765, "G"), ""), alk)
    assert [call.position for call in content.calls.variants] == [29_220_747, 29_220_765]
    assert content.ledger.rows == 2


def test_a_long_deletion_that_reaches_into_the_gene_is_read(vcf, alk):
    content = read(vcf(row(29_192_770, "ACGTACGT", "A")), alk, genome=Genome.GRCH38)
    assert len(content.calls.variants) == 1


def test_an_overlong_row_is_set_aside_and_the_others_are_read(vcf, alk):
    path = vcf(row(), row(info="X" * 5_000_000), row(29_220_765, "G"))
    content = read(path, alk)
    assert len(content.calls.variants) == 2
    assert reasons(content) == {"the line is longer than 4 MiB": (4,)}


def test_what_is_no_vcf_is_told(write, vcf, alk):
    for text, message in (
        ("Hugo_Symbol\tChromosome\n", r"a\.vcf:1: is not a VCF.*##fileformat=VCFv4"),
        ("##fileformat=VCFv4.2\n##source=x\n", "header line #CHROM is missing"),
        ("##fileformat=VCFv4.2\n" + row() + "\n", r"a\.vcf:2: a row stands before the header"),
        ("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\n", r"a\.vcf:2: ALT: .*4 column"),
        ("##fileformat=VCFv4.2\n#CHROM POS ID REF ALT\n", "write tabs"),
    ):
        with pytest.raises(InputError, match=message):
            read(write("a.vcf", text), alk)
    with pytest.raises(UnsupportedError, match="VCF version 3"):
        read(write("a.vcf", "##fileformat=VCFv3.3\n"), alk)


def test_choice_of_sample(vcf, alk):
    columns = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT TISSUE PLASMA"
    line = row() + "\t0/0:100,0"
    path = vcf(line, columns=columns)
    with pytest.raises(InputError, match=r"holds 2 samples: TISSUE, PLASMA.*--sample"):
        read(path, alk)
    with pytest.raises(InputError, match=r"no sample 'PLASM'.*Did you mean 'PLASMA'"):
        read(path, alk, sample="PLASM")
    assert len(read(path, alk, sample="TISSUE").calls.variants) == 1
    assert not read(path, alk, sample="PLASMA").calls.variants
    with pytest.raises(InputError, match="no sample 'PATIENT'; its sample is T"):
        read(vcf(row()), alk, sample="PATIENT")
    told = vcf(line, columns=columns, header=("##tumor_sample=PLASMA",))
    assert set(reasons(read(told, alk))) == {NOT_CARRIED}
    pair = vcf(line, columns=columns.replace("TISSUE", "NORMAL").replace("PLASMA", "TUMOR"))
    assert set(reasons(read(pair, alk))) == {NOT_CARRIED}


@pytest.mark.parametrize(
    ("header", "genome"),
    [
        (("##contig=<ID=chr2,length=242193529>",), Genome.GRCH38),
        (("##contig=<ID=1,length=249250621,assembly=b37>",), Genome.GRCH37),
        (("##reference=file:///x/hg19.fa",), Genome.GRCH37),
        (("##contig=<ID=chr5,length=1,assembly=GRCh38>",), Genome.GRCH38),
        (("##reference=hg19.fa", "##new_reference_genome=hg38.fa"), Genome.GRCH38),
        (("##reference=hg19.fa", "##liftOverChainFile=hg19ToHg38.over.chain"), Genome.GRCH38),
        (("##reference=genome.fa",), None),
    ],
)
def test_genome_of_the_header(vcf, alk, header, genome):
    assert read(vcf(row(29_443_613), header=header), alk).genome == genome


def test_wrong_genome_is_told(vcf, alk):
    path = vcf(row(), header=("##reference=hg19.fa",))
    with pytest.raises(
        InputError, match=r"calls\.vcf:2: genome: .*on GRCh37, but GRCh38 was given"
    ):
        read(path, alk, genome=Genome.GRCH38)
    both = ("##reference=hg19.fa", "##contig=<ID=chr2,length=242193529>")
    with pytest.raises(InputError, match=r"GRCh37 \(line 2\) and GRCh38 \(line 3\).*--genome"):
        read(vcf(row(), header=both), alk)
    assert read(vcf(row(), header=both), alk, genome=Genome.GRCH38).genome is Genome.GRCH38
    with pytest.raises(UnsupportedError, match="hg18"):
        read(vcf(row(), header=("##reference=hg18.fa",)), alk)


def test_joined_files_keep_their_samples(vcf, alk):
    same = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT"
    assert (
        len(
            read(vcf(row(), "##fileformat=VCFv4.2", same, row(29_220_765, "G")), alk).calls.variants
        )
        == 2
    )
    with pytest.raises(InputError, match="second header with other samples"):
        read(vcf(row(), same + "2"), alk)


_LINES = st.sampled_from(
    [
        row(),
        row(alt="T,<DEL>", value="0/1:9,9,0"),
        row(alt="<DEL>"),
        row(filters="LowQual"),
        row(value="0/0:9,0"),
        row(chromosome="7"),
        row(position="x"),
        row(ref="?"),
        row(position=0),
        "garbage",
        "a\tb\tc\td\te\tf\tg\th\ti\tj",
        "",
        "   ",
    ]
) | st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"]), max_size=30)


@given(st.lists(_LINES, max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_every_row_is_used_or_set_aside(vcf, alk, lines):
    path = vcf(*lines)
    data_rows = [line for line in lines if line.strip() and not line.startswith("#")]
    try:
        content = read(path, alk, genome=Genome.GRCH38)
    except InputError:
        return
    account = content.account()
    assert account.rows == len(data_rows)
    assert account.used + sum(entry.count for entry in account.set_aside) == account.rows
    used = {call.origin.line for call in content.calls.variants}
    assert len(used) == account.used


@pytest.mark.parametrize("packing", ["plain", "gzip", "bgzip"])
def test_pysam_reads_the_same(tmp_path, data, alk, packing):
    path = data / "vcf" / "mutect2.vcf"
    # htslib cannot seek in plain gzip, so there the oracle reads the file it was made from
    oracle = path
    if packing == "gzip":
        packed = tmp_path / "a.vcf.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        path = packed
    elif packing == "bgzip":
        packed = tmp_path / "b.vcf.gz"
        pysam.tabix_compress(str(path), str(packed))
        path = oracle = packed
    content = read(path, alk)
    ours = [
        (call.position, call.reference, call.alternate, call.alternate_reads, call.depth_reads)
        for call in content.calls.variants + content.calls.filtered
    ]
    theirs = []
    with pysam.VariantFile(str(oracle)) as variants:
        for record in variants:
            sample = record.samples["BIOPSY"]
            for index, allele in enumerate(record.alts):
                if record.chrom == "chr2" and allele.isalpha() and sample["AD"][index + 1]:
                    counts = (sample["AD"][index + 1], sample["DP"])
                    theirs.append((record.pos, record.ref, allele, *counts))
    assert sorted(ours) == sorted(theirs)


@pytest.mark.parametrize(
    ("name", "genome"),
    [
        ("T001-COAD.grch37.vcf.gz", Genome.GRCH37),
        ("T001-COAD.grch38.vcf.gz", Genome.GRCH38),
    ],
)
def test_pysam_reads_the_same_of_real_files(shared, name, genome):
    path = shared / "pcgr" / name
    everywhere = Regions(
        tuple(
            GeneRegion("any", genome, chromosome, 1, 300_000_000)
            for chromosome in [*map(str, range(1, 23)), "X", "Y"]
        )
    )
    content = read(path, everywhere, genome=genome)
    with pysam.VariantFile(str(path)) as variants:
        theirs = [
            (record.chrom, record.pos, record.ref, record.alts[0], sample["DPT"])
            for record in variants
            for sample in record.samples.values()
        ]
    ours = [
        (call.chromosome, call.position, call.reference, call.alternate, call.depth_reads)
        for call in content.calls.variants
    ]
    assert ours == theirs
    assert all(call.vaf is not None for call in content.calls.variants)
    # one row was lifted over with its alleles swapped: its genotype says 1/1, its reads none
    assert sum(call.alternate_reads == 0 for call in content.calls.variants) <= 1


def test_a_real_strelka_file(shared):
    wanted = Regions((GeneRegion("any", Genome.GRCH37, "1", 1, 1_000_000),))
    content = read(shared / "cnvkit" / "strelka.vcf", wanted)
    counts = [(call.alternate_reads, call.depth_reads) for call in content.calls.variants]
    assert counts == [(16, 33), (28, 30), (5, 20)]


def test_reads_that_the_genotype_denies_are_kept_as_a_rejected_call(vcf, alk):
    """A hotspot file has a row of each: 2 reads of 100 under 0/0 are no call, and no silence."""
    content = read(vcf(row(fmt="GT:AD", value="0/0:98,2")), alk)
    assert content.calls.variants == ()
    (call,) = content.calls.filtered
    assert call.filters == ("genotype 0/0",)
    assert call.alternate_reads == 2
    assert reasons(content) == {DENIED: (3,)}
