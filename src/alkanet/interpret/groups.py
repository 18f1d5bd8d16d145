"""Responses of groups whose genotype nobody selected: what is known where no haplotype is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alkanet.interpret.intervals import binomial_interval
from alkanet.model.evidence import Certainty
from alkanet.model.outcome import Outcome
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.record import Interval

__all__ = ["GroupRate", "group_rate"]


@dataclass(frozen=True)
class GroupRate:
    """A pooled response rate, whose words name every group with its number of patients."""

    rate: Interval
    says: str
    outcomes: tuple[Outcome, ...]

    @property
    def certainty(self) -> Certainty:
        """``recalled`` where any of the outcomes is."""
        recalled = any(outcome.certainty is Certainty.RECALLED for outcome in self.outcomes)
        return Certainty.RECALLED if recalled else Certainty.VERIFIED

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the outcomes."""
        return tuple(dict.fromkeys(outcome.source for outcome in self.outcomes))


def group_rate(
    drug: str, site: Literal["systemic", "cns"], picture: ClinicalPicture, kb: PatientKnowledge
) -> GroupRate | None:
    """Return the pooled rate of the first group that this patient belongs to, ``None`` without one.

    Outcomes are pooled by their numbers of patients. Groups of several trials differ in more than
    their drug: a pooled rate is no comparison between drugs.
    """
    for group in kb.rules.groups:
        ids = group.systemic if site == "systemic" else group.cns
        if group.drug != drug or not ids or not picture.holds(group.when):
            continue
        outcomes = tuple(kb.outcomes[name] for name in ids)
        counted = [(o.number / 100 * o.n, o.n) for o in outcomes if o.n is not None]
        responders, patients = (sum(part) for part in zip(*counted, strict=True))
        told = ", ".join(f"{o.trial} {o.number:g} % of {o.n}" for o in outcomes)
        where = "" if site == "systemic" else " in the brain"
        return GroupRate(
            rate=binomial_interval(responders, int(patients)),
            says=f"responses{where} of patients in this position, genotype not selected: {told}",
            outcomes=outcomes,
        )
    return None
