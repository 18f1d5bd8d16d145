"""Months between two days, as trials count them: a twelfth of a year of 365.25 days."""

from __future__ import annotations

import datetime as dt

__all__ = ["months_between"]

DAYS_PER_MONTH = 365.25 / 12


def months_between(start: dt.date, end: dt.date) -> float:
    """Return the months from one day to another; negative where the end lies before the start.

    Examples
    --------
    >>> round(months_between(dt.date(2026, 1, 1), dt.date(2026, 4, 2)), 2)
    2.99
    """
    return (end - start).days / DAYS_PER_MONTH
