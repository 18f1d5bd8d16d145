"""Promises that the knowledge of the patient's level keeps: references, words and shares."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from alkanet.kb.ids import repeated_ids, unknown_id
from alkanet.kb.load import Knowledge, Placed
from alkanet.kb.schema import StrategyFile
from alkanet.model.alteration import BY_FISH
from alkanet.model.condition import Condition
from alkanet.model.option import OptionKind, Tier
from alkanet.model.strategy import StrategyRow
from alkanet.model.terms import Terms
from alkanet.text_model import Fault

__all__ = ["PATIENT_PROMISES"]

REVIEW_SECTIONS = ("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.2.3", "2.3", "3")


def _parts_exist(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that the files without which no patient can be assessed are there."""
    for name, part in (
        ("patient/rules.yaml", knowledge.patient_rules),
        ("terms.yaml", knowledge.terms),
        ("strategy/weights.yaml", knowledge.weights),
    ):
        if part is None:
            yield Fault(f"knowledge/{name}", 0, "", "is missing or has faults")


def _ids_are_unique(knowledge: Knowledge) -> Iterator[Fault]:
    entries = [(o.file, o.line, o.value.id) for o in knowledge.outcomes]
    yield from repeated_ids("outcome", entries)
    events = [(e.file, e.line, e.value.id) for e in knowledge.prevalence]
    yield from repeated_ids("prevalence", events)
    rows = [(p.file, line, row.id) for p, line, row in _rows(knowledge)]
    yield from repeated_ids("strategy", rows)
    constraints = [
        (p.file, p.line_of(("constraints", n, "id")), constraint.id)
        for p in knowledge.constraints
        for n, constraint in enumerate(p.value.constraints)
    ]
    yield from repeated_ids("constraint", constraints)


def _rows(knowledge: Knowledge) -> Iterator[tuple[Placed[StrategyFile], int, StrategyRow]]:
    for placed in knowledge.strategy:
        for number, row in enumerate(placed.value.rows):
            yield placed, placed.line_of(("rows", number, "id")), row


def _sources_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    known = {s.value.id for s in knowledge.sources} | {entry.id for entry in knowledge.faulty}
    named = [(o.file, o.line, "source", o.value.source) for o in knowledge.outcomes]
    named += [(e.file, e.line, "source", e.value.source) for e in knowledge.prevalence]
    for therapy in knowledge.therapies:
        for n, approval in enumerate(therapy.value.approvals):
            line = therapy.line_of(("approvals", n, "source"))
            named.append((therapy.file, line, "approvals", approval.source))
        if therapy.value.trough_target is not None:
            line = therapy.line_of(("trough_target",))
            named.append((therapy.file, line, "trough_target", therapy.value.trough_target.source))
    for mechanism in knowledge.mechanisms:
        line = mechanism.line_of(("sources",))
        named.extend((mechanism.file, line, "sources", name) for name in mechanism.value.sources)
    for placed, line, row in _rows(knowledge):
        arguments = (*row.why, *row.against, *row.cautions)
        of_row = (*row.sources, *(name for argument in arguments for name in argument.sources))
        named.extend((placed.file, line, row.id, name) for name in of_row)
    for constraints in knowledge.constraints:
        for n, constraint in enumerate(constraints.value.constraints):
            line = constraints.line_of(("constraints", n, "sources"))
            named.extend((constraints.file, line, constraint.id, s) for s in constraint.sources)
    for file, line, field, name in named:
        if name not in known:
            yield unknown_id(file, line, field, name, known)


