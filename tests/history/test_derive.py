"""What a history says: which drugs failed, how, and what may excuse them."""

import datetime as dt

import pytest

from alkanet.history import derive
from alkanet.model.case import (
    CoMedication,
    DrugLevel,
    Event,
    LineOfTherapy,
    Setting,
    SiteOfDisease,
    StopReason,
)
from alkanet.model.fact import Fact
from alkanet.model.history import NamedReason, Resistance
from patient_builder import AS_OF, case_of, line


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("lines", "failed", "highest", "fact"),
    [
        ((), (), None, Fact.NO_INHIBITOR),
        ((line("pemetrexed", "cisplatin"),), (), None, Fact.NO_INHIBITOR),
        ((line("crizotinib"),), ("crizotinib",), 1, Fact.FAILED_FIRST),
        (
            (line("crizotinib"), line("alectinib")),
            ("crizotinib", "alectinib"), 2, Fact.FAILED_SECOND,
        ),
        # lorlatinib, and then crizotinib again: the tumour has grown through the third generation
        (
            (line("lorlatinib"), line("crizotinib")),
            ("lorlatinib", "crizotinib"), 3, Fact.FAILED_THIRD,
        ),
        # stopped because it was not tolerated: that is no failure of the drug
        ((line("ceritinib", why=StopReason.TOXICITY),), (), None, Fact.NONE_FAILED),
        ((line("alectinib", why=StopReason.COMPLETED),), (), None, Fact.NONE_FAILED),
        # it goes on, and nobody says that anything grows
        ((line("alectinib", why=StopReason.ONGOING),), (), None, Fact.NONE_FAILED),
        # progression as best response is a failure, whatever the stated reason for stopping
        (
            (line("alectinib", best="PD", why=StopReason.CHOICE),),
            ("alectinib",), 2, Fact.FAILED_SECOND,
        ),
    ],
)  # fmt: skip
def test_what_failed(kb, lines, failed, highest, fact):
    history = derive(case_of(*lines), kb)
    assert history.failed == failed
    assert history.highest_failed == highest
    generations = {Fact.NO_INHIBITOR, Fact.NONE_FAILED, Fact.FAILED_FIRST, Fact.FAILED_SECOND,
                   Fact.FAILED_THIRD, Fact.FAILED_FOURTH}  # fmt: skip
    assert generations & set(history.facts) == {fact}


def test_an_inhibitor_made_for_another_target_has_failed_too(kb):
    """Entrectinib has no generation: its failure is no reason to say that nothing has failed."""
    history = derive(case_of(line("entrectinib")), kb)
    assert history.failed == history.just_failed == ("entrectinib",)
    assert history.highest_failed is None
    assert Fact.NONE_FAILED not in history.facts


def test_an_ongoing_drug_fails_while_disease_grows(kb):
    case = case_of(line("alectinib", why=StopReason.ONGOING), sites=[("liver", 3)])
    history = derive(case, kb)
    assert history.just_failed == ("alectinib",)
    assert Fact.ON_INHIBITOR in history.facts
    assert Fact.PROGRESSING in history.facts


def test_chemotherapy_after_a_failed_inhibitor_does_not_bring_it_back(kb):
    case = case_of(line("lorlatinib"), line("pemetrexed", "carboplatin"))
    history = derive(case, kb)
    assert history.just_failed == ("lorlatinib",)
    assert Fact.PLATINUM_GIVEN in history.facts


@pytest.mark.parametrize(
    ("stop", "best", "resistance"),
    [
        ("2026-03-15", "SD", Resistance.PRIMARY),  # ten weeks: the review's three months
        ("2026-09-01", "SD", Resistance.ACQUIRED),
        ("2026-03-15", "PR", Resistance.ACQUIRED),  # it listened before it grew
        ("2026-09-01", "PD", Resistance.PRIMARY),
        (None, "SD", None),  # without dates nobody can tell
        (None, "PD", Resistance.PRIMARY),
        (None, "CR", Resistance.ACQUIRED),
    ],
)
def test_primary_or_acquired(kb, stop, best, resistance):
    start = day("2026-01-01") if stop else None
    given = line("alectinib", start=start, stop=day(stop) if stop else None, best=best)
    assert derive(case_of(given), kb).lines[0].resistance == resistance


def test_time_runs_to_the_decision_where_the_drug_goes_on(kb):
    given = line("alectinib", start=day("2025-11-01"), why=StopReason.ONGOING)
    assert derive(case_of(given), kb).lines[0].months == pytest.approx(12.0, abs=0.1)
    assert derive(case_of(given, as_of=None), kb).lines[0].months is None


@pytest.mark.parametrize(
    ("sites", "facts", "absent"),
    [
        (
            [("brain", 2)],
            {Fact.BRAIN_ONLY, Fact.BRAIN_GROWING, Fact.FEW_GROWING}, {Fact.BODY_GROWING},
        ),
        ([("left cerebellum", None)], {Fact.BRAIN_ONLY}, {Fact.FEW_GROWING}),
        ([("leptomeninges", 1)], {Fact.BRAIN_ONLY, Fact.LEPTOMENINGEAL}, {Fact.FEW_GROWING}),
        ([("brain", 1), ("liver", 1)], {Fact.BRAIN_GROWING, Fact.BODY_GROWING}, {Fact.BRAIN_ONLY}),
        ([("adrenal", 1)], {Fact.BODY_GROWING, Fact.FEW_GROWING}, {Fact.BRAIN_DISEASE}),
        ([("liver", 5)], {Fact.BODY_GROWING}, {Fact.FEW_GROWING}),
        # their number is not stated
        ([("bone", None), ("liver", 1)], {Fact.BODY_GROWING}, {Fact.FEW_GROWING}),
    ],
)  # fmt: skip
def test_where_it_grows(kb, sites, facts, absent):
    found = set(derive(case_of(line("alectinib"), sites=sites), kb).facts)
    assert facts <= found
    assert not absent & found


