from __future__ import annotations

import csv

import mutalyzer_hgvs_parser
import pytest
from alk_reference import ALK37, ALK38, shared, truth
from hypothesis import given
from hypothesis import strategies as st

from alkanet.errors import InputError, UnsupportedError
from alkanet.model.alteration import Genome, GenomicChange, Role
from alkanet.normalise.coding_change import (
    coding_change,
    parse_c_change,
)
from alkanet.normalise.consequence import (
    consequence_of,
    consequence_of_coding,
    merge_codon,
    small_variant,
)
from alkanet.normalise.hgvs import parse_protein_change
from alkanet.normalise.reverse import coding_changes_to, genomic_change
from alkanet.normalise.roles import VariantNames
from alkanet.normalise.transcript import CdsPosition, coding_base, genomic_position

ROWS = truth("alk_variants.tsv")
KINASE_BASES = range(3 * 1116 - 2, 3 * 1392 + 1)


def change(alk, position, reference, alternate, chromosome="2"):
    return GenomicChange(
        genome=alk.genome,
        chromosome=chromosome,
        position=position,
        reference=reference,
        alternate=alternate,
    )


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['c']}" for row in ROWS])
def test_truth_table(row, alk):
    found = consequence_of(alk, change(alk, int(row[alk.genome.lower()]), row["ref"], row["alt"]))
    assert (found.hgvs_c, found.name or "", found.term) == (
        f"NM_004304.5:{row['c']}",
        row["p"],
        row["term"],
    )
    assert mutalyzer_hgvs_parser.to_model(found.hgvs_c)
    assert mutalyzer_hgvs_parser.to_model(found.hgvs_p)


def test_docm():
    path = shared("testdata", "docm_alk.tsv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert len(rows) == 23
    for row in rows:
        found = consequence_of(ALK37, change(ALK37, int(row["pos"]), row["ref"], row["alt"]))
        assert found.coding.name.startswith(row["hgvs_c"])
        assert f"p.{found.name}" == row["hgvs_p"]


def test_terms_of_a_public_study():
    path = shared("testdata", "lung_msk_2017_a", "data_mutations_extended.txt")
    text = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader((line for line in text if line[:1] != "#"), delimiter="\t"))
    alk = [row for row in rows if row["Hugo_Symbol"] == "ALK"]
    assert len(alk) == 19
    for row in alk:
        alleles = row["Reference_Allele"], row["Tumor_Seq_Allele2"]
        found = consequence_of(ALK37, change(ALK37, int(row["Start_Position"]), *alleles))
        assert found.term in row["Consequence"].split(",")


def test_every_kinase_substitution_round_trips(alk):
    count = 0
    for base in KINASE_BASES:
        position = genomic_position(alk, CdsPosition(base))
        reference = coding_base(alk, position)
        for alternate in set("ACGT") - {reference}:
            made = change(alk, position, reference, alternate)
            found = consequence_of(alk, made)
            assert genomic_change(alk, found.coding) == made
            assert parse_c_change(found.hgvs_c, alk) == found.coding
            if found.protein.kind == "substitution":
                assert found.coding.name in coding_changes_to(alk, found.name)
            count += 1
    assert count == 3 * len(KINASE_BASES)


def test_names_of_kinase_substitutions_are_hgvs():
    for base in KINASE_BASES[::7]:
        reference = ALK38.cds[base - 1]
        for alternate in set("ACGT") - {reference}:
            found = consequence_of_coding(
                ALK38, parse_c_change(f"c.{base}{reference}>{alternate}", ALK38)
            )
            assert mutalyzer_hgvs_parser.to_model(found.hgvs_p)
            assert mutalyzer_hgvs_parser.to_model(found.hgvs_c)
            assert parse_protein_change(found.hgvs_p, ALK38) == found.protein


def test_routes_agree_with_the_codon_list():
    path = shared("facts", "alk_mutation_codons.csv")
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        if row["cdna_routes"]:
            routes = frozenset(row["cdna_routes"].split(";"))
            assert coding_changes_to(ALK38, row["mutation"]) == routes


@pytest.mark.parametrize(
    ("name", "routes"),
    [
        ("G1202R", {"c.3604G>A", "c.3604G>C"}),
        ("C1156T", {"c.3466T>A+c.3467G>C"}),
        ("F1174L", {"c.3520T>C", "c.3522C>A", "c.3522C>G"}),
        ("G1202del", set()),
    ],
)
def test_routes(name, routes):
    assert coding_changes_to(ALK38, name) == routes


def _deletions(alk, start, end):
    """Anchored, padded and MAF forms of deleting the genomic interval."""
    low = {p: coding_base(alk, p) for p in range(start - 3, end + 4)}
    bases = "".join(low[p] for p in range(start, end + 1))
    before, after = low[start - 1], low[end + 1]
    yield change(alk, start - 1, before + bases, before)
    yield change(alk, start - 1, before + bases + after, before + after)
    yield change(alk, start, bases, "-")
    yield change(alk, start, bases.lower(), "-")


