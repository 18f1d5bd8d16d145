"""All patients of a public study: their mutations outside ALK, against what the study calls them.

The study (cBioPortal lung_msk_2017, ODbL) is no part of the product: where it is absent these
tests skip. Its file gives places and bases on GRCh37 and the kind of each change, and no protein
names; the counts below are what its rows hold.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from alkanet.ingest.formats import read_file
from alkanet.model.alteration import Genome
from alkanet.normalise.other_fusions import other_fusions
from alkanet.normalise.other_genes import GeneTables, read_other_genes
from alkanet.pipeline import wanted_regions
from places import SHARED

STUDY = SHARED / "testdata" / "lung_msk_2017_a"
MUTATIONS = STUDY / "data_mutations_extended.txt"
FUSIONS = STUDY / "data_fusions.txt"

pytestmark = pytest.mark.skipif(not STUDY.is_dir(), reason="the study is not at hand")

SUPPRESSORS = ("NF2", "PTEN", "RB1", "TP53")
TRUNCATING = ("frameshift_variant", "stop_gained", "splice_acceptor", "splice_donor")


NOT_NAMED = Counter(
    {
        # a stop: the coding sequence of NF2 is not held
        ("P-0006724-T01-IM5", "NF2"): 1,
        # a base between the last one of intron 8 and the first one of exon 9
        ("P-0006402-T01-IM5", "TP53"): 1,
    }
)


def rows_of(path):
    with path.open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def samples():
    with MUTATIONS.open(encoding="utf-8") as file:
        listed = next(line for line in file if line.startswith("#sequenced_samples:"))
    return listed.split()[1:]


@pytest.fixture(scope="module")
def found(samples, kb):
    """Every sample of the study through the reader: its variants and its rows set aside."""
    wanted, tables = wanted_regions(kb), GeneTables.of(kb)
    read = {}
    for sample in samples:
        content = read_file(MUTATIONS, specimen=sample, sample=sample, genome=None, wanted=wanted)
        assert not any(row.gene != "ALK" for row in content.ledger.touched)
        read[sample] = read_other_genes(content.calls.other_variants, tables, {})
    return read


@pytest.fixture(scope="module")
def counts(found):
    return Counter(f"{v.gene} {v.name}" for one in found.values() for v in one.variants)


def test_no_row_disagrees_with_a_base_that_is_held(samples, found):
    assert len(samples) == 449
    reasons = Counter(row.reason for one in found.values() for row in one.set_aside)
    assert not [reason for reason in reasons if "reference allele" in reason]
    assert all(reason.startswith("not assessed: a change of ") for reason in reasons)


def test_hotspots_are_as_frequent_as_in_lung_cancer(counts):
    by_codon = Counter()
    for name, count in counts.items():
        by_codon[name[:-1]] += count
    assert by_codon["KRAS G12"] == 113
    assert by_codon["EGFR L858"] == 37
    assert by_codon["EGFR T790"] == 21
    assert by_codon["BRAF V600"] == 8
    assert by_codon["TP53 R273"] == 9
    assert counts["EGFR exon 19 deletion"] == 54
    assert counts["EGFR exon 20 insertion"] == 9
    assert counts["ERBB2 exon 20 insertion"] == 10
    assert counts["MET exon 14 skipping"] == 13


def test_suppressors_are_truncated_where_the_study_says_so(samples, found):
    """The study's own terms are the oracle, row by row, for what cuts a protein short."""
    told = Counter()
    for row in rows_of(MUTATIONS):
        is_somatic = row["Mutation_Status"].upper() != "GERMLINE"
        if row["Hugo_Symbol"] in SUPPRESSORS and is_somatic:
            term = row["Consequence"].split(",")[0]
            if any(term.startswith(known) for known in TRUNCATING):
                told[row["Tumor_Sample_Barcode"], row["Hugo_Symbol"]] += 1
    named = Counter(
        (sample, v.gene)
        for sample, one in found.items()
        for v in one.variants
        if v.gene in SUPPRESSORS and v.consequence != "missense_variant"
    )
    assert set(told) <= {(sample, gene) for sample in samples for gene in SUPPRESSORS}
    assert told - named == NOT_NAMED
    assert not named - told


def test_driver_fusions_of_the_study_are_read(kb):
    sides = {driver.gene: driver.side for driver in kb.driver_fusions()}
    names = Counter()
    for sample in sorted({row["Tumor_Sample_Barcode"] for row in rows_of(FUSIONS)}):
        content = read_file(
            FUSIONS, specimen=sample, sample=sample, genome=None, wanted=None, drivers=sides
        )
        for one in other_fusions(content.calls.other_fusions, kb.driver_fusions()):
            assert "does not say which gene is the 5' one" in one.note
            names[f"{one.five_prime_gene}::{one.three_prime_gene}"] += 1
    assert names == {
        "CCDC6::RET": 1,
        "CD74::ROS1": 9,
        "EZR::ROS1": 2,
        "FGFR3::CXorf26": 1,
        "KIF5B::RET": 2,
        "PJA2::BRAF": 1,
        "RASSF4::RET": 1,
        "SDC4::ROS1": 3,
        "TPM3::ROS1": 1,
    }


def test_one_tumour_on_two_builds_gives_the_same(kb):
    """A tumour of TCGA whose calls others moved from one build to the other."""
    wanted, tables = wanted_regions(kb), GeneTables.of(kb)
    told = []
    for genome in Genome:
        path = SHARED / "testdata" / "pcgr" / f"T001-COAD.{genome.value.lower()}.vcf.gz"
        content = read_file(path, specimen="s", sample=None, genome=genome, wanted=wanted)
        found = read_other_genes(content.calls.other_variants, tables, {})
        told.append([(v.gene, v.name, v.hgvs_c) for v in found.variants])
    assert told[0] == told[1]
    assert [name for _, name, _ in told[0]] == ["V600E", "V73Wfs*50"]
