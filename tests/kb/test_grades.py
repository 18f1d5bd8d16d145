"""Levels of evidence follow from what is held: laws of the written rules."""

from __future__ import annotations

import pytest

from alkanet.kb.grades import Held, grade_of_claim, grade_of_measurement, grades_of_pair
from alkanet.model.evidence import Certainty, Claim, Direction, EvidenceKind, Predicate
from alkanet.model.haplotype import Haplotype

G1202R = Haplotype(mutations=("G1202R",))


@pytest.fixture(scope="module")
def rules(kb):
    return kb.grade_rules()


def claim(name, kind, towards, *, patients=None, primary=None, haplotype=G1202R):
    return Claim(
        id=f"{name}.x",
        source=name,
        haplotype=haplotype,
        therapy="lorlatinib",
        predicate=Predicate.RESISTANCE if towards < 0 else Predicate.SENSITIVITY,
        direction=Direction.SUPPORTS if towards else Direction.NEUTRAL,
        evidence=kind,
        says="Made up for a test.",
        locator="text",
        certainty=Certainty.VERIFIED,
        primary=primary,
        patients=patients,
    )


def tiers(kb, rules, towards, *claims, folds=0, drug="lorlatinib"):
    held = Held(
        claims[0].haplotype if claims else G1202R, kb.therapy_named(drug), towards, claims, folds
    )
    return {g.system.value.split()[0]: g.level for g in grades_of_pair(held, rules)}


@pytest.mark.parametrize(
    ("kind", "patients", "level"),
    [
        (EvidenceKind.TRIAL, 12, "B"),
        (EvidenceKind.COHORT, 5, "B"),
        (EvidenceKind.COHORT, None, "C"),
        (EvidenceKind.PATIENT_RESPONSE, 1, "C"),
        (EvidenceKind.ACQUIRED, 1, "C"),
        (EvidenceKind.CELLS, None, "D"),
        (EvidenceKind.COMPUTATION, None, "E"),
        (EvidenceKind.SECONDARY, None, "E"),
        (EvidenceKind.REVIEW_STATEMENT, None, "E"),
    ],
)
@pytest.mark.parametrize("towards", [1, 0, -1])
def test_a_claim_has_the_level_of_its_kind(kb, rules, kind, patients, level, towards):
    """Whichever side it takes, and also where it is left open: a list is never preclinical."""
    made = claim("a-2020", kind, towards, patients=patients)
    assert grade_of_claim(made, kb.therapy_named("lorlatinib"), rules).level == level


def test_a_value_from_cells_is_preclinical(kb, rules):
    assert grade_of_measurement(G1202R, kb.therapy_named("lorlatinib"), rules).level == "D"


def test_only_an_approved_drug_on_the_fusion_itself_is_validated(kb, rules):
    wild = claim("a-2020", EvidenceKind.TRIAL, 1, patients=150, haplotype=Haplotype())
    assert grade_of_claim(wild, kb.therapy_named("lorlatinib"), rules).level == "A"
    assert grade_of_claim(wild, kb.therapy_named("neladalkib"), rules).level == "B"
    assert tiers(kb, rules, 1, wild) == {"AMP/ASCO/CAP": "I-A", "ESCAT": "I-A"}
    assert tiers(kb, rules, 1, wild, drug="neladalkib")["AMP/ASCO/CAP"] != "I-A"


def test_patients_who_are_told_twice_count_once(kb, rules):
    """Twelve patients in two reports are no twenty-four: evidence counts once."""
    first = claim("a-2020", EvidenceKind.TRIAL, 1, patients=12)
    again = claim("b-2021", EvidenceKind.TRIAL, 1, patients=12, primary="a-2020")
    other = claim("c-2021", EvidenceKind.TRIAL, 1, patients=12)
    assert tiers(kb, rules, 1, first) == tiers(kb, rules, 1, first, again)
    assert tiers(kb, rules, 1, first, other) == {"AMP/ASCO/CAP": "I-B", "ESCAT": "I-B"}


def test_a_patient_on_the_other_side_lowers_the_tier(kb, rules):
    group = claim("a-2020", EvidenceKind.TRIAL, 1, patients=40)
    against = claim("b-2021", EvidenceKind.PATIENT_RESPONSE, -1, patients=1)
    assert tiers(kb, rules, 1, group) == {"AMP/ASCO/CAP": "I-B", "ESCAT": "I-B"}
    assert tiers(kb, rules, 1, group, against) == {"AMP/ASCO/CAP": "II-D", "ESCAT": "III-B"}


def test_resistance_has_no_rank_of_what_may_be_given(kb, rules):
    one = claim("a-2020", EvidenceKind.ACQUIRED, -1, patients=1)
    assert set(tiers(kb, rules, -1, one)) == {"AMP/ASCO/CAP"}


def test_nothing_held_is_no_grade(kb, rules):
    assert tiers(kb, rules, 1) == {}
    assert tiers(kb, rules, 1, folds=-1) == {}
    assert tiers(kb, rules, 1, folds=1) == {"AMP/ASCO/CAP": "II-D", "ESCAT": "IV-A"}
