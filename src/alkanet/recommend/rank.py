"""The next steps of one patient: rows of the strategy that apply, their terms, their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alkanet.model.case import Case
from alkanet.model.history import History, LineFacts
from alkanet.model.option import Option, OptionKind, Term, Tier
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.response import Call, Dependence, PatientBasis, PatientResponse, SiteResponse
from alkanet.model.strategy import Argument, StrategyRow
from alkanet.recommend.approvals import Cover, cover_of
from alkanet.recommend.terms import (
    decisive_site,
    durability_term,
    mechanism_term,
    own_terms,
    response_term,
    unanswered_term,
)

__all__ = ["rank"]


@dataclass(frozen=True)
class _Standing:
    """The tier of an option and what moved it."""

    tier: Tier
    against: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()

    def at_most(self, tier: Tier, because: str) -> _Standing:
        """Return it with a tier no better than one, and the reason among the counter-reasons."""
        worse = max(self.tier, tier, key=lambda t: t.rank)
        return _Standing(worse, (*self.against, because), self.cautions, self.terms, self.sources)


def rank(
    picture: ClinicalPicture,
    outlook: Iterable[PatientResponse],
    dependence: Dependence | None,
    history: History,
    case: Case,
    knowledge: PatientKnowledge,
) -> tuple[Option, ...]:
    """Return the options of a patient, best first.

    They stand by tier; those that rest on cells or animals alone come after all others of use;
    inside that by the sum of their terms, and by id where sums are equal. Nothing here asks for a
    mutation: calls, mechanisms, sites, setting and history decide.

    Parameters
    ----------
    picture
        The facts, with the mechanisms that were found and the patient's calls.
    outlook
        The patient's responses.
    dependence
        Whether ALK still drives, and what the mechanisms leave of an inhibitor's effect.
    history
        What was given and what failed.
    case
        For the region and the date that labels are asked by.
    knowledge
        Rows, constraints, outcomes and weights.
    """
    responses = {response.drug: response for response in outlook}
    left = dependence.left.median if dependence is not None else 1.0
    made = [
        _option(row, picture, responses, left, history, case, knowledge)
        for row in knowledge.strategy
        if picture.holds(row.when)
    ]
    made.sort(key=lambda o: (o.tier.rank, o.folded, -o.total, o.id))
    return tuple(o.model_copy(update={"rank": n}) for n, o in enumerate(made, start=1))


def _option(
    row: StrategyRow,
    picture: ClinicalPicture,
    responses: dict[str, PatientResponse],
    left: float,
    history: History,
    case: Case,
    knowledge: PatientKnowledge,
) -> Option:
    response = responses.get(row.inhibitor) if row.inhibitor is not None else None
    site = decisive_site(response, history.growth) if response is not None else None
    is_resisted = site is not None and site[1].call is Call.RESISTANT
    standing = _Standing(tier=row.tier)
    if response is not None and site is not None:
        standing = _by_response(standing, response, site, left)
    standing = _after_history(standing, row, history)
    standing = _under_constraints(standing, row, picture, knowledge)
    cover = _cover(row, case, knowledge)
    weights = knowledge.weights
    level = next((e.value for e in weights.evidence if e.level is row.level), 0.0)
    terms = [
        response_term(row, site, knowledge),
        durability_term(row, left, knowledge),
        Term(name="evidence", value=level, why=f"rests on: {row.level.value}"),
        _label_term(cover, knowledge),
        None if is_resisted else mechanism_term(row, picture, knowledge),
        unanswered_term(row, picture, knowledge),
        *_terms_of_history(row, history, knowledge),
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


def _by_response(
    standing: _Standing, response: PatientResponse, site: tuple[str, SiteResponse], left: float
) -> _Standing:
    """Return the standing after the expected response of the patient.

    A group that nobody selected does not lower what its own trial supports, unless a mechanism
    found in this patient sets it apart from that group.
    """
    where, expected = site
    if response.just_failed and response.qualification is not None:
        if expected.call is Call.RESISTANT:
            return standing.at_most(Tier.NOT_ADVISED, response.qualification)
        standing = _Standing(
            standing.tier, standing.against, (*standing.cautions, response.qualification)
        )
    match expected.call:
        case Call.RESISTANT:
            return standing.at_most(
                Tier.NOT_ADVISED, f"{response.drug} is called resistant {where}"
            )
        case Call.REDUCED if response.basis is not PatientBasis.GROUP or left < 1.0:
            return standing.at_most(Tier.REASONABLE, f"{response.drug} is called reduced {where}")
        case Call.NO_DATA:
            words = f"no data on how {response.drug} acts {where} of this patient"
            return standing.at_most(Tier.INVESTIGATIONAL, words)
    return standing


def _under_constraints(
    standing: _Standing,
    row: StrategyRow,
    picture: ClinicalPicture,
    knowledge: PatientKnowledge,
) -> _Standing:
    """Return the standing after what this patient's situation forbids or makes harder."""
    for constraint in knowledge.constraints:
        if not set(constraint.drugs) & set(row.drugs) or not picture.holds(constraint.when):
            continue
        told = f"{constraint.says} ({', '.join(picture.details(constraint.when))})"
        words = told if picture.details(constraint.when) else constraint.says
        if constraint.effect == "not advised":
            standing = standing.at_most(Tier.NOT_ADVISED, words)
        else:
            term = Term(name="caution", value=constraint.value, why=words)
            standing = _Standing(
                standing.tier,
                standing.against,
                (*standing.cautions, words),
                (*standing.terms, *((term,) if constraint.value else ())),
                standing.sources,
            )
        standing = _Standing(
            standing.tier,
            standing.against,
            standing.cautions,
            standing.terms,
            (*standing.sources, *constraint.sources),
        )
    return standing


def _cover(row: StrategyRow, case: Case, knowledge: PatientKnowledge) -> Cover | None:
    if row.position is None or row.inhibitor is None:
        return None
    return cover_of(row.inhibitor, row.position, case, knowledge)


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
    return any(line.failed and _is_of(line, row) for line in history.lines)


def _is_of(line: LineFacts, row: StrategyRow) -> bool:
    """Return whether a line was the regimen of a row: all its drugs, not an ALK inhibitor alone.

    An ALK inhibitor that failed alone is no trial of the pair in which a row gives it a partner.
    """
    return set(line.drugs) <= set(row.drugs) and bool(set(line.drugs) - set(line.inhibitors))


def _after_history(standing: _Standing, row: StrategyRow, history: History) -> _Standing:
    """Return the standing of a regimen that has just failed: it is not advised again at once."""
    last = history.lines[-1] if history.lines else None
    if last is None or not last.failed or row.kind is not OptionKind.REGIMEN:
        return standing
    if row.inhibitor is not None or not _is_of(last, row):
        return standing
    words = f"the tumour has just grown through {' + '.join(last.drugs)}"
    return standing.at_most(Tier.NOT_ADVISED, words)


def _holds(argument: Argument, picture: ClinicalPicture) -> bool:
    return argument.when is None or picture.holds(argument.when)


def _said(arguments: Iterable[Argument], picture: ClinicalPicture) -> tuple[str, ...]:
    return tuple(argument.says for argument in arguments if _holds(argument, picture))
