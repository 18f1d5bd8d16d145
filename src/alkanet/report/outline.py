"""What stands where: the groups into which every rendering sorts the parts of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alkanet.model.caveat import Caveat, Severity
from alkanet.model.history import History
from alkanet.model.mechanism import Confidence, Mechanism, MechanismCategory
from alkanet.model.option import Option, OptionKind, Tier
from alkanet.model.report import Report
from alkanet.model.response import Call, PatientResponse
from alkanet.model.tumour import BlindSpot

__all__ = [
    "Doubts",
    "NextSteps",
    "PatientTable",
    "blind_spots_by_test",
    "doubts",
    "first_reason",
    "next_steps",
    "patient_table",
    "surest",
    "taken_now",
    "therapy_flags",
]


@dataclass(frozen=True)
class PatientTable:
    """The rows of the patient: the drugs of the review, others with any call, and the silent."""

    leading: tuple[PatientResponse, ...]
    other: tuple[PatientResponse, ...]
    silent: tuple[PatientResponse, ...]


@dataclass(frozen=True)
class NextSteps:
    """The options by where they stand: each stands in one group only."""

    acts: tuple[Option, ...]
    """Regimens, local therapy, trials and watching, of any use."""
    laboratory: tuple[Option, ...]
    """What rests on cells or animals alone."""
    not_advised: tuple[Option, ...]
    tests: tuple[Option, ...]
    further_tests: tuple[str, ...]
    """The next tests that are no option: what would settle a mechanism, an unread domain."""


@dataclass(frozen=True)
class Doubts:
    """The caveats by gravity."""

    critical: tuple[Caveat, ...]
    warnings: tuple[Caveat, ...]
    notes: tuple[Caveat, ...]


def patient_table(report: Report) -> PatientTable:
    """Return the patient's responses in their groups, each in the order of the knowledge."""
    in_review = {drug.id for drug in report.drugs if drug.in_review}
    others = [r for r in report.patient_responses if r.drug not in in_review]
    return PatientTable(
        leading=tuple(r for r in report.patient_responses if r.drug in in_review),
        other=tuple(r for r in others if _is_called(r)),
        silent=tuple(r for r in others if not _is_called(r)),
    )


def _is_called(response: PatientResponse) -> bool:
    return any(site.call is not Call.NO_DATA for site in (response.systemic, response.cns))


def taken_now(history: History) -> tuple[str, ...]:
    """Return the ALK inhibitors that are being taken and have not failed."""
    line = history.last_inhibitor_line
    if line is None or not line.ongoing:
        return ()
    return tuple(drug for drug in line.inhibitors if drug not in history.failed)


def therapy_flags(report: Report) -> dict[str, str]:
    """Return what the history says of each drug, in two words: it failed, is taken, was given."""
    flags = {drug: "given before" for line in report.case.lines for drug in line.drugs}
    flags |= dict.fromkeys(taken_now(report.history), "taken now")
    failed = (response.drug for response in report.patient_responses if response.just_failed)
    return flags | dict.fromkeys(failed, "just failed")


def next_steps(report: Report) -> NextSteps:
    """Return the options in their groups, and the tests that are no option."""
    advised = [o for o in report.options if o.tier is not Tier.NOT_ADVISED]
    in_patients = [o for o in advised if not o.folded]
    tests = tuple(o for o in in_patients if o.kind is OptionKind.TEST)
    named = {option.regimen for option in advised}
    return NextSteps(
        acts=tuple(o for o in in_patients if o.kind is not OptionKind.TEST),
        laboratory=tuple(o for o in advised if o.folded),
        not_advised=tuple(o for o in report.options if o.tier is Tier.NOT_ADVISED),
        tests=tests,
        further_tests=tuple(test for test in report.next_tests if test not in named),
    )


def first_reason(option: Option) -> str:
    """Return the reason that decides where an option stands: against it where it is not advised."""
    against_first = option.tier is Tier.NOT_ADVISED
    texts = (option.against, option.why) if against_first else (option.why, option.against)
    return next((told[0] for told in (*texts, option.cautions) if told), "")


def doubts(report: Report) -> Doubts:
    """Return the caveats by gravity."""
    return Doubts(
        critical=tuple(c for c in report.caveats if c.severity is Severity.CRITICAL),
        warnings=tuple(c for c in report.caveats if c.severity is Severity.WARNING),
        notes=tuple(c for c in report.caveats if c.severity is Severity.NOTE),
    )


def surest(mechanisms: Iterable[Mechanism]) -> Mechanism | None:
    """Return the surest mechanism that is at least likely; a cause not known is none."""
    sure = [
        mechanism
        for mechanism in mechanisms
        if mechanism.confidence is not Confidence.POSSIBLE
        and mechanism.category is not MechanismCategory.UNDETERMINED
    ]
    return max(sure, key=lambda mechanism: mechanism.confidence.rank, default=None)


def blind_spots_by_test(report: Report) -> dict[str, tuple[BlindSpot, ...]]:
    """Return the blind spots by the test that would show them, in the order of the report."""
    found: dict[str, tuple[BlindSpot, ...]] = {}
    for spot in report.tumour.blind_spots:
        found[spot.test] = (*found.get(spot.test, ()), spot)
    return found
