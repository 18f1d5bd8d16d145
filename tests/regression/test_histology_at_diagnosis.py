"""A histology that is no change is still that histology.

Small cell carcinoma at diagnosis was compared with the diagnosis, found to be no change, and left
out: an untreated patient was offered alectinib, and one with squamous carcinoma pemetrexed.
"""

import pytest

from alkanet.model.response import Call
from case_folder import CaseFolder


@pytest.fixture
def folder(tmp_path, kb):
    made = CaseFolder(tmp_path / "case", kb)
    made.fusions()
    made.vcf()
    return made


def ids(report, tier="not advised"):
    return {option.id for option in report.options if option.tier.value != tier}


@pytest.mark.parametrize("where", ["case", "typed"])
def test_small_cell_carcinoma_at_diagnosis_is_treated_as_such(folder, where):
    if where == "typed":
        folder.typed(("histology", "small cell carcinoma"))
    report = folder.report(setting="metastatic", histology="SCLC")
    assert "platinum-etoposide" in ids(report)
    assert "alectinib-first-line" not in ids(report)
    calls = {r.drug: r.systemic.call for r in report.patient_responses}
    assert calls["alectinib"] is not Call.SENSITIVE


def test_squamous_carcinoma_at_diagnosis_is_no_transformation_and_gets_no_pemetrexed(folder):
    line = {"drugs": ["alectinib"], "best_response": "PR", "stopped_for": "progression"}
    report = folder.report(setting="metastatic", histology="squamous cell carcinoma", lines=[line])
    assert "squamous-transformation" not in {m.id for m in report.mechanisms}
    assert not {name for name in ids(report) if "pemetrexed" in name}
