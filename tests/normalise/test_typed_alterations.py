"""Typed findings outside ALK's sequence: a truth table, refusals with their remedy, and laws."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alkanet.errors import InputError
from alkanet.model.alteration import Role
from alkanet.model.calls import Origin, OutsideCall, OutsideKind
from alkanet.normalise import typed_findings
from alkanet.normalise.typed_findings import (
    is_of_other_driver,
    typed_alterations,
    typed_conflicts,
)
from places import ROOT

KINDS = {
    "variant": OutsideKind.VARIANT,
    "copy number": OutsideKind.COPY_NUMBER,
    "expression": OutsideKind.EXPRESSION,
    "histology": OutsideKind.HISTOLOGY,
    "host factor": OutsideKind.HOST_FACTOR,
    "observation": OutsideKind.OBSERVATION,
}


def typed(kind, finding, *, vaf=None, specimen="biopsy", line=2):
    origin = Origin(file="typed.tsv", line=line)
    return OutsideCall(origin=origin, specimen=specimen, kind=kind, finding=finding, vaf=vaf)


@pytest.fixture(scope="module")
def terms(kb):
    return kb.patient.terms


@pytest.fixture(scope="module")
def drivers(kb):
    return {driver.gene: driver.side.value for driver in kb.driver_fusions()}


@pytest.fixture(scope="module")
def read(terms, drivers):
    def one(kind, finding, **more):
        call = typed(KINDS.get(kind, OutsideKind.FUSION), finding, **more)
        (made,) = typed_alterations([call], terms, drivers)
        return made

    return one


@pytest.mark.parametrize(
    ("finding", "gene", "name", "consequence"),
    [
        ("BRAF V600E", "BRAF", "V600E", "missense_variant"),
        ("  BRAF   p.V600E ", "BRAF", "V600E", "missense_variant"),
        ("RB1 R320*", "RB1", "R320*", "stop_gained"),
        ("NF2 K159fs", "NF2", "K159fs", "frameshift_variant"),
        ("NF2 K159Rfs*16", "NF2", "K159Rfs*16", "frameshift_variant"),
        ("EGFR E746_A750del", "EGFR", "E746_A750del", "inframe_deletion"),
        ("EGFR D770_N771insSVD", "EGFR", "D770_N771insSVD", "inframe_insertion"),
        ("EGFR L747_P753delinsS", "EGFR", "L747_P753delinsS", "inframe_insertion"),
        ("ERBB2 Y772_A775dup", "ERBB2", "Y772_A775dup", "inframe_insertion"),
        ("EGFR exon 19 deletion", "EGFR", "exon 19 deletion", "inframe_deletion"),
        ("EGFR Exon-19  Deletion", "EGFR", "exon 19 deletion", "inframe_deletion"),
        ("EGFR exon 20 insertion", "EGFR", "exon 20 insertion", "inframe_insertion"),
        ("EGFR exon 18 mutation", "EGFR", "exon 18 mutation", "protein_altering_variant"),
        ("MET exon 14 skipping", "MET", "exon 14 skipping", "exon_loss_variant"),
        ("MET kinase domain duplication", "MET", "kinase domain duplication", "inframe_insertion"),
        ("PTEN loss of function", "PTEN", "loss of function", "loss_of_function_variant"),
        ("PTEN frameshift", "PTEN", "frameshift", "frameshift_variant"),
        ("PTEN nonsense", "PTEN", "nonsense", "stop_gained"),
        ("PTEN splice site", "PTEN", "splice site", "splice_donor_variant"),
        ("NKX2-1 R161C", "NKX2-1", "R161C", "missense_variant"),
    ],
)
def test_variants(read, finding, gene, name, consequence):
    made = read("variant", finding, vaf=0.12)
    assert (made.kind, made.gene, made.name) == ("small variant", gene, name)
    assert made.consequence == consequence
    assert made.role is Role.OTHER_GENE
    assert [(s.specimen, s.vaf) for s in made.support] == [("biopsy", 0.12)]


def test_an_unknown_share_of_reads_is_unknown(read):
    (support,) = read("variant", "BRAF V600E").support
    assert support.vaf is support.alternate_reads is support.depth_reads is None


@pytest.mark.parametrize(
    ("finding", "gene", "change", "copies"),
    [
        ("MET amplification", "MET", "high-level gain", None),
        ("MET amplified", "MET", "high-level gain", None),
        ("MET high-level gain", "MET", "high-level gain", None),
        ("MET High Level Amplification", "MET", "high-level gain", None),
        ("MET amplification, 12 copies", "MET", "high-level gain", 12),
        ("MET amplification 12.5 copies", "MET", "high-level gain", 12.5),
        ("MYC gain", "MYC", "gain", None),
        ("MYC low-level gain, 4 copies", "MYC", "gain", 4),
        ("NF2 loss", "NF2", "loss", None),
        ("NF2 heterozygous loss", "NF2", "loss", None),
        ("NF2 shallow deletion", "NF2", "loss", None),
        ("RB1 homozygous deletion", "RB1", "complete genomic loss", None),
        ("RB1 deep deletion, 0 copies", "RB1", "complete genomic loss", 0),
        ("RB1 complete genomic loss", "RB1", "complete genomic loss", None),
        ("MET copy neutral, 2 copies", "MET", "copy neutral", 2),
        ("MET not amplified", "MET", "copy neutral", None),
        ("ALK amplification", "ALK", "high-level gain", None),
    ],
)
def test_copy_numbers(read, finding, gene, change, copies):
    made = read("copy number", finding)
    assert (made.kind, made.gene) == ("copy number", gene)
    assert (made.change, made.copies) == (change, copies)


@pytest.mark.parametrize(
    ("finding", "gene", "change", "assay"),
    [
        ("ABCB1 over by RNA", "ABCB1", "over", "RNA"),
        ("P-gp high by immunohistochemistry", "ABCB1", "over", "immunohistochemistry"),
        ("p glycoprotein up", "ABCB1", "over", "an assay that is not stated"),
        ("ALK negative by D5F3", "ALK", "absent", "D5F3"),
        ("E-cadherin lost", "CDH1", "absent", "an assay that is not stated"),
        ("vimentin POSITIVE", "VIM", "present", "an assay that is not stated"),
        ("miR-200c down by small RNA", "MIR200C", "under", "small RNA"),
        ("DUSP6 low", "DUSP6", "under", "an assay that is not stated"),
        ("HER2 overexpressed", "ERBB2", "over", "an assay that is not stated"),
        ("TTF-1 absent", "NKX2-1", "absent", "an assay that is not stated"),
        ("p40 positive", "TP63", "present", "an assay that is not stated"),
        ("EGFR positive", "EGFR", "present", "an assay that is not stated"),
        ("phospho-EGFR positive", "phospho-EGFR", "present", "an assay that is not stated"),
        ("p-MET positive", "phospho-MET", "present", "an assay that is not stated"),
        ("nuclear YAP positive", "nuclear YAP1", "present", "an assay that is not stated"),
        ("YAP positive", "YAP1", "present", "an assay that is not stated"),
    ],
)
def test_expression(read, finding, gene, change, assay):
    made = read("expression", finding)
    assert (made.kind, made.gene) == ("expression", gene)
    assert (made.change, made.assay) == (change, assay)


def test_p63_is_not_p40(read):
    """The antibody to all forms of p63 stains adenocarcinomas too."""
    assert read("expression", "p63 positive").gene != read("expression", "p40 positive").gene


@pytest.mark.parametrize(
    ("finding", "term"),
    [
        ("small cell carcinoma", "small cell carcinoma"),
        ("SCLC", "small cell carcinoma"),
        ("Small-Cell Lung Cancer", "small cell carcinoma"),
        ("NSCLC", "non-small cell carcinoma"),
        ("non small cell lung cancer", "non-small cell carcinoma"),
        ("LCNEC", "large cell neuroendocrine carcinoma"),
        ("adenosquamous", "adenosquamous carcinoma"),
        ("combined SCLC", "combined small cell carcinoma"),
    ],
)
def test_histologies(read, finding, term):
    made = read("histology", finding, specimen="node")
    assert (made.kind, made.histology, made.specimen) == ("histology", term, "node")


@pytest.mark.parametrize(
    ("finding", "present"),
    [
        ("BIM deletion polymorphism", True),
        ("bim deletion", True),
        ("BIM deletion polymorphism present", True),
        ("no BIM deletion polymorphism", False),
        ("No BIM deletion", False),
        ("BIM deletion polymorphism absent", False),
        ("BIM deletion ABSENT", False),
    ],
)
def test_a_host_factor_that_is_absent_is_absent(read, finding, present):
    made = read("host factor", finding)
    assert (made.factor, made.present) == ("BIM deletion polymorphism", present)


@pytest.mark.parametrize(
    ("finding", "term"),
    [
        ("sarcoid-like reaction", "sarcoid-like reaction"),
        ("granulomatous inflammation", "sarcoid-like reaction"),
        ("radiation necrosis", "radionecrosis"),
        ("ALK FISH positive", "ALK rearrangement by FISH"),
        ("high TMB", "high tumour mutational burden"),
        ("EMT", "epithelial-mesenchymal transition"),
    ],
)
def test_observations(read, finding, term):
    made = read("observation", finding)
    assert (made.kind, made.observation, made.specimen) == ("observation", term, "biopsy")


@pytest.mark.parametrize(
    ("finding", "five", "three"),
    [
        ("CD74::NRG1", "CD74", "NRG1"),
        ("ST7--MET", "ST7", "MET"),
        (" KIF5B :: RET fusion", "KIF5B", "RET"),
        ("FGFR3::TACC3", "FGFR3", "TACC3"),
        ("CD74-NRG1", "CD74", "NRG1"),
        ("CCDC6/RET", "CCDC6", "RET"),
    ],
)
def test_fusions_of_another_driver(read, finding, five, three):
    made = read("fusion", finding)
    assert (made.five_prime_gene, made.three_prime_gene) == (five, three)


@pytest.mark.parametrize(
    "finding",
    [
        "EML4::ALK",
        "EML4::AKL",
        "ELM4::ALK",
        "EML4::",
        "::ALK",
        "ALK",
        "v3",
        "CLTC::TFG",
        "ALK::RET",
        "RET::KIF5B",  # the reciprocal product: it holds no kinase
        "RET::AKL",
    ],
)
def test_no_other_fusion_is_made_of_what_may_be_that_of_alk(finding, terms, drivers):
    """A slip in the name of ALK is for the reader of ALK fusions to refuse."""
    call = typed(OutsideKind.FUSION, finding)
    assert not is_of_other_driver(call, drivers)
    assert typed_alterations([call], terms, drivers) == ()


@pytest.mark.parametrize(
    "finding", ["CD74::NRG1 not detected", "no CD74::NRG1", "CD74::NRG1 negative"]
)
def test_no_fusion_is_made_of_one_that_is_denied(finding, terms, drivers):
    assert typed_alterations([typed(OutsideKind.FUSION, finding)], terms, drivers) == ()


@pytest.mark.parametrize(
    ("kind", "finding", "words"),
    [
        ("variant", "ALK G1202R", "A change of ALK has the kind 'mutation'."),
        ("variant", "V600E", "a gene and its change"),
        ("variant", "BRAF", "a gene and its change"),
        ("variant", "braf V600E", "a gene and its change"),
        ("variant", "BRAF V600", "one-letter code"),
        ("variant", "BRAF V600V", "one-letter code"),
        ("variant", "BRAF V600E not detected", "one-letter code"),
        ("variant", "no BRAF V600E", "a gene and its change"),
        ("variant", "EGFR exon 19 deletoin", "Did you mean 'exon 19 deletion'?"),
        ("variant", "BRAF B600E", "one-letter code"),
        ("copy number", "MET", "a gene and one of"),
        ("copy number", "MET amplificaton", "Did you mean 'amplification'?"),
        ("copy number", "MET no amplification", "a gene and one of"),
        ("copy number", "no MET amplification", "a gene and one of"),
        ("copy number", "MET amplification, -3 copies", "a gene and one of"),
        ("copy number", "MET amplification, 1,5 copies", "a gene and one of"),
        ("copy number", "MET amplification, many copies", "a gene and one of"),
        ("expression", "ABCB1", "a marker and one of"),
        ("expression", "ABCB1 overr", "a marker and one of"),
        ("expression", "ABCB11 over", "Did you mean 'ABCB1'?"),
        ("expression", "E-cadhern lost", "Did you mean 'e cadherin'?"),
        ("expression", "XYZ over", "It holds ABCB1, ABCC11"),
        ("expression", "ALK not over", "a marker that the knowledge holds"),
        ("histology", "small cell carcinom", "Did you mean 'small cell carcinoma'?"),
        ("histology", "qqq", "It holds adenocarcinoma"),
        ("histology", "no small cell carcinoma", "a histology that the knowledge holds"),
        ("host factor", "BIM deletoin", "Did you mean 'bim deletion'?"),
        ("host factor", "no", "a host factor that the knowledge holds"),
        ("host factor", "zzz", "It holds BIM deletion polymorphism"),
        ("observation", "sarcoid", "Did you mean 'sarcoid"),
        ("observation", "no radionecrosis", "an observation that the knowledge holds"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place_and_a_remedy(read, kind, finding, words):
    with pytest.raises(InputError) as told:
        read(kind, finding, line=7)
    text = str(told.value)
    assert text.startswith("typed.tsv:7: finding: ")
    assert repr(finding) in text
    assert kind in text
    assert words in text


def test_equal_lines_are_one_finding_and_their_order_is_kept(terms, drivers):
    calls = [
        typed(KINDS["copy number"], "MET amplification"),
        typed(KINDS["variant"], "BRAF V600E"),
        typed(KINDS["copy number"], "MET amplified", line=4),
    ]
    made = typed_alterations(calls, terms, drivers)
    assert [a.gene for a in made] == ["MET", "BRAF"]


@pytest.mark.parametrize(
    ("kind", "finding"),
    [
        (OutsideKind.MUTATION, "G1202R"),
        (OutsideKind.HAPLOTYPE, "L1196M+G1202R"),
        (OutsideKind.KINASE_DOMAIN, "no mutation found"),
        (OutsideKind.FUSION, "EML4::ALK v1"),
    ],
)
def test_what_is_of_alk_is_left_to_its_own_readers(kind, finding, terms, drivers):
    assert typed_alterations([typed(kind, finding)], terms, drivers) == ()


# ---- laws ---------------------------------------------------------------------------------------

GENES = ("BRAF", "MET", "ALK", "EML4", "RET", "BIM", "p.")
CHANGES = ("V600E", "G12C*", "amplification", "deletion", "exon", "19", "fusion", "carcinoma")
LINKS = ("::", "--", ",", ".", "by", "copies", "no", "not", "absent", "present", "high", "over")
WORDS = st.sampled_from((*GENES, *CHANGES, *LINKS))
TEXT = st.one_of(
    st.text(min_size=1, max_size=60),
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=6).map("".join),
)


@given(kind=st.sampled_from([*KINDS.values(), OutsideKind.FUSION]), finding=TEXT)
def test_no_text_fails_in_any_other_way_than_a_refusal(terms, drivers, kind, finding):
    try:
        made = typed_alterations([typed(kind, finding)], terms, drivers)
    except InputError as fault:
        assert fault.file == "typed.tsv"
        assert fault.line == 2
        assert fault.expected
    else:
        assert len(made) == 1 or kind is OutsideKind.FUSION


@given(name=st.sampled_from(sorted(KINDS)), data=st.data())
def test_capitals_hyphens_and_blanks_make_no_difference(terms, name, data):
    """The oracle is the term itself: each of its words, however it is written, means it."""
    held = {
        "histology": terms.histologies,
        "host factor": terms.host_factors,
        "observation": terms.observations,
        "expression": terms.markers,
    }
    entry = data.draw(st.sampled_from(held.get(name, terms.histologies)))
    word = data.draw(st.sampled_from([entry.term, *entry.also]))
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    blank = data.draw(st.sampled_from([" ", "-", "  ", " - "]))
    written = f" {re.sub('[ -]', blank, case(word))} "
    kind = KINDS[name] if name in held else OutsideKind.HISTOLOGY
    text = f"{written.strip()} over" if name == "expression" else written
    (made,) = typed_alterations([typed(kind, text)], terms, ())
    fields = {"histology": "histology", "host factor": "factor", "observation": "observation"}
    assert getattr(made, fields.get(name, "gene" if name == "expression" else "histology")) == (
        entry.term
    )


@given(finding=TEXT)
def test_a_finding_is_never_turned_into_its_opposite(terms, drivers, finding):
    """What begins with ``no`` is no finding of presence."""
    for kind in KINDS.values():
        try:
            made = typed_alterations([typed(kind, f"no {finding}")], terms, drivers)
        except InputError:
            continue
        for alteration in made:
            assert alteration.kind == "host factor"
            assert not alteration.present


# ---- the page that says what can be typed -------------------------------------------------------


def test_every_word_that_can_be_typed_stands_on_the_page(terms, drivers):
    page = (ROOT / "docs" / "outside-calls.md").read_text(encoding="utf-8")
    page = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    lists = (terms.histologies, terms.observations, terms.host_factors, terms.markers)
    wanted = {entry.term for entries in lists for entry in entries}
    plain = {
        " ".join(w.casefold().replace("-", " ").split()) for w in re.findall("`([^`]+)`", page)
    }
    named = (typed_findings._NAMED, typed_findings._CHANGES, typed_findings._LEVELS)
    assert {word for words in named for word in words} <= plain
    assert {word for word in wanted if f"`{word}`" not in page} == set()
    assert {gene for gene in drivers if gene not in page} == set()
    assert {kind.value for kind in OutsideKind if f"`{kind.value}`" not in page} == set()


@pytest.mark.parametrize(
    ("finding", "name"),
    [("KRAS p.Gly12Cys", "G12C"), ("KRAS p.(Gly12Cys)", "G12C"), ("RB1 p.Arg320Ter", "R320*")],
)
def test_three_letter_names_are_read(read, finding, name):
    assert read("variant", finding).name == name


def test_all_faults_are_told_at_once(terms, drivers):
    lines = [
        typed(OutsideKind.VARIANT, "BRAF V600E?"),
        typed(OutsideKind.COPY_NUMBER, "MET lots"),
        typed(OutsideKind.VARIANT, "KRAS G12C"),
    ]
    with pytest.raises(InputError) as caught:
        typed_alterations(lines, terms, drivers)
    assert "2 faults" in str(caught.value)
    assert "V600E?" in str(caught.value)
    assert "MET lots" in str(caught.value)


def test_what_is_denied_is_left_out_and_not_corrected(terms, drivers):
    """A remedy of "non-small cell carcinoma" for "no small cell carcinoma" would be a new lie."""
    with pytest.raises(InputError) as caught:
        typed_alterations([typed(OutsideKind.HISTOLOGY, "no small cell carcinoma")], terms, drivers)
    assert "leave its row out" in str(caught.value)


def test_two_levels_of_one_protein_in_one_specimen_are_a_conflict(read):
    over, negative = read("expression", "P-gp over"), read("expression", "ABCB1 negative by IHC")
    (conflict,) = typed_conflicts([over, negative])
    assert conflict.says == ("ABCB1 over", "ABCB1 absent")
    elsewhere = negative.model_copy(update={"specimen": "another"})
    assert typed_conflicts([over, elsewhere]) == ()
