"""What each drug should do in this patient: ALK dependence times the readings' responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alkanet.interpret.dependence import state_of
from alkanet.interpret.excuses import Excuse, excuse_of
from alkanet.interpret.groups import group_rate
from alkanet.interpret.intervals import mixed, product, scaled
from alkanet.model.evidence import Certainty
from alkanet.model.fact import Fact
from alkanet.model.haplotype import Reading
from alkanet.model.history import History
from alkanet.model.mechanism import Confidence, Mechanism
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.record import Interval
from alkanet.model.response import (
    Basis,
    Call,
    Dependence,
    HaplotypeResponse,
    PatientResponse,
    SiteResponse,
)
from alkanet.model.tumour import Tumour

__all__ = ["PatientQuestion", "patient_responses"]

EXPLANATIONS = (
    Fact.SINGLE_EXPLAINS,
    Fact.COMPOUND_EXPLAINS,
    Fact.EXPLAINED_IN_PART,
    Fact.NOT_EXPLAINED,
)


@dataclass(frozen=True)
class PatientQuestion:
    """All that the response of a patient depends on; ``responses`` are those of the haplotypes."""

    tumour: Tumour
    history: History
    picture: ClinicalPicture
    mechanisms: tuple[Mechanism, ...]
    dependence: Dependence | None
    responses: Mapping[tuple[str, str], HaplotypeResponse]
    """By haplotype and drug."""
    knowledge: PatientKnowledge


@dataclass(frozen=True)
class _Estimate:
    """A probability on its way to a call, with its words and sources."""

    systemic: Interval | None
    cns: Interval | None
    why: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_verified: bool = False


def patient_responses(question: PatientQuestion) -> tuple[PatientResponse, ...]:
    """Return the response of every drug of the knowledge, in its order, systemic and CNS apart.

    Where nobody selected the genotype (no ALK inhibitor yet, or a kinase domain that was not read)
    a published group in the same position speaks. Otherwise P = P(ALK drives) x P(response of the
    haplotype | ALK drives), mixed over the readings; in a reading the clone that responds least
    decides. A drug through which the tumour has just grown keeps its place only with a named
    excuse. Without a fusion and without any ALK inhibitor in the history nothing is called.
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
    if excuse is None and _is_taken(drug, question):
        estimate = _under_the_drug(drug, estimate, question)
    elif excuse is not None and not _is_regained(drug, question):
        estimate = _after_failure(drug, estimate, excuse, question)
    systemic = _site(estimate.systemic, question.knowledge)
    cns = _site(estimate.cns, question.knowledge)
    is_called = systemic.p_response is not None or cns.p_response is not None
    return PatientResponse(
        drug=drug,
        systemic=systemic,
        cns=cns,
        why=estimate.why,
        just_failed=drug in question.history.just_failed,
        qualification=excuse.words if excuse is not None else None,
        certainty=_certainty(estimate) if is_called else None,
        sources=tuple(sorted(set(estimate.sources))),
    )


def _certainty(estimate: _Estimate) -> Certainty:
    return Certainty.VERIFIED if estimate.is_verified else Certainty.RECALLED


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


def _estimate(drug: str, question: PatientQuestion) -> _Estimate:
    """Return the response before it is asked whether the tumour has grown through the drug."""
    picture = question.picture
    if Fact.FUSION_NOT_SHOWN in picture.facts and Fact.NO_INHIBITOR in picture.facts:
        return _Estimate(None, None, why=("no ALK fusion stands in the input",))
    state = state_of(picture, question.knowledge)
    if question.dependence is None or state is None:
        return _Estimate(None, None, why=("the history fits no state of the rules",))
    return _of_group(drug, question) or _of_readings(drug, question)


def _of_group(drug: str, question: PatientQuestion) -> _Estimate | None:
    found = group_rate(drug, "systemic", question.picture, question.knowledge)
    if found is None or question.dependence is None:
        return None
    left, why = question.dependence.left, question.dependence.why[1:]
    systemic = product(found.rate, left)
    in_brain = group_rate(drug, "cns", question.picture, question.knowledge)
    cns = product(in_brain.rate, left) if in_brain else _by_ratio(drug, systemic, question)
    groups = (found, in_brain) if in_brain else (found,)
    return _Estimate(
        systemic=systemic,
        cns=cns,
        why=(*(group.says for group in groups), *why),
        sources=tuple(name for group in groups for name in group.sources),
        is_verified=all(group.certainty is Certainty.VERIFIED for group in groups),
    )


