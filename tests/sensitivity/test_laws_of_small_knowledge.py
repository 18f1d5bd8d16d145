"""What holds for every response, on small knowledge that is compiled for the law."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alkanet.model.evidence import EvidenceKind, Relation
from alkanet.model.haplotype import Haplotype
from alkanet.model.response import Call, ItemKind
from alkanet.sensitivity import predict_one
from knowledge_writer import KnowledgeFolder

PATIENTS = {"trial", "patients", "patient response", "found at progression"}


def _with_fold(folder, *folds, drug="alectinib", haplotype="G1202R", **fields):
    """Give each source its panel: wild type at 10 nM and the haplotype at ``fold`` times that."""
    for number, fold in enumerate(folds):
        source = f"lab-20{10 + number}"
        folder.source(source)
        folder.measure(
            (source, "", drug, 10), (source, haplotype, drug, f"{10 * fold:.9g}", fields)
        )


@pytest.mark.parametrize("towards", [+1, -1])
@pytest.mark.parametrize("drug", ["alectinib", "lorlatinib", "neladalkib"])
def test_a_statement_of_the_review_alone_is_no_data(folder, respond, towards, drug):
    statement = folder.claim("pan-2021", "G1202R", drug, towards, "review statement")
    folder.source("pan-2021", statement, kind="review")
    response = respond("G1202R", drug)
    assert response.call is Call.NO_DATA
    assert 0 < response.score * towards < 1


def test_a_statement_does_not_lift_a_computation_to_a_call(folder, respond):
    statement = folder.claim("pan-2021", "G1202R", "alectinib", +1, "review statement")
    folder.source("pan-2021", statement, kind="review")
    computed = folder.claim("sim-2019", "G1202R", "alectinib", +1, "computation")
    folder.source("sim-2019", computed)
    assert respond("G1202R", "alectinib").call is Call.NO_DATA


@pytest.mark.parametrize(
    ("fold", "call"),
    [
        (0.1, Call.SENSITIVE),
        (2, Call.SENSITIVE),
        (2.1, Call.REDUCED),
        (4, Call.REDUCED),
        (7.9, Call.REDUCED),
        (8, Call.RESISTANT),
        (500, Call.RESISTANT),
    ],
)
@pytest.mark.parametrize("laboratories", [1, 2, 3, 7])
def test_cells_call_what_the_cuts_say(folder, respond, fold, call, laboratories):
    """At the cuts themselves too, however many laboratories share the pull."""
    _with_fold(folder, *[fold] * laboratories)
    response = respond("G1202R", "alectinib")
    assert response.call is call
    assert response.fold_change.median == pytest.approx(fold, rel=0.01)


@pytest.mark.parametrize("fold", [0.5, 2, 4, 7])
@pytest.mark.parametrize("relation", [Relation.ABOVE, Relation.AT_LEAST])
def test_a_value_above_a_bound_never_speaks_for_sensitivity(folder, respond, fold, relation):
    _with_fold(folder, fold, relation=relation.value)
    response = respond("G1202R", "alectinib")
    assert response.call in (Call.REDUCED, Call.NO_DATA, Call.RESISTANT)
    assert response.score <= 0
    assert response.fold_change is None, "an interval would pass a bound off as a measured value"


def test_a_value_above_a_bound_may_speak_for_resistance(folder, respond):
    _with_fold(folder, 50, relation=">")
    assert respond("G1202R", "alectinib").call is Call.RESISTANT


@pytest.mark.parametrize("fold", [5, 8, 50])
def test_a_value_below_a_bound_never_speaks_for_resistance(folder, respond, fold):
    _with_fold(folder, fold, relation="<")
    assert respond("G1202R", "alectinib").score >= 0


@pytest.mark.parametrize("bound", [">", ">="])
def test_a_bound_beside_an_exact_value_of_its_source_stays_a_bound(folder, respond, bound):
    """Two panels of one source, one value only known to lie above 1-fold: no sensitivity."""
    folder.source("lab-2010")
    more = {"assay": "cellular ALK phosphorylation"}
    folder.measure(
        ("lab-2010", "", "alectinib", 10),
        ("lab-2010", "G1202R", "alectinib", 10),
        ("lab-2010", "", "alectinib", 10, more),
        ("lab-2010", "G1202R", "alectinib", 10, more | {"relation": bound}),
    )
    response = respond("G1202R", "alectinib")
    assert response.score <= 0
    assert response.call is not Call.SENSITIVE


def test_a_bound_in_a_single_does_not_make_a_compound_milder(folder, respond):
    """L1196M exact at 1-fold, G1202R only known to lie above 1-fold: the sum is a bound too."""
    folder.source("lab-2010")
    folder.measure(
        ("lab-2010", "", "alectinib", 10),
        ("lab-2010", "L1196M", "alectinib", 10),
        ("lab-2010", "G1202R", "alectinib", 10, {"relation": ">"}),
    )
    response = respond("L1196M+G1202R", "alectinib")
    assert response.score <= 0


def test_a_wild_type_that_is_only_a_bound_gives_no_fold_change(folder, respond):
    folder.source("lab-2010")
    folder.measure(
        ("lab-2010", "", "alectinib", 10, {"relation": "<"}),
        ("lab-2010", "G1202R", "alectinib", 10),
    )
    response = respond("G1202R", "alectinib")
    assert response.call is Call.NO_DATA
    assert response.fold_change is None
    (item,) = response.items
    assert "only a bound" in item.set_aside


def test_panels_are_not_compared_with_each_other(folder, respond):
    """Wild type of one panel and mutant of another: there is no fold change."""
    folder.source("lab-2010")
    folder.source("lab-2011")
    folder.measure(("lab-2010", "", "alectinib", 100), ("lab-2011", "G1202R", "alectinib", 10))
    response = respond("G1202R", "alectinib")
    assert response.call is Call.NO_DATA
    assert response.fold_change is None


@pytest.mark.parametrize("ic50", [1, 10, 1000])
def test_enzyme_values_never_count(folder, respond, ic50):
    folder.source("lab-2010")
    enzyme = {"assay": "enzyme"}
    folder.measure(
        ("lab-2010", "", "alectinib", 10, enzyme), ("lab-2010", "G1202R", "alectinib", ic50, enzyme)
    )
    response = respond("G1202R", "alectinib")
    assert response.call is Call.NO_DATA
    assert response.score == 0
    assert response.fold_change is None


def test_a_fold_change_without_a_cut_is_shown_and_makes_no_call(folder, respond):
    _with_fold(folder, 0.5, drug="neladalkib")
    response = respond("G1202R", "neladalkib")
    assert response.call is Call.NO_DATA
    assert response.fold_change.median == 0.5
    assert "no cut" in response.items[0].set_aside


@pytest.mark.parametrize("kind", sorted(PATIENTS))
@pytest.mark.parametrize(("towards", "fold"), [(+1, 10_000), (-1, 0.01)])
def test_patients_outweigh_any_fold_change(folder, respond, kind, towards, fold):
    """However far the cells lie on the other side, the call is not theirs."""
    _with_fold(folder, fold, fold, fold)
    folder.source("ward-2020", folder.claim("ward-2020", "G1202R", "alectinib", towards, kind))
    response = respond("G1202R", "alectinib")
    assert response.call is not (Call.RESISTANT if towards > 0 else Call.SENSITIVE)
    assert response.conflict
    assert "ward-2020" in response.conflict


@pytest.mark.parametrize("laboratories", [1, 2, 3, 6])
def test_how_many_laboratories_share_a_pull_does_not_move_a_call(folder, respond, laboratories):
    """Patients -3 against cells +2 is -1, resistant, also where three laboratories share the +2."""
    _with_fold(folder, *[0.01] * laboratories)
    trial = folder.claim("ward-2020", "G1202R", "alectinib", -1, "trial", patients="9")
    folder.source("ward-2020", trial)
    response = respond("G1202R", "alectinib")
    assert response.score == -1
    assert response.call is Call.RESISTANT


def test_cells_alone_never_make_sensitive_what_patients_grew_through(folder, respond):
    """Numbers and letters of many laboratories together, against one biopsy at progression."""
    _with_fold(folder, 0.01, 0.01)
    for name in ("cell-2015", "cell-2016", "cell-2017"):
        folder.source(name, folder.claim(name, "G1202R", "alectinib", +1, "cells"))
    acquired = folder.claim("ward-2020", "G1202R", "alectinib", -1, "found at progression")
    folder.source("ward-2020", acquired)
    response = respond("G1202R", "alectinib")
    assert response.score == 0, "+2 at most against -2"
    assert response.call is Call.REDUCED
    assert response.conflict


def test_sensitive_from_cells_alone_needs_an_interval_below_the_second_cut(folder, respond):
    """One laboratory is off by a factor of three: at 2 of 8 it may not reach the second cut."""
    _with_fold(folder, 1.9)
    response = respond("G1202R", "alectinib")
    assert response.call is Call.SENSITIVE
    assert response.fold_change.high < 8


def test_a_sum_floors_each_single_at_wild_type_and_adds_the_known_excess(folder, respond, kb):
    """A single below wild type must not make a compound milder than its other mutation."""
    folder.source("lab-2010")
    folder.measure(
        ("lab-2010", "", "alectinib", 10),
        ("lab-2010", "L1196M", "alectinib", 0.1),
        ("lab-2010", "G1202R", "alectinib", 30),
    )
    response = respond("L1196M+G1202R", "alectinib")
    excess = 10 ** kb.response_rules().compound_excess_log10
    assert response.fold_change.median == pytest.approx(3 * excess, rel=0.01)


def test_the_same_number_told_by_two_papers_counts_once(folder, respond):
    """A letter of the source whose fold change is counted, and a later paper that repeats it."""
    _with_fold(folder, 1)
    before = respond("G1202R", "alectinib")
    folder.source("lab-2010", folder.claim("lab-2010", "G1202R", "alectinib", +1))
    repeated = folder.claim("copy-2019", "G1202R", "alectinib", +1, primary="lab-2010")
    folder.source("copy-2019", repeated)
    after = respond("G1202R", "alectinib")
    assert (after.score, after.call) == (before.score, before.call)
    assert len(after.items) == 3


def test_a_neutral_claim_is_shown_and_speaks_for_nobody(folder, respond):
    open_claim = folder.claim("open-2019", "G1202R", "alectinib", +1, "trial", direction="neutral")
    folder.source("open-2019", open_claim)
    response = respond("G1202R", "alectinib")
    assert response.call is Call.NO_DATA
    assert len(response.items) == 1


def test_a_disputed_sensitivity_speaks_for_resistance(folder, respond):
    disputed = folder.claim("ward-2019", "G1202R", "alectinib", +1, "trial", direction="disputes")
    folder.source("ward-2019", disputed)
    assert respond("G1202R", "alectinib").call is Call.RESISTANT


def test_the_parts_of_a_compound_do_not_call_it(folder, respond):
    """Both singles answer in patients; of the pair on one allele nothing is known."""
    claims = [folder.claim("ward-2020", m, "lorlatinib", +1, "trial") for m in ("L1196M", "G1202R")]
    folder.source("ward-2020", *claims)
    response = respond("L1196M+G1202R", "lorlatinib")
    assert response.call is Call.NO_DATA
    assert {item.kind for item in response.items} == {ItemKind.PART}


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_more_resistance_never_makes_a_call_milder(tmp_path_factory, data):
    """End to end, with fold changes: a claim against a drug never moves a call towards it."""
    folder = KnowledgeFolder(tmp_path_factory.mktemp("law") / "knowledge")
    folds = data.draw(st.lists(st.sampled_from([0.2, 1.5, 2, 4, 8, 60]), max_size=2))
    _with_fold(folder, *folds)
    kinds = st.sampled_from([k.value for k in EvidenceKind if k.value != "review statement"])
    told = data.draw(st.lists(st.tuples(kinds, st.sampled_from([+1, -1])), max_size=3))
    for number, (kind, towards) in enumerate(told):
        name = f"told-20{number:02}"
        folder.source(name, folder.claim(name, "G1202R", "alectinib", towards, kind))
    order = [Call.SENSITIVE, Call.REDUCED, Call.RESISTANT]
    calls = {}
    for turn, towards in (("before", 0), ("against", -1)):
        if towards:
            kind = data.draw(kinds)
            added = folder.claim("added-2022", "G1202R", "alectinib", towards, kind)
            folder.source("added-2022", added)
        kb = folder.compile()
        asked = Haplotype.parse("G1202R")
        calls[turn] = predict_one(asked, kb.therapy_named("alectinib"), kb, kb.response_rules())
    before, after = calls["before"], calls["against"]
    assert after.score <= before.score + 1e-9
    if before.call is not Call.NO_DATA:
        assert after.call is not Call.NO_DATA
        assert order.index(after.call) >= order.index(before.call)
    else:
        assert after.call is not Call.SENSITIVE
