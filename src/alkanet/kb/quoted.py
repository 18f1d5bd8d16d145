"""Numbers quoted in words: ``{id}`` in a sentence becomes the value of that row.

A rate stands once, in its table; a sentence that needs it names the row, so that the two cannot
part. A claim has a certainty of its own; the argument of a next step has none, so that there a
recalled value says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from alkanet.kb.ids import unknown_id
from alkanet.kb.reader import FolderReader, Placed
from alkanet.kb.schema import ConstraintsFile, PrevalenceRow, StrategyFile
from alkanet.model.drug_profile import CoMedicationRule, Exposure
from alkanet.model.evidence import Certainty, Claim, Finding
from alkanet.model.outcome import Outcome
from alkanet.model.strategy import Argument, OwnTerm, StrategyRow

__all__ = ["QUOTED", "Filler", "Quotable", "Written", "quotable"]

QUOTED = re.compile(r"\{([a-z0-9.+'-]+)\}")

Telling = TypeVar("Telling", Claim, Finding)


@dataclass(frozen=True)
class Quotable:
    """How a row reads in a sentence: ``82.9 % of 152``, ``5 of 17 (29 %)``, ``34.1 months``."""

    words: str
    doubts: tuple[str, ...] = ()
    """What an argument adds: that the value is recalled, or its number of patients not held."""

    @property
    def with_doubts(self) -> str:
        """The words with their doubts, in one pair of brackets."""
        if not self.doubts:
            return self.words
        told = ", ".join(self.doubts)
        if self.words.endswith(")"):
            return f"{self.words[:-1]}, {told})"
        return f"{self.words} ({told})"


@dataclass(frozen=True)
class Written:
    """A sentence as a curator wrote it, before any row is filled in, and its sources."""

    file: str
    line: int
    says: str
    sources: tuple[str, ...]


def quotable(
    outcomes: Iterable[Placed[Outcome]],
    prevalence: Iterable[Placed[PrevalenceRow]],
    exposures: Iterable[Placed[Exposure]],
    rules: Iterable[Placed[CoMedicationRule]],
) -> Mapping[str, Quotable]:
    """Return the rows that a sentence may name, by their ids."""
    told = {o.value.id: _outcome(o.value) for o in outcomes if o.value.value is not None}
    told |= {e.value.id: _event(e.value) for e in prevalence if e.value.percent is not None}
    told |= {e.value.id: _exposure(e.value) for e in exposures}
    return told | {r.value.id: Quotable(r.value.says.rstrip(".")) for r in rules}


def _outcome(row: Outcome) -> Quotable:
    if row.endpoint.is_hazard_ratio:
        return Quotable(f"hazard ratio {row.number:g}", _doubts(row.certainty, True))
    if row.endpoint.is_median:
        return Quotable(f"{row.number:g} months", _doubts(row.certainty, True))
    words = f"{row.number:g} %" + (f" of {row.n}" if row.n else "")
    return Quotable(words, _doubts(row.certainty, row.n is not None))


def _event(row: PrevalenceRow) -> Quotable:
    if row.n_with is not None:
        words = f"{row.n_with} of {row.n} ({row.percent:g} %)"
        return Quotable(words, _doubts(row.certainty, True))
    words = f"{row.percent:g} %" + (f" of {row.n}" if row.n else "")
    return Quotable(words, _doubts(row.certainty, row.n is not None))


def _exposure(row: Exposure) -> Quotable:
    unit = "" if row.unit in ("ratio", "fraction") else f" {row.unit}"
    of_n = f" of {row.n}" if row.n and row.unit == "%" else ""
    return Quotable(f"{row.value:g}{unit}{of_n}", _doubts(row.certainty, True))


def _doubts(certainty: Certainty, has_n: bool) -> tuple[str, ...]:
    recalled = () if certainty is Certainty.VERIFIED else ("recalled",)
    return recalled if has_n else (*recalled, "n not held")


class Filler:
    """Fills sentences with the rows that they name, and keeps what was written; for one load."""

    def __init__(self, told: Mapping[str, Quotable], reader: FolderReader) -> None:
        self.told = told
        self.reader = reader
        self.written: list[Written] = []

    def evidence(self, entries: Iterable[Placed[Telling]]) -> tuple[Placed[Telling], ...]:
        """Return claims or findings with the values of the rows that their sentences name."""
        return tuple(self._one(placed) for placed in entries)

    def _one(self, placed: Placed[Telling]) -> Placed[Telling]:
        value = placed.value
        sources = (value.source, value.primary or value.source)
        says = self._fill(Written(placed.file, placed.line, value.says, sources), doubts=False)
        filled = value.model_copy(update={"says": says})
        return replace(placed, value=filled)

    def strategy(self, files: Iterable[Placed[StrategyFile]]) -> tuple[Placed[StrategyFile], ...]:
        """Return next steps with the values of the rows that their arguments name."""
        found = []
        for placed in files:
            rows = tuple(
                self._row(row, placed.file, placed.line_of(("rows", number)))
                for number, row in enumerate(placed.value.rows)
            )
            value = placed.value.model_copy(update={"rows": rows})
            found.append(replace(placed, value=value))
        return tuple(found)

    def _row(self, row: StrategyRow, file: str, line: int) -> StrategyRow:
        def fill(argument: Argument) -> Argument:
            written = Written(file, line, argument.says, (*argument.sources, *row.sources))
            return argument.model_copy(update={"says": self._fill(written, doubts=True)})

        def fill_term(term: OwnTerm) -> OwnTerm:
            written = Written(file, line, term.why, row.sources)
            return term.model_copy(update={"why": self._fill(written, doubts=True)})

        parts = ("why", "against", "cautions")
        changes: dict[str, object] = {p: tuple(map(fill, getattr(row, p))) for p in parts}
        changes["own_terms"] = tuple(map(fill_term, row.own_terms))
        return row.model_copy(update=changes)

    def constraints(
        self, files: Iterable[Placed[ConstraintsFile]]
    ) -> tuple[Placed[ConstraintsFile], ...]:
        """Return constraints with the rules of co-medication that they apply."""
        found = []
        for placed in files:
            constraints = []
            for number, one in enumerate(placed.value.constraints):
                line = placed.line_of(("constraints", number))
                written = Written(placed.file, line, one.says, one.sources)
                says = self._fill(written, doubts=True)
                constraints.append(one.model_copy(update={"says": says}))
            value = placed.value.model_copy(update={"constraints": tuple(constraints)})
            found.append(replace(placed, value=value))
        return tuple(found)

    def _fill(self, written: Written, *, doubts: bool) -> str:
        self.written.append(written)
        says = written.says
        for name in QUOTED.findall(says):
            if name not in self.told and name not in {i for i, _, _ in self.reader.faulty_ids}:
                fault = unknown_id(written.file, written.line, "says", name, self.told)
                self.reader.faults.append(fault)
            if name not in self.told:
                continue
            quote = self.told[name]
            says = says.replace(f"{{{name}}}", quote.with_doubts if doubts else quote.words)
        return says
