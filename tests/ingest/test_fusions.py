"""Fusion tables: STAR-Fusion, FusionInspector and the free text of cBioPortal."""

from __future__ import annotations

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alkanet.errors import InputError
from alkanet.ingest.cbioportal_fusion import read_cbioportal_fusions
from alkanet.ingest.fusion_table import read_fusion_table
from alkanet.ingest.fusion_text import read_fusion_text
from alkanet.model.alteration import Genome
from alkanet.model.tumour import Molecule

ALK_SAMPLES = {
    # sample: (partner position, ALK position, exons, frame, event)
    "P-0008332-T01-IM5": ("c.1489+828", "c.3173-518", None, None, "dup"),
    "P-0009301-T01-IM5": ("c.668-6693", "c.3173-257", (6, 20), "in frame", "inv"),
    "P-0003913-T01-IM3": (None, None, None, "in frame", None),
    "P-0003297-T01-IM5": (None, None, None, "in frame", None),
    "P-0005743-T02-IM5": ("c.2243-181", "c.3172+658", (20, 20), "in frame", "inv"),
    "P-0006950-T01-IM5": ("c.1489+2302", "c.3172+943", (13, 20), "in frame", "inv"),
    "P-0003383-T01-IM5": (None, None, (13, 20), "in frame", None),
    "P-0004218-T01-IM5": ("c.2068+156", "c.3173-693", (20, 20), "in frame", "inv"),
    "P-0002217-T02-IM3": (None, None, None, "in frame", None),
    "P-0002024-T01-IM3": ("c.2242+31", "c.3173-739", None, "in frame", "inv"),
    "P-0001532-T01-IM3": (None, None, None, "in frame", None),
    "P-0000474-T01-IM3": (None, None, None, "in frame", None),
}

NAMED = "EML4 (NM_019063) - ALK (NM_004304) inversion"
REVERSED = "ALK (NM_004304) - EML4 (NM_019063) deletion"


def read_table(path, *, sample=None, genome=None):
    return read_fusion_table(path, specimen="biopsy", sample=sample, genome=genome)


def read_portal(path, *, sample=None, genome=None):
    return read_cbioportal_fusions(path, specimen="biopsy", sample=sample, genome=genome)


def reasons(content):
    return dict(content.ledger.all_rows())


def test_star_fusion(data):
    content = read_table(data / "fusions" / "star_fusion.tsv", genome=Genome.GRCH38)
    first, second = content.calls.fusions
    assert (first.first_gene, first.second_gene) == ("EML4", "ALK")
    assert (first.first_break.chromosome, first.first_break.position) == ("2", 42_295_516)
    assert (first.first_break.strand, first.second_break.strand) == ("+", "-")
    assert first.second_break.genome is Genome.GRCH38
    assert (first.junction_reads, first.spanning_fragments) == (23, 11)
    assert first.order_is_known
    assert first.molecule is Molecule.RNA
    assert first.stated_frame == "in frame"
    assert (second.first_gene, second.junction_reads) == ("STRN", 2)
    assert second.spanning_fragments is None
    assert second.stated_frame is None
    assert reasons(content) == {"no ALK in it": (4,)}
    assert content.ledger.format_name == "STAR-Fusion"


def test_fusion_inspector_and_its_samples(data):
    path = data / "fusions" / "fusion_inspector.tsv"
    with pytest.raises(InputError, match="holds 2 samples: A-1, A-2"):
        read_table(path)
    content = read_table(path, sample="A-2")
    assert [call.first_gene for call in content.calls.fusions] == ["KIF5B"]
    assert content.calls.fusions[0].first_break.genome is None
    assert reasons(content) == {"another sample": (2,)}
    assert content.ledger.format_name == "FusionInspector"


