"""Where disease stands and grows: brain, leptomeninges, and the rest of the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from alkanet.model.alteration import Observation
from alkanet.model.case import Case, LineOfTherapy, SiteOfDisease
from alkanet.model.history import Growth
from alkanet.model.terms import Terms

__all__ = ["growth_of", "is_brain", "is_leptomeningeal"]


def growth_of(
    case: Case,
    terms: Terms,
    observations: Iterable[Observation] = (),
    *,
    line: LineOfTherapy | None = None,
) -> Growth:
    """Return what grows now, or what grew on an earlier line by its ``progressing_sites``.

    What grows now is told by the sites of the case; where none of them grows, by the last line's
    ``progressing_sites``, whose lesions are not counted. A growing site from which a specimen
    shows that it is no tumour (a sarcoid-like reaction, radionecrosis) does not count as growth;
    a specimen without a site speaks for the only growing site, where there is one.
    """
    growing: tuple[SiteOfDisease, ...] = ()
    explained: tuple[str, ...] = ()
    if line is None:
        growing = tuple(site for site in case.sites if site.growing)
        if not growing and case.lines:
            line = case.lines[-1]
        else:
            explained = _shown_to_be_no_tumour(growing, case, terms, observations)
    if line is not None:
        growing = tuple(SiteOfDisease(site=name, growing=True) for name in line.progressing_sites)
    growing = tuple(site for site in growing if site.site not in explained)
    counts = [site.lesions for site in growing]
    stated = [count for count in counts if count is not None]
    return Growth(
        brain=any(is_brain(site.site, terms) for site in growing),
        leptomeninges=any(is_leptomeningeal(site.site, terms) for site in growing),
        body=any(
            not is_brain(site.site, terms) and not is_leptomeningeal(site.site, terms)
            for site in growing
        ),
        sites=tuple(site.site for site in growing),
        explained=explained,
        lesions=sum(stated) if growing and len(stated) == len(counts) else None,
    )


def _shown_to_be_no_tumour(
    growing: Sequence[SiteOfDisease],
    case: Case,
    terms: Terms,
    observations: Iterable[Observation],
) -> tuple[str, ...]:
    no_tumour = {entry.term for entry in terms.observations if entry.not_tumour}
    sites = {specimen.id: specimen.site for specimen in case.specimens}
    shown: list[str] = []
    for seen in observations:
        if seen.observation not in no_tumour:
            continue
        of_specimen = sites.get(seen.specimen)
        if of_specimen is None and len(growing) == 1:
            shown.append(growing[0].site)
        elif of_specimen is not None:
            wanted = of_specimen.casefold()
            shown += [site.site for site in growing if site.site.casefold() == wanted]
    return tuple(dict.fromkeys(shown))


def is_brain(site: str, terms: Terms) -> bool:
    """Return whether a site of disease lies in the brain's own tissue."""
    return _holds_word(site, terms.brain_sites) and not is_leptomeningeal(site, terms)


def is_leptomeningeal(site: str, terms: Terms) -> bool:
    """Return whether a site of disease is the leptomeninges."""
    return _holds_word(site, terms.leptomeningeal_sites)


def _holds_word(text: str, words: tuple[str, ...]) -> bool:
    plain = " ".join(re.findall(r"[a-z]+", text.casefold()))
    return any(re.search(rf"\b{re.escape(word)}\b", plain) for word in words)
