"""What a change of the knowledge changes: entries, calls of haplotypes, and answers to patients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from alkanet.errors import AlkanetError
from alkanet.kb.query import KnowledgeBase
from alkanet.kb.row_diff import EntryChange, changed_entries
from alkanet.model.haplotype import Haplotype
from alkanet.model.report import Report
from alkanet.model.response import Call, HaplotypeResponse
from alkanet.pipeline import LooseInputs, make_report
from alkanet.sensitivity import predict_one

__all__ = ["CallChange", "CaseChange", "KnowledgeDiff", "diff_knowledge"]

NOT_HELD = "not held"
"""Stands for the side on which a drug does not exist yet, or any more."""


@dataclass(frozen=True)
class CallChange:
    """A cell of the table of haplotypes and drugs whose call differs."""

    haplotype: str
    drug: str
    before: str
    after: str
    is_towards_sensitive: bool
    """True where anything else became sensitive: the change to look at twice."""


@dataclass(frozen=True)
class CaseChange:
    """A golden case whose first option or calls differ."""

    case: str
    first_option: tuple[str, str] | None
    """Before and after; ``None`` where it is the same."""
    calls: tuple[tuple[str, str, str], ...]
    """Drug, and what the patient's response was and is, body and brain."""


@dataclass(frozen=True)
class KnowledgeDiff:
    """Everything that two knowledge bases make different."""

    entries: tuple[EntryChange, ...]
    calls: tuple[CallChange, ...]
    cases: tuple[CaseChange, ...]


def diff_knowledge(before: KnowledgeBase, after: KnowledgeBase, cases: Path) -> KnowledgeDiff:
    """Return what differs between two knowledge bases.

    Parameters
    ----------
    before, after
        The two, compiled.
    cases
        The folder of golden cases, each a folder with ``case.yaml``.
    """
    return KnowledgeDiff(
        entries=changed_entries(before, after),
        calls=_calls(before, after),
        cases=tuple(_cases(before, after, cases)),
    )


def _calls(before: KnowledgeBase, after: KnowledgeBase) -> tuple[CallChange, ...]:
    haplotypes = dict.fromkeys((*before.haplotypes(), *after.haplotypes()))
    old, new = _table(haplotypes, before), _table(haplotypes, after)
    found = []
    for haplotype, drug in dict.fromkeys((*old, *new)):
        one, other = old.get((haplotype, drug)), new.get((haplotype, drug))
        if one is None or other is None or one.call is not other.call:
            was_sensitive = one is not None and one.call is Call.SENSITIVE
            is_sensitive = other is not None and other.call is Call.SENSITIVE
            found.append(
                CallChange(
                    haplotype,
                    drug,
                    one.call.value if one else NOT_HELD,
                    other.call.value if other else NOT_HELD,
                    is_sensitive and not was_sensitive,
                )
            )
    return tuple(found)


def _table(
    haplotypes: Iterable[Haplotype], kb: KnowledgeBase
) -> Mapping[tuple[str, str], HaplotypeResponse]:
    rules, therapies = kb.response_rules(), kb.therapies()
    return {
        (str(haplotype), therapy.id): predict_one(haplotype, therapy, kb, rules)
        for haplotype in haplotypes
        for therapy in therapies
    }


def _cases(before: KnowledgeBase, after: KnowledgeBase, cases: Path) -> Iterable[CaseChange]:
    for file in sorted(cases.rglob("case.yaml")):
        old, new = _answer(file, before), _answer(file, after)
        first = None if old.first == new.first else (old.first, new.first)
        drugs = dict.fromkeys((*old.calls, *new.calls))
        calls = tuple(
            (drug, old.calls.get(drug, NOT_HELD), new.calls.get(drug, NOT_HELD))
            for drug in drugs
            if old.calls.get(drug) != new.calls.get(drug)
        )
        if first or calls:
            yield CaseChange(file.parent.relative_to(cases).as_posix(), first, calls)


@dataclass(frozen=True)
class _Answer:
    """What a board would see first."""

    first: str
    calls: Mapping[str, str]


def _answer(file: Path, kb: KnowledgeBase) -> _Answer:
    try:
        return _of_report(make_report(file, LooseInputs(), kb))
    except AlkanetError as error:
        return _Answer(f"no report: {error}", {})


def _of_report(report: Report) -> _Answer:
    first = report.options[0].regimen if report.options else "no option"
    calls = {
        r.drug: f"{r.systemic.call.value}, brain {r.cns.call.value}"
        for r in report.patient_responses
    }
    return _Answer(first, calls)
