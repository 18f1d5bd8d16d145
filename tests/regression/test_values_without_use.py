"""A value that no rule can use as it stands is told, and not passed over in silence."""

import pytest

from alkanet.pipeline import LooseInputs, make_report

CASE = """\
schema_version: 1
id: p
{as_of}
lines: [{{drugs: [alectinib], stopped_for: progression}}]
{more}
"""
DAY = "as_of: 2026-01-01"


@pytest.fixture
def told(desk, kb):
    def run(more, as_of=DAY):
        path = desk.write("case.yaml", CASE.format(as_of=as_of, more=more))
        return {c.code: c.text for c in make_report(path, LooseInputs(), kb).caveats}

    return run


@pytest.mark.parametrize(
    ("name", "unit", "is_told"),
    [
        ("NSE", "ng/mL", False),
        ("nse", "ng/ml", False),
        ("NSE", "ug/L", True),
        ("ProGRP", "ng/L", True),
        ("CEA", "ug/L", False),
    ],
)
def test_a_value_in_another_unit_is_told(told, name, unit, is_told):
    value = f"laboratory: [{{name: {name}, value: 99, unit: {unit}, date: 2025-12-01}}]"
    assert ("laboratory-unit" in told(value)) is is_told


@pytest.mark.parametrize(("as_of", "is_told"), [(DAY, False), ("", True)])
def test_a_checkpoint_inhibitor_without_a_day_of_the_decision_is_told(told, as_of, is_told):
    event = "events: [{kind: checkpoint inhibitor, date: 2025-12-01, drug: pembrolizumab}]"
    assert ("day-of-decision-unknown" in told(event, as_of)) is is_told
