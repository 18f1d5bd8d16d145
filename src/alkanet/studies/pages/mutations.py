"""The page of ALK mutations: each haplotype, every drug, and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alkanet.kb.folds import FoldRange, fold_ranges
from alkanet.kb.grades import Held, grade_of_claim, grades_of_pair
from alkanet.kb.query import KnowledgeBase
from alkanet.kb.schema import PrevalenceRow
from alkanet.model.evidence import Claim, Measurement
from alkanet.model.grade import Grade
from alkanet.model.haplotype import WILD_TYPE, Haplotype
from alkanet.model.record import Interval
from alkanet.model.response import Call, HaplotypeResponse
from alkanet.model.therapy import Therapy
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
    ranges = fold_ranges(kb.all_of("measurement", Measurement))
    events = kb.all_of("prevalence", PrevalenceRow)
    haplotypes = kb.haplotypes()
    yield ", ".join(f"[{h}](#{_anchor(h)})" for h in haplotypes)
    yield ""
    for haplotype in haplotypes:
        yield from _section(haplotype, kb, ranges, events)


def _anchor(haplotype: Haplotype) -> str:
    return str(haplotype).lower().replace("+", "").replace(" ", "-")


def _section(
    haplotype: Haplotype,
    kb: KnowledgeBase,
    ranges: Mapping[tuple[str, str], FoldRange],
    events: Iterable[PrevalenceRow],
) -> Iterator[str]:
    rules = kb.response_rules()
    yield f"## {haplotype}"
    yield ""
    rows: list[Iterable[object]] = []
    claims: list[tuple[Claim, Therapy]] = []
    for therapy in kb.therapies():
        response = predict_one(haplotype, therapy, kb, rules)
        held = kb.claims(haplotype, therapy.id)
        claims.extend((claim, therapy) for claim in held)
        fold = ranges.get((str(haplotype), therapy.id))
        grades = _grades(response, haplotype, therapy, held, fold, kb)
        rows.append(_cells(response, grades))
    yield from table(
        ["drug", "call", "fold change", "response if ALK drives", "basis", "certainty", "grades"],
        rows,
    )
    yield from table(
        ["says", "drug", "evidence", "n", "CIViC", "id", "certainty"],
        (
            (
                claim.says,
                therapy.id,
                claim.evidence.value,
                claim.patients,
                grade_of_claim(claim, therapy, kb.grade_rules()).level,
                code(claim.id),
                claim.certainty.value,
            )
            for claim, therapy in claims
        ),
    )
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


def _grades(
    response: HaplotypeResponse,
    haplotype: Haplotype,
    therapy: Therapy,
    claims: tuple[Claim, ...],
    fold: FoldRange | None,
    kb: KnowledgeBase,
) -> tuple[Grade, ...]:
    """Return the grades of the side that the call takes; a reduced call is graded as neither."""
    towards = {Call.SENSITIVE: 1, Call.RESISTANT: -1}.get(response.call)
    if towards is None:
        return ()
    side = fold.towards(therapy.cut) if fold is not None else 0
    return grades_of_pair(Held(haplotype, therapy, towards, claims, side), kb.grade_rules())


def _told(value: Interval | None) -> str | None:
    return None if value is None else interval(value.median, value.low, value.high)


def _share(event: PrevalenceRow) -> str:
    count = f"{event.n_with} of {event.n}" if event.n_with is not None else f"n {event.n or '–'}"
    return f"{event.percent:g} % ({count})" if event.percent is not None else count
