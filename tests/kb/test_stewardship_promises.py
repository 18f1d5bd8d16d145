"""The promises over drugs, review, numbers, stewardship and spelling: planted faults are told.

Every entry of ``FAULTS`` plants one fault in a sound folder and says in which file, and with which
words, it must be named.
"""

from __future__ import annotations

import pytest

from alkanet.kb.check import check
from alkanet.kb.check_drugs import DRUG_PROMISES
from alkanet.kb.check_numbers import NUMBER_PROMISES
from alkanet.kb.check_review import REVIEW_PROMISES
from alkanet.kb.check_spelling import SPELLING_PROMISES
from alkanet.kb.check_stewardship import STEWARDSHIP_PROMISES
from alkanet.kb.load import load_knowledge
from alkanet.kb.schema import PrevalenceRow
from alkanet.model.drug_profile import Exposure
from alkanet.model.identifier import Identifier
from alkanet.model.outcome import Outcome
from alkanet.model.review import ReviewReference
from alkanet.model.stewardship import Tombstone
from alkanet.model.trial import Trial
from knowledge_writer import KnowledgeFolder

PROMISES = (
    *DRUG_PROMISES, *REVIEW_PROMISES, *NUMBER_PROMISES, *STEWARDSHIP_PROMISES, *SPELLING_PROMISES,
)  # fmt: skip

SAYS = "Made up for a test."
OUTCOME = {
    "id": "base-2020.alectinib-orr", "trial": "BASE", "source": "base-2020", "arm": "alectinib",
    "drugs": "alectinib", "population": "first line", "endpoint": "ORR", "relation": "=",
    "value": "50", "n": "10", "locator": "abstract", "certainty": "verified",
}  # fmt: skip
TRIAL = {
    "name": "BASE", "nct": "NCT00000001", "design": "single arm", "setting": "first line",
    "drugs": "alectinib", "status": "reported", "source": "base-2020", "certainty": "verified",
}  # fmt: skip
EVENT = {
    "event": "G1202R", "drug": "alectinib", "n_with": "1", "n": "4", "percent": "25",
    "specimen": "tissue", "source": "base-2020", "id": "base-2020.alectinib-g1202r",
    "locator": "abstract", "certainty": "verified",
}  # fmt: skip
EXPOSURE = {
    "id": "base-2020.alectinib-cmax", "drug": "alectinib", "value": "665", "unit": "ng/mL",
    "parameter": "Cmax at steady state", "relation": "=", "population": "600 mg twice daily",
    "source": "base-2020", "locator": "abstract", "certainty": "verified",
}  # fmt: skip
IDENTIFIER = {
    "kind": "drug", "name": "alectinib", "system": "ChEMBL", "code": "CHEMBL1738797",
    "locator": "a public table", "certainty": "verified",
}  # fmt: skip
FINDING = {
    "id": "base-2020.efflux", "topic": "pharmacology", "about": ["alectinib"], "says": SAYS,
    "evidence": "cells", "locator": "abstract", "certainty": "verified",
}  # fmt: skip
ERRATUM = {
    "id": "e001", "kind": "the review", "place": "Table 2", "says": SAYS, "holds": SAYS,
    "why": SAYS, "decision": "corrected", "ids": ["base-2020.wild-type-alectinib"],
    "certainty": "verified",
}  # fmt: skip
STATEMENT = {"section": "2.1", "says": SAYS, "ids": ["base-2020.wild-type-alectinib"]}
RULE = {
    "id": "alectinib-inducers", "drug": "alectinib", "beside": "strong CYP3A inducers",
    "acts_on": "the drug", "advice": "no relevant effect", "says": SAYS,
    "source": "base-2020", "locator": "section 7", "certainty": "verified",
}  # fmt: skip
GAP = {"therapies": ["lorlatinib", "neladalkib"], "reason": SAYS, "looked_on": "2026-11-01"}
GUIDELINE = {
    "id": "base-2020", "body": "BASE", "edition": "1", "as_of": "2020", "source": "base-2020",
    "positions": [
        {
            "id": "base-2020.first-line", "setting": "first line", "strength": "option",
            "drugs": ["alectinib"], "says": SAYS, "locator": "text", "certainty": "verified",
        }
    ],
}  # fmt: skip
PROFILE = {
    "id": "alectinib",
    "warnings": [
        {
            "effect": "liver", "says": SAYS, "source": "base-2020", "locator": "5",
            "certainty": "verified",
        }
    ],
}  # fmt: skip
CURATION = {"curator": "A. Curator", "on": "2026-11-01"}


