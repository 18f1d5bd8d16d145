"""The generated pages of the knowledge, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from alkanet.kb.query import KnowledgeBase
from alkanet.studies.pages import conflicts, drugs, gaps, mutations, review, trials

__all__ = ["made_pages"]


def made_pages(kb: KnowledgeBase) -> Mapping[str, str]:
    """Return every page by the name of its file; the same knowledge gives the same bytes."""
    makers = {
        "mutations.md": mutations.page,
        "drugs.md": drugs.page,
        "trials.md": trials.page,
        "conflicts.md": conflicts.page,
        "gaps.md": gaps.page,
        "review.md": review.page,
        "errata.md": review.errata_page,
    }
    return {name: "\n".join(make(kb)).rstrip("\n") + "\n" for name, make in makers.items()}
