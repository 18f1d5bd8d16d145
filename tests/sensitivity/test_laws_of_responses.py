"""What holds for every response on the whole knowledge."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alkanet.kb.load import load_knowledge
from alkanet.kb.locate import knowledge_folder
from alkanet.model.evidence import AssayKind, EvidenceKind
from alkanet.model.haplotype import Haplotype
from alkanet.model.response import Basis, Call, ItemKind
from alkanet.sensitivity import predict, predict_one

PATIENTS = {"trial", "patients", "patient response", "found at progression"}
WT = Haplotype()


@pytest.fixture(scope="session")
def haplotypes():
    knowledge = load_knowledge(knowledge_folder())
    held = {c.value.haplotype for c in knowledge.claims}
    held |= {m.value.haplotype for m in knowledge.measurements} - {None}
    return tuple(sorted(held, key=str))


@pytest.fixture(scope="session")
def all_responses(kb, haplotypes):
    """Every haplotype of the knowledge with every drug, and pairs of some single mutations."""
    singles = sorted({m for h in haplotypes for m in h.mutations})[::3]
    pairs = [
        Haplotype(mutations=pair)
        for pair in combinations(singles, 2)
        if len({m[1:5] for m in pair}) == 2
    ]
    return predict((*haplotypes, *pairs), kb)


def test_the_whole_knowledge_is_looked_at(kb, haplotypes, all_responses):
    assert len(haplotypes) > 45
    assert len(all_responses) > len(haplotypes) * len(kb.therapies())
    assert {r.call for r in all_responses} == set(Call)


def test_the_pulls_add_up_to_the_score(all_responses):
    for response in all_responses:
        assert sum(item.pull for item in response.items) == pytest.approx(response.score, abs=1e-6)


def test_what_is_set_aside_pulls_nothing_and_says_why(all_responses):
    for response in all_responses:
        for item in response.items:
            assert (item.pull == 0) or item.set_aside is None
            if item.set_aside is not None:
                assert item.set_aside.strip()


def test_a_call_rests_on_evidence_that_counts(all_responses):
    for response in all_responses:
        speaks = [i for i in response.items if i.pull and i.evidence != "review statement"]
        if response.call is not Call.NO_DATA:
            assert speaks, response
            assert response.basis is not Basis.NONE
            assert response.certainty is not None
            assert response.why
        else:
            assert response.basis is Basis.NONE
            assert response.certainty is None


def test_sensitive_and_resistant_lie_on_their_sides(kb, all_responses):
    at = kb.response_rules().call_at_score
    for response in all_responses:
        if response.call is Call.SENSITIVE:
            assert response.score >= at
        elif response.call is Call.RESISTANT:
            assert response.score <= -at


def test_an_added_up_compound_is_never_sensitive(all_responses):
    """C1156Y+L1198F on lorlatinib: both singles near wild type, the tumour grew through it."""
    predicted = [r for r in all_responses if r.basis is Basis.PREDICTED]
    assert len(predicted) > 100
    for response in predicted:
        assert response.call in (Call.REDUCED, Call.RESISTANT)
        assert "+" in response.haplotype


def test_a_conflict_names_both_sides(all_responses):
    found = [r for r in all_responses if r.conflict]
    assert found
    for response in found:
        if "leaves it open" in response.conflict:
            continue
        for side in (+1, -1):
            names = {i.source for i in response.items if i.pull * side > 0}
            half = response.conflict.split(" towards sensitive, ")[0 if side > 0 else 1]
            assert all(name in half for name in names), response.conflict


def test_a_finding_in_patients_that_is_left_open_is_named(all_responses):
    """D1203N on lorlatinib: cells say sensitive, plasma at relapse holds it more often."""
    (response,) = [r for r in all_responses if (r.haplotype, r.drug) == ("D1203N", "lorlatinib")]
    assert "dagogo-jack-2019" in response.conflict
    assert "leaves it open" in response.conflict
    assert response.p_response.median <= 0.6


def test_where_both_sides_would_make_a_call_there_is_a_conflict(kb, all_responses):
    at = kb.response_rules().call_at_score
    for response in all_responses:
        towards = sum(i.pull for i in response.items if i.pull > 0)
        against = -sum(i.pull for i in response.items if i.pull < 0)
        if min(towards, against) >= at + 1e-3:
            assert response.conflict, response


def test_an_enzyme_value_never_counts(kb, all_responses):
    seen = 0
    for response in all_responses:
        for item in response.items:
            if item.evidence == AssayKind.ENZYME.value:
                seen += 1
                assert item.pull == 0
                assert item.set_aside
    assert seen


def test_a_drug_without_a_cut_shows_its_fold_change_and_does_not_count_it(kb, all_responses):
    without = {therapy.id for therapy in kb.therapies() if therapy.cut is None}
    shown = 0
    for response in all_responses:
        if response.drug in without:
            for item in response.items:
                if item.kind is ItemKind.MEASUREMENT:
                    shown += response.fold_change is not None
                    assert item.pull == 0
                    assert item.set_aside
    assert shown


def test_wild_type_has_a_fold_change_of_one(kb):
    known = [r for r in predict([WT], kb) if r.fold_change is not None]
    assert len(known) > 6
    for response in known:
        interval = response.fold_change
        assert (interval.low, interval.median, interval.high) == (1, 1, 1)


def test_patients_outweigh_cells_on_the_whole_knowledge(kb, haplotypes):
    """Where all patients that are held say one thing, the call never says the other."""
    opposite = {+1: Call.RESISTANT, -1: Call.SENSITIVE}
    seen = 0
    for haplotype in haplotypes:
        for therapy in kb.therapies():
            claims = kb.claims(haplotype, therapy.id)
            sides = {c.towards for c in claims if c.evidence.value in PATIENTS} - {0}
            if len(sides) == 1:
                seen += 1
                response = predict_one(haplotype, therapy, kb, kb.response_rules())
                assert response.call not in (opposite[sides.pop()], Call.NO_DATA), response
    assert seen > 40


def test_a_review_statement_alone_is_no_data_on_the_whole_knowledge(kb, haplotypes):
    seen = 0
    for haplotype in haplotypes:
        for therapy in kb.therapies():
            claims = [c for c in kb.claims(haplotype, therapy.id) if c.towards]
            numbers = kb.measurements(haplotype, therapy.id)
            kinds = {c.evidence for c in claims}
            if kinds == {EvidenceKind.REVIEW_STATEMENT} and not numbers:
                seen += 1
                response = predict_one(haplotype, therapy, kb, kb.response_rules())
                assert response.call is Call.NO_DATA
    assert seen > 10, "letters of the review without any paper become fewer with every paper"


SITES = ["D1160H", "P1139S", "R1181H", "K1525E"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), unknown=st.sampled_from(SITES))
def test_an_unknown_mutation_is_no_data_in_any_company(kb, haplotypes, data, unknown):
    """Alone, beside any known one, and beside a pair whose own evidence is strong."""
    assert unknown not in kb.known_mutations()
    company = data.draw(st.sampled_from(haplotypes)).mutations
    for response in predict([Haplotype(mutations=(unknown, *company))], kb):
        assert response.call is Call.NO_DATA
        assert response.p_response is None
        assert sum(item.pull for item in response.items) == 0


def test_the_order_in_which_haplotypes_are_asked_does_not_matter(kb, haplotypes):
    assert predict(haplotypes, kb) == predict(haplotypes[::-1], kb)
    assert predict((*haplotypes, *haplotypes[:3]), kb) == predict(haplotypes, kb)


def test_for_lorlatinib_a_sum_says_resistant_or_nothing(all_responses):
    """Five of six compounds that failed lorlatinib in patients add up to less than its cut."""
    predicted = [r for r in all_responses if r.drug == "lorlatinib" and r.basis is Basis.PREDICTED]
    assert predicted
    assert {r.call for r in predicted} == {Call.RESISTANT}


def test_no_fold_change_lies_above_what_its_assay_can_show(all_responses):
    """Cells without ALK die at 20-fold of crizotinib: a sum of 300 says no more than that."""
    for response in all_responses:
        predicted = response.drug == "crizotinib" and response.basis is Basis.PREDICTED
        if predicted and response.fold_change is not None:
            assert response.fold_change.high < 20


def test_all_that_laboratories_say_is_bounded(kb, all_responses):
    limit = kb.response_rules().largest_laboratory_pull
    kinds = {"cells", "computation"} | {kind.value for kind in AssayKind}
    for response in all_responses:
        total = sum(i.pull for i in response.items if i.evidence in kinds)
        assert abs(total) <= limit + 1e-9


def test_a_call_is_verified_only_where_what_was_read_would_make_it(kb, all_responses):
    rules = kb.response_rules()
    for response in all_responses:
        if response.certainty == "verified":
            read = sum(i.pull for i in response.items if i.certainty == "verified")
            assert abs(read) >= rules.call_at_score or response.call is Call.REDUCED


def test_an_untested_compound_is_no_milder_than_its_resistant_parts(kb):
    """L1196M+G1202R failed lorlatinib in patients: a third mutation does not bring it back.

    The known pair speaks for its two mutations, as in C1156Y+L1198F, which crizotinib answers.
    """
    names = "I1151Tins C1156Y I1171N F1174C F1174L L1196M L1198F G1202R D1203N L1256F G1269A"
    mutations = [n for n in names.split() if n in kb.known_mutations()]
    rules = kb.response_rules()
    floors = 0
    for therapy in kb.therapies():
        known = set(kb.compounds(therapy.id))
        for size in (2, 3):
            for chosen in combinations(mutations, size):
                if len({m[1:5] for m in chosen}) < size:
                    continue
                whole = predict_one(Haplotype(mutations=chosen), therapy, kb, rules)
                if whole.basis is not Basis.PREDICTED:
                    continue
                inside = [h for h in known if set(h.mutations) < set(chosen)]
                held = {m for h in inside for m in h.mutations}
                alone = [Haplotype(mutations=(m,)) for m in chosen if m not in held]
                parts = [predict_one(h, therapy, kb, rules) for h in (*inside, *alone)]
                if any(part.call is Call.RESISTANT for part in parts):
                    assert whole.call is Call.RESISTANT, (whole.haplotype, therapy.id)
                    floors += any(item.kind is ItemKind.FLOOR for item in whole.items)
    assert floors > 5


def test_a_floor_lifts_nothing_and_stands_only_where_a_part_is_resistant(all_responses):
    for response in all_responses:
        for item in response.items:
            if item.kind is ItemKind.FLOOR:
                assert item.pull < 0
                assert response.call is Call.RESISTANT
                assert response.basis is Basis.PREDICTED