def table(folder, name, model, *rows):
    columns = tuple(model.model_fields)
    lines = ["\t".join(row.get(column, "") for column in columns) for row in rows]
    return folder.write(name, "\n".join(["# made up", "\t".join(columns), *lines]) + "\n")


def outcomes(folder, *changes):
    return table(folder, "trials.tsv", Outcome, *({**OUTCOME, **c} for c in changes))


def trials(folder, *changes):
    return table(folder, "trial-register.tsv", Trial, *({**TRIAL, **c} for c in changes))


def exposures(folder, *changes):
    return table(folder, "drugs/exposure.tsv", Exposure, *({**EXPOSURE, **c} for c in changes))


def identifiers(folder, *changes):
    return table(folder, "identifiers.tsv", Identifier, *({**IDENTIFIER, **c} for c in changes))


def findings(folder, *changes, **source):
    entry = {
        "id": "base-2020", "citation": "Some Body, base-2020", "year": "2020",
        "kind": "laboratory", **source,
    }  # fmt: skip
    claim = folder.claim("base-2020", "", "alectinib", +1, "trial")
    value = {
        "source": entry, "claims": [claim], "findings": [{**FINDING, **c} for c in changes],
    }  # fmt: skip
    return folder.write("sources/base-2020.yaml", value)


def curated(folder, **changes):
    claim = folder.claim("base-2020", "", "alectinib", +1, "trial")
    source = {"id": "base-2020", "citation": "Some Body, 2020", "year": "2020", "kind": "trial"}
    value = {"source": source, "curation": {**CURATION, **changes}, "claims": [claim]}
    return folder.write("sources/base-2020.yaml", value)


def errata(folder, *changes):
    return folder.write("errata.yaml", {"errata": [{**ERRATUM, **c} for c in changes]})


def statement(folder, **changes):
    return folder.write("review/text.yaml", {"statements": [{**STATEMENT, **changes}]})


def gaps(folder, *changes):
    held = {"looked_at": ["wild type"], "gaps": [{**GAP, **c} for c in changes]}
    return folder.write("gaps.yaml", held)


def exceptions(folder, **changes):
    entry = {"rule": "direction against fold change", "ids": [], "reason": SAYS, **changes}
    return folder.write("exceptions.yaml", {"exceptions": [entry]})


def buried(folder, name, **changes):
    row = {"id": name, "kind": "claim", "withdrawn_on": "2026-11-01", "reason": SAYS, **changes}
    return table(folder, "withdrawn.tsv", Tombstone, row)


def against_cells(folder, towards, ic50):
    """A claim against the one fold change: alectinib's cuts are 2 and 8."""
    folder.measure(("base-2020", "", "alectinib", 10), ("base-2020", "G1202R", "alectinib", ic50))
    return folder.source(
        "x-2020", folder.claim("x-2020", "G1202R", "alectinib", towards, "patients")
    )


