"""Every mechanism fires in one case and stays silent in its nearest look-alike.

``knowledge/cases/mechanisms/<id>`` holds the pair: ``case.yaml`` with ``calls.tsv``,
``look-alike.yaml`` with ``look-alike.tsv``, and ``expect.yaml`` with both reasons. Both go through
the command line. ``docs/mechanisms.md`` lists the rules beside their pairs; ``pytest
--update-golden`` writes it anew.
"""

import json
import re

import pytest
from typer.testing import CliRunner

from alkanet.cli.main import app
from alkanet.model.calls import Origin, OutsideCall, OutsideKind
from alkanet.model.mechanism import Confidence
from alkanet.normalise.typed_findings import typed_alterations
from alkanet.text_yaml import read_text_yaml
from places import ROOT

PAIRS = ROOT / "knowledge" / "cases" / "mechanisms"
IDS = sorted(path.stem for path in (ROOT / "knowledge" / "mechanisms").glob("*.yaml"))
FILES = {"case.yaml", "calls.tsv", "look-alike.yaml", "look-alike.tsv", "expect.yaml"}
PAGE = ROOT / "docs" / "mechanisms.md"
SILENT_FILES = {"silent.yaml", "silent.tsv"}
"""A second look-alike, in which nothing is told, where the nearest one rightly leaves a doubt."""
IN_DOUBT = {"look_alike_at_most", "why_the_silent_one_is_silent"}
NEEDED = {"confidence", "why_it_fires", "why_the_look_alike_is_silent", "sources"}
CONFIDENCES = {confidence.value for confidence in Confidence}

REVIEW = {
    "2.1.1": {"alk-mutation", "alk-compound-mutation"},
    "2.1.2": {"alk-amplification"},
    "2.2.1": {
        "egfr-signalling", "kit-amplification", "igf1r-irs1", "mapk-reactivation",
        "met-amplification", "braf-v600e", "yap", "nf2-loss", "nrg1-her3", "hgf-met-gab1",
    },
    "2.2.2": {"p-gp"},
    "2.2.3": {
        "small-cell-transformation", "squamous-transformation", "neuroendocrine-differentiation",
        "her2-her3-stem-like", "emt", "pole-tmb", "mir-100-5p", "abcc11", "nmu",
    },
    "2.3": {"bim-deletion", "low-fusion-fraction", "myc-amplification"},
    "3": {"radionecrosis", "sarcoid-like-reaction", "cns-sanctuary", "undetermined"},
}  # fmt: skip
"""What each section of Pan et al. 2021 names, read in its text, by the id of the rule."""

SECTIONS = {
    "2.1.1": "Mutations of the kinase domain",
    "2.1.2": "Amplification of ALK",
    "2.2.1": "Bypass signals",
    "2.2.2": "Efflux",
    "2.2.3": "Lineage changes, and what the review names beside them",
    "2.3": "Primary resistance",
    "3": "What the discussion adds",
    None: "Not in the review",
}


@pytest.fixture(scope="module")
def rules(kb):
    return {rule.id: rule for rule in kb.patient.mechanisms}


def expected(name):
    return read_text_yaml(PAIRS / name / "expect.yaml").value


@pytest.fixture
def reported(tmp_path):
    """Return the report of a case of a pair, by the commands of the real process, run in this one.

    Two runs a mechanism would otherwise be eighty starts of Python.
    """

    def report(path):
        out = tmp_path / path.stem
        done = CliRunner().invoke(app, ["report", str(path), "-o", str(out), "--format", "json"])
        assert done.exit_code == 0, (done.output, done.exception)
        return json.loads((out / "report.json").read_text(encoding="utf-8"))

    return report


def found(report, name):
    return next((m for m in report["mechanisms"] if m["id"] == name), None)


@pytest.mark.parametrize("name", IDS)
def test_a_mechanism_fires_in_its_case_and_not_in_its_look_alike(name, reported):
    expect = expected(name)
    case, look_alike = (reported(PAIRS / name / f"{f}.yaml") for f in ("case", "look-alike"))

    made = found(case, name)
    assert made is not None, expect["why_it_fires"]
    assert made["confidence"] in expect["confidence"], made
    assert made["supports"]
    assert made["sources"]
    assert made["test"] is None or len(made["test"]) > 10

    taken = found(look_alike, name)
    reason = expect["why_the_look_alike_is_silent"]
    if "look_alike_at_most" in expect:
        assert taken is not None, "nothing is left of the doubt: say nothing of at most"
        assert taken["confidence"] == expect["look_alike_at_most"], reason
        assert taken["confidence"] not in expect["confidence"]
        silent = reported(PAIRS / name / "silent.yaml")
        assert found(silent, name) is None, expect["why_the_silent_one_is_silent"]
    else:
        assert taken is None, reason
    assert case["case"]["synthetic"] is look_alike["case"]["synthetic"] is True


