"""The report put together: headline, timeline, caveats in order, and the sources it names."""

from __future__ import annotations

import datetime as dt

from alkanet.kb.query import KnowledgeBase
from alkanet.model.case import Case
from alkanet.model.caveat import Caveat, Severity
from alkanet.model.provenance import Provenance
from alkanet.model.report import Assessment, Report, TimelineEntry
from alkanet.model.response import named_sources
from alkanet.report.headline import headline

__all__ = ["compose"]

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
    return Report(
        headline=headline(assessment, leading, [d for line in case.lines for d in line.drugs]),
        provenance=provenance,
        case=case,
        timeline=_timeline(case),
        tumour=tumour,
        haplotype_responses=assessment.haplotype_responses,
        mechanisms=assessment.mechanisms,
        patient_responses=assessment.patient_responses,
        options=assessment.options,
        next_tests=tuple(dict.fromkeys(spot.test for spot in tumour.blind_spots)),
        conflicts=(*fusion_conflicts, *tumour.conflicts),
        caveats=_ordered(assessment.caveats),
        drugs=tuple(t for t in therapies if t.id in called),
        sources=kb.sources(named_sources(assessment.haplotype_responses)),
    )


def _ordered(caveats: tuple[Caveat, ...]) -> tuple[Caveat, ...]:
    once = dict.fromkeys(caveats)
    return tuple(sorted(once, key=lambda c: (_ORDER[c.severity], c.code, c.about)))


def _timeline(case: Case) -> tuple[TimelineEntry, ...]:
    entries = []
    for line in case.lines:
        end = f" to {line.stop}" if line.stop else ""
        outcome = [f"best response {line.best_response}"] if line.best_response else []
        outcome += [f"stopped for {line.stopped_for.value}"] if line.stopped_for else []
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