def _outcomes_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    known = {outcome.value.id: outcome.value for outcome in knowledge.outcomes}
    faulty = {entry.id for entry in knowledge.faulty}
    for placed, line, row in _rows(knowledge):
        for field, name in (("response", row.response), ("durability", row.durability)):
            if name is not None and name not in known.keys() | faulty:
                yield unknown_id(placed.file, line, f"{row.id}: {field}", name, set(known))
    rules = knowledge.patient_rules
    if rules is None:
        return
    value = rules.value
    named = [("states", n, g) for n, s in enumerate(value.states) for g in s.groups]
    named += [("cns", n, g) for n, entry in enumerate(value.cns) for g in entry.groups]
    pooled = [
        ("groups", n, name)
        for n, group in enumerate(value.groups)
        for name in (*group.systemic, *group.cns)
    ]
    named += [("calibration", n, entry.outcome) for n, entry in enumerate(value.calibration)]
    for part, number, name in (*named, *pooled):
        if name not in known.keys() | faulty:
            yield unknown_id(rules.file, rules.line_of((part, number)), part, name, set(known))
    for part, number, name in pooled:
        if name in known and known[name].n is None:
            text = f"{name!r} has no number of patients, so that it cannot be pooled"
            yield Fault(rules.file, rules.line_of((part, number)), part, text)
    for number, entry in enumerate(value.calibration):
        total = sum(genotype.share for genotype in entry.genotypes)
        if abs(total - 1) > 0.005:
            text = f"the shares of {entry.outcome!r} add up to {total:g}"
            yield Fault(rules.file, rules.line_of(("calibration", number)), "genotypes", text)


def _drugs_are_known(knowledge: Knowledge) -> Iterator[Fault]:
    inhibitors = {t.value.id for t in knowledge.therapies}
    known = inhibitors | {d.value.name for d in knowledge.other_drugs}
    for placed, line, row in _rows(knowledge):
        for drug in row.drugs:
            if drug not in known:
                yield unknown_id(placed.file, line, f"{row.id}: drugs", drug, known)
        if row.inhibitor is not None and row.inhibitor not in inhibitors:
            yield unknown_id(placed.file, line, f"{row.id}: inhibitor", row.inhibitor, inhibitors)
    for mechanism in knowledge.mechanisms:
        named = (*mechanism.value.reported_with, *mechanism.value.inhibited_by)
        for drug in named:
            if drug not in inhibitors:
                yield unknown_id(mechanism.file, mechanism.line, "drugs", drug, inhibitors)
        for drug in mechanism.value.targeted_by:
            if drug not in known:
                yield unknown_id(mechanism.file, mechanism.line, "targeted_by", drug, known)
    rules = knowledge.patient_rules
    if rules is not None:
        value = rules.value
        of_rules = [("cns", n, entry.drug) for n, entry in enumerate(value.cns)]
        of_rules += [("groups", n, group.drug) for n, group in enumerate(value.groups)]
        of_rules += [("calibration", n, entry.drug) for n, entry in enumerate(value.calibration)]
        for part, number, drug in of_rules:
            if drug not in inhibitors:
                yield unknown_id(rules.file, rules.line_of((part, number)), part, drug, inhibitors)


def _conditions_use_known_words(knowledge: Knowledge) -> Iterator[Fault]:
    mechanisms = {m.value.id for m in knowledge.mechanisms}
    drugs = {t.value.id for t in knowledge.therapies} | {
        d.value.name for d in knowledge.other_drugs
    }
    for file, line, field, condition in _conditions(knowledge):
        fault = partial(unknown_id, file, line, field)
        for part in _all_parts(condition):
            if part.mechanism is not None:
                yield from (fault(n, mechanisms) for n in part.mechanism.ids if n not in mechanisms)
            named = (*part.given, *part.failed, *((part.call.drug,) if part.call else ()))
            yield from (fault(name, drugs) for name in named if name not in drugs)
            if knowledge.terms is not None:
                for name, words in _words_asked(part, knowledge.terms.value):
                    if name not in words:
                        yield fault(name, words)


def _words_asked(part: Condition, terms: Terms) -> Iterator[tuple[str, set[str]]]:
    for asked, entries in (
        (part.histology, terms.histologies),
        (part.observation, terms.observations),
        ((part.host_factor,) if part.host_factor else (), terms.host_factors),
        ((part.expression.gene,) if part.expression else (), terms.markers),
    ):
        yield from ((name, {entry.term for entry in entries}) for name in asked)


