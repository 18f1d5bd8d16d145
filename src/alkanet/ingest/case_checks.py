"""What a case file says that cannot all be true: days that had not come, lines out of order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from alkanet.errors import shown
from alkanet.model.case import Case, StopReason
from alkanet.text_model import Fault, field_text
from alkanet.text_yaml import Place, TextDocument

__all__ = ["contradictions"]

_DENIED = re.compile(r"(?:no|none|not|never|without|free of)\b", re.IGNORECASE)
"""First words of a text that says that something is not there."""
_ENDED = re.compile(r"\b(?:discontinued|ended|paused|stopped|until)\b", re.IGNORECASE)


def contradictions(case: Case, document: TextDocument) -> list[Fault]:
    """Return what a case says against itself, each fault with its line."""
    found = [*_after_the_decision(case), *_lines(case), *_denials(case)]
    return [
        Fault(document.name, document.line_of(place) or 0, field_text(place), text, expected, todo)
        for place, text, expected, todo in found
    ]


_Found = tuple[Place, str, str, str]
"""A place, what was found there, what was expected, and what to do."""


def _after_the_decision(case: Case) -> Iterator[_Found]:
    """Yield each day after ``as_of``: nobody can have known of it then."""
    if case.as_of is None:
        return
    for place, day in _days(case):
        if day is not None and day > case.as_of:
            yield (
                place,
                f"{day} lies after as_of, the day of the decision",
                f"a day up to {case.as_of}",
                "Correct the day or `as_of`; what had not happened by then is left out.",
            )


def _days(case: Case) -> Iterator[tuple[Place, dt.date | None]]:
    for at, line in enumerate(case.lines):
        yield ("lines", at, "start"), line.start
        yield ("lines", at, "stop"), line.stop
    for at, specimen in enumerate(case.specimens):
        yield ("specimens", at, "date"), specimen.date
    for at, drug in enumerate(case.co_medication):
        yield ("co_medication", at, "since"), drug.since
    for key in ("drug_levels", "laboratory", "events"):
        for at, dated in enumerate(getattr(case, key)):
            yield (key, at, "date"), dated.date


def _lines(case: Case) -> Iterator[_Found]:
    latest: dt.date | None = None
    for at, line in enumerate(case.lines):
        if line.stop is not None and line.stopped_for is StopReason.ONGOING:
            yield (
                ("lines", at, "stop"),
                f"{line.stop} is the last day of a line whose stopped_for is 'ongoing'",
                "a line that has ended, or one that goes on",
                "Leave out `stop`, or say in `stopped_for` why the line ended.",
            )
        if line.start is None:
            continue
        if latest is not None and line.start < latest:
            yield (
                ("lines", at, "start"),
                f"{line.start} lies before the start of an earlier entry, {latest}",
                "the lines of therapy in the order in which they began",
                "Put the lines in order, or correct the day.",
            )
        latest = max(line.start, latest or line.start)


def _denials(case: Case) -> Iterator[_Found]:
    """Yield texts that say that something is not there: a rule would read its name alone."""
    for at, site in enumerate(case.sites):
        if _DENIED.match(site.site.strip()):
            yield _denied(("sites", at, "site"), site.site, "a site of disease")
    for at, line in enumerate(case.lines):
        for number, name in enumerate(line.progressing_sites):
            if _DENIED.match(name.strip()):
                yield _denied(("lines", at, "progressing_sites", number), name, "a site that grew")
    for at, taken in enumerate(case.co_medication):
        if _DENIED.match(taken.drug.strip()) or _ENDED.search(taken.drug):
            yield _denied(
                ("co_medication", at, "drug"), taken.drug, "the name of a drug that is taken"
            )


def _denied(place: Place, text: str, expected: str) -> _Found:
    return place, f"found {shown(text)}", expected, "Leave out what is not there."