def test_bad_rows_and_missing_columns_of_a_fusion_table(write):
    names = ["#FusionName", "LeftGene", "LeftBreakpoint", "RightGene", "RightBreakpoint"]
    good = ["A--ALK", "A^1", "chr2:42295516:+", "ALK^2", "chr2:29223528:-"]
    bad = ["A--ALK", "A^1", "chr2-42295516", "ALK^2", "chr2:29223528:-"]
    content = read_table(write("f.tsv", [names, good, bad, good[:3], "", good, good]))
    assert len(content.calls.fusions) == 3
    assert [row.line for row in content.ledger.touched] == [3, 4]
    assert content.ledger.rows == 5
    with pytest.raises(InputError, match=r"f\.tsv:2: LeftBreakpoint: found 'chr2-42295516'"):
        read_table(write("f.tsv", [names, bad, bad, good]))
    with pytest.raises(InputError, match="RightGene is missing"):
        read_table(write("f.tsv", [[*names[:3], "x", "RightBreakpoint"], good]))


TABLE = ["#FusionName", "LeftGene", "LeftBreakpoint", "RightGene", "RightBreakpoint"]
FUSED = ["E--A", "EML4^1", "chr2:42295516:+", "ALK^2", "chr2:29223528:-"]


def table_of(write, *rows):
    return write("f.tsv", [TABLE, *rows])


def test_genes_in_any_case_and_breakpoints_without_a_strand(write):
    row = ["e--a", "eml4^1", "chr02:42295516", "Alk^2", "CM000664.2:29223528:."]
    (call,) = read_table(table_of(write, row)).calls.fusions
    assert (call.first_gene, call.second_gene) == ("EML4", "ALK")
    assert (call.first_break.chromosome, call.second_break.chromosome) == ("2", "2")
    assert (call.first_break.strand, call.second_break.strand) == (None, None)
    assert (call.first_break.genome, call.second_break.genome) == (None, Genome.GRCH38)
    with pytest.raises(InputError, match="RightBreakpoint: the file is on GRCh38, but GRCh37"):
        read_table(table_of(write, row), genome=Genome.GRCH37)


def test_a_break_within_alk_is_no_fusion_and_told(write):
    row = ["A--A", "ALK^2", "chr2:29223528:-", "ALK^2", "chr2:29193000:-"]
    content = read_table(table_of(write, row))
    assert content.calls.fusions == ()
    assert [row.line for row in content.ledger.touched] == [2]


@pytest.mark.parametrize(
    ("bad", "is_told"),
    [
        ("\t".join(FUSED[:4]), True),
        (" ".join(FUSED), True),
        ("A--B\tA^1\tchr1:5:+\tB^2", False),
        ("A--B\tA^1", True),
        ("A--B\tA^1\tchr1:5:+\t\tchr1:9:+", True),
        ("\t".join(FUSED) + "\t" + "x" * (4 * 1024 * 1024), True),
    ],
)
def test_a_malformed_fusion_row_is_told_unless_it_names_two_other_genes(write, bad, is_told):
    content = read_table(table_of(write, FUSED, bad, FUSED))
    assert len(content.calls.fusions) == 2
    assert [row.line for row in content.ledger.touched] == ([3] if is_told else [])


def test_malformed_rows_of_other_samples_are_not_told(write):
    columns = ["Hugo_Symbol", "Tumor_Sample_Barcode", "Fusion", "Comments"]
    good = [["ALK", name, "EML4-ALK fusion", ""] for name in ("S-1", "S-2", "S-3")]
    bad = [["ALK", "S-2", "EML4-ALK fusion"], ["ALK", "S-1", "EML4-ALK fusion"]]
    content = read_portal(write("f.txt", [columns, *good, *bad]), sample="S-1")
    assert [row.line for row in content.ledger.touched] == [6]


def test_cbioportal_rows_of_one_fusion_are_one_call(data):
    content = read_portal(data / "fusions" / "data_fusions.txt", sample="F-1")
    (call,) = content.calls.fusions
    assert (call.first_gene, call.second_gene) == ("EML4", "ALK")
    assert (call.first_break.transcript, call.first_break.hgvs_c) == ("NM_019063", "c.1489+2000")
    assert (call.second_break.transcript, call.second_break.hgvs_c) == ("NM_004304", "c.3173-300")
    assert call.stated_exons == (13, 20)
    assert (call.stated_frame, call.stated_event) == ("in frame", "inv")
    assert call.stated_transcript == "NM_019063"
    assert call.molecule is Molecule.DNA
    assert not call.order_is_known
    assert call.origin.line == 2
    assert content.ledger.used == 2
    assert reasons(content) == {
        "no ALK in it": (4,),
        "a rearrangement within ALK: no fusion": (5,),
        "another sample": (6, 7),
    }
    assert [row.line for row in content.ledger.touched] == [5]


