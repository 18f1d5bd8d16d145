"""Numbers quoted in words: ``{id}`` in a claim becomes the value of that row.

A rate stands once, in its table; a sentence that needs it names the row, so that the two cannot
part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from alkanet.kb.ids import unknown_id
from alkanet.kb.reader import Placed
from alkanet.kb.schema import PrevalenceRow
from alkanet.model.evidence import Claim, Finding
from alkanet.model.outcome import Outcome
from alkanet.text_model import Fault

__all__ = ["QUOTED", "filled", "quotable"]

QUOTED = re.compile(r"\{([a-z0-9.+'-]+)\}")

Telling = TypeVar("Telling", Claim, Finding)


def quotable(
    outcomes: Iterable[Placed[Outcome]], prevalence: Iterable[Placed[PrevalenceRow]]
) -> Mapping[str, str]:
    """Return how each row reads in a sentence: ``82.9 % of 152``, ``5 of 17 (29 %)``."""
    told = {o.value.id: _outcome(o.value) for o in outcomes if o.value.value is not None}
    return told | {e.value.id: _event(e.value) for e in prevalence if e.value.percent is not None}


def _outcome(row: Outcome) -> str:
    if row.endpoint.is_hazard_ratio:
        return f"hazard ratio {row.number:g}"
    if row.endpoint.is_median:
        return f"{row.number:g} months"
    return f"{row.number:g} %" + (f" of {row.n}" if row.n else "")


def _event(row: PrevalenceRow) -> str:
    if row.n_with is not None:
        return f"{row.n_with} of {row.n} ({row.percent:g} %)"
    return f"{row.percent:g} %" + (f" of {row.n}" if row.n else "")


def filled(
    entries: Iterable[Placed[Telling]], told: Mapping[str, str], fault: Callable[[Fault], None]
) -> tuple[Placed[Telling], ...]:
    """Return the entries with the values of the rows that their sentences name."""
    found = []
    for placed in entries:
        says = placed.value.says
        for name in QUOTED.findall(says):
            if name not in told:
                fault(unknown_id(placed.file, placed.line, "says", name, told))
            says = says.replace(f"{{{name}}}", told.get(name, name))
        value = placed.value.model_copy(update={"says": says})
        found.append(Placed(value, placed.file, placed.line, placed.document))
    return tuple(found)
