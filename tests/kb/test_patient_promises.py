"""The promises over mechanisms, outcomes, strategies and words: each planted fault is told."""

from __future__ import annotations

import pytest

from alkanet.kb.check import check
from alkanet.kb.check_patient import PATIENT_PROMISES
from alkanet.kb.load import load_knowledge
from alkanet.model.outcome import Outcome

MECHANISM = {
    "id": "met",
    "name": "MET amplification",
    "category": "bypass",
    "found_when": [
        {
            "when": {"copy_number": {"gene": "MET", "changes": ["high-level gain"]}},
            "gives": "established",
            "says": "Made up for a test.",
        }
    ],
    "alk_alone": "0.2",
    "alk_alone_reason": "Made up for a test.",
    "sources": ["base-2020"],
}
ROW = {
    "id": "row",
    "regimen": "alectinib",
    "kind": "regimen",
    "drugs": ["alectinib"],
    "inhibitor": "alectinib",
    "when": {"fact": ["metastatic"]},
    "tier": "supported",
    "level": "cohort",
    "why": [{"says": "Made up for a test."}],
    "sources": ["base-2020"],
}
OUTCOME = {
    "id": "base-2020.alectinib-orr",
    "trial": "BASE",
    "source": "base-2020",
    "arm": "alectinib",
    "drugs": "alectinib",
    "population": "first line",
    "endpoint": "ORR",
    "value": "50",
    "responders": "5",
    "n": "10",
    "locator": "abstract",
    "certainty": "verified",
}


def mechanism(folder, **changes):
    return folder.write("mechanisms/met.yaml", {**MECHANISM, **changes})


def row(folder, **changes):
    return folder.write("strategy/rows/x.yaml", {"rows": [{**ROW, **changes}]})


def outcome(folder, *changes):
    columns = tuple(Outcome.model_fields)
    rows = ["\t".join({**OUTCOME, **c}.get(n, "") for n in columns) for c in changes]
    return folder.write("trials.tsv", "\n".join(["# made up", "\t".join(columns), *rows]) + "\n")


def constraint(folder, **changes):
    entry = {
        "id": "x", "drugs": ["alectinib"], "when": {"fact": ["metastatic"]},
        "effect": "caution", "says": "Made up for a test.", "sources": ["base-2020"],
    }  # fmt: skip
    return folder.write("strategy/constraints.yaml", {"constraints": [{**entry, **changes}]})


def rules(folder, **changes):
    folder.patient(**changes)
    return folder.root / "patient" / "rules.yaml"


GROUP = {"drug": "alectinib", "when": {"fact": ["metastatic"]}}
CHECKED = {
    "outcome": OUTCOME["id"], "drug": "alectinib", "failed": [], "role": "checks",
    "genotypes": [{"haplotype": "wild type", "share": "0.5"}],
    "genotypes_reason": "Made up for a test.",
}  # fmt: skip