def _of_readings(drug: str, question: PatientQuestion) -> _Estimate:
    """Return P(ALK drives) x P(response of the haplotype), mixed over the readings."""
    if not question.tumour.readings:
        why = "the kinase domain was not read, and no published group stands in this position"
        return _Estimate(None, None, why=(why,))
    parts: list[tuple[float, Interval]] = []
    words: list[str] = []
    worst: list[HaplotypeResponse] = []
    for reading in question.tumour.readings:
        least = _least(drug, reading, question)
        if least is None or least.p_response is None:
            names = " beside ".join(str(clone.haplotype) for clone in reading.clones)
            return _Estimate(None, None, why=(f"nothing is known of {drug} on {names}",))
        resists = least.call is Call.RESISTANT
        driven, why = _driven(drug, question, resists=resists)
        parts.append((reading.weight, product(driven, least.p_response)))
        worst.append(least)
        words.append(f"{least.haplotype}: {least.call.value}, {_percent(least.p_response)} {why}")
    systemic = mixed(parts)
    return _Estimate(
        systemic=systemic,
        cns=_by_ratio(drug, systemic, question),
        why=tuple(dict.fromkeys(words)),
        sources=_sources(question, worst),
        is_verified=_rests_on_verified(question, worst),
    )


def _least(drug: str, reading: Reading, question: PatientQuestion) -> HaplotypeResponse | None:
    """Return the response of the clone that responds least, ``None`` where one is unknown."""
    made = [question.responses.get((str(c.haplotype), drug)) for c in reading.clones]
    known = [r for r in made if r is not None and r.p_response is not None]
    if len(known) < len(made) or not known:
        return None
    return min(known, key=lambda r: r.p_response.median if r.p_response else 0.0)


def _driven(drug: str, question: PatientQuestion, *, resists: bool) -> tuple[Interval, str]:
    """Return P(ALK drives) as it counts for one drug on one haplotype, with its words.

    Where the haplotype resists the drug, what explains an earlier failure does not speak for this
    one: then the state of an unexplained failure counts, so that a finding of resistance never
    raises the drug that it resists. Where nothing explains the failure, a drug of the same
    generation as the one that failed meets the same unknown mechanism again, and one of a lower
    generation meets it with less potency.
    """
    assert question.dependence is not None
    dual = None if resists else _dual(drug, question)
    if dual is not None:
        return dual
    driven, left = question.dependence.value, question.dependence.left
    facts = question.picture.facts
    explained = Fact.SINGLE_EXPLAINS in facts or Fact.COMPOUND_EXPLAINS in facts
    partly = Fact.EXPLAINED_IN_PART in facts
    if resists and (explained or partly):
        state = state_of(_unexplained(question.picture), question.knowledge)
        if state is not None and state.dependence.median * left.median < driven.median:
            driven = product(state.dependence, left)
        explained = partly = False
    words = f"if ALK drives, which it does with {_percent(driven)}"
    if explained or partly:
        return driven, words
    factor, told = _generation_factor(drug, question)
    return scaled(driven, factor), words + told


def _dual(drug: str, question: PatientQuestion) -> tuple[Interval, str] | None:
    """Return what holds for a drug that inhibits ALK and its bypass, ``None`` for others."""
    rules = {rule.id: rule for rule in question.knowledge.mechanisms}
    for mechanism in question.mechanisms:
        is_sure = mechanism.confidence is not Confidence.POSSIBLE
        if is_sure and drug in rules[mechanism.id].inhibited_by:
            driven = question.knowledge.rules.dual_inhibition
            words = f"if ALK and {mechanism.name} drive, both of which {drug} inhibits"
            return driven, f"{words}: {_percent(driven)}"
    return None


def _unexplained(picture: ClinicalPicture) -> ClinicalPicture:
    facts = {fact: told for fact, told in picture.facts.items() if fact not in EXPLANATIONS}
    facts[Fact.NOT_EXPLAINED] = ""
    return ClinicalPicture(
        facts=facts,
        alterations=picture.alterations,
        laboratory=picture.laboratory,
        given=picture.given,
        failed=picture.failed,
    )


def _generation_factor(drug: str, question: PatientQuestion) -> tuple[float, str]:
    highest = question.history.highest_failed
    generation = question.knowledge.therapies[drug].generation
    rules = question.knowledge.rules
    if highest is None or generation is None or Fact.BRAIN_ONLY in question.picture.facts:
        return 1.0, ""
    if generation < highest:
        factor, words = rules.lower_generation_factor, "a lower generation than the one that failed"
    elif generation == highest:
        factor, words = rules.same_generation_factor, "the generation that failed"
    else:
        return 1.0, ""
    return factor, f"; {words}, times {factor:g}"


