"""The faults that alkanet expects, each told with its place and its remedy.

An expected fault never shows a trace. Doubt about the domain is no fault: it is a
:class:`alkanet.model.caveat.Caveat` in the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = [
    "AlkanetError",
    "InputError",
    "KnowledgeError",
    "UnsupportedError",
    "did_you_mean",
    "shown",
    "together",
]

MAX_SHOWN = 60
MAX_COMPARED = 5000


class AlkanetError(Exception):
    """Root of all expected faults."""


class InputError(AlkanetError):
    """A file or a typed value that is not what it should be.

    Parameters
    ----------
    found
        What stands there, in a sentence.
    file, line, field
        Where it stands; ``file`` is a base name, ``line`` counts from 1.
    expected
        What should stand there.
    remedy
        What the user can do.
    """

    def __init__(
        self,
        found: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        expected: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.found = found
        self.file = file
        self.line = line
        self.field = field
        self.expected = expected
        self.remedy = remedy
        super().__init__(found)

    def at(self, *, file: str, line: int | None = None, field: str | None = None) -> InputError:
        """Return the same fault at the place where the user can mend it."""
        return InputError(
            self.found,
            file=file,
            line=line,
            field=field,
            expected=self.expected,
            remedy=self.remedy,
        )

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}"
        head = ": ".join(part for part in (place, self.field or "", self.found) if part)
        tail = [f"Expected {self.expected}." if self.expected else "", self.remedy or ""]
        head = head if head.endswith((".", "?", "!")) else head + "."
        return " ".join(part for part in (head, *tail) if part)


class KnowledgeError(AlkanetError):
    """A fault in the knowledge base: a missing file, or an entry that breaks its schema."""

    def __init__(
        self,
        found: str,
        *,
        file: str | None = None,
        line: int | None = None,
        entry: str | None = None,
    ) -> None:
        self.found = found
        self.file = file
        self.line = line
        self.entry = entry
        super().__init__(found)

    def __str__(self) -> str:
        place = self.file or "knowledge"
        if self.line is not None:
            place += f":{self.line}"
        return ": ".join(part for part in (place, self.entry or "", self.found) if part)


class UnsupportedError(AlkanetError):
    """Something real that alkanet does not read or do, and what to use instead."""

    def __init__(self, what: str, *, instead: str | None = None) -> None:
        self.what = what
        self.instead = instead
        super().__init__(what)

    def __str__(self) -> str:
        return f"{self.what} {self.instead}" if self.instead else self.what


def shown(value: str) -> str:
    """Return a found value in quotes, cut where it is long."""
    return repr(value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…")


def did_you_mean(value: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return a question that names the nearest known word, or ``None`` where none is near.

    ``cutoff`` is the similarity, 0 to 1, from which a word is near.

    Examples
    --------
    >>> did_you_mean("mutaton", ["mutation", "fusion"])
    "Did you mean 'mutation'?"
    """
    import difflib

    by_fold = {name.casefold(): name for name in list(known)[:MAX_COMPARED]}
    near = difflib.get_close_matches(value[:200].casefold(), by_fold, n=1, cutoff=cutoff)
    return f"Did you mean {by_fold[near[0]]!r}?" if near else None


def together(faults: Sequence[InputError], *, file: str) -> InputError:
    """Return one fault that tells all of them, a line each; a single fault is itself."""
    if len(faults) == 1:
        return faults[0]
    lines = [f"{len(faults)} faults", *(str(fault) for fault in faults)]
    return InputError("\n".join(lines), file=file)
