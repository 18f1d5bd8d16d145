"""The history of a case as facts: which drugs failed, when, where, and how that may be excused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from alkanet.history.facts import case_facts
from alkanet.history.months import months_between
from alkanet.history.sites import growth_of
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Observation
from alkanet.model.case import Case, LineOfTherapy, Setting, StopReason
from alkanet.model.history import Growth, History, LineFacts, NamedReason, Resistance, Selected
from alkanet.model.patient_knowledge import PatientKnowledge

__all__ = ["derive"]

SECOND_GENERATION = "second generation"
"""How ``prevalence.tsv`` names a cohort of several second-generation drugs."""


def derive(case: Case, kb: KnowledgeBase, observations: Iterable[Observation] = ()) -> History:
    """Return what the lines of therapy of a case say, in their order.

    A line *failed* where it was stopped for progression, where progression is its best response,
    or where it goes on (or is the last and nobody says that it ended) while disease grows. One
    that was stopped for toxicity, by choice or as planned did not fail, whatever grew later. Where
    nobody says how an ALK inhibitor ended, failure is presumed and marked as such: to take it for
    success would call a drug sensitive through which the tumour may have grown.

    ``observations`` are those of current specimens: one may show that what grows is no tumour.

    Time on a line runs to its stop, or to ``as_of`` where it goes on; without dates it is unknown,
    and then resistance is primary only where progression was the best response.
    """
    knowledge = kb.patient
    growth = growth_of(case, knowledge.terms, observations)
    last = len(case.lines)
    lines = tuple(
        _facts(number, line, case, growth, is_last=number == last, knowledge=knowledge)
        for number, line in enumerate(case.lines, start=1)
    )
    failed = [line for line in lines if line.failed and line.inhibitors]
    with_inhibitor = [line for line in lines if line.inhibitors]
    newest = with_inhibitor[-1] if with_inhibitor else None
    generations = [line.generation for line in failed if line.generation is not None]
    history = History(
        lines=lines,
        given=_once(drug for line in lines for drug in line.inhibitors),
        failed=_once(drug for line in failed for drug in line.inhibitors),
        just_failed=newest.inhibitors if newest is not None and newest.failed else (),
        highest_failed=max(generations, default=None),
        growth=growth,
    )
    facts = dict(case_facts(case, history, knowledge))
    return history.model_copy(update={"facts": facts})


def _once(drugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(drugs))


def _facts(
    number: int,
    line: LineOfTherapy,
    case: Case,
    growth: Growth,
    *,
    is_last: bool,
    knowledge: PatientKnowledge,
) -> LineFacts:
    inhibitors = tuple(drug for drug in line.drugs if drug in knowledge.therapies)
    generations = [knowledge.therapies[drug].generation or 0 for drug in inhibitors]
    ongoing = line.stopped_for is StopReason.ONGOING or _seems_to_go_on(line, case, is_last=is_last)
    grows_now = ongoing and is_last and growth.is_growing
    failed = grows_now or line.stopped_for is StopReason.PROGRESSION or line.best_response == "PD"
    is_open = line.stopped_for is None and not ongoing and not failed
    presumed = is_open and bool(inhibitors) and case.setting is not Setting.EARLY
    months = _months(line, case, ongoing=ongoing)
    of_line = growth if is_last else growth_of(case, knowledge.terms, line=line)
    return LineFacts(
        number=number,
        drugs=line.drugs,
        inhibitors=inhibitors,
        generation=max(generations, default=0) or None,
        months=months,
        best_response=line.best_response,
        ongoing=ongoing,
        failed=failed or presumed,
        not_tolerated=line.stopped_for is StopReason.TOXICITY,
        presumed=presumed,
        resistance=_resistance(line, months, knowledge) if failed and inhibitors else None,
        reasons=_reasons(line, of_line, knowledge) if failed and inhibitors else (),
        selects_for=_selected(inhibitors, max(generations, default=0), knowledge),
    )


def _seems_to_go_on(line: LineOfTherapy, case: Case, *, is_last: bool) -> bool:
    """Return whether the last line goes on: it was begun, or sites are told, and it has no end."""
    if not is_last or line.stopped_for is not None or line.stop is not None:
        return False
    return line.start is not None or any(site.growing is not None for site in case.sites)


def _months(line: LineOfTherapy, case: Case, *, ongoing: bool) -> float | None:
    end: dt.date | None = line.stop or (case.as_of if ongoing else None)
    if line.start is None or end is None or end < line.start:
        return None
    return round(months_between(line.start, end), 1)


def _resistance(
    line: LineOfTherapy, months: float | None, knowledge: PatientKnowledge
) -> Resistance | None:
    if line.best_response == "PD":
        return Resistance.PRIMARY
    if line.best_response in ("CR", "PR"):
        return Resistance.ACQUIRED
    if months is None:
        return None
    is_early = months <= knowledge.rules.primary_months
    return Resistance.PRIMARY if is_early else Resistance.ACQUIRED


def _reasons(
    line: LineOfTherapy, growth: Growth, knowledge: PatientKnowledge
) -> tuple[NamedReason, ...]:
    """Return what may excuse the drug; growth that nobody located excuses nothing."""
    found = []
    if growth.is_brain_only:
        found.append(NamedReason.BRAIN_ONLY)
    if growth.is_few(knowledge.rules.few_lesions):
        found.append(NamedReason.FEW_LESIONS)
    if line.dose_reduced:
        found.append(NamedReason.DOSE)
    if line.adherent is False:
        found.append(NamedReason.ADHERENCE)
    return tuple(found)


def _selected(
    inhibitors: tuple[str, ...], generation: int, knowledge: PatientKnowledge
) -> tuple[Selected, ...]:
    """Return what was found after these drugs, or after second-generation drugs together."""
    names = {*inhibitors, *((SECOND_GENERATION,) if generation == 2 else ())}
    return tuple(event for event in knowledge.selected if event.drug in names)
