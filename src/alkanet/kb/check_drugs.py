"""Promises over drugs, trials, guidelines and findings: each names what is there, in its unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alkanet.kb.ids import repeated_ids, unknown_id
from alkanet.kb.load import Knowledge
from alkanet.model.drug_profile import Exposure, ExposureParameter
from alkanet.text_model import Fault

__all__ = ["DRUG_PROMISES"]

CONCENTRATIONS = frozenset({"ng/mL", "nM"})
UNITS: dict[ExposureParameter, frozenset[str]] = {
    ExposureParameter.CMAX: CONCENTRATIONS,
    ExposureParameter.AVERAGE: CONCENTRATIONS,
    ExposureParameter.TROUGH: CONCENTRATIONS,
    ExposureParameter.METABOLITE_CMAX: CONCENTRATIONS,
    ExposureParameter.CSF: CONCENTRATIONS,
    ExposureParameter.AUC: frozenset({"ng*h/mL"}),
    ExposureParameter.UNBOUND: frozenset({"fraction"}),
    ExposureParameter.HALF_LIFE: frozenset({"h"}),
    ExposureParameter.BIOAVAILABILITY: frozenset({"%"}),
    ExposureParameter.CLEARANCE: frozenset({"L/h"}),
    ExposureParameter.MOLAR_MASS: frozenset({"g/mol"}),
    ExposureParameter.CSF_PLASMA: frozenset({"ratio"}),
    ExposureParameter.CSF_UNBOUND: frozenset({"ratio"}),
    ExposureParameter.QT: frozenset({"ms", "%"}),
    ExposureParameter.EVENT: frozenset({"%"}),
}
"""In which unit each parameter may be written."""

LARGEST = {"fraction": 1.0, "%": 100.0}
"""The largest value that a unit allows."""

Named = tuple[str, int, str, str]
"""File, line, field and the name that must be known."""


def _drugs(knowledge: Knowledge) -> set[str]:
    inhibitors = {t.value.id for t in knowledge.therapies}
    return inhibitors | {d.value.name for d in knowledge.other_drugs}


def _drugs_are_known(knowledge: Knowledge) -> Iterator[Fault]:
    known = _drugs(knowledge)
    named: list[Named] = [(p.file, p.line, "id", p.value.id) for p in knowledge.drug_profiles]
    named += [(e.file, e.line, "drug", e.value.drug) for e in knowledge.exposures]
    for rule in knowledge.co_medication:
        named.append((rule.file, rule.line, f"{rule.value.id}: drug", rule.value.drug))
    for guideline in knowledge.guidelines:
        for number, position in enumerate(guideline.value.positions):
            line = guideline.line_of(("positions", number))
            named.extend((guideline.file, line, position.id, name) for name in position.drugs)
    for identifier in knowledge.identifiers:
        if identifier.value.kind == "drug":
            named.append((identifier.file, identifier.line, "name", identifier.value.name))
    for file, line, field, name in named:
        if name not in known:
            yield unknown_id(file, line, field, name, known)


def _sources_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    known = {s.value.id for s in knowledge.sources} | {entry.id for entry in knowledge.faulty}
    named: list[Named] = [(e.file, e.line, "source", e.value.source) for e in knowledge.exposures]
    named += [(t.file, t.line, "source", t.value.source) for t in knowledge.trials]
    named += [
        (g.file, g.line_of(("source",)), "source", g.value.source) for g in knowledge.guidelines
    ]
    for rule in knowledge.co_medication:
        named.append((rule.file, rule.line, f"{rule.value.id}: source", rule.value.source))
    for profile in knowledge.drug_profiles:
        value = profile.value
        for part in ("doses", "roles", "warnings", "monitoring"):
            for number, entry in enumerate(getattr(value, part)):
                line = profile.line_of((part, number, "source"))
                named.append((profile.file, line, f"{part}: source", entry.source))
    for finding in knowledge.findings:
        if finding.value.primary is not None:
            named.append((finding.file, finding.line, "primary", finding.value.primary))
    for file, line, field, name in named:
        if name not in known:
            yield unknown_id(file, line, field, name, known)


def _findings_are_about_something(knowledge: Knowledge) -> Iterator[Fault]:
    known = {m.value.id for m in knowledge.mechanisms} | _drugs(knowledge)
    for finding in knowledge.findings:
        for name in finding.value.about:
            if name not in known:
                yield unknown_id(finding.file, finding.line, "about", name, known)


def _units_fit(knowledge: Knowledge) -> Iterator[Fault]:
    for placed in knowledge.exposures:
        value = placed.value
        allowed = UNITS[value.parameter]
        if value.unit not in allowed:
            text = f"{value.parameter.value} in {value.unit}"
            yield Fault(placed.file, placed.line, "unit", text, " or ".join(sorted(allowed)))
        elif value.value > LARGEST.get(value.unit, value.value):
            yield Fault(placed.file, placed.line, "value", f"{value.value:g} {value.unit}")
        yield from _interval(placed.file, placed.line, value)


def _interval(file: str, line: int, value: Exposure) -> Iterator[Fault]:
    low, high = value.low, value.high
    below = low is not None and low > value.value
    above = high is not None and high < value.value
    if below or above:
        yield Fault(file, line, "value", f"{value.value:g} lies outside its interval")


def _trials_are_registered(knowledge: Knowledge) -> Iterator[Fault]:
    names = [(t.file, t.line, t.value.name) for t in knowledge.trials]
    yield from repeated_ids("trial", names)
    numbers = [(t.file, t.line, t.value.nct) for t in knowledge.trials if t.value.nct]
    yield from repeated_ids("register number", numbers)
    known = {t.value.name for t in knowledge.trials}
    if not known:
        return  # a folder without a register says nothing of any trial
    for outcome in knowledge.outcomes:
        if outcome.value.trial not in known:
            yield unknown_id(outcome.file, outcome.line, "trial", outcome.value.trial, known)


def _guidelines_follow_each_other(knowledge: Knowledge) -> Iterator[Fault]:
    known = {g.value.id for g in knowledge.guidelines}
    for guideline in knowledge.guidelines:
        name = guideline.value.superseded_by
        if name is not None and name not in known:
            line = guideline.line_of(("superseded_by",))
            yield unknown_id(guideline.file, line, "superseded_by", name, known)


def _ids_are_unique(knowledge: Knowledge) -> Iterator[Fault]:
    identifiers = [
        (i.file, i.line, f"{i.value.kind} {i.value.name}, {i.value.system.value}")
        for i in knowledge.identifiers
    ]
    yield from repeated_ids("identifier", identifiers)
    codes = [
        (i.file, i.line, f"{i.value.system.value} {i.value.code}") for i in knowledge.identifiers
    ]
    yield from repeated_ids("code", codes)


DRUG_PROMISES: tuple[Callable[[Knowledge], Iterator[Fault]], ...] = (
    _drugs_are_known,
    _sources_resolve,
    _findings_are_about_something,
    _units_fit,
    _trials_are_registered,
    _guidelines_follow_each_other,
    _ids_are_unique,
)
