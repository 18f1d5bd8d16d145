"""What each drug should do in this patient, systemic and in the brain, and on what it rests."""

from __future__ import annotations

from alkanet.interpret.dependence import state_of
from alkanet.interpret.excuses import excuse_of
from alkanet.interpret.failure import after_failure, is_taken, under_the_drug
from alkanet.interpret.groups import group_rate
from alkanet.interpret.intervals import product
from alkanet.interpret.question import Estimate, PatientQuestion
from alkanet.interpret.readings import by_ratio, estimate_of_readings
from alkanet.model.evidence import Certainty
from alkanet.model.fact import Fact
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.record import Interval
from alkanet.model.response import Call, PatientBasis, PatientResponse, SiteResponse

__all__ = ["patient_responses"]


def patient_responses(question: PatientQuestion) -> tuple[PatientResponse, ...]:
    """Return the response of every drug of the knowledge, in its order, systemic and CNS apart.

    Where the genotype does not select (no ALK inhibitor yet, none found after the first generation,
    a kinase domain that was not read) a published group in the same position speaks. Otherwise
    P = P(ALK drives) x P(response of the haplotype | ALK drives), mixed over the readings. A drug
    through which the tumour has just grown keeps its place only with a named excuse. Without a
    fusion and without any ALK inhibitor in the history nothing is called, and neither is anything
    in resected disease, where there is nothing to respond.
    """
    return tuple(_response(drug, question) for drug in question.knowledge.therapies)


def _response(drug: str, question: PatientQuestion) -> PatientResponse:
    estimate = _estimate(drug, question)
    excuse = excuse_of(
        drug,
        question.history,
        question.mechanisms,
        question.picture,
        share_of_reason=question.knowledge.rules.named_reason_factor,
    )
    just_failed = drug in question.history.just_failed
    weighed = estimate.basis is PatientBasis.HAPLOTYPE and not just_failed
    if excuse is None and is_taken(drug, question):
        estimate = under_the_drug(drug, estimate, question)
    elif excuse is not None and not weighed:  # the readings weigh what failed before themselves
        estimate = after_failure(drug, estimate, excuse, question)
    systemic = _site(estimate.systemic, question.knowledge)
    cns = _site(estimate.cns, question.knowledge)
    is_called = systemic.p_response is not None or cns.p_response is not None
    verified = Certainty.VERIFIED if estimate.is_verified else Certainty.RECALLED
    return PatientResponse(
        drug=drug,
        systemic=systemic,
        cns=cns,
        basis=estimate.basis if is_called else PatientBasis.NONE,
        why=estimate.why,
        just_failed=just_failed,
        qualification=excuse.words if excuse is not None else None,
        certainty=verified if is_called else None,
        sources=tuple(sorted(set(estimate.sources))),
    )


def _site(p: Interval | None, knowledge: PatientKnowledge) -> SiteResponse:
    if p is None:
        return SiteResponse(call=Call.NO_DATA, p_response=None)
    rules = knowledge.rules
    call = Call.REDUCED
    if p.median >= rules.sensitive_from:
        call = Call.SENSITIVE
    elif p.median < rules.resistant_below:
        call = Call.RESISTANT
    rounded = Interval(median=round(p.median, 3), low=round(p.low, 3), high=round(p.high, 3))
    return SiteResponse(call=call, p_response=rounded)


def _estimate(drug: str, question: PatientQuestion) -> Estimate:
    """Return the response before it is asked whether the tumour has grown through the drug."""
    facts = question.picture.facts
    if Fact.FUSION_NOT_SHOWN in facts and Fact.NO_INHIBITOR in facts:
        return Estimate(None, None, why=("no ALK fusion stands in the input",))
    if Fact.EARLY in facts and Fact.PROGRESSING not in facts:
        return Estimate(None, None, why=("early stage: nothing grows that could respond",))
    if question.dependence is None or state_of(question.picture, question.knowledge) is None:
        return Estimate(None, None, why=("the history fits no state of the rules",))
    return _of_group(drug, question) or estimate_of_readings(drug, question)


def _of_group(drug: str, question: PatientQuestion) -> Estimate | None:
    found = group_rate(drug, "systemic", question.picture, question.knowledge)
    if found is None or question.dependence is None:
        return None
    left, why = question.dependence.left, question.dependence.why[1:]
    systemic = product(found.rate, left)
    in_brain = group_rate(drug, "cns", question.picture, question.knowledge)
    cns = product(in_brain.rate, left) if in_brain else by_ratio(drug, systemic, question)
    groups = (found, in_brain) if in_brain else (found,)
    return Estimate(
        systemic=systemic,
        cns=cns,
        basis=PatientBasis.GROUP,
        why=(*(group.says for group in groups), *why),
        sources=tuple(name for group in groups for name in group.sources),
        is_verified=all(group.certainty is Certainty.VERIFIED for group in groups),
    )
