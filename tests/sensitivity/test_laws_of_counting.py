"""Evidence counts once, and pulls the way it speaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alkanet.model.evidence import (
    Certainty,
    Claim,
    Direction,
    EvidenceKind,
    Predicate,
)
from alkanet.model.haplotype import Haplotype
from alkanet.model.response_rules import KindWeight
from alkanet.sensitivity.counting import count_once

LISTS = (EvidenceKind.SECONDARY, EvidenceKind.REVIEW_STATEMENT)
PATIENTS = (
    EvidenceKind.TRIAL,
    EvidenceKind.COHORT,
    EvidenceKind.PATIENT_RESPONSE,
    EvidenceKind.ACQUIRED,
)
ABOUT = Haplotype(mutations=("G1202R",))


def claim(name, evidence, towards, *, source="some-2020", primary=None, direction="supports"):
    sensitive = towards > 0
    return Claim(
        id=name,
        source=source,
        primary=primary,
        haplotype=ABOUT,
        therapy="alectinib",
        predicate=Predicate.SENSITIVITY if sensitive else Predicate.RESISTANCE,
        direction=Direction(direction),
        evidence=evidence,
        says="made up",
        locator="text",
        certainty=Certainty.VERIFIED,
    )


WEAK = (*LISTS, EvidenceKind.COMPUTATION, EvidenceKind.CELLS)
"""Kinds that give way to each other: where a law of counting breaks first."""


@st.composite
def claims(draw, towards=None, kinds=tuple(EvidenceKind)):
    kind = draw(st.sampled_from(kinds))
    source = "pan-2021" if kind is EvidenceKind.REVIEW_STATEMENT else draw(st.sampled_from("abc"))
    direction = draw(st.sampled_from(["supports", "supports", "neutral", "disputes"]))
    return claim(
        f"{source}.{draw(st.integers(0, 10**6))}",
        kind,
        towards or draw(st.sampled_from([+1, -1])),
        source=source,
        primary=draw(st.sampled_from([None, None, "a", "b"])) if source != "pan-2021" else None,
        direction="supports" if towards else direction,
    )


def sets_of(inner, size=6):
    return st.lists(inner, max_size=size, unique_by=lambda c: c.id)


def score(found, kb, measured=frozenset()):
    return sum(c.pull for c in count_once(found, measured, kb.response_rules()))


@pytest.mark.parametrize(
    ("towards", "direction", "expected"),
    [
        (+1, "supports", +1),
        (-1, "supports", -1),
        (+1, "disputes", -1),
        (-1, "disputes", +1),
        (+1, "neutral", 0),
        (-1, "neutral", 0),
    ],
)
def test_the_sign_of_a_claim(towards, direction, expected):
    assert claim("x", EvidenceKind.CELLS, towards, direction=direction).towards == expected


@settings(deadline=None)
@given(sets_of(claims()))
def test_every_claim_pulls_its_way_or_says_why_not(kb, found):
    rules = kb.response_rules()
    counted = count_once(found, frozenset(), rules)
    assert [c.claim for c in counted] == found
    for one in counted:
        assert (one.set_aside is None) == (one.pull != 0)
        if one.pull:
            assert one.pull == one.claim.towards * weight_of(one.claim, rules)


def weight_of(told, rules):
    """A group of patients weighs as a group where it states at least three of them."""
    weight = rules.weights[told.evidence].weight
    is_group = told.evidence in (EvidenceKind.TRIAL, EvidenceKind.COHORT)
    if is_group and (told.patients or 0) < rules.least_patients_of_a_group:
        return rules.weights[EvidenceKind.PATIENT_RESPONSE].weight
    return weight


@pytest.mark.parametrize(("patients", "pull"), [(None, 2.5), (1, 2.5), (2, 2.5), (3, 3), (40, 3)])
@pytest.mark.parametrize("kind", [EvidenceKind.TRIAL, EvidenceKind.COHORT])
def test_a_group_without_its_number_weighs_as_one_patient(kb, kind, patients, pull):
    """A letter of a trial with "very few" of a genotype must not outweigh one real patient."""
    told = claim("a.x", kind, +1, source="a").model_copy(update={"patients": patients})
    assert score([told], kb) == pull


@pytest.mark.parametrize("kind", [EvidenceKind.CELLS, EvidenceKind.COMPUTATION])
def test_a_laboratory_cannot_be_read_for_a_drug_without_a_cut(kb, kind):
    """An IC50 says nothing of patients until their exposure has been set against it."""
    found = [claim("a.x", kind, +1, source="a")]
    (counted,) = count_once(found, frozenset(), kb.response_rules(), has_cut=False)
    assert counted.pull == 0
    assert "no cut" in counted.set_aside


@settings(deadline=None)
@given(found=sets_of(claims()), data=st.data())
def test_the_order_of_claims_does_not_matter(kb, found, data):
    other = data.draw(st.permutations(found))
    rules = kb.response_rules()
    pulls = {c.claim.id: (c.pull, c.set_aside) for c in count_once(found, frozenset(), rules)}
    again = {c.claim.id: (c.pull, c.set_aside) for c in count_once(other, frozenset(), rules)}
    assert pulls == again


@settings(deadline=None)
@given(found=sets_of(claims()), data=st.data())
def test_a_source_that_repeats_another_changes_nothing(kb, found, data):
    """The same primary source told again, in the same words or by a later paper."""
    if not found:
        return
    told = data.draw(st.sampled_from(found))
    if told.evidence in LISTS:
        return
    again = told.model_copy(
        update={"id": "zzz.again", "source": "later-2024", "primary": told.primary_source}
    )
    assert score([*found, again], kb) == pytest.approx(score(found, kb))


@settings(deadline=None)
@given(sets_of(claims()), st.sampled_from([+1, -1]), st.sampled_from(LISTS))
def test_a_list_beside_a_paper_changes_nothing(kb, found, towards, kind):
    papers = [c for c in found if c.towards and c.evidence in (*PATIENTS, EvidenceKind.CELLS)]
    if not papers:
        return
    source = "pan-2021" if kind is EvidenceKind.REVIEW_STATEMENT else "list-2023"
    added = claim("list.x", kind, towards, source=source)
    assert score([*found, added], kb) == pytest.approx(score(found, kb))


@pytest.mark.parametrize("kind", [EvidenceKind.COMPUTATION, EvidenceKind.CELLS])
def test_a_paper_that_agrees_with_lists_does_not_weaken_them(kb, kind):
    """Two lists against a drug, then a paper against it: never less resistant than before."""
    lists = [claim(f"{n}.x", EvidenceKind.SECONDARY, -1, source=n) for n in ("l-2019", "l-2021")]
    before = score(lists, kb)
    assert before < 0
    assert score([*lists, claim("p.x", kind, -1, source="p-2022")], kb) <= before


def test_a_letter_beside_the_number_of_its_source_changes_nothing(kb):
    letter = claim("a.x", EvidenceKind.CELLS, -1, source="a")
    assert score([letter], kb) == -1
    assert score([letter], kb, measured=frozenset({"a"})) == 0
    assert score([letter], kb, measured=frozenset({"b"})) == -1


@pytest.mark.parametrize("kinds", [tuple(EvidenceKind), WEAK], ids=["all", "weak"])
@settings(deadline=None, max_examples=300)
@given(data=st.data(), measured=st.frozensets(st.sampled_from("abc"), max_size=1))
def test_evidence_of_resistance_never_raises_the_score(kb, kinds, data, measured):
    found, added = data.draw(sets_of(claims(kinds=kinds), 3)), data.draw(claims(-1, kinds))
    assert score([*found, added], kb, measured) <= score(found, kb, measured) + 1e-9


@pytest.mark.parametrize("kinds", [tuple(EvidenceKind), WEAK], ids=["all", "weak"])
@settings(deadline=None, max_examples=300)
@given(data=st.data(), measured=st.frozensets(st.sampled_from("abc"), max_size=1))
def test_evidence_of_sensitivity_never_lowers_the_score(kb, kinds, data, measured):
    found, added = data.draw(sets_of(claims(kinds=kinds), 3)), data.draw(claims(+1, kinds))
    assert score([*found, added], kb, measured) >= score(found, kb, measured) - 1e-9


@settings(deadline=None)
@given(sets_of(claims()), st.data())
def test_the_laws_of_counting_hold_for_other_weights(kb, found, data):
    """A curator may change a weight: each claim still pulls its way, and order does not matter."""
    weights = {
        kind: KindWeight(weight=data.draw(st.floats(0.1, 10)), reason="changed by a curator")
        for kind in EvidenceKind
    }
    rules = kb.response_rules().model_copy(update={"weights": weights})
    pulls = [(c.claim.id, c.pull) for c in count_once(found, frozenset(), rules)]
    turned = [(c.claim.id, c.pull) for c in count_once(found[::-1], frozenset(), rules)]
    assert sorted(pulls) == sorted(turned)
    for (_, pull), one in zip(pulls, found, strict=True):
        assert pull * one.towards >= 0


def test_the_nearest_to_the_patient_stays(kb):
    """One paper that reports a patient twice, as response and at progression, is one patient."""
    one = claim("a.response", EvidenceKind.PATIENT_RESPONSE, -1, source="a")
    two = claim("a.acquired", EvidenceKind.ACQUIRED, -1, source="a")
    counted = {c.claim.id: c for c in count_once([two, one], frozenset(), kb.response_rules())}
    assert counted["a.response"].pull == -2.5
    assert counted["a.acquired"].pull == 0
    assert "a.response" in counted["a.acquired"].set_aside


def test_patients_and_cells_of_one_paper_are_two_observations(kb):
    one = claim("a.response", EvidenceKind.PATIENT_RESPONSE, -1, source="a")
    two = claim("a.cells", EvidenceKind.CELLS, -1, source="a")
    assert score([one, two], kb) == -3.5


def test_the_written_weights_keep_their_order(kb):
    """Patients outweigh cells, cells a computation, and that a letter which nobody can trace."""
    weight = {kind: kb.response_rules().weights[kind].weight for kind in EvidenceKind}
    cells = weight[EvidenceKind.CELLS]
    assert min(weight[kind] for kind in PATIENTS) > cells
    assert weight[EvidenceKind.TRIAL] == max(weight.values())
    assert cells > weight[EvidenceKind.COMPUTATION] > weight[EvidenceKind.REVIEW_STATEMENT] > 0
    assert weight[EvidenceKind.SECONDARY] <= cells


def test_no_laboratories_outweigh_a_patient(kb):
    """All laboratories together are bounded below one patient's response."""
    rules = kb.response_rules()
    assert rules.largest_laboratory_pull < rules.weights[EvidenceKind.PATIENT_RESPONSE].weight
    assert rules.largest_laboratory_pull <= rules.weights[EvidenceKind.ACQUIRED].weight


def test_a_list_alone_makes_no_call(kb):
    rules = kb.response_rules()
    assert rules.weights[EvidenceKind.SECONDARY].weight < rules.least_weight_for_a_call
