from __future__ import annotations

import pytest
from alk_reference import KNOWLEDGE, TRANSCRIPTS, VARIANTS

from alkanet.errors import KnowledgeError
from alkanet.kb.genes import load_fusion_variants, load_germline, load_transcripts
from alkanet.kb.table import read_table
from alkanet.model.alteration import Genome
from alkanet.model.codon import GENETIC_CODE, reverse_complement, translate
from alkanet.normalise.hgvs import parse_protein_change
from alkanet.normalise.transcript import cds_length

GENES = sorted({transcript.gene for transcript in TRANSCRIPTS.transcripts})


@pytest.mark.parametrize("gene", GENES)
def test_coding_part_is_the_same_on_both_builds(gene):
    one, other = (TRANSCRIPTS.get(gene, genome) for genome in Genome)
    assert cds_length(one) == cds_length(other)
    assert cds_length(one) % 3 == 0
    for left, right in zip(one.exons, other.exons, strict=True):
        assert (left.cds_start, left.cds_end) == (right.cds_start, right.cds_end)
        coded = left.cds_end - left.cds_start + 1 if left.cds_start else None
        if coded == left.end - left.start + 1:
            assert left.end - left.start == right.end - right.start


@pytest.mark.parametrize(("gene", "coding", "residues"), [("ALK", 4863, 1620), ("EML4", 2946, 981)])
def test_sequences(gene, coding, residues):
    for genome in Genome:
        transcript = TRANSCRIPTS.get(gene, genome)
        assert len(transcript.cds) == coding
        assert len(transcript.protein) == residues
        assert transcript.cds.startswith("ATG")
        assert translate(transcript.cds).find("*") == residues


def test_distance_of_the_builds_is_one_number_at_every_coding_exon():
    for gene, distance in (("ALK", 222_866), ("EML4", 227_140)):
        one, other = (TRANSCRIPTS.get(gene, genome) for genome in Genome)
        pairs = list(zip(one.exons, other.exons, strict=True))[1:-1]
        assert {left.start - right.start for left, right in pairs} == {distance}


def test_flanks_are_splice_sites():
    held = [exon for exon in TRANSCRIPTS.get("ALK").exons if exon.flank_before]
    assert [exon.number for exon in held] == list(range(20, 29))
    assert all(x.flank_before.endswith("AG") and x.flank_after.startswith("GT") for x in held)


def test_exon_6b_is_33_bases_and_keeps_the_frame():
    for genome in Genome:
        (exon,) = TRANSCRIPTS.cryptic("EML4", genome)
        assert exon.end - exon.start + 1 == len(exon.sequence) == 33
    joined = TRANSCRIPTS.get("EML4").cds[:667] + exon.sequence
    assert translate(joined)[222:] == "AKMSTREKNSQ"


def test_germline_names_agree_with_the_reference():
    alk = TRANSCRIPTS.get("ALK")
    names = [parse_protein_change(x.name, alk).name for x in load_germline(KNOWLEDGE)]
    assert names == ["I1461V", "K1491R", "D1529E"]


def test_the_genetic_code_has_64_codons_and_three_stops():
    assert len(GENETIC_CODE) == 64
    assert sorted(c for c, residue in GENETIC_CODE.items() if residue == "*") == [
        "TAA",
        "TAG",
        "TGA",
    ]
    assert reverse_complement(reverse_complement("GATTACA")) == "GATTACA"


def test_named_variants():
    assert [v.name for v in VARIANTS if v.junction == "E13;A20"] == ["v1"]
    assert "E15;A20" not in {v.junction for v in VARIANTS}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("# source\na\tb\n1\n", 3, "1 cells, not 2"),
        ("a\tc\n", 1, "the header is 'a c', not 'a b'"),
        ("# only comments\n", None, "no header"),
        ("a\tb\n1\t2\n# late\n", 3, "below the header"),
    ],
)
def test_table_faults_name_their_line(tmp_path, text, line, says):
    path = tmp_path / "table.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says) as fault:
        read_table(path, ("a", "b"))
    assert (fault.value.file, fault.value.line) == ("table.tsv", line)


def test_table_rows_know_their_line(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text("# source\na\tb\n1\t\n3\t4\n", encoding="utf-8")
    rows = read_table(path, ("a", "b"))
    assert [(row.line, dict(row.cells)) for row in rows] == [
        (3, {"a": "1", "b": ""}),
        (4, {"a": "3", "b": "4"}),
    ]


def test_missing_tables_are_told(tmp_path):
    with pytest.raises(KnowledgeError, match="missing"):
        load_transcripts(tmp_path)
    with pytest.raises(KnowledgeError, match="missing"):
        load_fusion_variants(tmp_path)


def test_a_gap_in_the_coding_sequence_is_told(tmp_path):
    genes = tmp_path / "genes"
    genes.mkdir()
    for path in (KNOWLEDGE / "genes").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "exons.tsv":
            text = text.replace("29222517\t29222607\t3360\t3450", "29222517\t29222607\t3361\t3450")
        (genes / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="ALK: exon 21 leaves a gap"):
        load_transcripts(tmp_path)
