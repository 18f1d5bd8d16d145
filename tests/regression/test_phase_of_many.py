"""No mutation is lost, doubled or joined without ground when readings are put together."""

import pytest

from alkanet.model.haplotype import Phase

G1202R = ("29220747", "C", "T")
L1196M = ("29220765", "G", "T")
I1171N = ("29222347", "A", "T")
I1171T = ("29222347", "A", "G")
C1156Y = ("29222392", "C", "T")
F1174L = ("29220831", "A", "G")
KEYS = "GT:PS:AD:DP"


def phased(row, genotype="0|1"):
    return (*row, f"{genotype}:5:300,40:340")


def test_one_residue_twice_among_many_leaves_the_phase_of_the_others_open(desk):
    made = desk.report(variants=[desk.vcf(I1171N, I1171T, L1196M, G1202R)])
    assert {c.code for c in made.caveats} & {"phase-unknown", "too-many-phases"}
    together = {"L1196M", "G1202R"}
    assert any(together <= set(h.mutations) for h in made.tumour.haplotypes)


def test_one_pair_known_apart_leaves_the_phase_of_the_others_open(desk):
    rows = phased(G1202R), phased(L1196M, "1|0"), phased(F1174L, "0/1"), phased(C1156Y, "0/1")
    made = desk.report(variants=[desk.vcf(*rows, keys=KEYS)])
    assert {c.code for c in made.caveats} & {"phase-unknown", "too-many-phases"}


@pytest.mark.parametrize(
    "rows",
    [
        (("29220746", "CC", "AT"), G1202R),
        (G1202R, ("29220747", "C", "G")),
    ],
    ids=["a base and a pair of bases", "two forms of one base"],
)
def test_changes_of_one_residue_that_a_file_phases_together_are_not_untested(desk, rows):
    file = desk.vcf(*(phased(row) for row in rows), keys=KEYS)
    made = desk.report(variants=[file])
    assert made.tumour.readings, "a mutation was called: the kinase domain was tested"
    assert "kinase-domain-not-tested" not in {caveat.code for caveat in made.caveats}


@pytest.mark.parametrize(
    ("first", "second", "combined"),
    [
        (("29220747", "C", "A"), ("29220746", "C", "A"), "G1202L"),
        (("29197543", "C", "A"), ("29196860", "T", "G"), "V1358F"),
        (("29222540", "T", "A"), ("29222539", "C", "G"), "wild type"),
    ],
    ids=[
        "one alone is a stop",
        "one alone is silent at an exon border",
        "together they are silent",
    ],
)
def test_bases_of_one_codon_on_one_allele_make_one_change(desk, first, second, combined):
    made = desk.report(variants=[desk.vcf(phased(first), phased(second), keys=KEYS)])
    assert [str(haplotype) for haplotype in made.tumour.haplotypes] == [combined]


def test_two_physical_blocks_of_gatk_are_not_one_phase_set(desk):
    """GT is written with ``|`` and PID names another block in each row: nothing joins the two."""
    rows = [(*row, f"0|1:300,40:340:0|1:{row[0]}") for row in (G1202R, L1196M)]
    made = desk.report(variants=[desk.vcf(*rows, keys="GT:AD:DP:PGT:PID")])
    phases = {clone.phase for reading in made.tumour.readings for clone in reading.clones}
    assert Phase.CIS_READS not in phases


def test_two_base_changes_of_one_protein_name_are_one_clone(desk, readings):
    file = desk.vcf(("29220747", "C", "T,G", "1/2:300,20,20:340"))
    assert readings(desk.report(variants=[file])) == {("G1202R",)}


def test_a_long_row_that_changes_apart_residues_is_their_haplotype(desk, kb):
    """c.3586_3604delins with both bases changed is L1196M and G1202R on one molecule."""
    from alkanet.model.alteration import Genome
    from alkanet.normalise.transcript import coding_base

    alk = kb.transcript("ALK", Genome.GRCH38)
    between = "".join(coding_base(alk, place) for place in range(29220748, 29220765))
    file = desk.vcf(("29220747", f"C{between}G", f"T{between}T"))
    made = desk.report(variants=[file])
    assert [str(h) for h in made.tumour.haplotypes] == ["L1196M+G1202R"]


def test_two_reported_haplotypes_that_share_a_mutation_stay_two(desk, readings):
    file = desk.typed(("haplotype", "L1196M+G1202R"), ("haplotype", "C1156Y+G1202R"))
    made = desk.report(calls=[file], assay=None)
    assert readings(made) == {("C1156Y+G1202R", "L1196M+G1202R")}
    phases = {clone.phase for reading in made.tumour.readings for clone in reading.clones}
    assert phases == {Phase.CIS_REPORTED}


def test_a_reported_parent_clone_is_kept_beside_its_child(desk, readings):
    file = desk.typed(("haplotype", "L1196M+G1202R"), ("haplotype", "G1202R"))
    assert readings(desk.report(calls=[file], assay=None)) == {("G1202R", "L1196M+G1202R")}


def test_many_known_mutations_are_answered(kb):
    """Twelve known mutations on one allele: the work must not double with each of them."""
    from alkanet.lookup import look_up

    names = "C1156Y+I1171N+F1174L+V1180L+L1196M+L1198F+G1202R+D1203N+S1206Y+E1210K+F1245C+G1269A"
    answer = look_up(names, kb=kb)
    pairs = {item.id for r in answer.responses for item in r.items if item.kind == "pair"}
    assert "pair.L1196M+G1202R-lorlatinib" in pairs
    assert "sensitive" not in {response.call for response in answer.responses}
