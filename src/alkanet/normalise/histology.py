"""Histology: the terms of what pathologists write, and where it differs from the diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.model.alteration import Alteration, HistologyAlteration
from alkanet.model.case import Case
from alkanet.model.terms import Terms
from alkanet.normalise.coverage import Coverage

__all__ = ["USUAL", "histology_term", "stated_histologies", "with_histologies"]

USUAL = frozenset({"adenocarcinoma", "non-small cell carcinoma"})
"""Histologies of ALK-rearranged lung cancer that say nothing about a change of lineage."""


DIAGNOSIS = "diagnosis"
"""What stands for a specimen where only the case states a histology."""


def histology_term(text: str, terms: Terms) -> str | None:
    """Return the term of a histology as people write it, ``None`` where none is known."""
    plain = _plain(text)
    for entry in terms.histologies:
        if plain in (_plain(word) for word in (entry.term, *entry.also)):
            return entry.term
    return None


def with_histologies(
    case: Case, alterations: Iterable[Alteration], coverage: Coverage, terms: Terms
) -> Iterator[Alteration]:
    """Yield the alterations, with what is unusual of the histology of the tumour now.

    What the specimens of the case state is added to what was typed. A specimen from before the
    treatment in question does not show what the tumour is now. Where no current specimen says it,
    that of the diagnosis holds. One that is the same as at diagnosis is marked: it is no change,
    and it is no adenocarcinoma either.
    """
    first = histology_term(case.histology, terms) if case.histology is not None else None
    is_stated = False
    for alteration in dict.fromkeys((*alterations, *stated_histologies(case, terms))):
        if not isinstance(alteration, HistologyAlteration):
            yield alteration
        elif alteration.specimen not in coverage.outdated:
            is_stated = True
            if alteration.histology not in USUAL:
                same = alteration.histology == first
                yield alteration.model_copy(update={"at_diagnosis": same})
    if not is_stated and first is not None and first not in USUAL:
        yield HistologyAlteration(histology=first, specimen=DIAGNOSIS, at_diagnosis=True)


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
