"""What the readers share when they tell a fault: near names, short quotes, all faults at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from alkanet.errors import InputError

__all__ = ["did_you_mean", "listed", "shown", "together"]

MAX_SHOWN = 60
MAX_LISTED = 10
MAX_COMPARED = 5000


def shown(value: str) -> str:
    """Return a found value in quotes, cut where it is long."""
    return repr(value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…")


def listed(names: Sequence[str]) -> str:
    """Return up to ten names joined by commas, and how many there are beyond them.

    Examples
    --------
    >>> listed(["TUMOR", "NORMAL"])
    'TUMOR, NORMAL'
    """
    text = ", ".join(names[:MAX_LISTED])
    beyond = len(names) - MAX_LISTED
    return f"{text} and {beyond} more" if beyond > 0 else text


def did_you_mean(value: str, known: Iterable[str]) -> str | None:
    """Return a question that names the nearest known word, or ``None`` where none is near.

    Examples
    --------
    >>> did_you_mean("mutaton", ["mutation", "fusion"])
    "Did you mean 'mutation'?"
    """
    by_fold = {name.casefold(): name for name in list(known)[:MAX_COMPARED]}
    near = difflib.get_close_matches(value[:200].casefold(), by_fold, n=1, cutoff=0.6)
    return f"Did you mean {by_fold[near[0]]!r}?" if near else None


def together(faults: Sequence[InputError], *, file: str) -> InputError:
    """Return one fault that tells all of them, a line each; a single fault is itself."""
    if len(faults) == 1:
        return faults[0]
    lines = [f"{len(faults)} faults", *(str(fault) for fault in faults)]
    return InputError("\n".join(lines), file=file)