def test_g1202del_has_one_name_in_every_placement(alk):
    names = set()
    for first in (3601, 3602, 3603):  # lowest c. position is the highest on the genome
        end = genomic_position(alk, CdsPosition(first))
        for made in _deletions(alk, end - 2, end):
            found = consequence_of(alk, made)
            names.add((found.hgvs_c, found.hgvs_p, found.term))
    # GGG GGA GA: removing c.3601_3603, 3602_3604 or 3603_3605 leaves the same bases.
    assert names == {
        ("NM_004304.5:c.3603_3605del", "NP_004295.2:p.(Gly1202del)", "inframe_deletion")
    }
    end = genomic_position(alk, CdsPosition(3604))
    assert {consequence_of(alk, made).name for made in _deletions(alk, end - 2, end)} == {
        "G1202del"
    }


def test_t1151dup_has_one_name_in_every_placement(alk):
    position = genomic_position(alk, CdsPosition(3453))
    base = {p: coding_base(alk, p) for p in range(position - 1, position + 3)}
    placements = [
        change(alk, position - 1, base[position - 1], base[position - 1] + "CGT"),
        change(alk, position, base[position], base[position] + "GTC"),
        change(alk, position + 1, base[position + 1], base[position + 1] + "TCG"),
        change(alk, position + 2, base[position + 2], base[position + 2] + "CGT"),
        change(alk, position - 1, "-", "CGT"),
        change(alk, position + 2, "-", "CGT"),
    ]
    found = {(c.hgvs_c, c.name) for c in (consequence_of(alk, made) for made in placements)}
    assert found == {("NM_004304.5:c.3451_3453dup", "T1151dup")}


@pytest.mark.parametrize(
    ("text", "name", "protein", "term"),
    [
        ("c.3604G>A", "c.3604G>A", "G1202R", "missense_variant"),
        ("NM_004304.5:c.3604G>A", "c.3604G>A", "G1202R", "missense_variant"),
        ("NM_004304(ALK):c.3601_3603delGGG", "c.3603_3605del", "G1202del", "inframe_deletion"),
        ("c.3452_3453insCAC", "c.3452_3453insCAC", "T1151dup", "inframe_insertion"),
        ("c.3805_3807delinsAGT", "c.3805_3807delinsAGT", "G1269S", "missense_variant"),
        ("c.3604_3605delGGinsCT", "c.3604_3605delinsCT", "G1202L", "missense_variant"),
        ("c.3586_3594del", "c.3586_3594del", "L1196_L1198del", "inframe_deletion"),
        ("c.3587_3592del", "c.3588_3593del", "E1197_L1198del", "inframe_deletion"),
        ("c.3605_3610del", "c.3605_3610del", "G1202_L1204delinsV", "protein_altering_variant"),
        ("c.3605G>A", "c.3605G>A", "G1202E", "missense_variant"),
        ("c.3606A>G", "c.3606A>G", "G1202=", "synonymous_variant"),
        ("c.3450G>A", "c.3450G>A", "K1150=", "splice_region_variant"),
        ("c.3450del", "c.3450+1del", None, "splice_donor_variant"),
        ("c.3451-5C>T", "c.3451-5C>T", None, "splice_region_variant"),
        ("c.3451-12T>C", "c.3451-12T>C", None, "intron_variant"),
        ("c.3450_3515+2del", "c.3450_3515+2del", None, "splice_acceptor_variant"),
        ("c.-5A>G", "c.-5A>G", None, "5_prime_UTR_variant"),
        ("c.*5A>G", "c.*5A>G", None, "3_prime_UTR_variant"),
    ],
)
def test_coding_names(text, name, protein, term):
    found = consequence_of_coding(ALK38, parse_c_change(text, ALK38))
    assert (found.coding.name, found.name, found.term) == (name, protein, term)
    assert mutalyzer_hgvs_parser.to_model(found.hgvs_c)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("c.3604A>G", "has G at c.3604, not A"),
        ("c.3604_3605delAA", "has GG at c.3604, not AA"),
        ("c.3604G", "cannot be read"),
        ("EGFR:c.2573T>G", "numbered on EGFR"),
        ("c.3605_3604del", "ends before it starts"),
        ("c.3604_3606insA", "no insertion between neighbours"),
        ("c.3604G>G", "changes nothing"),
        ("c.9000G>A", "beyond the 4863"),
    ],
)
def test_coding_names_that_are_refused(text, says):
    with pytest.raises(InputError, match=says):
        parse_c_change(text, ALK38)


