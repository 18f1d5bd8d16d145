"""The next steps of one patient: rows of the strategy that apply, their terms, their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.model.history import History
from alkanet.model.option import Option, Term
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.response import Call
from alkanet.model.strategy import Argument, StrategyRow
from alkanet.recommend.approvals import Cover, cover_of
from alkanet.recommend.question import StrategyQuestion
from alkanet.recommend.standing import is_of_regimen, standing_of
from alkanet.recommend.terms import (
    decisive_site,
    durability_term,
    mechanism_term,
    own_terms,
    response_term,
    unanswered_term,
)

__all__ = ["rank"]


def rank(question: StrategyQuestion) -> tuple[Option, ...]:
    """Return the options of a patient, best first.

    They stand by tier; those that rest on cells or animals alone come after all others of use;
    inside that by the sum of their terms, and by id where sums are equal. Nothing here asks for a
    mutation: calls, mechanisms, sites, setting and history decide.
    """
    made = [
        _option(row, question)
        for row in question.knowledge.strategy
        if question.picture.holds(row.when)
    ]
    made.sort(key=lambda o: (o.tier.rank, o.folded, -o.total, o.id))
    return tuple(o.model_copy(update={"rank": n}) for n, o in enumerate(made, start=1))


def _option(row: StrategyRow, question: StrategyQuestion) -> Option:
    picture, knowledge = question.picture, question.knowledge
    response = question.responses.get(row.inhibitor) if row.inhibitor is not None else None
    site = decisive_site(response, question.history.growth) if response is not None else None
    is_resisted = site is not None and site[1].call is Call.RESISTANT
    standing = standing_of(row, response, site, question)
    cover = _cover(row, question)
    level = next((e.value for e in knowledge.weights.evidence if e.level is row.level), 0.0)
    terms = [
        response_term(row, site, knowledge),
        durability_term(row, question.left, knowledge),
        Term(name="evidence", value=level, why=f"rests on: {row.level.value}"),
        _label_term(cover, knowledge),
        None if is_resisted else mechanism_term(row, picture, knowledge),
        unanswered_term(row, picture, knowledge),
        *_terms_of_history(row, question.history, knowledge),
        *own_terms(row, picture),
        *standing.terms,
    ]
    texts = [*row.why, *row.against, *row.cautions]
    said = [argument for argument in texts if _holds(argument, picture)]
    outcomes = [knowledge.outcomes[name].source for name in (row.response, row.durability) if name]
    sources = [
        *row.sources,
        *(name for argument in said for name in argument.sources),
        *outcomes,
        *(cover.sources if cover is not None else ()),
        *standing.sources,
        *(response.sources if response is not None else ()),
    ]
    return Option(
        rank=1,
        id=row.id,
        regimen=row.regimen,
        kind=row.kind,
        tier=standing.tier,
        level=row.level.value,
        folded=row.level.is_laboratory,
        terms=tuple(term for term in terms if term is not None),
        why=_said(row.why, picture),
        against=(*standing.against, *_said(row.against, picture)),
        cautions=(*standing.cautions, *_said(row.cautions, picture)),
        sources=tuple(dict.fromkeys(sources)),
    )


def _cover(row: StrategyRow, question: StrategyQuestion) -> Cover | None:
    """Return what labels say of the one ALK inhibitor of a row in its position."""
    drug = row.inhibitor or (row.drugs[0] if len(row.drugs) == 1 else None)
    if row.position is None or drug is None:
        return None
    return cover_of(drug, row.position, question.case, question.knowledge)


def _label_term(cover: Cover | None, knowledge: PatientKnowledge) -> Term | None:
    if cover is None:
        return None
    weights = knowledge.weights
    value = weights.approved if cover.is_covered else weights.not_approved
    return Term(name="label", value=value, why=cover.words)


def _terms_of_history(
    row: StrategyRow, history: History, knowledge: PatientKnowledge
) -> Iterator[Term]:
    """Yield what was tried: drugs that failed before, and drugs that were not borne."""
    failed = {drug for line in history.lines if line.failed for drug in line.drugs}
    given = [drug for drug in row.drugs if drug in failed]
    is_own = row.inhibitor in given if row.inhibitor is not None else _has_failed(row, history)
    if is_own:
        words = f"the tumour grew through {', '.join(given)} before"
        yield Term(name="failed before", value=knowledge.weights.failed_before, why=words)
    borne_badly = {drug for line in history.lines if line.not_tolerated for drug in line.drugs}
    if stopped := [drug for drug in row.drugs if drug in borne_badly]:
        words = f"{', '.join(stopped)} was stopped for toxicity"
        yield Term(name="not tolerated", value=knowledge.weights.not_tolerated, why=words)


def _has_failed(row: StrategyRow, history: History) -> bool:
    """Return whether the tumour grew through a line that was this regimen."""
    return any(line.failed and is_of_regimen(line, row) for line in history.lines)


def _holds(argument: Argument, picture: ClinicalPicture) -> bool:
    return argument.when is None or picture.holds(argument.when)


def _said(arguments: Iterable[Argument], picture: ClinicalPicture) -> tuple[str, ...]:
    return tuple(argument.says for argument in arguments if _holds(argument, picture))
