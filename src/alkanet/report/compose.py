"""The report put together: headline, timeline, caveats in order, and the sources it names."""

from __future__ import annotations

import datetime as dt

from alkanet.kb.query import KnowledgeBase
from alkanet.model.case import Case, StopReason
from alkanet.model.caveat import Caveat, Severity
from alkanet.model.mechanism import Confidence
from alkanet.model.option import OptionKind, Tier
from alkanet.model.provenance import Provenance
from alkanet.model.report import Assessment, Report, TimelineEntry
from alkanet.model.response import named_sources
from alkanet.report.headline import headline

__all__ = ["compose"]

ON_TARGET = "on-target mutation"
"""The blind spot of a kinase domain that was not read."""

_STOPPED = {
    StopReason.PROGRESSION: "stopped for progression",
    StopReason.TOXICITY: "stopped for toxicity",
    StopReason.COMPLETED: "completed",
    StopReason.CHOICE: "stopped by choice",
    StopReason.ONGOING: "ongoing",
}
_ORDER = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def compose(
    case: Case, assessment: Assessment, provenance: Provenance, kb: KnowledgeBase
) -> Report:
    """Return the report of an assessment; everything a rendering may say stands in it."""
    tumour = assessment.tumour
    fusion_conflicts = tumour.fusion.conflicts if tumour.fusion else ()
    therapies = kb.therapies()
    leading = tuple(t.id for t in therapies if t.in_review)
    called = {response.drug for response in assessment.haplotype_responses}
    called |= {response.drug for response in assessment.patient_responses}
    next_tests = _next_tests(assessment)
    speaking = {s.kind for s in case.specimens if s.id not in tumour.silent_specimens}
    silent = [s.kind.value for s in case.specimens if s.kind not in speaking]
    return Report(
        headline=headline(
            assessment,
            leading,
            [drug for line in case.lines for drug in line.drugs],
            next_tests=next_tests,
            silent=silent,
        ),
        provenance=provenance,
        case=case,
        timeline=_timeline(case),
        tumour=tumour,
        haplotype_responses=assessment.haplotype_responses,
        history=assessment.history,
        alk_dependence=assessment.alk_dependence,
        mechanisms=assessment.mechanisms,
        patient_responses=assessment.patient_responses,
        options=assessment.options,
        next_tests=next_tests,
        conflicts=(*fusion_conflicts, *tumour.conflicts),
        caveats=_ordered(assessment.caveats),
        drugs=tuple(t for t in therapies if t.id in called),
        sources=kb.sources(_named(assessment)),
    )


def _next_tests(assessment: Assessment) -> tuple[str, ...]:
    """Return the tests to think of next, each once: options first, then what would settle doubts.

    The tests of every blind spot stand beside it; here only that of the kinase domain does.
    """
    advised = [
        option.regimen
        for option in assessment.options
        if option.kind is OptionKind.TEST and option.tier is not Tier.NOT_ADVISED
    ]
    open_questions = [
        mechanism.test
        for mechanism in assessment.mechanisms
        if mechanism.test is not None and mechanism.confidence is not Confidence.ESTABLISHED
    ]
    unread = [spot.test for spot in assessment.tumour.blind_spots if spot.mechanism == ON_TARGET]
    return tuple(dict.fromkeys((*advised, *open_questions, *unread)))


def _named(assessment: Assessment) -> frozenset[str]:
    """Return the ids of all sources that anything in the assessment names."""
    told = [
        *assessment.mechanisms,
        *assessment.patient_responses,
        *assessment.options,
        *((assessment.alk_dependence,) if assessment.alk_dependence is not None else ()),
    ]
    selected = [s.source for line in assessment.history.lines for s in line.selects_for]
    return (
        named_sources(assessment.haplotype_responses)
        | {name for part in told for name in part.sources}
        | frozenset(selected)
    )


def _ordered(caveats: tuple[Caveat, ...]) -> tuple[Caveat, ...]:
    once = dict.fromkeys(caveats)
    return tuple(sorted(once, key=lambda c: (_ORDER[c.severity], c.code, c.about)))


def _timeline(case: Case) -> tuple[TimelineEntry, ...]:
    entries = []
    for line in case.lines:
        end = f" to {line.stop}" if line.stop else ""
        outcome = [f"best response {line.best_response}"] if line.best_response else []
        outcome += [_STOPPED[line.stopped_for]] if line.stopped_for else []
        text = " + ".join(line.drugs) + end + (f" ({', '.join(outcome)})" if outcome else "")
        entries.append(TimelineEntry(date=line.start, kind="therapy", text=text))
    for specimen in case.specimens:
        words = [specimen.kind.value, specimen.site or "", specimen.id]
        text = ", ".join(word for word in words if word)
        entries.append(TimelineEntry(date=specimen.date, kind="specimen", text=text))
    for event in case.events:
        text = ", ".join(w for w in (event.kind, event.drug or "", event.site or "") if w)
        entries.append(TimelineEntry(date=event.date, kind="event", text=text))
    return tuple(sorted(entries, key=lambda e: (e.date is None, e.date or dt.date.min)))