@pytest.mark.parametrize("name", IDS)
def test_a_pair_is_whole_and_gives_its_reasons_and_sources(name, kb):
    expect = expected(name)
    is_in_doubt = "look_alike_at_most" in expect
    files, keys = (FILES | SILENT_FILES, NEEDED | IN_DOUBT) if is_in_doubt else (FILES, NEEDED)
    assert {path.name for path in (PAIRS / name).iterdir()} == files
    assert set(expect) == keys
    assert expect["confidence"], "a confidence that is not said cannot fail"
    assert set(expect["confidence"]) <= CONFIDENCES
    assert expect.get("look_alike_at_most", "possible") == "possible"
    for key in (key for key in keys if key.startswith("why_")):
        assert len(expect[key]) > 40, "why a clinician would agree"
    assert {s.id for s in kb.sources(expect["sources"])} == set(expect["sources"])


@pytest.mark.parametrize("name", IDS)
def test_the_look_alike_is_near(name):
    """At most three typed lines of one differ from those of the other."""
    one, other = (
        set((PAIRS / name / file).read_text(encoding="utf-8").splitlines()[1:])
        for file in ("calls.tsv", "look-alike.tsv")
    )
    assert max(len(one - other), len(other - one)) <= 3
    case, look_alike = (
        (PAIRS / name / f"{file}.yaml").read_text(encoding="utf-8").partition("as_of")[2]
        for file in ("case", "look-alike")
    )
    assert one != other or case != look_alike.replace("look-alike.tsv", "calls.tsv")


def test_every_pair_has_its_mechanism():
    assert sorted(path.name for path in PAIRS.iterdir()) == IDS


def test_every_mechanism_of_the_review_has_a_rule_under_its_section(rules):
    by_section = {}
    for rule in rules.values():
        by_section.setdefault(rule.review_section, set()).add(rule.id)
    by_section.pop(None)
    assert by_section == REVIEW


# ---- what rules ask for can be typed ------------------------------------------------------------


def parts(condition):
    yield condition
    for part in (*condition.all, *condition.any, *condition.none):
        yield from parts(part)


def conditions(rule):
    for entry in (*rule.found_when, *rule.against):
        yield from parts(entry.when)
    for condition in rule.unless:
        yield from parts(condition)


def asked_in_words(rules):
    """Yield what the rules ask for, as a person would type it, with what it must become."""
    for rule in rules.values():
        for part in conditions(rule):
            for histology in part.histology:
                yield OutsideKind.HISTOLOGY, histology, ("histology", histology)
            for observation in part.observation:
                yield OutsideKind.OBSERVATION, observation, ("observation", observation)
            if part.host_factor:
                yield OutsideKind.HOST_FACTOR, part.host_factor, ("factor", part.host_factor)
            if part.copy_number:
                for change in part.copy_number.changes:
                    text = f"{part.copy_number.gene} {change}"
                    yield OutsideKind.COPY_NUMBER, text, ("change", change)
            if part.expression:
                for change in part.expression.changes:
                    text = f"{part.expression.gene} {change}"
                    yield OutsideKind.EXPRESSION, text, ("gene", part.expression.gene)
            for name in part.variant.names if part.variant else ():
                change = f"{name}W" if re.fullmatch(r"[A-Z]\d+", name) else name
                yield OutsideKind.VARIANT, f"{part.variant.gene} {change}", ("name", change)


def test_whatever_a_rule_asks_for_can_be_typed(rules, kb):
    """A word that nobody can type keeps its rule silent for ever."""
    asked = sorted(set(asked_in_words(rules)))
    assert {kind for kind, _, _ in asked} == {
        OutsideKind.HISTOLOGY, OutsideKind.OBSERVATION, OutsideKind.HOST_FACTOR,
        OutsideKind.COPY_NUMBER, OutsideKind.EXPRESSION, OutsideKind.VARIANT,
    }  # fmt: skip
    for kind, text, (field, value) in asked:
        origin = Origin(file="typed.tsv", line=2)
        call = OutsideCall(origin=origin, specimen="biopsy", kind=kind, finding=text)
        (made,) = typed_alterations([call], kb.patient.terms, ())
        assert getattr(made, field) == value, text


