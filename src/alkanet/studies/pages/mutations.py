"""The page of ALK mutations: each haplotype, every drug, and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alkanet.kb.graded import graded_claims, graded_pairs
from alkanet.kb.query import KnowledgeBase
from alkanet.kb.schema import PrevalenceRow
from alkanet.model.grade import Grade
from alkanet.model.haplotype import WILD_TYPE, Haplotype
from alkanet.model.record import Interval
from alkanet.model.response import Call, HaplotypeResponse
from alkanet.sensitivity import predict_one
from alkanet.studies.pages.markdown import code, head, interval, table

__all__ = ["page"]

ABOUT = (
    "How a drug acts on a haplotype *if ALK drives the tumour*: not how a patient will do. "
    "`no data` is not sensitive. Grades follow from `knowledge/grades.yaml`."
)


def page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from head("What is known of each ALK mutation", ABOUT)
    levels = {graded.claim.id: graded.civic.level for graded in graded_claims(kb)}
    grades = {(p.haplotype, p.therapy, p.towards): p.grades for p in graded_pairs(kb)}
    events = kb.all_of("prevalence", PrevalenceRow)
    haplotypes = kb.haplotypes()
    yield ", ".join(f"[{h}](#{_anchor(h)})" for h in haplotypes)
    yield ""
    for haplotype in haplotypes:
        yield f"## {haplotype}"
        yield ""
        yield from _calls(haplotype, kb, grades)
        yield from _claims(haplotype, kb, levels)
        yield from _events(haplotype, events)


def _anchor(haplotype: Haplotype) -> str:
    return str(haplotype).lower().replace("+", "").replace(" ", "-")


def _calls(
    haplotype: Haplotype,
    kb: KnowledgeBase,
    grades: Mapping[tuple[Haplotype, str, int], tuple[Grade, ...]],
) -> Iterator[str]:
    """Yield the table of drugs; a reduced call takes neither side and has no grade."""
    rules = kb.response_rules()
    rows = []
    for therapy in kb.therapies():
        response = predict_one(haplotype, therapy, kb, rules)
        towards = {Call.SENSITIVE: 1, Call.RESISTANT: -1}.get(response.call, 0)
        rows.append(_cells(response, grades.get((haplotype, therapy.id, towards), ())))
    yield from table(
        ["drug", "call", "fold change", "response if ALK drives", "basis", "certainty", "grades"],
        rows,
    )


def _claims(haplotype: Haplotype, kb: KnowledgeBase, levels: Mapping[str, str]) -> Iterator[str]:
    yield from table(
        ["says", "drug", "evidence", "n", "CIViC", "id", "certainty"],
        (
            (
                claim.says,
                therapy.id,
                claim.evidence.value,
                claim.patients,
                levels[claim.id],
                code(claim.id),
                claim.certainty.value,
            )
            for therapy in kb.therapies()
            for claim in kb.claims(haplotype, therapy.id)
        ),
    )


def _events(haplotype: Haplotype, events: Iterable[PrevalenceRow]) -> Iterator[str]:
    yield from table(
        ["found after", "share", "specimen", "id", "certainty"],
        (
            (e.drug, _share(e), e.specimen, code(e.id), e.certainty.value)
            for e in events
            if e.event == str(haplotype) != WILD_TYPE
        ),
    )


def _cells(response: HaplotypeResponse, grades: Iterable[Grade]) -> Iterable[object]:
    return (
        response.drug,
        response.call.value,
        _told(response.fold_change),
        _told(response.p_response),
        response.basis.value if response.call is not Call.NO_DATA else None,
        response.certainty.value if response.certainty else None,
        ", ".join(f"{g.system.value.split()[0]} {g.level}" for g in grades),
    )


def _told(value: Interval | None) -> str | None:
    return None if value is None else interval(value.median, value.low, value.high)


def _share(event: PrevalenceRow) -> str:
    count = f"{event.n_with} of {event.n}" if event.n_with is not None else f"n {event.n or '–'}"
    return f"{event.percent:g} % ({count})" if event.percent is not None else count
