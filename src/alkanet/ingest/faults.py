"""What the readers share when they tell a fault: many names in short, all faults at once."""

from __future__ import annotations

from collections.abc import Sequence

from alkanet.errors import InputError

__all__ = ["listed", "together"]

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


def together(faults: Sequence[InputError], *, file: str) -> InputError:
    """Return one fault that tells all of them, a line each; a single fault is itself."""
    if len(faults) == 1:
        return faults[0]
    lines = [f"{len(faults)} faults", *(str(fault) for fault in faults)]
    return InputError("\n".join(lines), file=file)
