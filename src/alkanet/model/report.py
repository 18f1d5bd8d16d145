"""The report: everything that a rendering may say, and nothing that it must decide."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from alkanet.model.case import Case
from alkanet.model.caveat import Caveat
from alkanet.model.evidence import Source
from alkanet.model.history import History
from alkanet.model.mechanism import Mechanism
from alkanet.model.option import Option
from alkanet.model.provenance import Provenance
from alkanet.model.record import Record
from alkanet.model.response import Dependence, HaplotypeResponse, PatientResponse
from alkanet.model.therapy import Therapy
from alkanet.model.tumour import Conflict, Tumour

__all__ = [
    "Assessment",
    "Report",
    "TimelineEntry",
]


class Assessment(Record):
    """What the inner sentence returns: the tumour and all that follows from it."""

    tumour: Tumour
    haplotype_responses: tuple[HaplotypeResponse, ...] = ()
    history: History = History()
    alk_dependence: Dependence | None = None
    mechanisms: tuple[Mechanism, ...] = ()
    patient_responses: tuple[PatientResponse, ...] = ()
    options: tuple[Option, ...] = ()
    caveats: tuple[Caveat, ...] = ()


class TimelineEntry(Record):
    """One dated step of the history, or a specimen."""

    date: dt.date | None
    kind: Literal["therapy", "specimen", "event"]
    text: str


class Report(Record):
    """The JSON contract of ``alkanet report``; see ``docs/report.md`` for each field."""

    schema_version: Literal[1] = 1
    headline: str
    provenance: Provenance
    case: Case
    timeline: tuple[TimelineEntry, ...] = ()
    tumour: Tumour
    haplotype_responses: tuple[HaplotypeResponse, ...] = ()
    history: History = History()
    alk_dependence: Dependence | None = None
    mechanisms: tuple[Mechanism, ...] = ()
    patient_responses: tuple[PatientResponse, ...] = ()
    options: tuple[Option, ...] = ()
    next_tests: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    drugs: tuple[Therapy, ...] = ()
    """The drugs of the responses with their cuts, so that a report can be read alone."""
    sources: tuple[Source, ...] = ()
    """The sources that the items above name."""