@st.composite
def coding_texts(draw):
    start = draw(st.integers(3360, 4000))
    end = draw(st.integers(start, start + 5))
    verb = draw(st.sampled_from(["del", "dup", "ins", "delins"]))
    bases = draw(st.text("ACGT", min_size=1, max_size=4))
    if verb == "ins":
        return f"c.{start}_{start + 1}ins{bases}"
    return f"c.{start}_{end}{verb}{bases if verb == 'delins' else ''}"


@given(coding_texts())
def test_indels_round_trip_through_both_genomes(text):
    try:
        made = [parse_c_change(text, alk) for alk in (ALK37, ALK38)]
    except (InputError, UnsupportedError):
        return  # nothing changes, or two exons are touched
    assert made[0] == made[1]
    assert parse_c_change(made[0].name, ALK38) == made[0]
    assert mutalyzer_hgvs_parser.to_model(made[0].full_name(ALK38))
    try:
        genomic = [genomic_change(alk, made[0]) for alk in (ALK37, ALK38)]
    except UnsupportedError:
        return  # the codon stands on two exons
    assert [coding_change(a, g) for a, g in zip((ALK37, ALK38), genomic, strict=True)] == made
    found = consequence_of_coding(ALK38, made[0])
    if found.protein is not None:
        assert mutalyzer_hgvs_parser.to_model(found.hgvs_p)
        assert parse_protein_change(found.hgvs_p, ALK38) == found.protein


def test_a_wrong_reference_names_both_bases_and_the_place():
    with pytest.raises(InputError) as fault:
        consequence_of(ALK37, change(ALK37, 29443613, "G", "T"))
    assert str(fault.value) == (
        "chr2:29443613: REF has G at position 29443613, ALK (NM_004304.5) on GRCh37 has C there. "
        "Check the genome build of the file (GRCh37 or GRCh38)."
    )


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (change(ALK37, 29443613, "C", "C"), InputError),
        (change(ALK37, 29443613, "C", "<DEL>"), UnsupportedError),
        (change(ALK37, 29443613, "C", "T", chromosome="7"), InputError),
        (change(ALK37, 1000, "C", "T"), InputError),
    ],
)
def test_changes_that_cannot_be_read(made, fault):
    with pytest.raises(fault):
        consequence_of(ALK37, made)


def test_wrong_build_is_refused():
    made = change(ALK37, 29443613, "C", "T")
    with pytest.raises(InputError, match="is on GRCh37"):
        consequence_of(ALK38, made)
    assert made.genome is Genome.GRCH37


@pytest.mark.parametrize(
    ("names", "merged", "protein"),
    [
        (("c.3805G>A", "c.3807A>T"), "c.3805_3807delinsAGT", "G1269S"),
        (("c.3467G>C", "c.3466T>A"), "c.3466_3467delinsAC", "C1156T"),
        (("c.3604G>A",), "c.3604G>A", "G1202R"),
        (("c.3514A>G", "c.3516C>T"), "c.3514_3516delinsGGT", "S1172G"),
    ],
)
def test_two_bases_of_one_codon_are_one_change(names, merged, protein):
    found = merge_codon(ALK38, [parse_c_change(name, ALK38) for name in names])
    assert found.name == merged
    assert consequence_of_coding(ALK38, found).name == protein


def test_a_codon_on_two_exons_is_no_single_genomic_change():
    merged = merge_codon(
        ALK38, [parse_c_change(name, ALK38) for name in ("c.3514A>G", "c.3516C>T")]
    )
    with pytest.raises(UnsupportedError, match="two exons"):
        genomic_change(ALK38, merged)


@pytest.mark.parametrize(
    "names", [("c.3604G>A", "c.3586C>A"), ("c.3604G>A", "c.3604G>C"), ("c.3603_3605del",)]
)
def test_what_is_not_one_codon_is_refused(names):
    with pytest.raises(InputError, match="one codon"):
        merge_codon(ALK38, [parse_c_change(name, ALK38) for name in names])


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("c.3604G>A", Role.SCORED),
        ("c.3603_3605del", Role.SCORED),
        ("c.3451_3453dup", Role.SCORED),
        ("c.3606A>G", Role.SILENT),
        ("c.3450G>A", Role.LISTED),
        ("c.3271G>A", Role.LISTED),
        ("c.4219G>A", Role.SCORED),
        ("c.4381A>G", Role.GERMLINE),
        ("c.3823C>T", Role.LISTED),
        ("c.3605del", Role.LISTED),
        ("c.3450+1G>A", Role.LISTED),
    ],
)
def test_roles(text, role):
    found = consequence_of_coding(ALK38, parse_c_change(text, ALK38))
    known = frozenset({"E1407K"})
    germline = frozenset({"I1461V", "K1491R", "D1529E"})
    assert VariantNames(known, germline).role(found, ALK38) is role
    alteration = small_variant(ALK38, found, role=role)
    assert (alteration.gene, alteration.name, alteration.role) == ("ALK", found.name, role)
