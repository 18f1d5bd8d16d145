"""Words that several renderings share: lists, shares, first sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alkanet.model.history import Selected
from alkanet.model.record import Interval

__all__ = ["first_sentence", "how_often", "listed", "lowered", "percent"]

LEAST_SHOWN = 0.005
"""A probability below this is told as under 1 %, and without bounds where they lie below it too."""

_SENTENCE_END = re.compile(r"(?<=[^.\s]{2}[.!?])\s+(?=[A-Z])")
_WORD = re.compile(r"A (?=\S)|[A-Z][a-z]+(?=\W|$)")


def listed(words: Sequence[str]) -> str:
    """Return words as a person lists them.

    Examples
    --------
    >>> listed(["alectinib", "brigatinib", "lorlatinib"])
    'alectinib, brigatinib and lorlatinib'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def lowered(text: str) -> str:
    """Return a text that begins as inside a sentence; symbols of genes keep their capitals.

    Examples
    --------
    >>> lowered("Small cell histology"), lowered("MET amplification")
    ('small cell histology', 'MET amplification')
    """
    return text[0].lower() + text[1:] if _WORD.match(text) else text


def first_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence of a text, and the rest.

    Examples
    --------
    >>> first_sentence("It is not tested. That is not wild type.")
    ('It is not tested.', 'That is not wild type.')
    """
    first, *rest = _SENTENCE_END.split(text, maxsplit=1)
    return first, "".join(rest)


def percent(value: Interval | None) -> str:
    """Return a probability with its 90 % interval in per cent, a dash where there is none.

    Examples
    --------
    >>> percent(Interval(median=0.6, low=0.35, high=0.8))
    '60 % (35 to 80)'
    """
    if value is None:
        return "–"
    if value.high < LEAST_SHOWN:
        return "under 1 %"
    low, median, high = (f"{100 * v:.0f}" for v in (value.low, value.median, value.high))
    if value.median < LEAST_SHOWN:
        return f"under 1 % ({low} to {high})"
    return f"{median} % ({low} to {high})"


def how_often(selected: Selected) -> str:
    """Return how often something was found, never a rate without its n.

    Examples
    --------
    >>> how_often(Selected(event="G1202R", drug="alectinib", n_with=5, n=17, percent=29,
    ...                    specimen="tissue", source="gainor-2016"))
    '5 of 17 (29 %)'
    """
    share = None if selected.percent is None else f"{selected.percent:g} %"
    if selected.n is None:
        count = None if selected.n_with is None else str(selected.n_with)
        told = count or share
        return f"{told} (n not stated)" if told else "how often is not stated"
    if selected.n_with is None:
        return f"{share or 'some'} of {selected.n}"
    return f"{selected.n_with} of {selected.n}" + (f" ({share})" if share else "")