FAULTS = {
    "no terms": (lambda f: f.root.joinpath("terms.yaml").unlink(), "terms.yaml: is missing"),
    "no weights": (
        lambda f: f.root.joinpath("strategy/weights.yaml").unlink(),
        "weights.yaml: is missing",
    ),
    "a mechanism without its source": (
        lambda f: mechanism(f, sources=["gone-2020"]),
        "'gone-2020' is not in the knowledge",
    ),
    "a mechanism named unlike its file": (
        lambda f: mechanism(f, id="other"),
        "must equal the file's name, 'met'",
    ),
    "a section that the review has not": (
        lambda f: mechanism(f, review_section="2.4"),
        "no section '2.4'",
    ),
    "a drug that nobody knows": (
        lambda f: mechanism(f, reported_with=["alectinb"]),
        "Did you mean 'alectinib'?",
    ),
    "a histology that is no term": (
        lambda f: mechanism(
            f, unless=[{"histology": ["small cell carcinomas"]}]
        ),
        "Did you mean 'small cell carcinoma'?",
    ),
    "a marker that is no term": (
        lambda f: mechanism(f, unless=[{"expression": {"gene": "PGP1", "changes": ["over"]}}]),
        "'PGP1' is not in the knowledge",
    ),
    "a condition on a mechanism that is not there": (
        lambda f: row(f, when={"mechanism": {"ids": ["mett"]}}),
        "'mett' is not in the knowledge",
    ),
    "a row that addresses nothing": (lambda f: row(f, addresses=["mett"]), "'mett' is not in"),
    "a row without its source": (lambda f: row(f, sources=["gone-2020"]), "'gone-2020'"),
    "an argument without its source": (
        lambda f: row(f, why=[{"says": "Made up for a test.", "sources": ["gone-2020"]}]),
        "'gone-2020'",
    ),
    "a row that may be told without any reason": (
        lambda f: row(f, why=[{"says": "Made up for a test.", "when": {"failed": ["alectinib"]}}]),
        "has no reason that always holds",
    ),
    "a row with an outcome that nobody holds": (
        lambda f: row(f, response="base-2020.alectinib-orr"),
        "'base-2020.alectinib-orr' is not in the knowledge",
    ),
    "a row with a drug that nobody knows": (lambda f: row(f, drugs=["alectinb"]), "alectinib"),
    "a row twice": (
        lambda f: f.write("strategy/rows/x.yaml", {"rows": [ROW, ROW]}),
        "strategy 'row' stands at",
    ),
    "cells above a trial": (
        lambda f: row(f, level="cells"),
        "rests on cells alone and is supported",
    ),
    "a test that does not say which": (lambda f: row(f, kind="test"), "say which test"),
    "a constraint without its source": (lambda f: constraint(f, sources=["gone-2020"]), "gone"),
    "an outcome twice": (lambda f: outcome(f, {}, {}), "outcome 'base-2020.alectinib-orr' stands"),
    "an outcome that does not add up": (
        lambda f: outcome(f, {"responders": "9"}),
        "9 of 10 is not 50 per cent",
    ),
    "a rate without its month": (lambda f: outcome(f, {"endpoint": "PFS rate"}), "month"),
    "a group that cannot be pooled": (
        lambda f: (
            outcome(f, {"n": "", "responders": ""}),
            rules(f, groups=[{**GROUP, "systemic": [OUTCOME["id"]]}]),
        ),
        "has no number of patients",
    ),
    "shares that do not add up": (
        lambda f: (outcome(f, {}), rules(f, calibration=[CHECKED])),
        "add up to 0.5",
    ),
    "a word that means two things": (
        lambda f: f.edit("terms.yaml", "{term: ZEB1}", "{term: ZEB1, also: [vimentin]}"),
        "'vimentin' means 'VIM' and 'ZEB1'",
    ),
    "an observation that rules ask for is gone": (
        lambda f: f.edit("terms.yaml", "term: ALK rearrangement by FISH", "term: FISH"),
        "'ALK rearrangement by FISH' is missing",
    ),
    "an approval without its source": (
        lambda f: f.drug(
            "lorlatinib",
            cut=(40, 160),
            approvals=[
                {
                    "agency": "FDA", "use": "first line", "date": "2021-03-03",
                    "source": "gone-2020", "certainty": "verified",
                }
            ],
        ),
        "'gone-2020'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_told(folder, name):
    assert check(load_knowledge(folder.root)) == (), "the folder is sound before"
    plant, words = FAULTS[name]
    plant(folder)
    told = [str(fault) for fault in check(load_knowledge(folder.root))]
    assert any(words in fault for fault in told), told
    assert all(fault.startswith("knowledge/") for fault in told)


@pytest.mark.parametrize("plant", [mechanism, row, constraint, lambda f: outcome(f, {})])
def test_what_is_sound_is_not_faulted(folder, plant):
    plant(folder)
    assert check(load_knowledge(folder.root)) == ()


def test_every_promise_has_a_planted_fault(folder):
    """None of the promises is idle."""
    caught = {promise.__name__: 0 for promise in PATIENT_PROMISES}
    for name, (plant, _) in FAULTS.items():
        copy = type(folder)(folder.root.parent / name.replace(" ", "-"))
        plant(copy)
        knowledge = load_knowledge(copy.root)
        for promise in PATIENT_PROMISES:
            caught[promise.__name__] += bool(list(promise(knowledge)))
    assert all(caught.values()), caught
