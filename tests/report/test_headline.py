"""The sentence that answers first: what it says, and what it may never say."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_folder import CaseFolder

SIX = {"crizotinib", "ceritinib", "ensartinib", "alectinib", "brigatinib", "lorlatinib"}


def headline(folder, *names, fusion=True, typed=(), **fields):
    folder.vcf(*names)
    if fusion:
        folder.fusions()
    if typed:
        folder.typed(*typed)
    return folder.report(**fields).headline


def test_one_haplotype(folder):
    told = headline(folder, "G1202R")
    assert told.startswith("EML4::ALK v3a with G1202R: lorlatinib sensitive; ")
    assert told.endswith("resistant, if ALK drives the tumour.")


def test_wild_type_that_was_tested(folder):
    told = headline(folder)
    assert told.startswith("EML4::ALK v3a, kinase domain wild type: ")
    assert "if ALK drives the tumour" in told


def test_not_tested(folder):
    told = headline(folder, covers=False)
    assert told == ("EML4::ALK v3a; the ALK kinase domain was not tested, so no drug is called.")
    assert "wild type" not in told
    assert "sensitive" not in told


def test_no_fusion(folder):
    assert headline(folder, "G1202R", fusion=False).startswith(
        "No ALK fusion in the input; G1202R: "
    )


def test_nothing_at_all(folder):
    told = headline(folder, fusion=False, covers=False)
    assert told.startswith("No ALK fusion in the input; the ALK kinase domain was not tested")


def test_an_unknown_mutation(folder):
    told = headline(folder, "D1160H")
    assert "all 6 drugs no data" in told
    assert "sensitive" not in told


def test_readings_that_differ(folder):
    """C1156Y with L1198F: on one allele crizotinib works and lorlatinib does not."""
    told = headline(folder, "C1156Y", "L1198F")
    assert "with C1156Y and L1198F, phase unknown (2 readings)" in told
    assert "depend on the haplotype" in told
    assert "crizotinib" in told.partition("depend")[0]
    assert "lorlatinib" in told.partition("depend")[0]


def test_several_haplotypes_of_one_reading(folder):
    folder.vcf("C1156Y", "L1198F", keys="GT:PS", value="0|1:5")
    told = headline_of_trans(folder)
    assert "phase unknown" not in told
    assert "C1156Y" in told
    assert "L1198F" in told


def headline_of_trans(folder):
    path = folder.root / "tumour.vcf"
    lines = path.read_text().splitlines()
    lines[-1] = lines[-1].replace("0|1:5", "1|0:5")
    path.write_text("\n".join(lines) + "\n")
    folder.fusions()
    return folder.report().headline


def test_drugs_given_before_are_named(folder):
    told = headline(folder, "G1202R", lines=[{"drugs": ["Alecensa"]}, {"drugs": ["pemetrexed"]}])
    assert told.endswith("given before: alectinib.")


NAMES = ["I1171N", "C1156Y", "L1196M", "L1198F", "G1202R", "D1160H"]


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(names=st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
def test_every_leading_drug_is_named_once_and_says_what_its_calls_say(tmp_path_factory, kb, names):
    folder = CaseFolder(tmp_path_factory.mktemp("h") / "case", kb)
    folder.vcf(*names)
    folder.fusions()
    made = folder.report()
    calls = {}
    for response in made.haplotype_responses:
        if response.drug in SIX:
            calls.setdefault(response.drug, set()).add(response.call.value)
    told = made.headline.partition(": ")[2]
    assert told, made.headline
    for drug, found in calls.items():
        if "all 6 drugs" not in told:
            assert told.count(drug) == 1, made.headline
        if found == {"no data"} and drug in told:
            part = next(p for p in told.split(";") if drug in p)
            assert "sensitive" not in part, made.headline


@pytest.mark.parametrize("word", ["recommend", "eligible", "cure", "should take"])
def test_it_promises_nothing(folder, word):
    assert word not in headline(folder, "G1202R").lower()