def _conditions(knowledge: Knowledge) -> Iterator[tuple[str, int, str, Condition]]:
    """Yield every condition with the place of its entry."""
    for mechanism in knowledge.mechanisms:
        value = mechanism.value
        held = [*(s.when for s in value.found_when), *(a.when for a in value.against)]
        for condition in (*held, *value.unless):
            yield mechanism.file, mechanism.line, value.id, condition
    for placed, line, row in _rows(knowledge):
        arguments = (*row.why, *row.against, *row.cautions)
        whens: list[Condition | None] = [row.when, *(argument.when for argument in arguments)]
        whens += [term.when for term in row.own_terms]
        for when in whens:
            if when is not None:
                yield placed.file, line, row.id, when
    for constraints in knowledge.constraints:
        for n, constraint in enumerate(constraints.value.constraints):
            line = constraints.line_of(("constraints", n))
            yield constraints.file, line, constraint.id, constraint.when
    if knowledge.patient_rules is not None:
        rules = knowledge.patient_rules
        for n, state in enumerate(rules.value.states):
            yield rules.file, rules.line_of(("states", n)), state.id, state.when
        for n, group in enumerate(rules.value.groups):
            yield rules.file, rules.line_of(("groups", n)), group.drug, group.when


def _all_parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in (*condition.all, *condition.any, *condition.none):
        yield from _all_parts(part)


def _mechanisms_point_to_what_is_there(knowledge: Knowledge) -> Iterator[Fault]:
    strategies = {row.id for _, _, row in _rows(knowledge)}
    mechanisms = {m.value.id for m in knowledge.mechanisms}
    for mechanism in knowledge.mechanisms:
        section = mechanism.value.review_section
        if section is not None and section not in REVIEW_SECTIONS:
            line = mechanism.line_of(("review_section",))
            text = f"the review has no section {section!r} on mechanisms"
            yield Fault(mechanism.file, line, "review_section", text, ", ".join(REVIEW_SECTIONS))
        for name in mechanism.value.strategy:
            if name not in strategies:
                line = mechanism.line_of(("strategy",))
                yield unknown_id(mechanism.file, line, "strategy", name, strategies)
    for placed, line, row in _rows(knowledge):
        for name in row.addresses:
            if name not in mechanisms:
                yield unknown_id(placed.file, line, f"{row.id}: addresses", name, mechanisms)


def _laboratory_ideas_stay_below(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that what rests on cells or animals alone is never more than investigational."""
    for placed, line, row in _rows(knowledge):
        if row.level.is_laboratory and row.tier not in (Tier.INVESTIGATIONAL, Tier.NOT_ADVISED):
            text = f"rests on {row.level.value} alone and is {row.tier.value}"
            yield Fault(placed.file, line, f"{row.id}: tier", text, "investigational")
        if (row.kind is OptionKind.TEST) != (row.test is not None):
            text = "options of the kind 'test', and only they, say which test"
            yield Fault(placed.file, line, f"{row.id}: test", text)


def _rows_have_a_reason(knowledge: Knowledge) -> Iterator[Fault]:
    for placed, line, row in _rows(knowledge):
        if all(argument.when is not None for argument in row.why):
            yield Fault(placed.file, line, f"{row.id}: why", "has no reason that always holds")


def _words_mean_one_thing(knowledge: Knowledge) -> Iterator[Fault]:
    terms = knowledge.terms
    if terms is None:
        return
    value = terms.value
    if BY_FISH not in (entry.term for entry in value.observations):
        line = terms.line_of(("observations",))
        yield Fault(terms.file, line, "observations", f"{BY_FISH!r} is missing: rules ask for it")
    for part, entries in (
        ("histologies", value.histologies),
        ("observations", value.observations),
        ("host_factors", value.host_factors),
        ("markers", value.markers),
        ("strong_cyp3a_inducers", value.strong_cyp3a_inducers),
        ("regions", value.regions),
    ):
        meant: dict[str, str] = {}
        for n, entry in enumerate(entries):
            for word in (entry.term, *entry.also):
                plain = " ".join(word.casefold().replace("-", " ").split())
                if meant.setdefault(plain, entry.term) != entry.term:
                    line = terms.line_of((part, n))
                    text = f"{word!r} means {meant[plain]!r} and {entry.term!r}"
                    yield Fault(terms.file, line, part, text)


PATIENT_PROMISES = (
    _parts_exist,
    _ids_are_unique,
    _sources_resolve,
    _outcomes_resolve,
    _drugs_are_known,
    _conditions_use_known_words,
    _mechanisms_point_to_what_is_there,
    _laboratory_ideas_stay_below,
    _rows_have_a_reason,
    _words_mean_one_thing,
)