FAULTS = {
    # drugs, trials, guidelines, findings
    "a profile of no drug": (
        lambda f: f.write("drugs/alectinb.yaml", {**PROFILE, "id": "alectinb"}),
        "Did you mean 'alectinib'?",
    ),
    "an exposure of no drug": (lambda f: exposures(f, {"drug": "alectinb"}), "Did you mean"),
    "a rule of no drug": (
        lambda f: f.write("co-medication.yaml", {"rules": [{**RULE, "drug": "alectinb"}]}),
        "Did you mean 'alectinib'?",
    ),
    "a warning without its source": (
        lambda f: f.write(
            "drugs/alectinib.yaml",
            {**PROFILE, "warnings": [{**PROFILE["warnings"][0], "source": "gone-2020"}]},
        ),
        "'gone-2020' is not in the knowledge",
    ),
    "a finding about nothing": (lambda f: findings(f, {"about": ["emtt"]}), "'emtt' is not in"),
    "a finding that repeats another": (
        lambda f: findings(f, {}, {"id": "base-2020.efflux-again"}),
        "says what base-2020.efflux says already",
    ),
    "a concentration in hours": (
        lambda f: exposures(f, {"unit": "h"}),
        "Cmax at steady state in h; expected nM or ng/mL",
    ),
    "an unbound fraction above one": (
        lambda f: exposures(
            f, {"parameter": "unbound fraction in plasma", "unit": "fraction", "value": "9"}
        ),
        "9 fraction",
    ),
    "a value outside its interval": (
        lambda f: exposures(f, {"low": "700", "high": "800"}),
        "665 lies outside its interval",
    ),
    "an outcome of a trial that nobody registered": (
        lambda f: (trials(f, {}), outcomes(f, {"trial": "BASIS"}))[1],
        "'BASIS' is not in the knowledge",
    ),
    "a register number of two trials": (
        lambda f: (
            outcomes(f, {}),
            trials(f, {}, {"name": "OTHER", "status": "no results yet"}),
        )[1],
        "register number 'NCT00000001' stands at",
    ),
    "a guideline whose successor is not there": (
        lambda f: f.write("guidelines/base-2020.yaml", {**GUIDELINE, "superseded_by": "base-2024"}),
        "'base-2024' is not in the knowledge",
    ),
    "a code that is two drugs": (
        lambda f: identifiers(f, {}, {"name": "lorlatinib"}),
        "code 'ChEMBL CHEMBL1738797' stands at",
    ),
    "a code of another system": (
        lambda f: identifiers(f, {"system": "RxNorm"}),
        "'CHEMBL1738797' is not a code of RxNorm",
    ),
    # the review
    "a statement that nobody carries": (lambda f: statement(f, ids=[]), "neither ids nor"),
    "a statement carried by a source alone": (
        lambda f: statement(f, ids=["base-2020"]),
        "'base-2020' is not in the knowledge",
    ),
    "a statement with an erratum that is not there": (
        lambda f: statement(f, errata=["e001"]),
        "'e001' is not in the knowledge",
    ),
    "an erratum twice": (lambda f: errata(f, {}, {}), "erratum 'e001' stands at"),
    "an erratum that points nowhere": (
        lambda f: errata(f, {"ids": ["base-2020.gone"]}),
        "'base-2020.gone' is not in the knowledge",
    ),
    "a reference to no source": (
        lambda f: table(
            f,
            "review/references.tsv",
            ReviewReference,
            {"number": "1", "source": "gone-2020", "certainty": "verified"},
        ),
        "'gone-2020' is not in the knowledge",
    ),
    # numbers
    "micromolar typed as nanomolar": (
        lambda f: f.measure(("base-2020", "", "alectinib", 200000)),
        "is more than any cell survives",
    ),
    "a median in days": (
        lambda f: outcomes(f, {"endpoint": "median PFS", "value": "400"}),
        "a median PFS of 400 months",
    ),
    "a hazard ratio in per cent": (
        lambda f: outcomes(
            f, {"endpoint": "PFS hazard ratio", "value": "43", "comparator": "crizotinib"}
        ),
        "a PFS hazard ratio of 43",
    ),
    "a value under two ids": (
        lambda f: outcomes(f, {}, {"id": "base-2020.alectinib-orr-again"}),
        "says what base-2020.alectinib-orr says already",
    ),
    "an event under two ids": (
        lambda f: table(f, "prevalence.tsv", PrevalenceRow, EVENT, {**EVENT, "id": "base-2020.x"}),
        "says what base-2020.alectinib-g1202r says already",
    ),
    "a rate that is typed again": (
        lambda f: (outcomes(f, {}), findings(f, {"says": "In that trial 50 % responded."}))[1],
        "50 % stands in a table already; Write {base-2020.alectinib-orr}",
    ),
    "a rate of a row that is not there": (
        lambda f: findings(f, {"says": "In that trial {base-2020.gone} responded."}),
        "'base-2020.gone' is not in the knowledge",
    ),
    "resistant, while cells say sensitive": (
        lambda f: against_cells(f, -1, 12),
        "says resistant; every fold change (1.2 or less)",
    ),
    "sensitive, while cells say resistant": (
        lambda f: against_cells(f, +1, 900),
        "says sensitive; every fold change (90 or more)",
    ),
    "an exception that is not needed": (
        lambda f: exceptions(f, ids=["base-2020.wild-type-alectinib"]),
        "breaks no rule (any more)",
    ),
    "a value that was not reached, of a rate": (
        lambda f: outcomes(f, {"relation": "not reached", "value": ""}),
        "is reached at once",
    ),
    "an interval on one side of its value": (
        lambda f: outcomes(f, {"low": "60", "high": "70"}),
        "lies below its interval",
    ),
    # stewardship
    "an id that has vanished": (
        lambda f: f.write("released-ids.txt", "claim base-2020.gone\n"),
        "'claim base-2020.gone' stood in a release and is gone",
    ),
    "a grave that is not empty": (
        lambda f: buried(f, "base-2020.wild-type-alectinib"),
        "was withdrawn and stands at knowledge/sources/base-2020.yaml:",
    ),
    "a successor that is not there": (
        lambda f: buried(f, "base-2020.old", replaced_by="base-2020.new"),
        "'base-2020.new' is not in the knowledge",
    ),
    "an id of a drug and of a rule": (
        lambda f: (
            f.write("co-medication.yaml", {"rules": [{**RULE, "id": "lorlatinib"}]}),
            f.root / "therapies/lorlatinib.yaml",
        )[1],
        "'lorlatinib' is the id of a co-medication and of a therapy",
    ),
    "a pair that is neither known nor a gap": (
        lambda f: gaps(f, {"therapies": ["lorlatinib"]}),
        "nothing is held of wild type with neladalkib, and no gap states it",
    ),
    "a gap that was closed": (
        lambda f: gaps(f, {}, {"therapies": ["alectinib"]}),
        "the gap is closed",
    ),
    "a gap where evidence is held": (
        lambda f: gaps(f, {}, {"therapies": ["alectinib"], "haplotypes": ["wild type"]}),
        "wild type with alectinib is no gap",
    ),
    "a drug of which nothing is held": (
        lambda f: (gaps(f, {}), f.drug("zz"))[1],
        "no claim, no measurement and no gap speaks of zz",
    ),
    "a trial with results that nobody holds": (
        lambda f: trials(f, {}),
        "'BASE' has results, and no outcome is held",
    ),
    "a mechanism that leads nowhere": (
        lambda f: (
            f.write("strategy/rows/x.yaml", {"rows": [STEP]}),
            f.write("mechanisms/met.yaml", MECHANISM),
        )[1],
        "no next step addresses met",
    ),
    "a claim of a retracted paper": (
        lambda f: findings(f, retracted="2021-05-05"),
        "rests on base-2020, which was retracted on 2021-05-05",
    ),
    "an approval of next year": (
        lambda f: f.drug(
            "lorlatinib",
            cut=(40, 160),
            approvals=[
                {
                    "agency": "FDA", "use": "first line", "month": "2031-03",
                    "source": "base-2020", "certainty": "verified",
                }
            ],
        ),
        "2031-03-31 is after the month of the knowledge",
    ),
    "a curator who reviews himself": (
        lambda f: curated(f, reviewer="a. curator", reviewed_on="2026-11-02", interests="none"),
        "a second reviewer is another person",
    ),
    "a reviewer without a day": (
        lambda f: curated(f, reviewer="B. Reader", interests="none"),
        "belong together",
    ),
    "a review without interests": (
        lambda f: curated(f, reviewer="B. Reader", reviewed_on="2026-11-02"),
        "curation.interests",
    ),
    "a new mutation that nobody looked for": (
        lambda f: (
            f.source("x-2020", f.claim("x-2020", "G1202R", "alectinib", -1)),
            gaps(f, {}),
        )[1],
        "nothing is held of G1202R with lorlatinib, neladalkib, and no gap states it",
    ),
    "a file that is lost": (
        lambda f: (f.edit("version.yaml", "whole: no", "whole: yes"), f.root / "gaps.yaml")[1],
        "is missing or empty",
    ),
    "an exception for nothing": (
        lambda f: exceptions(f, rule="nothing points to it", ids=["gone"]),
        "'gone' is not in the knowledge",
    ),
    "two exposures of one id": (
        lambda f: exposures(f, {}, {"value": "700"}),
        "exposure 'base-2020.alectinib-cmax' stands at",
    ),
    "two findings of one id": (
        lambda f: findings(f, {}, {"says": "Another sentence."}),
        "finding 'base-2020.efflux' stands at",
    ),
    "an id that was withdrawn and is still named": (
        lambda f: (
            buried(f, "base-2020.old"),
            statement(f, ids=["base-2020.old"]),
        )[1],
        "'base-2020.old' was withdrawn on 2026-11-01; Take it out here",
    ),
    "a label of a retracted source": (
        lambda f: (
            f.write("drugs/alectinib.yaml", PROFILE),
            findings(f, retracted="2021-05-05"),
            f.root / "drugs/alectinib.yaml",
        )[2],
        "rests on base-2020, which was retracted",
    ),
    "a label dated in the future": (
        lambda f: f.write("co-medication.yaml", {"rules": [{**RULE, "label_date": "2099"}]}),
        "2099-01-01 is after the month of the knowledge",
    ),
    "the thirty-ninth of February": (
        lambda f: f.write("co-medication.yaml", {"rules": [{**RULE, "label_date": "2019-02-30"}]}),
        "label_date",
    ),
    "a rate of no whole number": (
        lambda f: outcomes(f, {"value": "44", "n": "38"}),
        "44 % is of no whole number of 38",
    ),
    "an interval turned round": (
        lambda f: outcomes(
            f,
            {
                "endpoint": "median PFS", "relation": "not reached", "value": "",
                "low": "40", "high": "10",
            },
        ),
        "the interval runs from 40 down to 10",
    ),
    "a number without end": (lambda f: exposures(f, {"value": "inf"}), "finite"),
    "a row with a tab too few": (
        lambda f: f.edit("measurements/ic50.tsv", "panel\thaplotype", "panel haplotype"),
        "the header is",
    ),
    # spelling
    "a rate in another spelling": (
        lambda f: (outcomes(f, {}), findings(f, {"says": "In that trial 50% responded."}))[1],
        "50 % stands in a table already",
    ),
    "a brace that names no row": (
        lambda f: findings(f, {"says": "In that trial {Base-2020.orr} responded."}),
        "a brace is left in",
    ),
    "a blank of the template": (
        lambda f: findings(f, {"says": "<one sentence in your own words>"}),
        "is a blank of the template",
    ),
    "a mutation behind an acronym": (
        lambda f: findings(f, {"says": "In NSCLC A1202R was seen."}),
        "A1202R: residue 1202 of ALK is G, not A",
    ),
    "a drug that is misspelt": (
        lambda f: findings(f, {"says": "Cells that resist loratinib were made."}),
        "'loratinib' is no drug; Did you mean 'lorlatinib'?",
    ),
    "a mutation that cannot be": (
        lambda f: findings(f, {"says": "Cells with I1151T were made."}),
        "I1151T: residue 1151 of ALK is T, not I",
    ),
}  # fmt: skip