def test_cbioportal_gene_order_is_that_of_the_file(data):
    (call,) = read_portal(data / "fusions" / "data_fusions.txt", sample="F-2").calls.fusions
    assert (call.first_gene, call.second_gene) == ("ALK", "STRN")
    assert call.molecule is Molecule.RNA
    assert (call.first_break, call.stated_exons, call.stated_frame) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "genes"),
    [
        ("EML4-ALK fusion", ("EML4", "ALK")),
        ("EML4-ALK fusion - Archer", ("EML4", "ALK")),
        ("ALK--EML4", ("ALK", "EML4")),
        ("EML4::ALK", ("EML4", "ALK")),
        ("HLA-A-ALK fusion", ("HLA-A", "ALK")),
        ("eml4-alk Fusion", ("EML4", "ALK")),
        ("C2orf44-ALK fusion", ("C2orf44", "ALK")),
        ("ALK/NKX2-1 rearrangement", ("ALK", "NKX2-1")),
        ("ALK fusion", None),
        ("ALK", None),
        ("ALK-ALK fusion", None),
        ("EML4-ALK-EML4", None),
        ("TALK1-RET fusion", None),
    ],
)
def test_names_of_fusions(write, name, genes):
    columns = ["Hugo_Symbol", "Tumor_Sample_Barcode", "Fusion", "Comments"]
    calls = read_portal(write("f.txt", [columns, ["ALK", "S", name, ""]])).calls.fusions
    assert [(call.first_gene, call.second_gene) for call in calls] == ([genes] if genes else [])


@pytest.mark.parametrize(
    ("text", "exons"),
    [
        ("EML4 (NM_019063) - ALK (NM_004304) (EML4 exons 1-13 with ALK exons 20-29)", (13, 20)),
        ("Fusion (EML4 exon 20 fused with ALK exon 20)", (20, 20)),
        ("null EML4 (NM_019063) exons 1-13 fuses with ALK (NM_004304) exons 20-29.", (13, 20)),
        ("(exons 1-6 of EML4 fused to exons 20-29 of ALK)", (6, 20)),
        ("results in the fusion of EML4 exons 1 to 6 and ALK exons 20 to 29.", (6, 20)),
        ("fusion of exons of 1 to 6 of EML4 and exons 19 to 29 of ALK", (6, 19)),
        ("ALK exons 20-29 fused to EML4 exons 1-6", (6, 20)),
        ("ALK exons 1-19 fused to EML4 exons 7-23", None),
        ("EML4 exons 7-23 with ALK exons 20-29", None),
        ("Breakpoints are within ALK exon 19. EML4 exons 1-6 with ALK exons 20-29", (6, 20)),
        ("duplication of EML4 exons 1-6 and ALK exons 20-29", None),
        ("null", None),
        ("", None),
    ],
)
def test_exons_in_free_text(text, exons):
    assert read_fusion_text(text, partner="EML4", genome=None).exons == exons


@pytest.mark.parametrize(
    ("text", "partner_c", "driver_c", "event"),
    [
        ("c.1489+828:EML4_c.3173-518:ALKdup confirm", "c.1489+828", "c.3173-518", "dup"),
        ("c.3173-518:ALK_c.1489+828:EML4inv", "c.1489+828", "c.3173-518", "inv"),
        ("c.315+1899:EML4_ c.3173-5:ALK_inv Note", "c.315+1899", "c.3173-5", "inv"),
        (NAMED + ": c.304-12_c.3173-33inv5", "c.304-12", "c.3173-33", "inv"),
        (REVERSED + ": c.3173-283_c.138+357del", "c.138+357", "c.3173-283", "del"),
        ("c.304-12_c.3173-33inv", None, None, "inv"),
        ("is a reciprocal translocation", None, None, "tra"),
        ("null", None, None, None),
    ],
)
def test_positions_in_free_text(text, partner_c, driver_c, event):
    said = read_fusion_text(text, partner="EML4", genome=None)
    found = {gene: place.hgvs_c for gene, place in said.breaks.items()}
    assert found.get("EML4") == partner_c
    assert found.get("ALK") == driver_c
    assert said.event == event


