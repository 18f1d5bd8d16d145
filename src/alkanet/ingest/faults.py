"""What the readers share when they tell a fault: many names in short."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["listed"]

MAX_LISTED = 10


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
