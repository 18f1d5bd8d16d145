"""What is typed stands once, says one thing, and cannot be what no tumour has."""

import pytest

from alkanet.errors import InputError

HEADER = "##fileformat=VCFv4.2\n##reference=GRCh37\n"
V600E = "chr7\t140453136\t.\tA\tT\t.\tPASS\t.\tGT:AD:DP\t0/1:90,10:100"


def kinds(made, kind):
    return [a for a in made.tumour.alterations if a.kind == kind]


def about(made):
    return {conflict.about: conflict.says for conflict in made.conflicts}


@pytest.mark.parametrize("vaf", ["", "30%"])
def test_a_variant_that_is_typed_and_called_stands_once(desk, vaf):
    """It once stood twice, as if there were two."""
    typed = desk.write("typed.tsv", f"kind\tfinding\tvaf\nvariant\tBRAF p.V600E\t{vaf}\n")
    made = desk.report(variants=[desk.vcf(V600E, header=HEADER)], calls=[typed])
    (found,) = kinds(made, "small variant")
    assert [s.vaf for s in found.support] == ([0.1, 0.3] if vaf else [0.1])


def test_a_variant_that_is_typed_twice_stands_once(desk):
    rows = "variant\tBRAF V600E\t10%\nvariant\tBRAF V600E\t30%\n"
    made = desk.report(calls=[desk.write("typed.tsv", "kind\tfinding\tvaf\n" + rows)])
    (found,) = kinds(made, "small variant")
    assert [s.vaf for s in found.support] == [0.1, 0.3]


@pytest.mark.parametrize(
    ("kind", "finding", "gene"),
    [
        ("copy number", "HER2 amplification", "ERBB2"),
        ("variant", "HER2 exon 20 insertion", "ERBB2"),
        ("variant", "P53 R273H", "TP53"),
    ],
)
def test_a_gene_by_the_name_of_its_protein_is_that_gene(desk, kind, finding, gene):
    """HER2 was once a gene of its own, which no rule asks for: the finding meant nothing."""
    made = desk.report(calls=[desk.typed((kind, finding))])
    assert [a.gene for a in made.tumour.alterations] == [gene]


@pytest.mark.parametrize(
    "finding",
    [
        "MET amplification, 0 copies",
        "MET amplification, 2 copies",
        "MET gain, 1 copies",
        "RB1 loss, 0 copies",
        "RB1 homozygous deletion, 2 copies",
        "MET copy neutral, 12 copies",
        "MET copy neutral, 0 copies",
    ],
)
def test_copies_that_contradict_their_word_are_refused(desk, finding):
    with pytest.raises(InputError, match=r"typed\.tsv:2: finding: .* copies for"):
        desk.report(calls=[desk.typed(("copy number", finding))])


@pytest.mark.parametrize(
    "finding",
    [
        "MET amplification, 2.5 copies",
        "MET gain, 2 copies",
        "RB1 loss, 1 copies",
        "RB1 homozygous deletion, 0 copies",
        "MET copy neutral, 4 copies",
    ],
)
def test_copies_that_fit_their_word_are_read(desk, finding):
    assert kinds(desk.report(calls=[desk.typed(("copy number", finding))]), "copy number")


@pytest.mark.parametrize(
    "finding", ["BRAF V0E", "BRAF V999999E", "BRAF V\u0666\u0660\u0660E", "EGFR A750_E746del"]
)
def test_a_residue_that_no_protein_has_is_refused(desk, finding):
    with pytest.raises(InputError, match=r"typed\.tsv:2: finding"):
        desk.report(calls=[desk.typed(("variant", finding))])


def test_a_rearrangement_within_a_driver_is_no_fusion(desk):
    with pytest.raises(InputError, match="RET::RET"):
        desk.report(calls=[desk.typed(("fusion", "RET::RET"))])


def test_two_numbers_of_copies_are_a_conflict(desk):
    rows = [("copy number", f"MET amplification, {n} copies") for n in (5, 12)]
    made = desk.report(calls=[desk.typed(*rows)])
    assert about(made)["MET copy number of specimen"] == (
        "MET high-level gain, 5 copies",
        "MET high-level gain, 12 copies",
    )


def test_a_number_of_copies_adds_to_the_word(desk):
    rows = [("copy number", f) for f in ("MET amplification", "MET amplification, 12 copies")]
    made = desk.report(calls=[desk.typed(*rows)])
    assert [a.copies for a in kinds(made, "copy number")] == [12]
    assert made.conflicts == ()


def test_a_trait_that_is_there_and_not_there_is_a_conflict(desk):
    rows = [("host factor", f"{word}BIM deletion polymorphism") for word in ("", "no ")]
    made = desk.report(calls=[desk.typed(*rows)])
    assert about(made) == {"BIM deletion polymorphism": ("present", "absent")}


def test_two_histologies_of_one_specimen_are_a_conflict(desk):
    rows = [("histology", name) for name in ("adenocarcinoma", "small cell carcinoma")]
    made = desk.report(calls=[desk.typed(*rows)])
    assert about(made) == {"histology of specimen": ("adenocarcinoma", "small cell carcinoma")}


def test_a_wider_word_for_the_usual_histology_is_no_conflict(desk):
    rows = [("histology", name) for name in ("adenocarcinoma", "non-small cell carcinoma")]
    assert desk.report(calls=[desk.typed(*rows)]).conflicts == ()
