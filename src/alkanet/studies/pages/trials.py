"""The page of trials and cohorts: who was let in, and every number with its source."""

from __future__ import annotations

from collections.abc import Iterator

from alkanet.kb.query import KnowledgeBase
from alkanet.model.outcome import Outcome
from alkanet.model.trial import StudyDesign, Trial
from alkanet.studies.pages.markdown import code, head, interval, table

__all__ = ["page"]

ABOUT = (
    "Populations, assessors and reports stand apart: two rows of one trial are not to be pooled. "
    "Rates in per cent, medians in months, hazard ratios below 1 in favour of the arm."
)


def page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from head("What is known of each trial and cohort", ABOUT)
    trials = kb.all_of("trial", Trial)
    outcomes = kb.all_of("outcome", Outcome)
    for title, of_kind in (("Trials", False), ("Retrospective cohorts", True)):
        yield f"## {title}"
        yield ""
        for trial in trials:
            if (trial.design is StudyDesign.RETROSPECTIVE) == of_kind:
                yield from _section(trial, [o for o in outcomes if o.trial == trial.name])


def _section(trial: Trial, outcomes: list[Outcome]) -> Iterator[str]:
    yield f"### {trial.name}"
    yield ""
    phase = f"phase {trial.phase}, " if trial.phase else ""
    number = f"{trial.nct}; " if trial.nct else ""
    yield (
        f"{number}{phase}{trial.design.value}; {trial.status.value}. {trial.setting}. "
        f"{trial.drugs} (`{trial.source}`, {trial.certainty.value})."
    )
    yield ""
    if trial.note:
        yield trial.note
        yield ""
    yield from table(
        ["arm", "population", "endpoint", "value", "n", "by", "id", "certainty"],
        (
            (
                o.arm + (f" v {o.comparator}" if o.comparator else ""),
                o.population,
                o.endpoint.value + (f" at {o.month:g} months" if o.month is not None else ""),
                ("about " if o.relation == "about" else "") + interval(o.value, o.low, o.high),
                o.n,
                o.assessor,
                code(o.id),
                o.certainty.value,
            )
            for o in outcomes
        ),
    )
