"""The level of the patient: every rendering shows the same, in the same order."""

from __future__ import annotations

import io
import json
import re
from html import unescape

import pytest
from rich.console import Console

from alkanet.model.history import Selected
from alkanet.model.option import OptionKind, Tier
from alkanet.model.response import Call
from alkanet.report.html import render_html
from alkanet.report.outline import blind_spots_by_test, next_steps, patient_table
from alkanet.report.terminal import print_report
from alkanet.report.tsv import render_tsv
from alkanet.report.words import first_sentence, how_often, lowered, percent

FIRST_SCREEN = ["doubts", "patient", "mechanisms", "steps", "tests", "history", "caveats"]
BELOW = ["haplotypes", "tumour", "unseen", "inputs", "sources"]


def printed(report, width=400):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    print_report(report, console)
    return console.file.getvalue()


def section(page, name):
    return page.partition(f'<h2 id="{name}">')[2].partition("</section>")[0]


def words(markup):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def outside_details(markup):
    """Return what stands open on the page."""
    while True:
        shorter = re.sub(
            r"<details[^>]*>(?:(?!<details).)*?</details>", "", markup, flags=re.DOTALL
        )
        if shorter == markup:
            return markup
        markup = shorter


def rows_of_tsv(report, kind):
    header, *lines = (line.split("\t") for line in render_tsv(report).splitlines())
    rows = (dict(zip(header, line, strict=True)) for line in lines)
    return [row for row in rows if row["row"] == kind]


# ---- the same in all of them ------------------------------------------------------------------


def calls_in_html(report):
    rows = re.findall(
        r'<th scope="row">([a-z]+).*?class="chip[^>]*>([a-z ]+)<.*?class="chip[^>]*>([a-z ]+)<',
        section(render_html(report), "patient"),
        flags=re.DOTALL,
    )
    return {drug: (body, brain) for drug, body, brain in rows}


def calls_in_tsv(report):
    rows = rows_of_tsv(report, "patient response")
    return {row["drug"]: (row["call"], row["cns_call"]) for row in rows}


def calls_in_terminal(report):
    call = "sensitive|reduced|resistant|no data"
    patient = printed(report).partition("In this patient")[2].partition("If ALK drives")[0]
    found = re.findall(rf"^([a-z]+) +({call}) .*?({call})", patient, flags=re.MULTILINE)
    return {drug: (body, brain) for drug, body, brain in found}


def calls_in_json(report):
    told = json.loads(report.model_dump_json())["patient_responses"]
    return {r["drug"]: (r["systemic"]["call"], r["cns"]["call"]) for r in told}


@pytest.mark.parametrize(
    "calls_in", [calls_in_html, calls_in_tsv, calls_in_terminal], ids=["html", "tsv", "terminal"]
)
def test_the_calls_are_the_same_in_every_rendering(patient, calls_in):
    shown, told = calls_in(patient), calls_in_json(patient)
    assert shown.items() <= told.items()
    hidden = {told[drug] for drug in set(told) - set(shown)}
    assert hidden <= {("no data", "no data")}, "only what nobody knows may be left to one line"
    assert len(shown) >= 6


def test_the_mechanisms_are_the_same_in_every_rendering(patient):
    assert len(patient.mechanisms) > 3
    page, terminal = words(section(render_html(patient), "mechanisms")), printed(patient)
    rows = {row["name"]: row for row in rows_of_tsv(patient, "mechanism")}
    assert set(rows) == {m.name for m in patient.mechanisms}
    for m in patient.mechanisms:
        assert re.search(rf"{re.escape(m.name)} {m.category.value}.*? {m.confidence.value} ", page)
        for text in (*m.supports, *m.against, *m.sources, m.test or "", m.review_section or ""):
            assert " ".join(text.split()) in page
        assert f"{m.confidence.value}: {m.name} ({m.category.value})" in terminal
        assert rows[m.name]["confidence"] == m.confidence.value
        assert rows[m.name]["drug"] == (m.of_drug or "")


def test_the_options_are_the_same_in_every_rendering(patient):
    text, terminal = render_html(patient), printed(patient)
    page = words(section(text, "steps") + section(text, "tests"))
    rows = {row["name"]: row for row in rows_of_tsv(patient, "option")}
    assert set(rows) == {o.regimen for o in patient.options}
    for o in patient.options:
        assert f"{o.rank} {o.regimen} {o.tier.value} {o.level} {o.kind.value}" in page
        for told in (*o.why, *o.against, *o.cautions, *o.sources, *(t.why for t in o.terms)):
            assert told in page
        assert f"sum {o.total:+.2f}" in page
        row = rows[o.regimen]
        assert (row["rank"], row["tier"], row["kind"]) == (str(o.rank), o.tier, o.kind)
        assert float(row["total"]) == o.total
        assert row["why"] in (*o.why, *o.against)
        assert o.regimen in terminal
        if o.tier in (Tier.SUPPORTED, Tier.REASONABLE):
            assert re.search(rf"^{o.rank} {o.tier.value}  {re.escape(o.regimen)}$", terminal, re.M)


