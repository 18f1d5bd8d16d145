"""P(ALK drives) x P(response of the haplotype), mixed over the readings of a tumour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from alkanet.interpret.dependence import state_of
from alkanet.interpret.explanation import EXPLANATIONS, explanations
from alkanet.interpret.intervals import least, mixed, product, scaled
from alkanet.interpret.question import Estimate, PatientQuestion, percent
from alkanet.model.evidence import Certainty
from alkanet.model.fact import Fact
from alkanet.model.haplotype import Reading
from alkanet.model.mechanism import Confidence
from alkanet.model.picture import ClinicalPicture
from alkanet.model.record import Interval
from alkanet.model.response import Basis, Call, HaplotypeResponse, PatientBasis

__all__ = ["by_ratio", "estimate_of_readings"]


def estimate_of_readings(drug: str, question: PatientQuestion) -> Estimate:
    """Return P(ALK drives) x P(response of the haplotype), mixed over the readings.

    In a reading the clone that responds least decides; where one has no data, neither has the
    patient. Whether a mutation explains the failure is asked reading by reading. A drug that
    failed on an earlier line counts as failed in each reading whose haplotypes do not bring it
    back.
    """
    if not question.tumour.readings:
        why = "the kinase domain was not read, and no published group stands in this position"
        return Estimate(None, None, why=(why,))
    parts: list[tuple[float, Interval]] = []
    words: list[str] = []
    worst: list[HaplotypeResponse] = []
    failed_before = drug in question.history.failed and drug not in question.history.just_failed
    for reading in question.tumour.readings:
        response = _least_of(drug, reading, question)
        if response is None or response.p_response is None:
            names = " beside ".join(str(clone.haplotype) for clone in reading.clones)
            return Estimate(None, None, why=(f"nothing is known of {drug} on {names}",))
        picture = _picture_of(reading, question)
        driven, why = _driven(drug, picture, question, resists=response.call is Call.RESISTANT)
        told = f"{response.haplotype}: {response.call.value}, {percent(response.p_response)} {why}"
        p = product(driven, response.p_response)
        if failed_before and not _brings_back(drug, reading, picture, question):
            p = least(p, question.knowledge.rules.just_failed)
            told += f"; the tumour grew through {drug} before, and this does not bring it back"
        parts.append((reading.weight, p))
        worst.append(response)
        words.append(told)
    systemic = mixed(parts)
    return Estimate(
        systemic=systemic,
        cns=by_ratio(drug, systemic, question),
        basis=PatientBasis.HAPLOTYPE,
        why=tuple(dict.fromkeys(words)),
        sources=_sources(question, worst),
        is_verified=_rests_on_verified(question, worst),
    )


def _least_of(drug: str, reading: Reading, question: PatientQuestion) -> HaplotypeResponse | None:
    """Return the response of the clone that responds least, ``None`` where one is unknown."""
    made = [question.responses.get((str(c.haplotype), drug)) for c in reading.clones]
    known = [r for r in made if r is not None and r.p_response is not None]
    if len(known) < len(made) or not known:
        return None
    return min(known, key=lambda r: r.p_response.median if r.p_response else 0.0)


def _brings_back(
    drug: str, reading: Reading, picture: ClinicalPicture, question: PatientQuestion
) -> bool:
    """Return whether the mutations of a reading make a drug work again that failed before.

    They do where they explain the failure of a drug of a higher generation, and every clone is
    sensitive to the earlier drug by evidence on its very haplotype. A sum of single mutations
    brings nothing back, and neither does a mutation that a drug covers which failed for another
    reason: G1202R under brigatinib does not tell why lorlatinib failed.
    """
    if not {Fact.SINGLE_EXPLAINS, Fact.COMPOUND_EXPLAINS} & set(picture.facts):
        return False
    therapies = question.knowledge.therapies
    failed_last = question.history.just_failed or question.history.failed[-1:]
    generation = max((therapies[name].generation or 0 for name in failed_last), default=0)
    if generation <= (therapies[drug].generation or 0):
        return False
    made = [question.responses.get((str(c.haplotype), drug)) for c in reading.clones]
    return all(
        clone.haplotype.mutations
        and response is not None
        and response.call is Call.SENSITIVE
        and response.basis is not Basis.PREDICTED
        for clone, response in zip(reading.clones, made, strict=True)
    )


def _picture_of(reading: Reading, question: PatientQuestion) -> ClinicalPicture:
    """Return the picture as it is if this reading holds."""
    alone = question.tumour.model_copy(update={"readings": (reading,)})
    facts = {f: told for f, told in question.picture.facts.items() if f not in EXPLANATIONS}
    facts.update(explanations(alone, question.history, question.responses.values()))
    return replace(question.picture, facts=facts)


def _driven(
    drug: str, picture: ClinicalPicture, question: PatientQuestion, *, resists: bool
) -> tuple[Interval, str]:
    """Return P(ALK drives) as it counts for one drug on one haplotype, with its words.

    Where the haplotype resists the drug, what explains an earlier failure does not speak for this
    one: then the state of an unexplained failure counts, so that a finding of resistance never
    raises the drug that it resists. Where nothing explains the failure, a drug of the same
    generation as the one that failed meets the same unknown mechanism again, and one of a lower
    generation meets it with less potency. Where a mutation explains it in part, half of that loss
    counts.
    """
    state = state_of(picture, question.knowledge)
    assert question.dependence is not None and state is not None, "patient_responses has asked"
    dual = None if resists else _dual(drug, question)
    if dual is not None:
        return dual
    left, facts = question.dependence.left, picture.facts
    driven = whole = product(state.dependence, left)
    explained = Fact.SINGLE_EXPLAINS in facts or Fact.COMPOUND_EXPLAINS in facts
    partly = Fact.EXPLAINED_IN_PART in facts
    if resists and (explained or partly):
        unexplained = state_of(_unexplained(picture), question.knowledge)
        if unexplained is not None:
            driven = least(driven, product(unexplained.dependence, left))
        explained = partly = False
    words = f"if ALK drives, which it does with {percent(driven)}"
    if driven is not whole:
        words = f"if ALK drives, counted with {percent(driven)} as if nothing explained the failure"
    if explained:
        return driven, words
    factor, told = _generation_factor(drug, question, partly=partly)
    return scaled(driven, factor), words + told


def _dual(drug: str, question: PatientQuestion) -> tuple[Interval, str] | None:
    """Return what holds for a drug that inhibits ALK and its bypass, ``None`` for others.

    Where the tumour grew through another drug on that bypass, inhibiting it is no longer news.
    """
    rules = {rule.id: rule for rule in question.knowledge.mechanisms}
    failed = {name for line in question.history.lines if line.failed for name in line.drugs}
    for mechanism in question.mechanisms:
        rule = rules[mechanism.id]
        is_open = mechanism.confidence is not Confidence.POSSIBLE and not failed & {
            *rule.targeted_by
        }
        if is_open and drug in rule.inhibited_by:
            driven = question.knowledge.rules.dual_inhibition
            words = f"if ALK and {mechanism.name} drive, both of which {drug} inhibits"
            return driven, f"{words}: {percent(driven)}"
    return None


def _unexplained(picture: ClinicalPicture) -> ClinicalPicture:
    """Return the picture as if no mutation explained the failure."""
    facts = {fact: told for fact, told in picture.facts.items() if fact not in EXPLANATIONS}
    return replace(picture, facts={**facts, Fact.NOT_EXPLAINED: ""})


def _generation_factor(drug: str, question: PatientQuestion, *, partly: bool) -> tuple[float, str]:
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
    factor = (1.0 + factor) / 2 if partly else factor
    return factor, f"; {words}, times {factor:g}"


def by_ratio(drug: str, systemic: Interval, question: PatientQuestion) -> Interval | None:
    """Return the response in the brain from that in the body, ``None`` where no ratio is held."""
    entry = next((e for e in question.knowledge.rules.cns if e.drug == drug), None)
    return product(systemic, entry.ratio) if entry is not None else None


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
