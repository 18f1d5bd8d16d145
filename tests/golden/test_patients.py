"""The golden cases on the level of the patient: why the drug failed, what should work, what next.

The keys of ``expect.yaml`` are explained in ``knowledge/cases/README.md``.
"""

from itertools import pairwise

import pytest
import test_cases
from test_cases import CALLS, PATIENT_KEYS, every_case, expected

reported = test_cases.reported

OPTION_KEYS = {"first", "above", "tier", "absent", "tests", "against"}
SITES = {"systemic", "cns"}
TIERS = ("supported", "reasonable", "investigational", "not advised")
CONFIDENCES = {"established", "likely", "possible"}
NEVER_SAID = ("eligible", "recommended", "cure")


def with_key(key):
    """Run a test for every case whose expectations have a key."""
    having = [folder for folder in test_cases.CASES if key in expected(folder)]
    return pytest.mark.parametrize("folder", having, ids=lambda p: p.name)


def found_mechanisms(report):
    return {mechanism["id"]: mechanism["confidence"] for mechanism in report["mechanisms"]}


def by_id(report):
    return {option["id"]: option for option in report["options"]}


@every_case
def test_keys_are_known_and_name_what_the_knowledge_holds(folder, kb):
    expect, knowledge = expected(folder), kb.patient
    mechanisms = {rule.id for rule in knowledge.mechanisms}
    assert set(expect.get("mechanisms", {})) <= mechanisms
    assert set(expect.get("no_mechanisms", [])) <= mechanisms
    for confidences in expect.get("mechanisms", {}).values():
        assert confidences
        assert set(confidences) <= CONFIDENCES
    assert set(expect.get("patient", {})) <= set(knowledge.therapies)
    for sites in expect.get("patient", {}).values():
        assert sites
        assert set(sites) <= SITES
        assert all(calls and set(calls) < CALLS for calls in sites.values())
    options = expect.get("options", {})
    assert set(options) <= OPTION_KEYS
    pairs = options.get("above", [])
    assert all(len(pair) == 2 for pair in pairs)
    assert all(set(tiers) < set(TIERS) for tiers in options.get("tier", {}).values())
    named = {name for pair in pairs for name in pair} | set(options.get("tier", {}))
    for key in ("first", "absent", "tests", "against"):
        named |= set(options.get(key, []))
    rows = {row.id for row in knowledge.strategy}
    assert named <= rows, f"no such option: {', '.join(sorted(named - rows))}"
    kinds = {row.id: row.kind.value for row in knowledge.strategy}
    assert all(kinds[name] == "test" for name in options.get("tests", []))
    spots = {rule.name for rule in knowledge.mechanisms if rule.shown_by} | {"on-target mutation"}
    assert set(expect.get("blind_spots", [])) <= spots
    assert expect.keys() & PATIENT_KEYS or "calls" in expect


@with_key("mechanisms")
def test_mechanisms_are_found_with_the_confidence_a_board_gives_them(folder, reported):
    expect, found = expected(folder), found_mechanisms(reported(folder))
    for name, allowed in expect["mechanisms"].items():
        assert found.get(name) in allowed, f"{name}: {expect['reason']}"


@with_key("no_mechanisms")
def test_mechanisms_that_nothing_shows_are_not_told(folder, reported):
    expect = expected(folder)
    assert not set(expect["no_mechanisms"]) & set(found_mechanisms(reported(folder)))


@with_key("patient")
def test_patient_calls_are_those_a_board_expects(folder, reported):
    expect = expected(folder)
    responses = {r["drug"]: r for r in reported(folder)["patient_responses"]}
    for drug, sites in expect["patient"].items():
        for site, allowed in sites.items():
            told = responses[drug][site]
            assert told["call"] in allowed, f"{drug}, {site}, {told}: {expect['reason']}"


@with_key("options")
def test_options_stand_as_a_board_would_put_them(folder, reported):
    expect, options = expected(folder), by_id(reported(folder))
    wanted, reason = expect["options"], expect["reason"]
    order = list(options)
    treatments = [name for name, option in options.items() if option["kind"] != "test"]
    if "first" in wanted:
        assert treatments[:1], "nothing is offered"
        assert treatments[0] in wanted["first"], f"{treatments[:4]}: {reason}"
    for higher, lower in wanted.get("above", []):
        assert higher in options, reason
        assert lower not in options or order.index(higher) < order.index(lower), reason
    for name, tiers in wanted.get("tier", {}).items():
        assert name in options, reason
        assert options[name]["tier"] in tiers, f"{name}: {options[name]['tier']}; {reason}"
    assert not set(wanted.get("absent", [])) & set(options), reason
    for name in wanted.get("tests", []):
        assert name in options, reason
        assert options[name]["tier"] != "not advised", reason
    for name in wanted.get("against", []):
        assert options[name]["against"], f"{name} needs its counter-reason"


@with_key("blind_spots")
def test_blind_spots_are_named(folder, reported):
    spots = {spot["mechanism"]: spot for spot in reported(folder)["tumour"]["blind_spots"]}
    for name in expected(folder)["blind_spots"]:
        assert name in spots
        assert spots[name]["test"]


@every_case
def test_the_headline_says_what_it_must_and_nothing_that_it_must_not(folder, reported):
    expect = expected(folder)
    headline = reported(folder)["headline"].casefold()
    for word in expect.get("headline", []):
        assert word.casefold() in headline
    for word in (*expect.get("headline_never", []), *NEVER_SAID):
        assert word.casefold() not in headline


@every_case
def test_no_data_is_never_a_probability(folder, reported):
    responses = reported(folder)["patient_responses"]
    assert responses
    for response in responses:
        for site in SITES:
            silent = response[site]["call"] == "no data"
            assert silent == (response[site]["p_response"] is None), (response["drug"], site)


@every_case
def test_a_drug_that_has_just_failed_keeps_its_place_only_with_a_named_reason(folder, reported):
    for response in reported(folder)["patient_responses"]:
        called = {response[site]["call"] for site in SITES}
        if response["just_failed"] and "sensitive" in called:
            assert response["qualification"], response["drug"]


@every_case
def test_every_option_has_a_source_that_resolves(folder, reported, kb):
    report = reported(folder)
    shown = {source["id"] for source in report["sources"]}
    for option in report["options"]:
        assert option["sources"], option["id"]
        assert set(option["sources"]) <= shown, option["id"]
        assert {s.id for s in kb.sources(option["sources"])} == set(option["sources"])


@every_case
def test_what_rests_on_cells_or_animals_never_stands_above_what_patients_had(folder, reported):
    options = [o for o in reported(folder)["options"] if o["tier"] != "not advised"]
    for higher, lower in pairwise(options):
        assert not (higher["folded"] and not lower["folded"]), (higher["id"], lower["id"])


@every_case
def test_options_stand_by_tier_then_by_their_terms(folder, reported):
    options = reported(folder)["options"]
    assert [o["rank"] for o in options] == list(range(1, len(options) + 1))
    for higher, lower in pairwise(options):
        assert TIERS.index(higher["tier"]) <= TIERS.index(lower["tier"])
        if (higher["tier"], higher["folded"]) == (lower["tier"], lower["folded"]):
            totals = [round(sum(t["value"] for t in o["terms"]), 6) for o in (higher, lower)]
            assert totals[0] >= totals[1], (higher["id"], lower["id"])
