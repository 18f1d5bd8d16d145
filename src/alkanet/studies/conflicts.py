"""Conflicts as objects: who says what of one haplotype and one drug, and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import Claim
from alkanet.model.response import Call, HaplotypeResponse, Item, ItemKind
from alkanet.model.review import ReviewTable
from alkanet.sensitivity import predict_one

__all__ = ["EvidenceConflict", "Voice", "find_conflicts"]

LETTERS = 2
"""The table of the review that prints S and R."""


@dataclass(frozen=True)
class Voice:
    """One claim or fold change on one side of a conflict."""

    id: str
    sources: tuple[str, ...]
    where: str
    """The kind of evidence, or the assay."""
    says: str
    certainty: str
    set_aside: str | None
    """Why it does not count, where it does not."""


@dataclass(frozen=True)
class EvidenceConflict:
    """One pair on which the evidence takes both sides, or the review prints both letters."""

    haplotype: str
    drug: str
    sensitive: tuple[Voice, ...]
    resistant: tuple[Voice, ...]
    printed: str | None
    """The letters of the review's Table 2."""
    call: Call
    basis: str
    why: str


def find_conflicts(kb: KnowledgeBase) -> tuple[EvidenceConflict, ...]:
    """Return every conflict, haplotypes in the order of their residues, drugs as in the report."""
    printed = _printed(kb)
    rules, therapies = kb.response_rules(), kb.therapies()
    found = []
    for haplotype in kb.haplotypes():
        for therapy in therapies:
            response = predict_one(haplotype, therapy, kb, rules)
            conflict = _conflict(response, kb.claims(haplotype, therapy.id))
            letters = printed.get((str(haplotype), therapy.id))
            has_both = letters is not None and "S" in letters and "R" in letters
            if (conflict.sensitive and conflict.resistant) or has_both:
                found.append(replace(conflict, printed=letters))
    return tuple(found)


def _conflict(response: HaplotypeResponse, claims: tuple[Claim, ...]) -> EvidenceConflict:
    towards = {claim.id: claim.towards for claim in claims}
    sides: dict[int, list[Voice]] = {1: [], -1: [], 0: []}
    for item in response.items:
        sides[_side(item, towards)].append(_voice(item))
    return EvidenceConflict(
        haplotype=response.haplotype,
        drug=response.drug,
        sensitive=tuple(sides[1]),
        resistant=tuple(sides[-1]),
        printed=None,
        call=response.call,
        basis=response.basis.value,
        why=response.why,
    )


def _side(item: Item, towards: dict[str, int]) -> int:
    """Return the side of an item; what is set aside keeps the side that it would take."""
    if item.kind is ItemKind.CLAIM:
        return towards.get(item.id, 0)
    if item.kind is ItemKind.MEASUREMENT:
        return (item.pull > 0) - (item.pull < 0)
    return 0


def _voice(item: Item) -> Voice:
    return Voice(
        id=item.id,
        sources=item.sources,
        where=item.evidence or item.kind.value,
        says=item.says,
        certainty=item.certainty.value,
        set_aside=item.set_aside,
    )


def _printed(kb: KnowledgeBase) -> dict[tuple[str, str], str]:
    return {
        (row.haplotype, drug): cell.printed
        for table in kb.all_of("review table", ReviewTable)
        if table.table == LETTERS
        for row in table.rows
        if row.haplotype is not None
        for drug, cell in row.cells.items()
    }
