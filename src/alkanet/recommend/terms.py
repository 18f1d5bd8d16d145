"""The named terms by which an option stands in its rank."""

from __future__ import annotations

from collections.abc import Iterator

from alkanet.model.history import Growth
from alkanet.model.mechanism import Confidence
from alkanet.model.option import OptionKind, Term
from alkanet.model.outcome import Endpoint, Outcome
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.response import PatientResponse, SiteResponse
from alkanet.model.strategy import StrategyRow

__all__ = [
    "decisive_site",
    "durability_term",
    "mechanism_term",
    "own_terms",
    "response_term",
    "unanswered_term",
]


def decisive_site(response: PatientResponse, growth: Growth) -> tuple[str, SiteResponse]:
    """Return the site whose response decides, with its name.

    Where only the brain grows it is the brain; where brain and body grow, the one that responds
    less; otherwise the body. A site without data is the one that responds less.
    """
    if growth.is_brain_only:
        return "in the brain", response.cns
    in_brain = growth.brain or growth.leptomeninges
    if in_brain and _median(response.cns) < _median(response.systemic):
        return "in the brain", response.cns
    return "in the body", response.systemic


def _median(site: SiteResponse) -> float:
    return -1.0 if site.p_response is None else site.p_response.median


def response_term(
    row: StrategyRow, site: tuple[str, SiteResponse] | None, knowledge: PatientKnowledge
) -> Term | None:
    """Return the term of the expected response: of this patient, or of the row's own group."""
    weight = knowledge.weights.response
    if site is not None:
        where, response = site
        if response.p_response is None:
            return None
        p = response.p_response
        words = f"expected {where}: {_percent(p.median)} ({_percent(p.low)} to {_percent(p.high)})"
        return Term(name="response", value=round(weight * p.median, 3), why=words)
    if row.response is None:
        return None
    outcome = knowledge.outcomes[row.response]
    words = (
        f"{outcome.number:g} %{_of(outcome)} responded in {outcome.trial} ({outcome.population})"
    )
    return Term(name="response", value=round(weight * outcome.number / 100, 3), why=words)


def durability_term(row: StrategyRow, left: float, knowledge: PatientKnowledge) -> Term | None:
    """Return the term of lasting control: the share still controlled at a fixed month.

    For an ALK inhibitor it counts by ``left``, what the mechanisms leave of its effect: the trial's
    patients had no such mechanism.

    Where the source gives a median instead, the share follows from it under a constant hazard,
    S(t) = 2^(-t / median), which the words say.
    """
    if row.durability is None:
        return None
    outcome = knowledge.outcomes[row.durability]
    month = knowledge.weights.durability_month
    if outcome.endpoint in (Endpoint.PFS_MEDIAN, Endpoint.TIME_MEDIAN):
        share = 2.0 ** (-month / outcome.number)
        told = f"median {outcome.number:g} months, which is {_percent(share)} at {month:g} months"
        words = f"{told} if the hazard is constant"
    else:
        share = outcome.number / 100
        words = f"{outcome.number:g} % at {outcome.month:g} months"
    words += f" ({outcome.trial}, {outcome.population}{_of(outcome, ', n ')})"
    if row.inhibitor is not None and left < 1.0:
        share *= left
        words += f"; times {left:.2g}, what the mechanisms leave of an ALK inhibitor's effect"
    return Term(name="control", value=round(knowledge.weights.durability * share, 3), why=words)


def mechanism_term(
    row: StrategyRow, picture: ClinicalPicture, knowledge: PatientKnowledge
) -> Term | None:
    """Return the term of answering a mechanism: by the weight of the surest that it addresses."""
    weights = {entry.confidence: entry.weight for entry in knowledge.rules.confidence}
    answered = [m for m in picture.mechanisms if m.id in row.addresses]
    if not answered:
        return None
    surest = max(answered, key=lambda m: (weights[m.confidence], m.id))
    value = round(knowledge.weights.mechanism * weights[surest.confidence], 3)
    words = f"answers {surest.name}, which is {surest.confidence.value}"
    return Term(name="mechanism", value=value, why=words)


def unanswered_term(
    row: StrategyRow, picture: ClinicalPicture, knowledge: PatientKnowledge
) -> Term | None:
    """Return what a mechanism takes from a regimen on ALK that answers another one.

    Where small cell carcinoma is established, an inhibitor of MET beside that of ALK answers the
    lesser question, and so does a better exposure. The one that takes most counts: its weight
    times what it takes from an inhibitor of ALK. ``None`` for rows whose inhibitor has it in its
    expected response, for chemotherapy, and where nothing else is at least likely.
    """
    is_on_alk = not row.drugs or any(drug in knowledge.therapies for drug in row.drugs)
    if row.kind is not OptionKind.REGIMEN or row.inhibitor is not None or not is_on_alk:
        return None
    weights = {entry.confidence: entry.weight for entry in knowledge.rules.confidence}
    rules = {rule.id: rule for rule in knowledge.mechanisms}
    others = [
        (weights[m.confidence] * (1.0 - rules[m.id].alk_alone), m.id, m)
        for m in picture.mechanisms
        if m.id not in row.addresses and m.confidence is not Confidence.POSSIBLE
    ]
    taken, _, mechanism = max(others, default=(0.0, "", None))
    if mechanism is None or taken == 0.0:
        return None
    value = -round(knowledge.weights.mechanism * taken, 3)
    words = f"leaves {mechanism.name} unanswered, which is {mechanism.confidence.value}"
    return Term(name="other mechanism", value=value, why=words)


def own_terms(row: StrategyRow, picture: ClinicalPicture) -> Iterator[Term]:
    """Yield the terms that the row itself brings, as far as they hold."""
    for term in row.own_terms:
        if term.when is None or picture.holds(term.when):
            yield Term(name=term.name, value=term.value, why=term.why)


def _of(outcome: Outcome, before: str = " of ") -> str:
    return f"{before}{outcome.n}" if outcome.n is not None else " (n not stated)"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
