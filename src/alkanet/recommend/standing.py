"""Where an option stands: its tier, and everything that lowers it for this patient."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alkanet.model.history import History, LineFacts
from alkanet.model.option import OptionKind, Term, Tier
from alkanet.model.response import Call, PatientBasis, PatientResponse, SiteResponse
from alkanet.model.strategy import StrategyRow
from alkanet.recommend.question import StrategyQuestion

__all__ = ["Standing", "is_of_regimen", "standing_of"]


@dataclass(frozen=True)
class Standing:
    """The tier of an option and what moved it."""

    tier: Tier
    against: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    sources: tuple[str, ...] = ()

    def at_most(self, tier: Tier, because: str) -> Standing:
        """Return it with a tier no better than one, and the reason among the counter-reasons."""
        worse = max(self.tier, tier, key=lambda t: t.rank)
        return replace(self, tier=worse, against=(*self.against, because))


def standing_of(
    row: StrategyRow,
    response: PatientResponse | None,
    site: tuple[str, SiteResponse] | None,
    question: StrategyQuestion,
) -> Standing:
    """Return the tier of a row for a patient, with the reasons that lowered it.

    Parameters
    ----------
    row
        The row; its own tier is the best that it can have.
    response, site
        The patient's response to the row's inhibitor, and that at the site which decides.
    question
        The patient.
    """
    standing = Standing(tier=row.tier)
    if response is not None and site is not None:
        standing = _by_response(standing, response, site, question.left)
    standing = _after_history(standing, row, question.history)
    return _under_constraints(standing, row, question)


def _by_response(
    standing: Standing, response: PatientResponse, site: tuple[str, SiteResponse], left: float
) -> Standing:
    """Return the standing after the expected response of the patient.

    A group that nobody selected does not lower what its own trial supports, unless a mechanism
    found in this patient sets it apart from that group.
    """
    where, expected = site
    if response.just_failed and response.qualification is not None:
        if expected.call is Call.RESISTANT:
            return standing.at_most(Tier.NOT_ADVISED, response.qualification)
        cautions = (*standing.cautions, response.qualification)
        standing = replace(standing, cautions=cautions)
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
    standing: Standing, row: StrategyRow, question: StrategyQuestion
) -> Standing:
    """Return the standing after what this patient's situation forbids or makes harder."""
    picture = question.picture
    for constraint in question.knowledge.constraints:
        if not set(constraint.drugs) & set(row.drugs) or not picture.holds(constraint.when):
            continue
        details = ", ".join(picture.details(constraint.when))
        words = f"{constraint.says} ({details})" if details else constraint.says
        if constraint.effect == "not advised":
            standing = standing.at_most(Tier.NOT_ADVISED, words)
        else:
            term = Term(name="caution", value=constraint.value, why=words)
            standing = replace(
                standing,
                cautions=(*standing.cautions, words),
                terms=(*standing.terms, *((term,) if constraint.value else ())),
            )
        standing = replace(standing, sources=(*standing.sources, *constraint.sources))
    return standing


def is_of_regimen(line: LineFacts, row: StrategyRow) -> bool:
    """Return whether a line was the regimen of a row: all its drugs, not an ALK inhibitor alone.

    An ALK inhibitor that failed alone is no trial of the pair in which a row gives it a partner.
    """
    return set(line.drugs) <= set(row.drugs) and bool(set(line.drugs) - set(line.inhibitors))


def _after_history(standing: Standing, row: StrategyRow, history: History) -> Standing:
    """Return the standing of a regimen that has just failed: it is not advised again at once."""
    last = history.lines[-1] if history.lines else None
    if last is None or not last.failed or row.kind is not OptionKind.REGIMEN:
        return standing
    if row.inhibitor is not None or not is_of_regimen(last, row):
        return standing
    words = f"the tumour has just grown through {' + '.join(last.drugs)}"
    return standing.at_most(Tier.NOT_ADVISED, words)