STEP = {
    "id": "row", "regimen": "alectinib", "kind": "regimen", "drugs": ["alectinib"],
    "inhibitor": "alectinib", "when": {"fact": ["metastatic"]}, "tier": "supported",
    "level": "cohort", "why": [{"says": SAYS}], "sources": ["base-2020"],
}  # fmt: skip
MECHANISM = {
    "id": "met", "name": "MET amplification", "category": "bypass", "alk_alone": "0.2",
    "found_when": [
        {
            "when": {"copy_number": {"gene": "MET", "changes": ["high-level gain"]}},
            "gives": "established", "says": SAYS,
        }
    ],
    "alk_alone_reason": SAYS, "sources": ["base-2020"],
}  # fmt: skip

SOUND = {
    "an outcome of a registered trial": lambda f: (trials(f, {}), outcomes(f, {})),
    "an exposure": lambda f: exposures(f, {}),
    "a finding": lambda f: findings(f, {}),
    "a sentence that names its row": lambda f: (
        outcomes(f, {}),
        findings(f, {"says": "In that trial {base-2020.alectinib-orr} responded."}),
    ),
    "a named exception": lambda f: (
        against_cells(f, -1, 12),
        exceptions(f, ids=["x-2020.g1202r-alectinib"]),
    ),
    "a median that was not reached": lambda f: outcomes(
        f, {"endpoint": "median PFS", "relation": "not reached", "value": ""}
    ),
    "an id that was withdrawn": lambda f: (
        f.write("released-ids.txt", "claim base-2020.old\n"),
        buried(f, "base-2020.old"),
    ),
    "gaps for all the rest": lambda f: gaps(f, {}),
    "a second reviewer": lambda f: curated(
        f, reviewer="B. Reader", reviewed_on="2026-11-02", interests="none"
    ),
    "a mutation of another gene": lambda f: findings(f, {"says": "Cells with MET D1228N grew."}),
    "a statement of the review": lambda f: (errata(f, {}), statement(f, errata=["e001"])),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_told_with_its_file(folder, name):
    plant, words = FAULTS[name]
    assert check(load_knowledge(folder.root)) == (), "the folder is sound before"
    path = plant(folder)
    fitting = [f for f in check(load_knowledge(folder.root)) if words in str(f)]
    assert fitting, [str(f) for f in check(load_knowledge(folder.root))]
    assert f"knowledge/{path.relative_to(folder.root).as_posix()}" in {f.file for f in fitting}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_is_not_faulted(folder, name):
    SOUND[name](folder)
    assert [str(f) for f in check(load_knowledge(folder.root))] == []


def test_every_promise_has_a_planted_fault(tmp_path):
    """None of the promises is idle."""
    caught = set()
    for number, (plant, _) in enumerate(FAULTS.values()):
        folder = KnowledgeFolder(tmp_path / str(number))
        plant(folder)
        knowledge = load_knowledge(folder.root)
        caught |= {promise for promise in PROMISES if list(promise(knowledge))}
    assert {p.__name__ for p in PROMISES} - {p.__name__ for p in caught} == set()


def test_a_part_that_is_lost_is_told(folder):
    """Without its file a promise would fall silent: the whole knowledge asks for every part."""
    folder.edit("version.yaml", "whole: no", "whole: yes")
    lost = {f.file for f in check(load_knowledge(folder.root)) if "missing" in f.found}
    assert {"knowledge/released-ids.txt", "knowledge/gaps.yaml", "knowledge/errata.yaml"} <= lost
    assert {f"knowledge/review/table-{n}.yaml" for n in (1, 2, 3, 4)} <= lost


def test_a_broken_row_is_one_fault(folder):
    """A lost tab leaves out one row, and what points to its id is no fault as well."""
    path = outcomes(folder, {}, {"id": "base-2020.alectinib-pfs", "endpoint": "median PFS"})
    statement(folder, ids=["base-2020.alectinib-orr"])
    text = path.read_text(encoding="utf-8")
    path.write_text("\ufeff" + text.replace("alectinib\t", "alectinib ", 1) + "\n\n")
    (fault,) = check(load_knowledge(folder.root))
    assert (fault.file, fault.line) == ("knowledge/trials.tsv", 3)
    assert "a tab is missing" in fault.found


def test_a_quoted_row_reads_as_a_sentence(folder):
    """A claim has a certainty of its own; what an argument quotes says when it is recalled."""
    outcomes(folder, {"certainty": "recalled", "n": ""})
    findings(folder, {"says": "In that trial {base-2020.alectinib-orr} responded."})
    step = {**STEP, "why": [{"says": "In that trial {base-2020.alectinib-orr} responded."}]}
    folder.write("strategy/rows/x.yaml", {"rows": [step]})
    knowledge = load_knowledge(folder.root)
    assert knowledge.findings[0].value.says == "In that trial 50 % responded."
    (argument,) = knowledge.strategy[0].value.rows[0].why
    assert argument.says == "In that trial 50 % (recalled, n not held) responded."
