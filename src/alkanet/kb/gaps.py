"""What the knowledge lacks: the verified share of each kind, and the pairs that nobody tested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from alkanet.kb.empty_pairs import empty_pairs
from alkanet.kb.query import KnowledgeBase
from alkanet.kb.schema import PrevalenceRow
from alkanet.model.drug_profile import CoMedicationRule, DrugProfile, Exposure
from alkanet.model.evidence import Certainty, Claim, Finding, Measurement
from alkanet.model.guideline import Guideline
from alkanet.model.identifier import Identifier
from alkanet.model.outcome import Outcome
from alkanet.model.review import Erratum, ReviewTable
from alkanet.model.stewardship import StatedGap

__all__ = ["Pairs", "Share", "pairs", "recalled", "shares", "table_1_outcomes"]


class _Certain(Protocol):
    @property
    def certainty(self) -> Certainty: ...


class _Told(_Certain, Protocol):
    @property
    def id(self) -> str: ...


@dataclass(frozen=True)
class Share:
    """How many values of a kind somebody read in their source; counted per value."""

    kind: str
    verified: int
    total: int

    @property
    def per_cent(self) -> float:
        """The verified share."""
        return 100 * self.verified / self.total if self.total else 0.0


@dataclass(frozen=True)
class Pairs:
    """The pairs of haplotype and drug: with evidence, with a stated gap, and with neither."""

    with_evidence: int
    with_a_stated_gap: int
    unstated: tuple[tuple[str, str], ...]
    gaps: tuple[StatedGap, ...]


def shares(kb: KnowledgeBase) -> tuple[Share, ...]:
    """Return the verified share of each kind of value."""
    outcomes = kb.all_of("outcome", Outcome)
    of_table_1 = table_1_outcomes(kb)
    decisive = [o for o in of_table_1 if o.endpoint.is_median or o.endpoint.is_hazard_ratio]
    profiles = kb.all_of("drug profile", DrugProfile)
    positions = [p for g in kb.all_of("guideline", Guideline) for p in g.positions]
    measurements = kb.all_of("measurement", Measurement)
    compounds = [m for m in measurements if m.haplotype and len(m.haplotype.mutations) > 1]
    return (
        _share("claims", kb.all_of("claim", Claim)),
        _share("findings", kb.all_of("finding", Finding)),
        _share("IC50", measurements),
        _share("IC50 of compound haplotypes", compounds),
        _share("outcomes of trials and cohorts", outcomes),
        _share("medians and hazard ratios of the review's Table 1", decisive),
        _share("other outcomes of the trials of Table 1", _without(of_table_1, decisive)),
        _share("frequencies in tumours", kb.all_of("prevalence", PrevalenceRow)),
        _share("exposure and toxicity", kb.all_of("exposure", Exposure)),
        _share("doses", (dose for p in profiles for dose in p.doses)),
        _share("enzymes and transporters", (role for p in profiles for role in p.roles)),
        _share("warnings", (warning for p in profiles for warning in p.warnings)),
        _share("monitoring", (entry for p in profiles for entry in p.monitoring)),
        _share("co-medication", kb.all_of("co-medication", CoMedicationRule)),
        _share("approvals", (a for t in kb.therapies() for a in t.approvals)),
        _share("guideline positions", positions),
        _share("identifiers", kb.all_of("identifier", Identifier)),
        _share("errata", kb.all_of("erratum", Erratum)),
    )


def _share(kind: str, values: Iterable[_Certain]) -> Share:
    held = [value.certainty for value in values]
    return Share(kind, sum(c is Certainty.VERIFIED for c in held), len(held))


def _without(all_of_them: Iterable[Outcome], some: Iterable[Outcome]) -> list[Outcome]:
    ids = {outcome.id for outcome in some}
    return [outcome for outcome in all_of_them if outcome.id not in ids]


def table_1_outcomes(kb: KnowledgeBase) -> tuple[Outcome, ...]:
    """Return every outcome of the trials to which cells of the review's Table 1 point."""
    outcomes = kb.all_of("outcome", Outcome)
    pointed = {
        name
        for table in kb.all_of("review table", ReviewTable)
        if table.table == 1
        for row in table.rows
        for cell in row.cells.values()
        for name in cell.ids
    }
    trials = {outcome.trial for outcome in outcomes if outcome.id in pointed}
    return tuple(outcome for outcome in outcomes if outcome.trial in trials)


def recalled(kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """Return kind and id of every value with an id that nobody has read in its source yet."""
    values: tuple[tuple[str, Iterable[_Told]], ...] = (
        ("claim", kb.all_of("claim", Claim)),
        ("finding", kb.all_of("finding", Finding)),
        ("measurement", kb.all_of("measurement", Measurement)),
        ("outcome", kb.all_of("outcome", Outcome)),
        ("prevalence", kb.all_of("prevalence", PrevalenceRow)),
        ("exposure", kb.all_of("exposure", Exposure)),
        ("co-medication", kb.all_of("co-medication", CoMedicationRule)),
        ("erratum", kb.all_of("erratum", Erratum)),
    )
    return tuple(
        (kind, value.id)
        for kind, entries in values
        for value in entries
        if value.certainty is Certainty.RECALLED
    )


def pairs(kb: KnowledgeBase) -> Pairs:
    """Return which pairs of haplotype and drug have evidence, a stated gap, or neither."""
    claims, measurements = kb.all_of("claim", Claim), kb.all_of("measurement", Measurement)
    therapies = [therapy.id for therapy in kb.therapies()]
    empty = empty_pairs(claims, measurements, therapies)
    gaps = kb.all_of("gap", StatedGap)
    unstated = tuple(p for p in empty if not any(_covers(gap, p) for gap in gaps))
    held = len(kb.haplotypes()) * len(therapies) - len(empty)
    return Pairs(held, len(empty) - len(unstated), unstated, gaps)


def _covers(gap: StatedGap, pair: tuple[str, str]) -> bool:
    haplotype, therapy = pair
    return therapy in gap.therapies and haplotype in (gap.haplotypes or gap.looked_at)
