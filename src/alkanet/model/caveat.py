"""Doubt that belongs in the result."""

from __future__ import annotations

from enum import StrEnum

from alkanet.model.record import Record

__all__ = ["Caveat", "Severity"]


class Severity(StrEnum):
    """How far a doubt reaches: ``note``, ``warning`` (may move a call) or ``critical`` (will)."""

    NOTE = "note"
    WARNING = "warning"
    CRITICAL = "critical"


class Caveat(Record):
    """One doubt: a stable ``code``, its text, how severe it is, and what it touches."""

    code: str
    severity: Severity
    text: str
    about: str
