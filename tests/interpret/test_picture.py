"""What of a tumour bears on the failure of the last drug."""

import pytest

from alkanet.history import derive
from alkanet.interpret import picture_of
from alkanet.model.alteration import (
    CopyNumberAlteration,
    HostFactor,
    Observation,
    ReadSupport,
    Role,
    SmallVariant,
)
from alkanet.model.case import SiteOfDisease, Specimen, StopReason
from alkanet.model.fact import Fact
from patient_builder import assessed, case_of, line, tumour_of


def braf(*specimens):
    support = tuple(ReadSupport(specimen=name) for name in specimens)
    return SmallVariant(
        gene="BRAF", name="V600E", hgvs_p=None, consequence="missense_variant",
        role=Role.OTHER_GENE, support=support,
    )  # fmt: skip


def alterations_of(kb, case, tumour):
    return picture_of(case, tumour, derive(case, kb), ()).alterations


@pytest.mark.parametrize(
    ("alteration", "counts"),
    [
        (braf("old"), False),
        (braf("old", "new"), True),
        (CopyNumberAlteration(gene="MET", change="high-level gain", specimen="old"), False),
        (CopyNumberAlteration(gene="MET", change="high-level gain", specimen="new"), True),
        (HostFactor(factor="BIM deletion polymorphism", present=True), True),  # it does not change
    ],
)
def test_what_was_there_before_the_treatment_did_not_come_under_it(kb, alteration, counts):
    tumour = tumour_of("wild type", alterations=[alteration], outdated_specimens=("old",))
    found = alterations_of(kb, case_of(line("alectinib")), tumour)
    assert (alteration in found) is counts


def test_a_tumour_that_never_listened_may_have_had_its_reason_from_the_start(kb):
    """The review: what causes acquired resistance may be there before, and be primary then."""
    tumour = tumour_of("wild type", alterations=[braf("old")], outdated_specimens=("old",))
    assert alterations_of(kb, case_of(line("alectinib", best="PD")), tumour) == (braf("old"),)


@pytest.mark.parametrize(
    ("readings", "fact", "holds"),
    [
        (["C1156Y+L1198F", "C1156Y / L1198F"], Fact.PHASE_UNKNOWN, True),
        (["C1156Y / L1198F"], Fact.PHASE_UNKNOWN, False),  # two alleles: the phase is known
        (["wild type"], Fact.NO_MUTATION_FOUND, True),
        (["G1202R / wild type"], Fact.MUTATION_FOUND, True),
        ([], Fact.KINASE_NOT_READ, True),
        ([], Fact.NO_MUTATION_FOUND, False),  # not read is not wild type
    ],
)
def test_facts_of_the_tumour(kb, readings, fact, holds):
    case = case_of(line("alectinib"))
    picture = picture_of(case, tumour_of(*readings), derive(case, kb), ())
    assert (fact in picture.facts) is holds


def test_a_node_that_is_sarcoid_like_is_no_growth(kb):
    """The drug goes on and has not failed; with a growing liver beside it, it has."""
    drug = line("lorlatinib", why=StopReason.ONGOING)
    node = SiteOfDisease(site="mediastinal node", growing=True, lesions=1)
    liver = SiteOfDisease(site="liver", growing=True, lesions=2)
    seen = Observation(observation="sarcoid-like reaction", specimen="node")
    specimens = (Specimen(id="node", site="mediastinal node"),)
    case = case_of(drug, specimens=specimens).model_copy(update={"sites": (node,)})
    tumour = tumour_of(alterations=[seen])
    made, calls, _ = assessed(kb, case, tumour)
    assert made.history.failed == ()
    assert calls["lorlatinib"].systemic.call == "sensitive"
    both = case.model_copy(update={"sites": (node, liver)})
    made, calls, _ = assessed(kb, both, tumour)
    assert made.history.failed == ("lorlatinib",)
    assert made.history.growth.sites == ("liver",)
    assert calls["lorlatinib"].systemic.call != "sensitive"