def test_translocations_are_given_to_the_gene_by_chromosome():
    text = (
        "KIF5B (NM_004521) - ALK (NM_004304) : t(2;10)(p23;p11)(chr2:g.29447873::chr10:g.32306071)"
    )
    said = read_fusion_text(text, partner="KIF5B", genome=Genome.GRCH37)
    assert said.breaks["ALK"].position == 29_447_873
    assert said.breaks["KIF5B"].chromosome == "10"
    assert said.breaks["KIF5B"].genome is Genome.GRCH37
    assert said.event == "tra"
    both = "t(2;2)(chr2:g.29447873::chr2:g.42500000)"
    assert not read_fusion_text(both, partner="EML4", genome=None).breaks
    half = "chr2:g.42500000_c.3173-5:ALKinv"
    found = read_fusion_text(half, partner="EML4", genome=None).breaks
    assert found["EML4"].position == 42_500_000
    assert found["ALK"].hgvs_c == "c.3173-5"


@given(st.text(st.sampled_from("ALKEM4c.:_-+()0123456789 exonsinvdupchr2gtNM"), max_size=120))
def test_any_text_is_read_without_a_fault(text):
    read_fusion_text(text, partner="EML4", genome=None)


_FIELDS = st.sampled_from(
    ["ALK", "EML4", "S-1", "S-2", "EML4-ALK fusion", "RET-X fusion", "", "NA"]
)


@given(st.lists(st.lists(_FIELDS, min_size=3, max_size=5), max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_used_or_set_aside(write, rows):
    columns = ["Hugo_Symbol", "Tumor_Sample_Barcode", "Fusion", "Comments"]
    first = ["ALK", "S-1", "EML4-ALK fusion", ""]
    try:
        content = read_portal(write("f.txt", [columns, first, *rows]), sample="S-1")
    except InputError:
        return
    account = content.account()
    assert account.rows == 1 + sum(1 for cells in rows if "\t".join(cells).strip())
    assert account.used + sum(entry.count for entry in account.set_aside) == account.rows


@pytest.mark.parametrize("sample", ALK_SAMPLES)
def test_real_alk_fusions(shared, sample):
    path = shared / "lung_msk_2017_a" / "data_fusions.txt"
    (call,) = read_portal(path, sample=sample).calls.fusions
    partner, driver, exons, frame, event = ALK_SAMPLES[sample]
    assert (call.first_gene, call.second_gene) == ("EML4", "ALK")
    assert (call.first_break.hgvs_c if call.first_break else None) == partner
    assert (call.second_break.hgvs_c if call.second_break else None) == driver
    assert (call.stated_exons, call.stated_frame, call.stated_event) == (exons, frame, event)
    assert call.molecule is Molecule.DNA


def test_the_free_text_of_all_real_rows_is_read(shared):
    """The texts of another driver, with that driver written as ALK."""
    path = shared / "lung_msk_2017_a" / "data_fusions.txt"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = {}
    for line in rows:
        read_fusion_text(line["Comments"], partner=line["Hugo_Symbol"], genome=None)
        if line["Fusion"].endswith("fusion") and "ROS1" in line["Fusion"]:
            text = line["Comments"].replace("ROS1", "ALK")
            partner = line["Fusion"].removesuffix(" fusion").replace("ROS1", "").strip("-")
            found[text] = read_fusion_text(text, partner=partner, genome=Genome.GRCH37)
    exons = sorted(said.exons for said in found.values() if said.exons)
    assert exons == [(2, 32), (4, 32), (7, 33), (7, 34), (7, 34), (9, 33), (9, 34), (35, 10)]
    assert sum(len(said.breaks) == 2 for said in found.values()) == 2


def test_a_real_fusion_inspector_table(shared):
    content = read_table(shared / "fusioninspector_other_drivers.tsv", sample="OV-57-1585-TP")
    assert content.calls.fusions == ()
    assert content.ledger.rows == 202
