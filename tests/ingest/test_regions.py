"""Which part of the genome is read, and how files name chromosomes and builds."""

from __future__ import annotations

import pytest

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.chromosomes import chromosome_name, genome_of_accession, is_chromosome
from alkanet.ingest.genome_names import agreed_genome, check_is_read, genome_named
from alkanet.ingest.regions import Regions
from alkanet.model.alteration import Genome
from alkanet.model.gene import Exon, Transcript


def _transcript(genome, start, end):
    return Transcript(
        gene="ALK",
        accession="NM_004304.5",
        genome=genome,
        chromosome="2",
        strand="-",
        exons=(Exon(number=1, start=end - 9, end=end), Exon(number=2, start=start, end=start + 9)),
    )


def test_regions_of_transcripts_are_padded_and_hold_on_both_builds():
    regions = Regions.from_transcripts(
        [
            _transcript(Genome.GRCH37, 29_415_640, 30_144_432),
            _transcript(Genome.GRCH38, 29_192_774, 29_921_566),
        ],
        padding=100,
    )
    assert regions.genes == ("ALK",)
    assert regions.outside == "outside the genes that are read (ALK)"
    assert regions.gene_at("2", 29_192_674) == "ALK"
    assert regions.gene_at("2", 29_192_673) is None
    assert regions.gene_at("2", 29_192_670, length=11) == "ALK"
    assert regions.gene_at("2", 30_144_532) == "ALK"
    assert regions.gene_at("2", 30_144_533) is None
    assert regions.gene_at("3", 29_200_000) is None


@pytest.mark.parametrize(
    ("chromosome", "position", "gene"),
    [
        ("chr2", "29220747", "ALK"),
        ("chr2", "29,220,747", "ALK"),
        ("chr2", "1000", None),
        ("chr7", "", None),
        ("", "1000", "ALK"),
        ("a contig", "1000", "ALK"),
    ],
)
def test_what_may_be_about_a_gene(alk, chromosome, position, gene):
    assert alk.gene_not_excluded(chromosome, position, length=1) == gene


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((text, "2") for text in ("chr2", "Chr2", "2", "02", "chr02", "2.0", " 2 ", "CHR_2")),
        *((text, "2") for text in ("chromosome2", "Chromosome_2", "Chromosome 2")),
        *((text, "2") for text in ("NC_000002.11", "NC_000002", "CM000664.2", "cm000664.1")),
        *((text, "X") for text in ("chrx", "23", "X", "CM000685.2", "NC_000023.10")),
        *((text, "MT") for text in ("M", "chrM", "chrMT", "NC_012920.1")),
        *((text, "22") for text in ("22", "CM000684.1", "NC_000022.11")),
    ],
)
def test_chromosome_names(text, name):
    assert chromosome_name(text) == name
    assert is_chromosome(name)


@pytest.mark.parametrize(
    "text", ["", "0", "25", "chr2_KI270776v1_alt", "GL000220.1", "CM000662.1", "NC_000025.1"]
)
def test_other_names_stay_as_they_are(text):
    assert chromosome_name(text) == text
    assert not is_chromosome(chromosome_name(text))


@pytest.mark.parametrize(
    ("text", "genome"),
    [
        ("NC_000002.11", Genome.GRCH37),
        ("NC_000002.12", Genome.GRCH38),
        ("NC_000007.13", Genome.GRCH37),
        ("NC_000024.10", Genome.GRCH38),
        ("CM000664.1", Genome.GRCH37),
        ("CM000664.2", Genome.GRCH38),
        ("CM000664", None),
        ("chr2", None),
    ],
)
def test_the_version_of_an_accession_states_the_build(text, genome):
    assert genome_of_accession(text, file="a", line=1) == genome


def test_an_accession_of_another_build_is_not_read():
    for text in ("NC_000002.10", "NC_000002.13", "CM000664.3"):
        with pytest.raises(UnsupportedError, match=f"a:7: the genome build of {text}"):
            genome_of_accession(text, file="a", line=7)


@pytest.mark.parametrize(
    ("text", "genome"),
    [
        ("hg19", Genome.GRCH37),
        ("37", Genome.GRCH37),
        ("file:///ref/hs37d5.fa.gz", Genome.GRCH37),
        ("GCF_000001405.25", Genome.GRCH37),
        ("GRCh38.p14", Genome.GRCH38),
        ("/ref/Homo_sapiens_assembly38.fasta", None),
        ("GCA_000001405.15_GRCh38_no_alt.fna", Genome.GRCH38),
        ("hg19ToHg38", None),
        ("", None),
    ],
)
def test_builds_by_name(text, genome):
    assert genome_named(text) == genome


def test_other_builds_are_not_read():
    for text in ("hg18", "NCBI36", "36", "chm13v2.0", "mm10"):
        with pytest.raises(UnsupportedError, match="GRCh37 or GRCh38"):
            check_is_read(text, file="a.vcf", line=2)
    check_is_read("hg19", file="a.vcf", line=2)


def test_file_and_user_must_agree():
    with pytest.raises(InputError, match="on GRCh38, but GRCh37 was given"):
        agreed_genome(Genome.GRCH38, Genome.GRCH37, file="a", line=1, field="genome")
    assert agreed_genome(None, Genome.GRCH37, file="a", line=1, field="g") is Genome.GRCH37
    assert agreed_genome(Genome.GRCH37, None, file="a", line=1, field="g") is Genome.GRCH37
