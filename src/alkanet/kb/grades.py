"""Levels of evidence in public schemes, derived by the rules of ``grades.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alkanet.model.evidence import Claim, EvidenceKind
from alkanet.model.grade import Grade, GradeRule, GradeRules, GradeSystem
from alkanet.model.haplotype import Haplotype
from alkanet.model.therapy import Therapy

__all__ = ["Held", "grade_of_claim", "grade_of_measurement", "grades_of_pair"]

PATIENTS = frozenset(
    {
        EvidenceKind.TRIAL,
        EvidenceKind.COHORT,
        EvidenceKind.PATIENT_RESPONSE,
        EvidenceKind.ACQUIRED,
    }
)


@dataclass(frozen=True)
class Held:
    """What is held of one haplotype and one drug towards one side: +1 sensitive, -1 resistant."""

    haplotype: Haplotype
    therapy: Therapy
    towards: int
    claims: tuple[Claim, ...]
    """All claims on the pair, whichever side they take."""
    folds_towards: int = 0
    """The side on which all its fold changes in cells lie; 0 where they do not tell."""

    @property
    def agreeing(self) -> tuple[Claim, ...]:
        """The claims on this side."""
        return tuple(claim for claim in self.claims if claim.towards == self.towards)

    @property
    def is_contradicted(self) -> bool:
        """Whether patients speak for the other side."""
        return any(c.towards == -self.towards and c.evidence in PATIENTS for c in self.claims)


def grade_of_claim(claim: Claim, therapy: Therapy, rules: GradeRules) -> Grade:
    """Return the CIViC level of one claim."""
    held = Held(claim.haplotype, therapy, claim.towards, (claim,))
    return _grade(GradeSystem.CIVIC, rules.civic, held, (claim,), rules)


def grade_of_measurement(haplotype: Haplotype, therapy: Therapy, rules: GradeRules) -> Grade:
    """Return the CIViC level of a measured value."""
    held = Held(haplotype, therapy, 1, (), folds_towards=1)
    return _grade(GradeSystem.CIVIC, rules.civic, held, (), rules)


def grades_of_pair(held: Held, rules: GradeRules) -> tuple[Grade, ...]:
    """Return the AMP/ASCO/CAP tier of a pair, and for sensitivity its ESCAT tier too.

    Nothing held on this side gives no grade at all.
    """
    if not held.agreeing and held.folds_towards != held.towards:
        return ()
    grades = [_grade(GradeSystem.AMP, rules.amp, held, held.agreeing, rules)]
    if held.towards > 0:
        grades.append(_grade(GradeSystem.ESCAT, rules.escat, held, held.agreeing, rules))
    return tuple(grades)


def _grade(
    system: GradeSystem,
    ladder: Iterable[GradeRule],
    held: Held,
    claims: tuple[Claim, ...],
    rules: GradeRules,
) -> Grade:
    rule = next(rule for rule in ladder if _holds(rule, held, claims))
    return Grade(system=system, level=rule.level, rules_version=rules.version, why=rule.reason)


def _holds(rule: GradeRule, held: Held, claims: tuple[Claim, ...]) -> bool:
    fitting = [claim for claim in claims if claim.evidence in rule.evidence]
    is_measured = rule.has_measurement and held.folds_towards == held.towards != 0
    agencies = {approval.agency for approval in held.therapy.approvals}
    return all(
        (
            bool(fitting) or is_measured or not (rule.evidence or rule.has_measurement),
            rule.haplotype in (None, "mutated" if held.haplotype.mutations else "wild type"),
            _patients(fitting) >= (rule.least_patients or 0),
            len({claim.primary_source for claim in fitting}) >= (rule.least_sources or 0),
            not rule.approved_by
            or bool(agencies & {*rule.approved_by})
            or ("any" in rule.approved_by and bool(agencies)),
            not (rule.uncontradicted and held.is_contradicted),
        )
    )


def _patients(claims: Iterable[Claim]) -> int:
    """Return the patients behind claims; those of one primary source are one group."""
    groups: dict[str, int] = {}
    for claim in claims:
        counted = groups.get(claim.primary_source, 0)
        groups[claim.primary_source] = max(counted, claim.patients or 1)
    return sum(groups.values())
