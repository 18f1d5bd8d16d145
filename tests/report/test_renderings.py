"""html, json, tsv and the terminal: they render the report and decide nothing."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import jsonschema
import pytest
from rich.console import Console

from alkanet.lookup import look_up
from alkanet.model.report import Report
from alkanet.report.html import render_html
from alkanet.report.terminal import print_lookup, print_report
from alkanet.report.tsv import COLUMNS, render_tsv

EVIL = "<script>alert(1)</script>"
VOID = {"meta", "br", "wbr", "link", "img", "input", "hr", "rect", "line", "circle"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and whether they nest."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))


@pytest.fixture
def made(folder):
    folder.vcf("C1156Y", "L1198F")
    folder.fusions()
    return folder.report(as_of="2026-11-01", lines=[{"drugs": ["crizotinib"]}])


@pytest.fixture
def evil(folder):
    """Markup in every text that a person may write."""
    name = "a<b>&amp;.vcf"
    folder.vcf("G1202R", ("29220700", "A", "G"), file=name)
    folder.fusions(file="f\"x'.tsv")
    specimens = [
        {
            "id": f"s{EVIL}",
            "site": EVIL,
            "histology": EVIL,
            "assay": {"name": EVIL, "covers": ["ALK kinase domain"]},
            "files": {"variants": [name], "fusions": ["f\"x'.tsv"]},
        }
    ]
    return folder.report(
        id=EVIL,
        summary=f'"><img src=x onerror=alert(1)>{EVIL}',
        specimens=specimens,
        lines=[{"drugs": [EVIL]}],
        events=[{"kind": "radiation", "date": "2026-01-01", "site": EVIL}],
        goals=[EVIL],
    )


# ---- html -------------------------------------------------------------------------------------


def test_every_text_of_the_input_is_escaped(evil):
    text = render_html(evil)
    page = Page(text)
    assert not [e for e in page.elements if e[0] in ("script", "img", "iframe", "object")]
    assert not [n for _, attrs in page.elements for n in attrs if n.startswith("on")]
    assert "&lt;script&gt;" in text
    assert any(EVIL in data for _, data in page.texts), "the name of the case is shown as text"


def test_the_page_asks_nothing_of_the_world(made):
    page = Page(render_html(made))
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    for tag, attrs in page.elements:
        assert tag not in ("script", "link", "iframe", "img", "object", "embed")
        for name in ("src", "srcset", "action", "data", "poster"):
            assert name not in attrs
        if "href" in attrs:
            assert tag == "a"
            inside = attrs["href"].removeprefix("#") in ids
            assert inside or attrs["href"].startswith("https://doi.org/10.")
    style = "".join(data for tag, data in page.texts if tag == "style")
    assert style
    assert "url(" not in style
    assert "@import" not in style
    policy = next(a["content"] for t, a in page.elements if t == "meta" and "http-equiv" in a)
    assert "default-src 'none'" in policy


def test_the_page_is_closed_and_has_a_language(made):
    page = Page(render_html(made))
    assert page.open == []
    assert ("html", {"lang": "en"}) in page.elements
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    labels = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert labels <= set(ids)


@pytest.mark.parametrize("names", [("D1160H",), ("C1156Y", "L1198F"), ()])
def test_silence_is_never_dressed_as_sensitivity(folder, names):
    """The colour of a call is that of its word: ``no data`` never carries the class sensitive."""
    folder.vcf(*names)
    made = folder.report()
    text = render_html(made)
    chips = re.findall(r'<span class="chip ([a-z-]+)">([a-z ]+)</span>', text)
    assert chips
    for css, word in chips:
        assert css == word.replace(" ", "-")
    haplotypes = text.partition('<h2 id="haplotypes">')[2].partition("</section>")[0]
    rows = re.findall(
        r'<th scope="row">([a-z]+).*?class="chip ([a-z-]+)"', haplotypes, flags=re.DOTALL
    )
    silent = {
        r.drug
        for r in made.haplotype_responses
        if {x.call.value for x in made.haplotype_responses if x.drug == r.drug} == {"no data"}
    }
    assert len(rows) >= 6
    for drug, css in rows:
        if drug in silent:
            assert css == "no-data"


def test_a_page_without_a_test_says_so(folder):
    folder.vcf()
    folder.fusions()
    text = render_html(folder.report(covers=False))
    assert "the kinase domain was not tested" in text
    body = text.partition("</style>")[2]
    assert "kinase domain wild type" not in body
    assert "no ALK mutation found" not in body
    haplotypes = body.partition('<h2 id="haplotypes">')[2].partition("</section>")[0]
    assert 'class="chip' not in haplotypes


def test_caveats_conflicts_and_rows_stand_on_the_page(evil):
    text = " ".join(data for _, data in Page(render_html(evil)).texts)
    for caveat in evil.caveats:
        assert " ".join(caveat.text.split()) in " ".join(text.split())
    for account in evil.provenance.inputs:
        assert account.name in text
        assert account.sha256[:16] in text
        for entry in account.set_aside:
            assert entry.reason in text


def test_every_number_of_the_page_stands_in_the_report(made):
    text = render_html(made)
    for response in made.haplotype_responses:
        if response.fold_change and response.drug in {d.id for d in made.drugs if d.in_review}:
            assert f"{response.fold_change.median:g} (" in text


# ---- all of them ------------------------------------------------------------------------------


def test_both_versions_stand_in_every_rendering(made):
    software, knowledge = made.provenance.software, made.provenance.knowledge
    for text in (render_html(made), made.model_dump_json(), render_tsv(made), printed(made)):
        assert software in text
        assert knowledge.version in text
        assert knowledge.hash[:12] in text


@pytest.mark.parametrize("render", [render_html, render_tsv, Report.model_dump_json])
def test_the_same_input_gives_the_same_bytes(folder, render):
    folder.vcf("C1156Y", "L1198F")
    folder.fusions()
    assert render(folder.report()).encode() == render(folder.report()).encode()


def test_no_rendering_knows_the_time_of_day(made):
    for text in (render_html(made), made.model_dump_json(), render_tsv(made)):
        assert not re.search(r"\b\d{1,2}:\d{2}:\d{2}\b", text)


@pytest.mark.parametrize("word", ["medical device"])
def test_a_person_reads_what_this_is_not(made, word):
    for text in (render_html(made), printed(made)):
        assert word in text


def test_no_rendering_promises(made):
    for text in (render_html(made), render_tsv(made), printed(made)):
        assert not re.search(r"\b(recommended|eligible|cure)\b", text, re.IGNORECASE)


# ---- json -------------------------------------------------------------------------------------


def test_the_json_is_read_back(made):
    text = made.model_dump_json(indent=2)
    assert Report.model_validate_json(text) == made


def test_the_json_fits_its_schema(made, evil):
    schema = Report.model_json_schema(mode="serialization")
    for report in (made, evil):
        jsonschema.validate(json.loads(report.model_dump_json()), schema)


def test_the_json_holds_to_its_contract(made):
    value = json.loads(made.model_dump_json())
    assert value["schema_version"] == 1
    for response in value["haplotype_responses"]:
        assert (response["call"] == "no data") == (response["p_response"] is None)
        assert response["basis"] in ("measured", "reported", "pooled", "predicted", "none")
    names = {source["id"] for source in value["sources"]}
    for response in value["haplotype_responses"]:
        for item in response["items"]:
            assert set(filter(None, item["source"].split(", "))) <= names
    severities = [caveat["severity"] for caveat in value["caveats"]]
    order = ["critical", "warning", "note"]
    assert severities == sorted(severities, key=order.index)


# ---- tsv --------------------------------------------------------------------------------------


def test_the_tsv_is_a_table(made):
    lines = render_tsv(made).splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    parts = (made.patient_responses, made.mechanisms, made.options, made.haplotype_responses)
    assert len(lines) == 1 + sum(map(len, parts))
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)


def test_the_tsv_says_what_the_report_says(made):
    header, *lines = (line.split("\t") for line in render_tsv(made).splitlines())
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    haplotypes = [cells for cells in rows if cells["row"] == "haplotype response"]
    for cells, response in zip(haplotypes, made.haplotype_responses, strict=True):
        assert (cells["haplotype"], cells["drug"]) == (response.haplotype, response.drug)
        assert cells["call"] == response.call.value
        assert (cells["p_response"] == "") == (response.call.value == "no data")
        if response.p_response:
            assert float(cells["p_response"]) == response.p_response.median


def test_no_text_breaks_the_table(evil, folder):
    text = render_tsv(folder.report(id="a\tb\nc", summary="x\ny"))
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in text.splitlines())
    assert render_tsv(evil).splitlines()[1].startswith(EVIL)


def test_a_tsv_without_a_test_has_no_row_of_a_haplotype(folder):
    folder.fusions()
    assert "haplotype response" not in render_tsv(folder.report(covers=False))


# ---- terminal ---------------------------------------------------------------------------------


def printed(value, width=120):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    (print_report if isinstance(value, Report) else print_lookup)(value, console)
    return console.file.getvalue()


def test_the_terminal_shows_the_calls_of_the_leading_drugs(made):
    text = printed(made)
    leading = {d.id for d in made.drugs if d.in_review}
    assert len(leading) == 6
    for response in made.haplotype_responses:
        if response.drug in leading:
            assert re.search(rf"{response.drug} +{response.call.value}\b", text)
    for caveat in made.caveats:
        assert caveat.severity.value in text


def test_the_terminal_shows_a_look_up(kb):
    answer = look_up("G1202R", kb=kb)
    text = printed(answer)
    assert text.startswith("G1202R")
    for response in answer.responses:
        assert response.drug in text
        if response.call.value != "no data":
            assert re.search(rf"{response.drug} +{response.call.value}\b", text)
    assert "no data at all" in text


def test_the_terminal_prints_markup_as_text(folder):
    """The name of a specimen stands in a caveat; brackets in it are no style of the terminal."""
    folder.vcf("G1202R")
    name = "[red]s1[/red]"
    made = folder.report(specimens=[{"id": name, "files": {"variants": ["tumour.vcf"]}}])
    assert f"{name}: nothing says" in printed(made)