def test_whatever_fusion_a_rule_asks_for_is_read_from_tables_too(rules, kb):
    asked = {g for r in rules.values() for p in conditions(r) if p.fusion for g in p.fusion.genes}
    assert asked
    assert asked <= {driver.gene for driver in kb.driver_fusions()}


def test_whatever_drug_a_rule_asks_for_is_an_inhibitor_of_alk(rules, kb):
    therapies = {therapy.id for therapy in kb.therapies()}
    for rule in rules.values():
        named = {d for part in conditions(rule) for d in (*part.given, *part.failed)}
        assert named | {*rule.inhibited_by, *rule.reported_with} <= therapies, rule.id


# ---- the page -----------------------------------------------------------------------------------


HEAD = """\
# Mechanisms of resistance

Generated by `make golden` from `knowledge/mechanisms` and `knowledge/cases/mechanisms`: edit
those, never this page. Sections are those of the review, Pan et al. 2021.

The strongest finding gives the confidence; each thing that speaks against it lowers it by one
step, down to *possible*. The share left for ALK alone is what remains of the effect of a drug on
ALK once the mechanism is sure: 1 is all of it. Each mechanism has a pair of made-up cases: one in
which it fires, and its nearest look-alike, in which it stays silent. Where a doubt rightly remains
in the nearest one it is no more than possible there, and silent in a second one.

| section | mechanism | category | share left | in its case | in its look-alike |
| --- | --- | --- | --- | --- | --- |
"""


def page(rules):
    lines = HEAD.splitlines()
    ordered = [
        rule
        for section in SECTIONS
        for rule in sorted(rules.values(), key=lambda r: r.id)
        if rule.review_section == section
    ]
    for rule in ordered:
        expect = expected(rule.id)
        at_most = expect.get("look_alike_at_most")
        cells = (
            rule.review_section or "–",
            f"[{rule.id}](#{rule.id})",
            rule.category.value,
            f"{rule.alk_alone:g}",
            " or ".join(expect["confidence"]),
            f"at most {at_most}; silent in a second" if at_most else "silent",
        )
        lines.append(row(*cells))
    for section, title in SECTIONS.items():
        number = f"{section} " if section else ""
        lines += ["", f"## {number}{title}"]
        for rule in ordered:
            if rule.review_section == section:
                lines += ["", *block(rule)]
    return "\n".join(lines) + "\n"


def block(rule):
    expect = expected(rule.id)
    folder = f"../knowledge/cases/mechanisms/{rule.id}"
    yield f"### {rule.id}"
    yield f"**{rule.name}**, {rule.category.value}."
    yield ""
    yield row("", "")
    yield row("---", "---")
    for support in rule.found_when:
        yield row(support.gives.value, support.says)
    for counter in rule.against:
        yield row("against", counter.says)
    for condition in rule.unless:
        words = " or ".join(condition.fact)
        assert words, "the page has words for facts alone"
        yield row("never", f"where there is {words}")
    if rule.shown_by is not None:
        shown = f"{', '.join(rule.shown_by.covers)}, in {', '.join(rule.shown_by.specimens)}"
        yield row("can show it", shown)
        yield row("test", rule.shown_by.test)
    else:
        yield row("can show it", "no assay: history, sites and what is taken")
    if rule.settled_by:
        yield row("settled by", rule.settled_by)
    yield row("share left", f"{rule.alk_alone:g}. {rule.alk_alone_reason}")
    if rule.reported_with:
        yield row("reported with", ", ".join(rule.reported_with))
    if rule.note:
        yield row("note", rule.note)
    yield row("fires", f"[case.yaml]({folder}/case.yaml). {expect['why_it_fires']}")
    name = "at most possible" if "look_alike_at_most" in expect else "silent"
    reason = expect["why_the_look_alike_is_silent"]
    yield row(name, f"[look-alike.yaml]({folder}/look-alike.yaml). {reason}")
    if "look_alike_at_most" in expect:
        reason = expect["why_the_silent_one_is_silent"]
        yield row("silent", f"[silent.yaml]({folder}/silent.yaml). {reason}")
    yield row("sources", ", ".join(rule.sources))


def row(*cells):
    return "| " + " | ".join(" ".join(str(cell).split()).replace("|", "/") for cell in cells) + " |"


def test_the_page_of_mechanisms_is_what_the_rules_say(rules, is_update):
    made = page(rules)
    if is_update:
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made, "run `make golden` and review the diff"