def test_stated_sites_that_do_not_grow_are_no_progression(kb):
    quiet = (SiteOfDisease(site="lung", growing=False),)
    given = line("alectinib", why=StopReason.ONGOING)
    facts = derive(case_of(given).model_copy(update={"sites": quiet}), kb).facts
    assert Fact.NOT_PROGRESSING in facts
    assert Fact.PROGRESSING not in facts
    silent = derive(case_of(given), kb).facts
    assert Fact.NOT_PROGRESSING not in silent, "what nobody says is not stable disease"


@pytest.mark.parametrize(
    ("more", "sites", "reason"),
    [
        ({}, [("brain", 3)], NamedReason.BRAIN_ONLY),
        ({}, [("lung", 1)], NamedReason.FEW_LESIONS),
        ({"dose_reduced": True}, [("lung", 9)], NamedReason.DOSE),
        ({"adherent": False}, [("lung", 9)], NamedReason.ADHERENCE),
    ],
)
def test_what_may_excuse_a_drug(kb, more, sites, reason):
    history = derive(case_of(line("crizotinib", **more), sites=sites), kb)
    assert reason in history.lines[0].reasons


def test_growth_that_nobody_located_excuses_nothing(kb):
    assert derive(case_of(line("crizotinib")), kb).lines[0].reasons == ()
    assert derive(case_of(line("crizotinib", adherent=True)), kb).lines[0].reasons == ()


def test_exposure(kb):
    level = DrugLevel(drug="alectinib", date=AS_OF, trough_ng_per_mL=200)
    older = DrugLevel(drug="alectinib", date=AS_OF - dt.timedelta(days=90), trough_ng_per_mL=900)
    taken = (CoMedication(drug="Rifampicin"),)
    facts = derive(
        case_of(line("alectinib"), drug_levels=(level, older), co_medication=taken), kb
    ).facts
    assert "200 ng/mL" in facts[Fact.LOW_LEVEL], "the newest level counts"
    same_day = level.model_copy(update={"trough_ng_per_mL": 900.0})
    for levels in ((level, same_day), (same_day, level)):
        facts_of_both = derive(case_of(line("alectinib"), drug_levels=levels), kb).facts
        assert "200 ng/mL" in facts_of_both[Fact.LOW_LEVEL], "the lower of one day, in any order"
    assert Fact.STRONG_INDUCER in facts
    enough = DrugLevel(drug="alectinib", date=AS_OF, trough_ng_per_mL=600)
    assert Fact.LOW_LEVEL not in derive(case_of(line("alectinib"), drug_levels=(enough,)), kb).facts


def test_a_checkpoint_inhibitor_is_recent_for_half_a_year(kb):
    def facts(days):
        event = Event(kind="checkpoint inhibitor", date=AS_OF - dt.timedelta(days=days))
        return derive(case_of(events=(event,)), kb).facts

    assert Fact.RECENT_CHECKPOINT_INHIBITOR in facts(60)
    assert Fact.RECENT_CHECKPOINT_INHIBITOR not in facts(400)


def test_what_a_drug_selects_for_is_told_with_its_source(kb):
    selected = derive(case_of(line("alectinib")), kb).lines[0].selects_for
    assert any(event.event == "G1202R" and event.drug == "alectinib" for event in selected)
    assert all(event.source for event in selected)


def test_settings(kb):
    for setting, fact in ((Setting.EARLY, Fact.EARLY), (Setting.STAGE_III, Fact.STAGE_III)):
        assert fact in derive(case_of(setting=setting), kb).facts
    unknown = derive(case_of(setting=None), kb).facts
    assert not {Fact.EARLY, Fact.STAGE_III, Fact.METASTATIC} & set(unknown)


@pytest.mark.parametrize(
    ("more", "presumed"),
    [
        ({}, True),  # a drug typed with --prior: given before, and another is being looked for
        ({"start": day("2024-01-01"), "stop": day("2025-01-01")}, True),
        ({"start": day("2024-01-01")}, False),  # begun and not ended: it goes on
        ({"stopped_for": StopReason.TOXICITY}, False),
        ({"stopped_for": StopReason.ONGOING}, False),
    ],
)
def test_an_inhibitor_whose_end_nobody_states_is_presumed_to_have_failed(kb, more, presumed):
    """Silence dressed as success would call a drug sensitive through which the tumour grew."""
    history = derive(case_of(LineOfTherapy(drugs=("alectinib",), **more)), kb)
    assert history.lines[0].presumed is presumed
    assert history.failed == (("alectinib",) if presumed else ())


def test_nothing_is_presumed_of_chemotherapy_or_of_early_disease(kb):
    assert not derive(case_of(LineOfTherapy(drugs=("cisplatin",))), kb).lines[0].presumed
    adjuvant = case_of(LineOfTherapy(drugs=("alectinib",)), setting=Setting.EARLY)
    assert not derive(adjuvant, kb).lines[0].presumed
