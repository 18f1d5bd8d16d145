"""The compiled knowledge, asked."""

from __future__ import annotations

import pytest

from alkanet.errors import InputError, KnowledgeError
from alkanet.model.alteration import Genome
from alkanet.model.caveat import Severity
from alkanet.model.haplotype import Haplotype

G1202R = Haplotype(mutations=("G1202R",))


@pytest.mark.parametrize(
    ("name", "drug"),
    [
        ("alectinib", "alectinib"),
        ("ALECTINIB", "alectinib"),
        (" Alecensa ", "alectinib"),
        ("alecensa", "alectinib"),
        ("CH5424802", "alectinib"),
        ("Xalkori", "crizotinib"),
        ("pf-02341066", "crizotinib"),
        ("LDK378", "ceritinib"),
        ("zykadia", "ceritinib"),
        ("AP26113", "brigatinib"),
        ("Alunbrig", "brigatinib"),
        ("Lorbrena", "lorlatinib"),
        ("LORVIQUA", "lorlatinib"),
        ("PF-06463922", "lorlatinib"),
        ("X-396", "ensartinib"),
        ("nvl-655", "neladalkib"),
        ("TPX-0131", "zotizalkib"),
    ],
)
def test_a_drug_by_any_of_its_names(kb, name, drug):
    assert kb.therapy_named(name).id == drug


def test_every_name_finds_its_own_drug(kb):
    for therapy in kb.therapies():
        for name in (therapy.id, *therapy.brand_names, *therapy.code_names):
            for spelling in (name, name.upper(), name.lower(), name.title()):
                assert kb.therapy_named(spelling) == therapy
                assert kb.drug_given(spelling) == therapy.id


@pytest.mark.parametrize(
    ("typed", "near"),
    [("lorlatnib", "lorlatinib"), ("Alecenza", "alecensa"), ("xalkory", "xalkori")],
)
def test_a_misspelt_drug_is_asked_about(kb, typed, near):
    with pytest.raises(InputError) as caught:
        kb.therapy_named(typed)
    assert f"Did you mean '{near}'" in str(caught.value)
    assert repr(typed) in str(caught.value)


def test_a_drug_that_is_no_alk_inhibitor_has_no_answer(kb):
    with pytest.raises(InputError, match="is not a drug"):
        kb.therapy_named("aspirin")


@pytest.mark.parametrize(
    "drug",
    ["carboplatin", "pemetrexed", "pembrolizumab", "bevacizumab", "osimertinib", "gefitinib"],
)
def test_a_drug_of_a_history_may_be_no_alk_inhibitor(kb, drug):
    """Names of kinase inhibitors look alike: a true history is not a misspelt one."""
    assert kb.drug_given(drug) == drug
    assert kb.drug_given(drug.title()) == drug


def test_the_code_of_a_trial_drug_is_kept(kb):
    assert kb.drug_given("XYZ-12345-A") == "XYZ-12345-A"


def test_a_misspelt_drug_of_a_history_is_asked_about(kb):
    with pytest.raises(InputError, match="Did you mean 'alectinib'"):
        kb.drug_given("alectinb")


def test_the_drugs_of_the_review_come_first_by_generation(kb):
    names = [therapy.id for therapy in kb.therapies()]
    assert names[0] == "crizotinib"
    assert names[5] == "lorlatinib"
    assert set(names[1:5]) == {"alectinib", "brigatinib", "ceritinib", "ensartinib"}
    assert len(names) == 13


def test_evidence_is_that_of_exactly_one_haplotype_and_drug(kb):
    for entry in (*kb.claims(G1202R, "alectinib"), *kb.measurements(G1202R, "alectinib")):
        assert (entry.haplotype, entry.therapy) == (G1202R, "alectinib")
    assert kb.claims(Haplotype(mutations=("D1160H",)), "alectinib") == ()
    ids = [claim.id for claim in kb.claims(G1202R, "lorlatinib")]
    assert ids == sorted(ids) != []


def test_wild_type_is_not_parental(kb):
    """Cells without ALK are the ceiling of a drug, and never the wild type."""
    for therapy in kb.therapies():
        for measurement in kb.measurements(Haplotype(), therapy.id):
            assert measurement.haplotype == Haplotype()
            assert measurement.expressed != "none"


def test_known_mutations_are_single_changes(kb):
    known = kb.known_mutations()
    assert {"G1202R", "L1256F", "T1151dup", "G1202del"} <= known
    assert not {"wild type", "parental", "", "D1160H"} & known
    assert all("+" not in name for name in known)


def test_a_caveat_is_filled_in(kb):
    caveat = kb.caveat("unknown-mutation", "D1160H")
    assert caveat.severity is Severity.WARNING
    assert caveat.text.startswith("D1160H is not in the knowledge")
    assert kb.caveat("unknown-mutation", "{x}").text.startswith("{x} is not")


def test_a_caveat_without_a_text_is_told(kb):
    with pytest.raises(KnowledgeError, match="there is no message 'no-such-code'"):
        kb.caveat("no-such-code", "x")


@pytest.mark.parametrize("name", ["MSK-IMPACT", "msk-impact", "IMPACT410"])
def test_an_assay_by_its_name(kb, name):
    assert kb.assay_covers(name) == {"ALK kinase domain", "ALK fusions"}


def test_an_assay_that_is_not_held_covers_nothing(kb):
    assert kb.assay_covers("our own panel") == frozenset()


def test_a_gene_model_is_held_on_both_builds(kb):
    for genome in Genome:
        assert kb.transcript("ALK", genome).genome is genome
    assert kb.transcript("NOSUCHGENE", Genome.GRCH38) is None


def test_sources_by_id(kb):
    assert [s.id for s in kb.sources(["shaw-2016", "choi-2010", "choi-2010", "gone-2020"])] == [
        "choi-2010",
        "shaw-2016",
    ]


@pytest.mark.parametrize(
    "text", ["alectinib, then lorlatinib", "lorlatinib (CROWN trial)", "study drug (Alecensa)"]
)
def test_a_drug_among_other_words_is_refused(kb, text):
    """Kept as a name of its own it would not be marked as given before."""
    with pytest.raises(InputError, match="among other words"):
        kb.drug_given(text)
