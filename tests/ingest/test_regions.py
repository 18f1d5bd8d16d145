"""Which part of the genome is read, and how files name chromosomes and builds."""

from __future__ import annotations

import pytest

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.genome_names import agreed_genome, check_is_read, genome_named
from alkanet.ingest.regions import Regions, chromosome_name
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


def test_regions_of_transcripts_are_padded_and_kept_by_build():
    regions = Regions.from_transcripts(
        [
            _transcript(Genome.GRCH37, 29_415_640, 30_144_432),
            _transcript(Genome.GRCH38, 29_192_774, 29_921_566),
        ],
        padding=100,
    )
    assert regions.genes == ("ALK",)
    assert regions.outside == "outside the genes that are read (ALK)"
    assert regions.gene_at(Genome.GRCH37, "2", 29_415_540) == "ALK"
    assert regions.gene_at(Genome.GRCH37, "2", 29_415_539) is None
    assert regions.gene_at(Genome.GRCH37, "2", 29_415_530, length=11) == "ALK"
    assert regions.gene_at(Genome.GRCH37, "2", 29_200_000) is None
    assert regions.gene_at(None, "2", 29_200_000) == "ALK"
    assert regions.gene_at(None, "3", 29_200_000) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("chr2", "2"), ("Chr2", "2"), ("2", "2"), ("NC_000002.11", "2"), ("chrx", "X"), ("23", "X")],
)
def test_chromosome_names(text, name):
    assert chromosome_name(text) == name


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
