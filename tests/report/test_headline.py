"""The sentence that answers first: what it says, and what it may never say."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alkanet.model.option import Option, OptionKind, Tier
from alkanet.model.report import Assessment
from alkanet.report.headline import headline as headline_of
from case_folder import CaseFolder

SIX = ("crizotinib", "alectinib", "brigatinib", "ceritinib", "ensartinib", "lorlatinib")


def failed(drug, start="2023-02-01", stop="2026-05-10", **fields):
    line = {"drugs": [drug], "start": start, "stop": stop, "best_response": "PR"}
    return {**line, "stopped_for": "progression", **fields}


CRIZOTINIB = failed("crizotinib", "2020-02-01", "2022-05-10")
BRAIN = {"site": "brain", "growing": True, "lesions": 2}
LUNG_HELD = {"site": "lung", "growing": False}


def report(folder, *names, fusion=True, typed=(), **fields):
    folder.vcf(*names)
    if fusion:
        folder.fusions()
    if typed:
        folder.typed(*typed)
    return folder.report(**{"as_of": "2026-06-01", "setting": "metastatic", **fields})


def headline(folder, *names, **fields):
    return report(folder, *names, **fields).headline


# ---- what it says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "fields", "said", "unsaid"),
    [
        pytest.param(
            ("G1202R",),
            {"lines": [failed("alectinib")]},
            [
                "EML4::ALK v3a with G1202R after alectinib: ",
                "mutation of the ALK kinase domain (established); ",
                "lorlatinib sensitive, the other five drugs resistant",
            ],
            ["may no longer drive", "given before"],
            id="G1202R explains alectinib, and lorlatinib alone inhibits it",
        ),
        pytest.param(
            (),
            {"lines": [failed("alectinib")]},
            [
                "EML4::ALK v3a, no ALK mutation found after alectinib: ",
                "ALK may no longer drive the tumour; ",
                "alectinib",
                "lorlatinib",
            ],
            ["wild type", "all 6 drugs sensitive", "lorlatinib sensitive"],
            id="without a mutation after a second-generation drug lorlatinib helps one in four",
        ),
        pytest.param(
            (),
            {"lines": [CRIZOTINIB]},
            ["no ALK mutation found after crizotinib: cause not known; ", "crizotinib resistant"],
            ["may no longer drive"],
            id="after crizotinib most tumours still need ALK, whatever is found",
        ),
        pytest.param(
            ("G1202R",),
            {"lines": [CRIZOTINIB, failed("alectinib")]},
            ["after alectinib: ", "given before: crizotinib."],
            ["given before: crizotinib and alectinib"],
            id="what failed last stands with the subject, what was given earlier at the end",
        ),
        pytest.param(
            (),
            {"lines": [failed("alectinib")], "typed": [("histology", "small cell carcinoma")]},
            [
                "small cell histology (established), "
                "ALK may no longer drive the tumour; all 6 drugs resistant"
            ],
            ["cause not known"],
            id="a small cell carcinoma is not treated by inhibiting ALK",
        ),
        pytest.param(
            (),
            {
                "lines": [failed("alectinib")],
                "typed": [("copy number", "MET amplification, 12 copies")],
            },
            ["MET amplification or rearrangement ("],
            ["mET"],
            id="a symbol keeps its capitals inside the sentence",
        ),
        pytest.param(
            (),
            {"lines": [CRIZOTINIB], "sites": [BRAIN, LUNG_HELD]},
            [
                "crizotinib, just failed (growth in the brain only), "
                "called sensitive in the body, resistant in the brain",
                "in the brain the other five drugs sensitive",
            ],
            ["crizotinib sensitive"],
            id="crizotinib hardly reaches the brain: a failure there alone says little of the body",
        ),
        pytest.param(
            (),
            {"lines": [failed("alectinib")], "sites": [{"site": "liver", "growing": True}]},
            ["no ALK mutation found after alectinib"],
            ["in the brain"],
            id="the brain is not named where it does not grow",
        ),
        pytest.param(
            ("G1202R", "L1196M"),
            {"lines": [failed("alectinib")]},
            ["with L1196M and G1202R, phase unknown (2 readings), after alectinib: "],
            [],
            id="on one allele L1196M and G1202R resist lorlatinib, on two they may not",
        ),
        pytest.param(
            (),
            {"lines": [failed("alectinib")], "covers": False},
            ["kinase domain not tested after alectinib: ", "alectinib resistant"],
            ["no ALK mutation", "wild type", "alectinib sensitive"],
            id="what was not tested is not unmutated, and what failed has failed",
        ),
        pytest.param(
            ("G1202R",),
            {"fusion": False, "lines": [failed("alectinib")]},
            ["No ALK fusion in the input; G1202R after alectinib: "],
            [],
            id="who was on alectinib has an ALK-rearranged tumour, shown here or not",
        ),
    ],
)
def test_what_it_says(folder, names, fields, said, unsaid):
    told = headline(folder, *names, **fields)
    for words in said:
        assert words in told
    for words in unsaid:
        assert words not in told
    assert told.endswith(".")
    assert ".." not in told
    assert len(told) <= 330, "one sentence must be readable"


def test_before_any_inhibitor(folder):
    """First line, not tested: six inhibitors help most patients, and none has failed."""
    told = headline(folder, covers=False)
    assert told.startswith("EML4::ALK v3a, kinase domain not tested: all 6 drugs sensitive")
    assert "wild type" not in told
    assert "mutation found" not in told


def test_a_silent_plasma_is_named_and_denies_nothing(folder):
    blood = {"id": "blood", "kind": "plasma", "date": "2026-05-12"}
    blood |= {"assay": {"covers": ["ALK kinase domain"]}, "files": {"variants": ["tumour.vcf"]}}
    told = headline(folder, fusion=False, lines=[failed("alectinib")], specimens=[blood])
    assert "kinase domain not tested, plasma shows no tumour DNA, after alectinib: " in told
    assert "no ALK mutation" not in told
    assert "wild type" not in told


def test_nothing_at_all(folder):
    told = headline(folder, fusion=False, covers=False)
    assert told.startswith("No ALK fusion in the input; the ALK kinase domain was not tested")


@pytest.mark.parametrize(
    ("finding", "said", "unsaid"),
    [
        pytest.param(
            ("expression", "ALK positive by D5F3"),
            "ALK protein shown, no fusion sequenced, kinase domain not tested: all 6 drugs",
            "No ALK fusion",
            id="a positive stain is a diagnosis, which the headline must not deny",
        ),
        pytest.param(
            ("expression", "ALK over by RNA"),
            "No ALK fusion in the input; ",
            "drugs sensitive",
            id="much RNA of ALK is no rearrangement, so that nothing is called",
        ),
    ],
)
def test_alk_without_a_sequence(folder, finding, said, unsaid):
    told = headline(folder, fusion=False, covers=False, typed=[finding])
    assert told.startswith(said)
    assert unsaid not in told


def test_without_any_call_the_haplotype_speaks_with_its_assumption(folder):
    told = headline(folder, "D1160H")
    assert told == "EML4::ALK v3a with D1160H: all 6 drugs no data, if ALK drives the tumour."


def test_resected_disease_has_nothing_to_respond_and_still_a_step(folder):
    """After resection no response can be foretold; what follows is a question of the setting."""
    told = headline(folder, setting="early")
    assert "no drug is called in this patient (early stage" in told
    assert "first step: alectinib after resection" in told
    assert "sensitive" not in told


def test_haplotypes_that_differ_where_no_patient_is_called(folder):
    """C1156Y with L1198F: on one allele crizotinib works and lorlatinib does not."""
    made = report(folder, "C1156Y", "L1198F")
    bare = Assessment(tumour=made.tumour, haplotype_responses=made.haplotype_responses)
    told = headline_of(bare, SIX)
    assert "with C1156Y and L1198F, phase unknown (2 readings)" in told
    assert "depend on the haplotype" in told
    assert "crizotinib" in told.partition("depend")[0]
    assert "lorlatinib" in told.partition("depend")[0]
    assert told.endswith("if ALK drives the tumour.")


def test_several_haplotypes_of_one_reading(folder):
    folder.vcf("C1156Y", "L1198F", keys="GT:PS", value="0|1:5")
    path = folder.root / "tumour.vcf"
    lines = path.read_text().splitlines()
    lines[-1] = lines[-1].replace("0|1:5", "1|0:5")
    path.write_text("\n".join(lines) + "\n")
    folder.fusions()
    told = folder.report().headline
    assert "phase unknown" not in told
    assert "C1156Y" in told
    assert "L1198F" in told


def test_drugs_given_without_growth_are_named(folder):
    stopped = {"drugs": ["Alecensa"], "stopped_for": "toxicity"}
    told = headline(folder, "G1202R", lines=[stopped])
    assert told.endswith("given before: alectinib.")
    assert "after alectinib" not in told.partition(":")[0]


def test_a_failure_that_nobody_states_is_named_as_presumed(folder):
    told = headline(folder, "G1202R", lines=[{"drugs": ["alectinib"]}, {"drugs": ["pemetrexed"]}])
    assert " after alectinib (growth presumed): " in told


def test_a_tumour_that_never_listened_does_not_lose_what_it_never_had(folder):
    """Growth within three months of alectinib: ALK may not have driven it at all."""
    line = failed("alectinib", "2026-04-01", "2026-05-10", best_response="PD")
    told = headline(folder, lines=[line])
    assert "no longer" not in told
    assert "ALK may not drive the tumour" in told


def test_what_is_being_taken_is_not_given_before(folder):
    line = {"drugs": ["alectinib"], "start": "2025-02-01", "stopped_for": "ongoing"}
    told = headline(folder, lines=[CRIZOTINIB, line])
    assert " after crizotinib, on alectinib: " in told
    assert "given before" not in told


# ---- the first step ---------------------------------------------------------------------------


def option(regimen, rank, **fields):
    base = {"kind": OptionKind.REGIMEN, "tier": Tier.REASONABLE, "level": "cohort"}
    return Option(rank=rank, id=f"o{rank}", regimen=regimen, **{**base, **fields})


BIOPSY = option("Biopsy of the growing lesion", 1, kind=OptionKind.TEST, tier=Tier.SUPPORTED)
LEVEL = option("Trough level", 1, kind=OptionKind.TEST)
CELLS = option("Drug of the cells", 2, folded=True)
STEREOTACTIC = option("Stereotactic radiosurgery", 3, kind=OptionKind.LOCAL_THERAPY)
NEW = option("A new drug", 3, kind=OptionKind.TRIAL, tier=Tier.INVESTIGATIONAL)
UNWISE = option("Crizotinib again", 4, tier=Tier.NOT_ADVISED)


@pytest.mark.parametrize(
    ("options", "tests", "step"),
    [
        pytest.param(
            [LEVEL, STEREOTACTIC],
            [],
            "first step: stereotactic radiosurgery",
            id="an act, where no test stands before it by a better tier",
        ),
        pytest.param(
            [BIOPSY, STEREOTACTIC],
            [],
            "first test: biopsy of the growing lesion",
            id="a test that is better founded than every act",
        ),
        pytest.param(
            [BIOPSY, CELLS, UNWISE], ["Biopsy, now."], "first test: biopsy, now", id="test"
        ),
        pytest.param([CELLS, UNWISE], [], None, id="cells alone and what is not advised are none"),
        pytest.param([], ["MET FISH."], "first test: MET FISH", id="a test that is no option"),
    ],
)
def test_the_first_step(folder, options, tests, step):
    made = report(folder, "G1202R", lines=[failed("alectinib")])
    assessed = {name: getattr(made, name) for name in Assessment.model_fields}
    told = headline_of(Assessment(**{**assessed, "options": tuple(options)}), SIX, next_tests=tests)
    assert ("first " in told) == (step is not None)
    if step is not None:
        assert told.endswith(f"; {step}.")


# ---- what holds of every headline -------------------------------------------------------------

NAMES = ["I1171N", "C1156Y", "L1196M", "L1198F", "G1202R", "D1160H"]
SHARED = {"suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}


@settings(deadline=None, max_examples=25, **SHARED)
@given(
    names=st.lists(st.sampled_from(NAMES), unique=True, max_size=3),
    drugs=st.lists(st.sampled_from(SIX), unique=True, max_size=2),
    sites=st.sampled_from([(), (BRAIN,), (BRAIN, LUNG_HELD)]),
)
def test_it_never_says_better_than_the_table_does(tmp_path_factory, kb, names, drugs, sites):
    """A drug that the sentence names sensitive is sensitive in the patient's table."""
    folder = CaseFolder(tmp_path_factory.mktemp("h") / "case", kb)
    made = report(
        folder, *names, lines=[failed(drug, None, None) for drug in drugs], sites=list(sites)
    )
    calls = {r.drug: r.systemic.call.value for r in made.patient_responses if r.drug in SIX}
    if set(calls.values()) == {"no data"}:
        return
    assert read_back(made.headline.partition(": ")[2]) == calls, made.headline
    for drug in made.history.just_failed:
        assert f"{drug} sensitive" not in made.headline


def read_back(told):
    """Return the systemic call of each drug as a reader takes it from the sentence."""
    for part in ("; in the brain", "; first step", "; first test", "; given before"):
        told = told.partition(part)[0]
    drug = "|".join(SIX)
    call = "sensitive|reduced|resistant|no data"
    everything = re.search(rf"all 6 drugs ({call})", told)
    if everything:
        return dict.fromkeys(SIX, everything[1])
    groups = re.findall(rf"((?:(?:{drug})(?:, | and )?)+) ({call})", told)
    calls = {name: word for names, word in groups for name in re.findall(drug, names)}
    excused = re.findall(rf"({drug}), just failed \([^)]*\), called ({call})", told)
    calls |= dict(excused)
    others = re.search(rf"the other (four|five) drugs ({call})", told)
    if others:
        calls |= {name: others[2] for name in SIX if name not in calls}
    return calls


@pytest.mark.parametrize("word", ["recommend", "eligible", "cure", "should take"])
def test_it_promises_nothing(folder, word):
    assert word not in headline(folder, "G1202R").lower()