def test_the_caveats_are_the_same_in_every_rendering(patient):
    page, terminal = words(section(render_html(patient), "caveats")), printed(patient)
    for caveat in patient.caveats:
        assert f"{caveat.severity.value} {' '.join(caveat.text.split())}" in page
        assert f"{caveat.severity.value}: {caveat.text}" in terminal
    for row in rows_of_tsv(patient, "patient response"):
        assert set(row["caveats"].split("; ")) == {c.code for c in patient.caveats}


def test_dependence_qualifications_and_reasons_stand_on_the_page(patient):
    page, terminal = words(section(render_html(patient), "patient")), printed(patient)
    value = percent(patient.alk_dependence.value)
    assert value in page
    assert f"Is ALK still the driver? {value}. {patient.alk_dependence.says}" in terminal
    for text in (patient.alk_dependence.says, *patient.alk_dependence.why):
        assert text in page
    qualified = [r for r in patient.patient_responses if r.qualification]
    assert {r.drug for r in qualified} >= {"crizotinib", "alectinib"}
    for r in qualified:
        assert r.qualification in page
        assert f"{r.drug}: {r.qualification}" in terminal
    for r in (*patient_table(patient).leading, *patient_table(patient).other):
        for text in r.why:
            assert text in page


# ---- the page ---------------------------------------------------------------------------------


def test_the_patient_stands_before_the_haplotype(patient):
    page = render_html(patient)
    places = [page.index(f'<h2 id="{name}">') for name in (*FIRST_SCREEN, *BELOW)]
    assert places == sorted(places)
    assert "A haplotype is not a patient" in section(page, "haplotypes")
    terminal = printed(patient)
    order = ["In this patient", "Why drugs fail", "Next steps", "Next tests", "If ALK drives"]
    assert [terminal.index(part) for part in order] == sorted(map(terminal.index, order))


def test_what_may_move_a_call_stands_open_and_notes_are_folded(patient):
    text = outside_details(section(render_html(patient), "doubts"))
    for caveat in patient.caveats:
        first = first_sentence(" ".join(caveat.text.split()))[0]
        assert (first in words(text)) == (caveat.severity.value != "note")


def test_the_drugs_of_the_review_stand_open_in_their_order(patient):
    """A drug that has just failed carries its flag and what may excuse it, never hidden."""
    text = outside_details(section(render_html(patient), "patient"))
    drugs = re.findall(r'<th scope="row">([a-z]+)', text)
    assert drugs == [d.id for d in patient.drugs if d.in_review]
    rows = dict(re.findall(r'<th scope="row">([a-z]+)(.*?)</tr>', text, flags=re.DOTALL))
    assert "just failed" in rows["alectinib"]
    assert "just failed" not in rows["crizotinib"]
    assert "given before" in rows["crizotinib"]
    for r in patient.patient_responses:
        if r.qualification:
            assert r.qualification in words(rows[r.drug])


def test_ideas_of_the_laboratory_and_what_is_not_advised_are_folded(patient):
    text = section(render_html(patient), "steps")
    opened = words(outside_details(text))
    for o in patient.options:
        is_open = not o.folded and o.tier is not Tier.NOT_ADVISED and o.kind is not OptionKind.TEST
        assert (o.regimen in opened) == is_open
    assert text.index("Ideas from the laboratory only") < text.index("Drug of the cells")
    assert "against Drug three again" in words(text)


def test_each_option_stands_in_one_group(patient):
    steps = next_steps(patient)
    grouped = (*steps.acts, *steps.laboratory, *steps.not_advised, *steps.tests)
    assert sorted(o.rank for o in grouped) == [o.rank for o in patient.options]


def test_an_option_without_a_reason_is_still_shown(patient):
    bare = patient.options[1].model_copy(update={"why": (), "against": (), "cautions": ()})
    page = render_html(patient.model_copy(update={"options": (bare,)}))
    assert "Drug one with" in words(section(page, "steps"))


def test_nothing_rests_on_colour_alone(patient):
    """Every mark carries its word."""
    page = render_html(patient)
    for kind in ("chip", "tier"):
        marks = re.findall(rf'<span class="{kind} ([a-z -]+)">([a-z ]+)</span>', page)
        assert marks
        assert all(css == word.replace(" ", "-") for css, word in marks)
    sure = re.findall(
        r'<span class="sure ([a-z]+)"><span aria-hidden="true">.*?</span> (\w+)', page
    )
    assert sure
    assert all(css == word for css, word in sure)
    for svg in re.findall(r"<svg[^>]*>", page):
        assert 'role="img"' in svg
        assert 'aria-label="' in svg


