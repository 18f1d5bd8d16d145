"""The page of gaps: the verified share of each kind of value, and what nobody has tested."""

from __future__ import annotations

from collections.abc import Iterator

from alkanet.kb.gaps import pairs, recalled, shares
from alkanet.kb.query import KnowledgeBase
from alkanet.studies.pages.markdown import code, head, table

__all__ = ["page"]

ABOUT = (
    "*Verified* is what somebody read in its source or abstract; an answer that rests on recalled "
    "values alone says so."
)


def page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from head("Gaps", ABOUT)
    yield from table(
        ["values", "verified", "of", "per cent"],
        ((s.kind, s.verified, s.total, int(s.per_cent) if s.total else "–") for s in shares(kb)),
    )
    found = pairs(kb)
    yield "## Pairs of haplotype and drug"
    yield ""
    yield (
        f"{found.with_evidence} pairs have evidence; {found.with_a_stated_gap} have none, and one "
        f"of the reasons below; {len(found.unstated)} have neither."
    )
    yield ""
    yield from table(
        ["drugs", "haplotypes", "why nothing is held", "looked on"],
        (
            (
                ", ".join(gap.therapies),
                ", ".join(gap.haplotypes) or "every other one",
                gap.reason,
                gap.looked_on,
            )
            for gap in found.gaps
        ),
    )
    yield "## Recalled, and to be read"
    yield ""
    yield from table(["kind", "id"], ((kind, code(name)) for kind, name in recalled(kb)))
