"""The facts of a case that rules may ask for, from its setting, lines, sites and other drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alkanet.history.months import months_between
from alkanet.history.sites import is_brain, is_leptomeningeal
from alkanet.model.case import Case, Setting, StopReason
from alkanet.model.fact import Fact
from alkanet.model.history import History, LineFacts, NamedReason, Resistance
from alkanet.model.patient_knowledge import PatientKnowledge

__all__ = ["case_facts"]

_SETTINGS = {
    Setting.EARLY: Fact.EARLY,
    Setting.STAGE_III: Fact.STAGE_III,
    Setting.METASTATIC: Fact.METASTATIC,
}
_FAILED = {
    1: Fact.FAILED_FIRST,
    2: Fact.FAILED_SECOND,
    3: Fact.FAILED_THIRD,
    4: Fact.FAILED_FOURTH,
}
_EXCUSES = {NamedReason.DOSE: Fact.DOSE_REDUCED, NamedReason.ADHERENCE: Fact.NOT_ADHERENT}


def case_facts(
    case: Case, history: History, knowledge: PatientKnowledge
) -> Iterator[tuple[Fact, str]]:
    """Yield each fact that the case states or that follows from it, with its details."""
    if case.setting is not None:
        yield _SETTINGS[case.setting], ""
    yield from _of_lines(case, history)
    yield from _of_exposure(case, history, knowledge)
    yield from _of_sites(case, history, knowledge)
    yield from _of_events(case, knowledge)


def _of_lines(case: Case, history: History) -> Iterator[tuple[Fact, str]]:
    if not history.given:
        yield Fact.NO_INHIBITOR, ""
    elif not history.failed:
        yield Fact.NONE_FAILED, ", ".join(history.given)
    elif history.highest_failed is not None:  # drugs made for another target have no generation
        yield _FAILED[history.highest_failed], ", ".join(history.failed)
    reached = max((line.generation or 0 for line in history.lines), default=0)
    if reached >= 2:
        yield Fact.SECOND_REACHED, ""
    if reached >= 3:
        yield Fact.THIRD_REACHED, ""
    last = history.last_inhibitor_line
    if last is not None and last.number == len(history.lines):
        yield Fact.INHIBITOR_LAST, " + ".join(last.inhibitors)
    if last is not None:
        yield from _of_last_inhibitor(case, history, last)
    responses = {line.best_response for line in history.lines if line.inhibitors}
    if responses == {"PD"}:
        yield Fact.NEVER_RESPONDED, "progression is the best response to every ALK inhibitor"


def _of_last_inhibitor(case: Case, history: History, last: LineFacts) -> Iterator[tuple[Fact, str]]:
    if last.ongoing and last.number == len(history.lines):
        yield Fact.ON_INHIBITOR, " + ".join(last.inhibitors)
    if case.lines[last.number - 1].stopped_for is StopReason.TOXICITY:
        yield Fact.STOPPED_FOR_TOXICITY, " + ".join(last.inhibitors)
    if last.resistance is Resistance.PRIMARY:
        after = f" after {last.months:g} months" if last.months is not None else ""
        yield Fact.PRIMARY, f"growth on {' + '.join(last.inhibitors)}{after}"
    elif last.resistance is Resistance.ACQUIRED:
        after = f" after {last.months:g} months" if last.months is not None else ""
        yield Fact.ACQUIRED, f"growth on {' + '.join(last.inhibitors)}{after}"


def _of_exposure(
    case: Case, history: History, knowledge: PatientKnowledge
) -> Iterator[tuple[Fact, str]]:
    last = history.last_inhibitor_line
    for reason in last.reasons if last is not None else ():
        if reason in _EXCUSES:
            yield _EXCUSES[reason], ""
    low = [told for drug in history.just_failed if (told := _low_level(drug, case, knowledge))]
    if low:
        yield Fact.LOW_LEVEL, "; ".join(low)
    if any(set(line.drugs) & set(knowledge.terms.platinum) for line in case.lines):
        yield Fact.PLATINUM_GIVEN, ""
    inducers = [w for i in knowledge.terms.strong_cyp3a_inducers for w in (i.term, *i.also)]
    taken = [m.drug for m in case.co_medication if any(_holds_word(m.drug, w) for w in inducers)]
    if taken:
        yield Fact.STRONG_INDUCER, ", ".join(taken)
        drugs = last.inhibitors if last is not None else ()
        lowered = [drug for drug in drugs if knowledge.therapies[drug].lowered_by_inducers]
        if lowered:
            yield Fact.LOWERED_BY_INDUCER, f"{', '.join(taken)} beside {', '.join(lowered)}"


def _holds_word(text: str, word: str) -> bool:
    """Return whether a word stands in a text by itself, as in ``Rifampicin 600 mg``."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def _low_level(drug: str, case: Case, knowledge: PatientKnowledge) -> str | None:
    """Return the newest level of a drug in words where it lies below its target."""
    target = knowledge.therapies[drug].trough_target
    levels = [level for level in case.drug_levels if level.drug == drug]
    if target is None or not levels:
        return None
    # of two levels of one day the lower counts, whatever their order
    newest = min(levels, key=lambda level: (-level.date.toordinal(), level.trough_ng_per_mL))
    if newest.trough_ng_per_mL >= target.ng_per_mL:
        return None
    told = f"{drug} {newest.trough_ng_per_mL:g} ng/mL on {newest.date}"
    return f"{told}, target {target.ng_per_mL:g} ng/mL"


def _of_sites(
    case: Case, history: History, knowledge: PatientKnowledge
) -> Iterator[tuple[Fact, str]]:
    terms, growth = knowledge.terms, history.growth
    last = history.lines[-1] if history.lines else None
    is_stated = any(site.growing is not None for site in case.sites)
    if growth.is_growing or (last is not None and last.failed):
        yield Fact.PROGRESSING, ", ".join(growth.sites)
    elif is_stated:
        told = f"{', '.join(growth.explained)} grows and is no tumour" if growth.explained else ""
        yield Fact.NOT_PROGRESSING, told
    names = (*(site.site for site in case.sites), *growth.sites)
    if any(is_leptomeningeal(name, terms) for name in names):
        yield Fact.LEPTOMENINGEAL, ""
    if any(is_brain(name, terms) or is_leptomeningeal(name, terms) for name in names):
        yield Fact.BRAIN_DISEASE, ""
    if growth.brain or growth.leptomeninges:
        yield Fact.BRAIN_GROWING, ""
    if growth.is_brain_only:
        yield Fact.BRAIN_ONLY, ", ".join(growth.sites)
    if growth.body:
        yield Fact.BODY_GROWING, ""
    if growth.is_few(knowledge.rules.few_lesions):
        yield Fact.FEW_GROWING, f"{growth.lesions} growing: {', '.join(growth.sites)}"


def _of_events(case: Case, knowledge: PatientKnowledge) -> Iterator[tuple[Fact, str]]:
    for event in case.events:
        site = event.site or ""
        if event.kind == "radiation" and is_brain(site, knowledge.terms):
            yield Fact.BRAIN_RADIATED, f"{site}, {event.date}"
        if event.kind == "checkpoint inhibitor" and case.as_of is not None:
            months = months_between(event.date, case.as_of)
            if 0 <= months <= knowledge.rules.recent_checkpoint_months:
                yield Fact.RECENT_CHECKPOINT_INHIBITOR, f"{event.drug or event.kind}, {event.date}"
