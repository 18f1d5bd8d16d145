"""The page of conflicts: who disagrees with whom, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterator

from alkanet.kb.query import KnowledgeBase
from alkanet.studies.conflicts import EvidenceConflict, find_conflicts
from alkanet.studies.pages.markdown import code, head, table

__all__ = ["page"]

ABOUT = (
    "Every pair of haplotype and drug on which the evidence takes both sides, or for which Table 2 "
    "of the review prints both letters. What is set aside stands here too, with the reason."
)


def page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page."""
    found = find_conflicts(kb)
    yield from head("Conflicts", ABOUT)
    yield from table(
        ["haplotype", "drug", "review", "for", "against", "call", "basis"],
        (
            (
                c.haplotype,
                c.drug,
                c.printed,
                len(c.sensitive),
                len(c.resistant),
                c.call.value,
                c.basis,
            )
            for c in found
        ),
    )
    for conflict in found:
        yield from _section(conflict)


def _section(conflict: EvidenceConflict) -> Iterator[str]:
    yield f"## {conflict.haplotype} and {conflict.drug}"
    yield ""
    yield f"**{conflict.call.value}** ({conflict.basis}). {conflict.why}"
    yield ""
    yield from table(
        ["side", "says", "in what", "id", "certainty", "counted"],
        (
            (side, v.says, v.where, code(v.id), v.certainty, v.set_aside or "yes")
            for side, voices in (
                ("sensitive", conflict.sensitive),
                ("resistant", conflict.resistant),
            )
            for v in voices
        ),
    )
