"""What a condition asks and when it holds: silence is never a finding, and never an absence."""

import datetime as dt

import pytest
from pydantic import ValidationError

from alkanet.model.alteration import (
    CopyNumberAlteration,
    ExpressionAlteration,
    FusionAlteration,
    HistologyAlteration,
    HostFactor,
    Observation,
    Role,
    SmallVariant,
)
from alkanet.model.case import LaboratoryValue
from alkanet.model.condition import Condition
from alkanet.model.fact import Fact
from alkanet.model.mechanism import Confidence, Mechanism, MechanismCategory
from alkanet.model.picture import ClinicalPicture
from alkanet.model.response import Call


def variant(gene, name, consequence="missense_variant"):
    return SmallVariant(
        gene=gene, name=name, hgvs_p=None, consequence=consequence, role=Role.OTHER_GENE
    )


def lab(name, value, unit, day=1):
    return LaboratoryValue(name=name, value=value, unit=unit, date=dt.date(2026, 10, day))


FOUND = ClinicalPicture(
    facts={Fact.PRIMARY: "growth on alectinib after 2 months", Fact.METASTATIC: ""},
    alterations=(
        variant("BRAF", "V600E"),
        variant("KRAS", "G12C"),
        variant("RB1", "frameshift", "frameshift_variant"),
        FusionAlteration(five_prime_gene="CCDC6", three_prime_gene="RET"),
        CopyNumberAlteration(gene="MET", change="high-level gain", copies=12),
        ExpressionAlteration(gene="ABCB1", change="over", assay="RNA"),
        HistologyAlteration(histology="small cell carcinoma", specimen="liver"),
        HostFactor(factor="BIM deletion polymorphism", present=False),
        Observation(observation="sarcoid-like reaction", specimen="node"),
    ),
    laboratory=(lab("ProGRP", 900, "pg/mL", 20), lab("progrp", 20, "pg/mL", 2)),
    given=("alectinib", "cisplatin"),
    failed=("alectinib",),
    mechanisms=(
        Mechanism(
            id="braf-v600e", name="BRAF V600E", category=MechanismCategory.BYPASS,
            of_drug="alectinib", confidence=Confidence.LIKELY,
        ),
    ),
    calls={("lorlatinib", "systemic"): Call.REDUCED},
)  # fmt: skip
EMPTY = ClinicalPicture(facts={})


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"fact": ["primary resistance"]}, True),
        ({"fact": ["acquired resistance", "metastatic"]}, True),  # any of them
        ({"fact": ["acquired resistance"]}, False),
        ({"variant": {"gene": "BRAF", "names": ["V600E"]}}, True),
        ({"variant": {"gene": "BRAF", "names": ["V600K"]}}, False),
        ({"variant": {"gene": "KRAS", "names": ["G12"]}}, True),  # any change of the residue
        ({"variant": {"gene": "KRAS", "names": ["G1"]}}, False),  # residue 1 is not residue 12
        ({"variant": {"gene": "RB1", "effects": ["truncating"]}}, True),
        ({"variant": {"gene": "BRAF", "effects": ["truncating"]}}, False),
        ({"variant": {"gene": "RB1"}}, True),
        ({"fusion": {"genes": ["RET", "NTRK1"]}}, True),
        ({"fusion": {"genes": ["ROS1"]}}, False),
        ({"copy_number": {"gene": "MET", "changes": ["high-level gain"]}}, True),
        ({"copy_number": {"gene": "MET", "changes": ["gain"]}}, False),  # a low gain is not it
        ({"expression": {"gene": "ABCB1", "changes": ["over"]}}, True),
        ({"histology": ["squamous cell carcinoma", "small cell carcinoma"]}, True),
        ({"host_factor": "BIM deletion polymorphism"}, False),  # looked for, and absent
        ({"observation": ["sarcoid-like reaction"]}, True),
        ({"laboratory": {"name": "ProGRP", "above": "80", "unit": "pg/mL"}}, True),  # the newest
        ({"laboratory": {"name": "ProGRP", "above": "1000", "unit": "pg/mL"}}, False),
        ({"laboratory": {"name": "ProGRP", "above": "80", "unit": "ng/mL"}}, False),  # another unit
        ({"given": ["cisplatin", "carboplatin"]}, True),
        ({"failed": ["cisplatin"]}, False),
        ({"mechanism": {"ids": ["braf-v600e"]}}, True),
        ({"mechanism": {"ids": ["braf-v600e"], "at_least": "established"}}, False),
        ({"call": {"drug": "lorlatinib", "calls": ["sensitive", "reduced"]}}, True),
        ({"call": {"drug": "lorlatinib", "site": "cns", "calls": ["reduced"]}}, False),
        ({"all": [{"fact": ["primary resistance"]}, {"failed": ["alectinib"]}]}, True),
        ({"all": [{"fact": ["primary resistance"]}, {"failed": ["lorlatinib"]}]}, False),
        ({"any": [{"failed": ["lorlatinib"]}, {"failed": ["alectinib"]}]}, True),
        ({"none": [{"failed": ["lorlatinib"]}, {"histology": ["squamous cell carcinoma"]}]}, True),
        ({"none": [{"failed": ["alectinib"]}]}, False),
    ],
)  # fmt: skip
def test_when_a_condition_holds(asked, holds):
    assert FOUND.holds(Condition.model_validate(asked)) is holds


@pytest.mark.parametrize(
    "asked",
    [
        {"variant": {"gene": "BRAF"}},
        {"copy_number": {"gene": "MET", "changes": ["copy neutral"]}},
        {"expression": {"gene": "ALK", "changes": ["absent"]}},
        {"histology": ["adenocarcinoma"]},
        {"laboratory": {"name": "NSE", "above": "1", "unit": "ng/mL"}},
    ],
)
def test_what_was_not_looked_at_meets_nothing(asked):
    assert EMPTY.holds(Condition.model_validate(asked)) is False


@pytest.mark.parametrize(
    "asked",
    [{}, {"fact": ["metastatic"], "failed": ["alectinib"]}, {"fact": ["cured"]}, {"fact": []}],
)
def test_a_condition_asks_exactly_one_thing_that_is_known(asked):
    with pytest.raises(ValidationError):
        Condition.model_validate(asked)


def test_the_findings_behind_a_condition_are_told():
    def told(asked):
        return FOUND.details(Condition.model_validate(asked))

    assert told({"copy_number": {"gene": "MET", "changes": ["high-level gain"]}}) == (
        "MET high-level gain, 12 copies",
    )
    assert told({"fact": ["primary resistance"]}) == ("growth on alectinib after 2 months",)
    both = told({"all": [{"variant": {"gene": "BRAF"}}, {"variant": {"gene": "KRAS"}}]})
    assert both == ("BRAF V600E", "KRAS G12C")
    marker = told({"laboratory": {"name": "ProGRP", "above": "80", "unit": "pg/mL"}})
    assert marker == ("ProGRP 900 pg/mL on 2026-10-20",)


def test_of_two_values_of_one_day_the_one_that_exceeds_is_told():
    question = {"laboratory": {"name": "ProGRP", "above": "80", "unit": "pg/mL"}}
    asked = Condition.model_validate(question)
    values = (lab("ProGRP", 20, "pg/mL", 2), lab("ProGRP", 900, "pg/mL", 2))
    for ordered in (values, values[::-1]):
        made = ClinicalPicture(facts={}, laboratory=ordered)
        assert made.holds(asked)
        assert made.details(asked)[0].startswith("ProGRP 900 pg/mL")
