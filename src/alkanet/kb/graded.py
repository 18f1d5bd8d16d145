"""Claims and pairs with the grades that follow from them; what exports and pages share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from alkanet.kb.folds import FoldRange, fold_ranges
from alkanet.kb.grades import Held, grade_of_claim, grades_of_pair
from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import Claim, Measurement, Source
from alkanet.model.grade import Grade
from alkanet.model.haplotype import Haplotype
from alkanet.model.therapy import Therapy

__all__ = ["GradedClaim", "GradedPair", "graded_claims", "graded_pairs"]


@dataclass(frozen=True)
class GradedClaim:
    """A claim, the document that makes it, and its CIViC level."""

    claim: Claim
    source: Source
    primary: Source | None
    """The document that first reported it, where that is another one."""
    civic: Grade


@dataclass(frozen=True)
class GradedPair:
    """A haplotype, a drug and a side, with the grades that all evidence together gives."""

    haplotype: Haplotype
    therapy: str
    towards: int
    """+1 for sensitivity, -1 for resistance."""
    grades: tuple[Grade, ...]


def graded_claims(kb: KnowledgeBase) -> tuple[GradedClaim, ...]:
    """Return every claim once, in the order of their ids."""
    rules = kb.grade_rules()
    therapies = {therapy.id: therapy for therapy in kb.therapies()}
    sources = {source.id: source for source in kb.all_of("source", Source)}
    return tuple(
        GradedClaim(
            claim=claim,
            source=sources[claim.source],
            primary=sources[claim.primary] if claim.primary else None,
            civic=grade_of_claim(claim, therapies[claim.therapy], rules),
        )
        for claim in kb.all_of("claim", Claim)
    )


def graded_pairs(kb: KnowledgeBase) -> tuple[GradedPair, ...]:
    """Return each pair and side that anything speaks for, by haplotype and drug."""
    rules = kb.grade_rules()
    therapies = {therapy.id: therapy for therapy in kb.therapies()}
    folds = fold_ranges(kb.all_of("measurement", Measurement))
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in kb.all_of("claim", Claim):
        claims[str(claim.haplotype), claim.therapy].append(claim)
    found = []
    for text, drug in sorted(claims.keys() | folds.keys()):
        haplotype = Haplotype.parse(text)
        side = _side((text, drug), folds, therapies[drug])
        of_pair = tuple(claims.get((text, drug), ()))
        for towards in (1, -1):
            held = Held(haplotype, therapies[drug], towards, of_pair, side)
            grades = grades_of_pair(held, rules)
            if grades:
                found.append(GradedPair(haplotype, drug, towards, grades))
    return tuple(found)


def _side(pair: tuple[str, str], folds: Mapping[tuple[str, str], FoldRange], drug: Therapy) -> int:
    fold = folds.get(pair)
    return 0 if fold is None else fold.towards(drug.cut)
