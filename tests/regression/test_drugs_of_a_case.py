"""Drugs that cannot be meant as they stand are refused, and every fault names its place."""

import pytest

CASE = """\
schema_version: 1
id: p
lines:
  - {drugs: [alectinib], start: 2024-01-01, stop: 2025-10-01, stopped_for: progression}
specimens:
  - id: biopsy
    files: {calls: [typed.tsv]}
"""
TYPED = "kind\tfinding\nfusion\tEML4::ALK v1\n"


@pytest.fixture
def told(alkanet, tmp_path):
    def run(text, *more, typed=TYPED):
        (tmp_path / "typed.tsv").write_text(typed, encoding="utf-8")
        case = tmp_path / "case.yaml"
        case.write_text(text, encoding="utf-8")
        done = alkanet("report", case, *more, "-o", tmp_path / "out")
        assert "Traceback" not in done.err
        assert (tmp_path / "out").exists() is (done.status == 0)
        return done.status, done.err

    return run


@pytest.mark.parametrize("drugs", ["[alectinib, alectinib]", "[alectinib, Alecensa]"])
def test_a_drug_stands_once_in_a_line(told, drugs):
    """The page once said "growth on alectinib + alectinib"."""
    status, message = told(CASE.replace("[alectinib]", drugs))
    assert status == 2
    assert "lines[0].drugs: alectinib stands twice in one line" in message


@pytest.mark.parametrize("drug", ["", " ", "alectnib", "alectinib 600 mg"])
def test_a_fault_of_prior_names_the_option(told, drug):
    """An empty one was once a drug without a name."""
    status, message = told(CASE, "--prior", drug)
    assert status == 2
    assert message.startswith("ERROR: --prior: ")


@pytest.mark.parametrize(
    ("day", "status"),
    [("2023-12-31", 2), ("2024-01-01", 0), ("2025-10-02", 0), ("2025-10-03", 2)],
)
def test_a_level_from_beside_the_line_does_not_excuse_the_drug(told, day, status):
    """A level from after the last day is low, and says nothing of why the drug failed."""
    level = f"drug_levels: [{{drug: Alecensa, date: {day}, trough_ng_per_mL: 5}}]\n"
    found, message = told(CASE + level)
    assert found == status, message
    if status:
        assert f"drug_levels[0].date: {day} lies outside every line with alectinib" in message


def test_all_specimens_that_are_not_there_are_told_at_once(told):
    rows = "variant\tBRAF V600E\tother\nvariant\tKRAS G12C\tanother\n"
    status, message = told(CASE, typed="kind\tfinding\tspecimen\n" + rows)
    assert status == 2
    assert "typed.tsv:2: specimen: 'other'" in message
    assert "typed.tsv:3: specimen: 'another'" in message