def test_every_table_has_headers_with_a_scope(patient):
    page = render_html(patient).partition("</style>")[2]
    headers = re.findall(r"<th\b[^>]*>", page)
    assert headers
    assert all('scope="' in header for header in headers)
    tables = page.count("<table")
    assert page.count("<thead>") == tables


def test_every_kind_of_alteration_stands_in_the_table(patient):
    text = words(section(render_html(patient), "tumour"))
    for row in (
        "copy number MET high-level gain, 12 copies – – – biopsy",
        "small variant TP53 R273H – – another gene",
        "expression ABCB1 over by RNA",
        "histology – small cell carcinoma",
        "host factor – BIM deletion polymorphism: present",
        "observation – ALK rearrangement by FISH",
    ):
        assert row in text


def test_blind_spots_stand_by_their_test_and_are_folded_where_many(patient):
    text = section(render_html(patient), "unseen")
    assert len(patient.tumour.blind_spots) > 6
    shown = words(text)
    for test, spots in blind_spots_by_test(patient).items():
        assert words(text).count(" ".join(test.split())) >= 1
        assert all(f"{spot.mechanism}: {spot.why}" in shown for spot in spots)
    assert "<li>" not in outside_details(text)
    tumour = patient.tumour.model_copy(update={"blind_spots": patient.tumour.blind_spots[:6]})
    few = section(render_html(patient.model_copy(update={"tumour": tumour})), "unseen")
    assert "<details" not in few


def test_what_a_drug_selects_for_is_folded_and_never_a_rate_without_its_n(patient):
    text = section(render_html(patient), "history")
    selected = [s for line in patient.history.lines for s in line.selects_for]
    assert any(s.n is None for s in selected)
    assert any(s.n is not None for s in selected)
    for s in selected:
        assert f"{s.event}</td>" in text
        assert how_often(s) in text
        assert f"{s.event}</td>" not in outside_details(text)
    for share in re.findall(r"<td class=\"number\">([^<]*%[^<]*)</td>", text):
        assert re.search(r"\bof \d+|n not stated", share)


def test_the_page_fits_a_narrow_screen_and_is_of_sane_size(patient):
    page = render_html(patient)
    assert len(page) < 400_000
    assert "max-width: 1120px" in page


def test_a_case_without_history_renders(folder):
    """Nothing given, nothing failed: no flag, and no section speaks of a failure."""
    folder.vcf()
    folder.fusions()
    made = folder.report().model_copy(update={"options": (), "next_tests": ()})
    page = render_html(made)
    assert "Why the drug failed" not in page
    assert "just failed" not in page
    assert "holds no act of use" in page
    assert "Is ALK the driver?" in page
    assert "Is ALK the driver?" in printed(made)
    anchors = set(re.findall(r'href="#([a-z]+)"', page))
    assert anchors <= set(re.findall(r'id="([a-z]+)"', page))
    assert '<h2 id="tests">' not in page
    assert "Next steps" not in printed(made)


# ---- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n_with", "n", "share", "told"),
    [
        (5, 17, 29.0, "5 of 17 (29 %)"),
        (None, 55, 2.0, "2 % of 55"),
        (5, 17, None, "5 of 17"),
        (None, None, 24.0, "24 % (n not stated)"),
        (3, None, None, "3 (n not stated)"),
        (None, None, None, "how often is not stated"),
    ],
)
def test_how_often(n_with, n, share, told):
    found = Selected(
        event="x", drug="y", n_with=n_with, n=n, percent=share, specimen="tissue", source="s"
    )
    assert how_often(found) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Efflux by P-glycoprotein (ABCB1)", "efflux by P-glycoprotein (ABCB1)"),
        ("P-gp", "P-gp"),
        ("BRAF V600E", "BRAF V600E"),
        ("ALK amplification", "ALK amplification"),
        ("EGFR-mutant clone", "EGFR-mutant clone"),
        ("A trial", "a trial"),
        ("", ""),
    ],
)
def test_inside_a_sentence(text, told):
    assert lowered(text) == told


def test_a_probability_near_zero_is_not_nought(patient):
    low = patient.alk_dependence.value.model_copy(update={"low": 0.0, "median": 0.0, "high": 0.004})
    assert percent(low) == "under 1 %"
    assert percent(low.model_copy(update={"high": 0.01})) == "under 1 % (0 to 1)"
    assert percent(None) == "–"


def test_silent_drugs_are_named_and_not_called(patient):
    silent = patient_table(patient).silent
    assert silent
    text = words(outside_details(section(render_html(patient), "patient")))
    for r in silent:
        assert (r.systemic.call, r.cns.call) == (Call.NO_DATA, Call.NO_DATA)
        assert r.drug in text.partition("No data on")[2]
