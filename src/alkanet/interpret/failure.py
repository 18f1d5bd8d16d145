"""What is left of a drug that the tumour grew through, and of one that is being taken."""

from __future__ import annotations

from dataclasses import replace

from alkanet.interpret.excuses import Excuse
from alkanet.interpret.intervals import least, scaled
from alkanet.interpret.question import Estimate, PatientQuestion
from alkanet.model.fact import Fact
from alkanet.model.record import Interval
from alkanet.model.response import Call, PatientBasis

__all__ = ["after_failure", "is_taken", "under_the_drug"]


def is_taken(drug: str, question: PatientQuestion) -> bool:
    """Return whether the last line goes on with this drug, and nothing is said to grow."""
    history = question.history
    last = history.lines[-1] if history.lines else None
    return last is not None and last.ongoing and drug in last.inhibitors


def _works_now(drug: str, question: PatientQuestion) -> bool:
    """Return whether the last line held the disease with the drug, and no haplotype resists it.

    After a line without it nobody knows what it still holds.
    """
    line = question.history.lines[-1] if question.history.lines else None
    if line is None or drug not in line.inhibitors or not line.controlled:
        return False
    of_tumour = [question.responses.get((str(h), drug)) for h in question.tumour.haplotypes]
    return all(response is None or response.call is not Call.RESISTANT for response in of_tumour)


def under_the_drug(drug: str, estimate: Estimate, question: PatientQuestion) -> Estimate:
    """Return the response to a drug that is being taken while nothing is said to grow."""
    if not _works_now(drug, question):
        return estimate
    working = question.knowledge.rules.at_work
    return replace(
        estimate,
        systemic=working,
        cns=working if Fact.BRAIN_DISEASE in question.picture.facts else estimate.cns,
        basis=PatientBasis.AT_WORK,
        why=(f"{drug} is being taken, and nothing is said to grow under it", *estimate.why),
        is_verified=False,
    )


def after_failure(
    drug: str, estimate: Estimate, excuse: Excuse, question: PatientQuestion
) -> Estimate:
    """Return the response of a drug through which the tumour has grown.

    Where the excuse leaves it whole at a site, and it held the disease, it is at work there.
    """
    rules = question.knowledge.rules
    if _works_now(drug, question) and excuse.systemic == 1.0:
        estimate = replace(
            estimate,
            systemic=rules.at_work,
            cns=rules.at_work if excuse.cns == 1.0 else estimate.cns,
            basis=PatientBasis.AT_WORK,
            is_verified=False,
        )
    if estimate.systemic is None and not excuse.has_reason:
        return Estimate(
            rules.just_failed,
            rules.just_failed,
            basis=PatientBasis.FAILED,
            why=(excuse.words,),
            sources=estimate.sources,
        )
    return replace(
        estimate,
        systemic=_excused(estimate.systemic, excuse.systemic, rules.just_failed),
        cns=_excused(estimate.cns, excuse.cns, rules.just_failed),
        basis=estimate.basis if excuse.systemic > 0 else PatientBasis.FAILED,
        why=(excuse.words, *estimate.why),
    )


def _excused(p: Interval | None, share: float, failed: Interval) -> Interval | None:
    """Return what is left of a probability; a share of zero is a failure without excuse."""
    if share == 0.0:
        return failed if p is None else least(p, failed)
    return None if p is None else scaled(p, share)
