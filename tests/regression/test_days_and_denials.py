"""A case that says what cannot all be true is refused: it must not count without a word.

A level, a specimen or a line from after the day of the decision once counted as if it were known.
"""

import pytest

CASE = """\
schema_version: 1
id: p
as_of: 2026-01-01
lines:
  - {drugs: [alectinib], start: 2024-01-01, stop: 2025-10-01, stopped_for: progression}
specimens:
  - id: biopsy
    date: 2025-11-01
    files: {calls: [typed.tsv]}
"""
LEVEL = "drug_levels: [{drug: alectinib, date: 2026-01-02, trough_ng_per_mL: 100}]\n"
VALUE = "laboratory: [{name: NSE, value: 99, unit: ng/mL, date: 2026-01-02}]\n"
EVENT = "events: [{kind: radiation, date: 2026-01-02, site: brain}]\n"
TAKEN = "co_medication: [{drug: rifampicin, since: 2026-01-02}]\n"


@pytest.fixture
def told(alkanet, tmp_path):
    def run(text):
        (tmp_path / "typed.tsv").write_text("kind\tfinding\nfusion\tEML4::ALK v1\n")
        case = tmp_path / "case.yaml"
        case.write_text(text, encoding="utf-8")
        done = alkanet("report", case, "-o", tmp_path / "out")
        assert "Traceback" not in done.err
        assert (tmp_path / "out").exists() is (done.status == 0)
        return done.status, done.err

    return run


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (CASE + LEVEL, "case.yaml:10: drug_levels[0].date"),
        (CASE + VALUE, "case.yaml:10: laboratory[0].date"),
        (CASE + EVENT, "case.yaml:10: events[0].date"),
        (CASE + TAKEN, "case.yaml:10: co_medication[0].since"),
        (CASE.replace("2025-11-01", "2026-01-02"), "case.yaml:8: specimens[0].date"),
        (CASE.replace("2025-10-01", "2026-01-02"), "case.yaml:5: lines[0].stop"),
        (
            CASE.replace("2024-01-01, stop: 2025-10-01", "2026-01-02"),
            "case.yaml:5: lines[0].start",
        ),
    ],
)
def test_a_day_after_the_decision_is_refused(told, text, place):
    status, message = told(text)
    assert status == 2
    assert f"{place}: 2026-01-02 lies after as_of" in message


def test_all_days_after_the_decision_are_told_at_once(told):
    status, message = told(CASE.replace("as_of: 2026-01-01", "as_of: 2020-01-01") + LEVEL)
    assert status == 2
    assert "4 faults" in message


def test_the_day_of_the_decision_itself_counts(told):
    status, message = told(CASE.replace("2025-11-01", "2026-01-01"))
    assert status == 0, message


def test_without_a_day_of_the_decision_no_day_is_late(told):
    status, message = told(CASE.replace("as_of: 2026-01-01\n", "") + VALUE)
    assert status == 0, message


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "co_medication: [{drug: no rifampicin}]\n",
            "co_medication[0].drug: found 'no rifampicin'",
        ),
        (
            "co_medication: [{drug: 'rifampicin, stopped 2019'}]\n",
            "co_medication[0].drug: found 'rifampicin, stopped 2019'",
        ),
        ("sites: [{site: no brain metastases, growing: no}]\n", "sites[0].site"),
    ],
)
def test_what_is_denied_is_not_read_by_its_name(told, more, said):
    """These were once a strong inducer that is taken, and disease in the brain."""
    status, message = told(CASE + more)
    assert status == 2
    assert said in message


def test_lines_out_of_order_are_refused(told):
    """The last line decides what has just failed."""
    second = "  - {drugs: [crizotinib], start: 2020-01-01, stop: 2021-01-01}\nspecimens:"
    status, message = told(CASE.replace("specimens:", second))
    assert status == 2
    assert "case.yaml:6: lines[1].start: 2020-01-01 lies before" in message


def test_a_line_does_not_go_on_after_its_last_day(told):
    status, message = told(CASE.replace("progression", "ongoing"))
    assert status == 2
    assert "lines[0].stop" in message


@pytest.mark.parametrize(
    "more",
    [
        "laboratory: [{name: NSE, value: 1e999, unit: ng/mL, date: 2025-12-01}]\n",
        "drug_levels: [{drug: alectinib, date: 2025-09-01, trough_ng_per_mL: 1e999}]\n",
    ],
)
def test_a_number_without_end_is_refused(told, more):
    status, message = told(CASE + more)
    assert status == 2
    assert "found '1e999'. Expected a number" in message


@pytest.mark.parametrize("drug", ["''", "' '"])
def test_an_empty_word_is_no_drug(told, drug):
    status, message = told(CASE.replace("[alectinib]", f"[alectinib, {drug}]"))
    assert status == 2
    assert "lines[0].drugs[1]" in message
