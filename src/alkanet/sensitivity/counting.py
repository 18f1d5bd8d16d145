"""Evidence counts once: one rule that removes duplicates before anything is weighed.

Two claims are one observation where they speak of the same haplotype and drug, pull the same way,
come from the same primary source, and stand on the same level: patients, laboratory, computation
or list. The one nearest to the patient stays. Further:

- a letter from cells is not counted beside a fold change of the same source;
- lists of reviews that say the same are one observation, because they name no single study;
- a list of a review is not counted where a paper on patients or cells, which it may repeat, is;
- a letter without a reference is not counted where anything else is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alkanet.model.evidence import Claim, EvidenceKind, Predicate
from alkanet.model.response_rules import ResponseRules

__all__ = ["CountedClaim", "count_once"]

_LEVEL = {
    EvidenceKind.TRIAL: "patients",
    EvidenceKind.COHORT: "patients",
    EvidenceKind.PATIENT_RESPONSE: "patients",
    EvidenceKind.ACQUIRED: "patients",
    EvidenceKind.CELLS: "laboratory",
    EvidenceKind.COMPUTATION: "computation",
    EvidenceKind.SECONDARY: "list",
    EvidenceKind.REVIEW_STATEMENT: "statement",
}


@dataclass(frozen=True)
class CountedClaim:
    """A claim with its signed pull, or with the reason why it does not count."""

    claim: Claim
    pull: float
    set_aside: str | None

    @property
    def is_left_open(self) -> bool:
        """True where the source saw resistance and does not settle it for this genotype."""
        return self.claim.towards == 0 and self.claim.predicate is Predicate.RESISTANCE

    @property
    def level(self) -> str:
        """The level of evidence on which the claim stands."""
        return _LEVEL[self.claim.evidence]


def count_once(
    claims: Sequence[Claim],
    measured_sources: frozenset[str],
    rules: ResponseRules,
    *,
    has_cut: bool = True,
) -> tuple[CountedClaim, ...]:
    """Return every claim, with its pull or the reason why it does not count, in their order.

    Parameters
    ----------
    claims
        All claims on one haplotype and drug.
    measured_sources
        The sources whose fold change for this pair is counted already.
    rules
        The weights.
    has_cut
        False for a drug whose exposure in patients nobody has set against its potency: then a
        laboratory alone cannot say what patients would see.
    """
    first: dict[tuple[str, str, int], str] = {}
    nearest_first = sorted(claims, key=lambda c: (-_weight(c, rules), c.id))
    for claim in nearest_first:
        first.setdefault(_observation(claim), claim.id)
    levels = {_LEVEL[claim.evidence] for claim in claims if claim.towards}
    has_paper = bool(measured_sources) or bool(levels & {"patients", "laboratory"})
    counted = []
    for claim in claims:
        level, towards = _LEVEL[claim.evidence], claim.towards
        reason = None
        if towards == 0:
            reason = "the source does not settle it for this genotype"
        elif first[_observation(claim)] != claim.id:
            reason = f"the same observation as {first[_observation(claim)]}"
        elif level == "laboratory" and claim.primary_source in measured_sources:
            reason = "the same observation as the fold change of this source"
        elif level in ("laboratory", "computation") and not has_cut:
            reason = "no cut is set for this drug: a laboratory alone cannot be read"
        elif level == "list" and has_paper:
            reason = "a list that may repeat the papers counted here"
        elif level == "statement" and (has_paper or levels & {"list", "computation"}):
            reason = "a letter without a reference beside evidence that has one"
        pull = 0.0 if reason else towards * _weight(claim, rules)
        counted.append(CountedClaim(claim=claim, pull=pull, set_aside=reason))
    return tuple(counted)


def _weight(claim: Claim, rules: ResponseRules) -> float:
    """Return the weight of a claim; a group without its number weighs as one patient."""
    weight = rules.weights[claim.evidence].weight
    is_group = claim.evidence in (EvidenceKind.TRIAL, EvidenceKind.COHORT)
    if is_group and (claim.patients or 0) < rules.least_patients_of_a_group:
        return min(weight, rules.weights[EvidenceKind.PATIENT_RESPONSE].weight)
    return weight


def _observation(claim: Claim) -> tuple[str, str, int]:
    """Return what two claims share that are one observation."""
    level = _LEVEL[claim.evidence]
    source = "" if level in ("list", "statement") else claim.primary_source
    return (source, level, claim.towards)
