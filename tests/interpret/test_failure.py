"""What is left of a drug after growth, where an excuse may hold and where it no longer does."""

import datetime as dt

import pytest

from alkanet.model.alteration import Observation
from alkanet.model.case import Specimen, StopReason
from alkanet.model.response import Call, PatientBasis
from patient_builder import assessed, case_of, line, tumour_of


@pytest.mark.parametrize(("specimen", "is_excused"), [("old", False), ("new", True)])
def test_only_a_current_specimen_shows_that_growth_is_no_tumour(kb, specimen, is_excused):
    """A sarcoid-like node of the time of diagnosis says nothing of a node that grows now."""
    case = case_of(
        line("alectinib", start=dt.date(2024, 1, 1), why=StopReason.ONGOING),
        sites=[("lymph node", None)],
        specimens=(Specimen(id="old", site="lymph node"), Specimen(id="new", site="lymph node")),
    )
    seen = Observation(observation="sarcoid-like reaction", specimen=specimen)
    tumour = tumour_of("wild type", alterations=[seen], outdated_specimens=("old",))
    made, responses, _ = assessed(kb, case, tumour)
    assert bool(made.history.growth.explained) is is_excused
    assert responses["alectinib"].just_failed is not is_excused
    assert (responses["alectinib"].systemic.call is Call.SENSITIVE) is is_excused


def test_a_drug_is_not_at_work_after_a_line_without_it(kb):
    """The liver grew after alectinib was left: nobody knows what alectinib would hold there."""
    left = line("alectinib", progressing_sites=("brain",))
    on_it = assessed(kb, case_of(left), tumour_of("wild type"))[1]["alectinib"]
    assert on_it.basis is PatientBasis.AT_WORK
    later = case_of(left, line("carboplatin", best="PD"), sites=[("liver", 2)])
    response = assessed(kb, later, tumour_of("wild type"))[1]["alectinib"]
    assert response.basis is not PatientBasis.AT_WORK
    assert response.systemic.call is not Call.SENSITIVE