def _by_ratio(drug: str, systemic: Interval, question: PatientQuestion) -> Interval | None:
    """Return the response in the brain from that in the body, ``None`` where no ratio is held."""
    entry = next((e for e in question.knowledge.rules.cns if e.drug == drug), None)
    return product(systemic, entry.ratio) if entry is not None else None


def _is_regained(drug: str, question: PatientQuestion) -> bool:
    """Return whether every clone carries mutations that make an earlier drug work again.

    Evidence on the very haplotype is asked for: a sum of single mutations does not bring a drug
    back through which the tumour has grown.
    """
    if drug in question.history.just_failed or not question.tumour.readings:
        return False
    clones = [c for reading in question.tumour.readings for c in reading.clones]
    for clone in clones:
        response = question.responses.get((str(clone.haplotype), drug))
        if (
            not clone.haplotype.mutations
            or response is None
            or response.call is not Call.SENSITIVE
            or response.basis is Basis.PREDICTED
        ):
            return False
    return True


def _is_taken(drug: str, question: PatientQuestion) -> bool:
    """Return whether the last line goes on with this drug, and nothing is said to grow."""
    history = question.history
    last = history.lines[-1] if history.lines else None
    return last is not None and last.ongoing and drug in last.inhibitors


def _works_now(drug: str, question: PatientQuestion) -> bool:
    """Return whether the drug held the disease, and no haplotype resists it."""
    line = question.history.last_inhibitor_line
    if line is None or drug not in line.inhibitors or not line.controlled:
        return False
    of_tumour = [question.responses.get((str(h), drug)) for h in question.tumour.haplotypes]
    return all(response is None or response.call is not Call.RESISTANT for response in of_tumour)


def _under_the_drug(drug: str, estimate: _Estimate, question: PatientQuestion) -> _Estimate:
    """Return the response to a drug that is being taken while nothing is said to grow."""
    if not _works_now(drug, question):
        return estimate
    working = question.knowledge.rules.at_work
    return replace(
        estimate,
        systemic=working,
        cns=working if Fact.BRAIN_DISEASE in question.picture.facts else estimate.cns,
        why=(f"{drug} is being taken, and nothing is said to grow under it", *estimate.why),
        is_verified=False,
    )


def _after_failure(
    drug: str, estimate: _Estimate, excuse: Excuse, question: PatientQuestion
) -> _Estimate:
    """Return the response of a drug through which the tumour has grown.

    Where the excuse leaves it whole at a site, and it held the disease, it is at work there.
    """
    rules = question.knowledge.rules
    if _works_now(drug, question):
        estimate = replace(
            estimate,
            systemic=rules.at_work if excuse.systemic == 1.0 else estimate.systemic,
            cns=rules.at_work if excuse.cns == 1.0 else estimate.cns,
        )
    if estimate.systemic is None and not excuse.has_reason:
        return _Estimate(
            rules.just_failed, rules.just_failed, why=(excuse.words,), sources=estimate.sources
        )
    return _Estimate(
        systemic=_excused(estimate.systemic, excuse.systemic, rules.just_failed),
        cns=_excused(estimate.cns, excuse.cns, rules.just_failed),
        why=(excuse.words, *estimate.why),
        sources=estimate.sources,
        is_verified=estimate.is_verified,
    )


def _excused(p: Interval | None, share: float, failed: Interval) -> Interval | None:
    """Return what is left of a probability; a share of zero is a failure without excuse."""
    if share == 0.0:
        return failed if p is None or failed.median < p.median else p
    return None if p is None else scaled(p, share)


def _percent(p: Interval) -> str:
    return f"{100 * p.median:.0f} % ({100 * p.low:.0f} to {100 * p.high:.0f})"


def _sources(question: PatientQuestion, responses: Iterable[HaplotypeResponse]) -> tuple[str, ...]:
    of_items = [n for r in responses for i in r.items if not i.set_aside for n in i.sources]
    of_state = question.dependence.sources if question.dependence else ()
    return tuple(dict.fromkeys((*of_items, *of_state)))


def _rests_on_verified(question: PatientQuestion, responses: Iterable[HaplotypeResponse]) -> bool:
    state = state_of(question.picture, question.knowledge)
    if state is None or not state.groups:
        return False
    outcomes = [question.knowledge.outcomes[name] for name in state.groups]
    return all(o.certainty is Certainty.VERIFIED for o in outcomes) and all(
        r.certainty is Certainty.VERIFIED for r in responses
    )
