"""Histology: the terms of what pathologists write, and where it differs from the diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.model.alteration import Alteration, HistologyAlteration
from alkanet.model.case import Case
from alkanet.model.terms import Terms
from alkanet.normalise.coverage import Coverage

__all__ = ["USUAL", "changed_histology", "histology_term", "stated_histologies"]

USUAL = frozenset({"adenocarcinoma", "non-small cell carcinoma"})
"""Histologies of ALK-rearranged lung cancer that say nothing about a change of lineage."""


def histology_term(text: str, terms: Terms) -> str | None:
    """Return the term of a histology as people write it, ``None`` where none is known."""
    plain = _plain(text)
    for entry in terms.histologies:
        if plain in (_plain(word) for word in (entry.term, *entry.also)):
            return entry.term
    return None


def changed_histology(
    case: Case, alterations: Iterable[Alteration], coverage: Coverage, terms: Terms
) -> Iterator[Alteration]:
    """Yield the alterations, their histologies only where they differ from that of the diagnosis.

    What the specimens of the case state is added to what was typed. Where nobody states the
    diagnosis, it is taken to have been an adenocarcinoma. A specimen from before the treatment in
    question shows no change under it.
    """
    first = histology_term(case.histology, terms) if case.histology is not None else None
    usual = USUAL | ({first} if first is not None else set())
    for alteration in dict.fromkeys((*alterations, *stated_histologies(case, terms))):
        is_same_as_before = isinstance(alteration, HistologyAlteration) and (
            alteration.histology in usual or alteration.specimen in coverage.outdated
        )
        if not is_same_as_before:
            yield alteration


def stated_histologies(case: Case, terms: Terms) -> tuple[HistologyAlteration, ...]:
    """Return the histologies that the specimens of a case state, where the words are known."""
    return tuple(
        HistologyAlteration(histology=term, specimen=specimen.id)
        for specimen in case.specimens
        if specimen.histology is not None
        and (term := histology_term(specimen.histology, terms)) is not None
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
