"""What a response says in a line: what it rests on, and who disagrees with whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alkanet.model.evidence import EvidenceKind
from alkanet.model.record import Interval
from alkanet.model.response import Call, Item, ItemKind
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import FoldCut
from alkanet.sensitivity.counting import CountedClaim

__all__ = ["conflict", "why"]


def conflict(
    items: Sequence[Item], claims: Iterable[CountedClaim], call: Call, rules: ResponseRules
) -> str | None:
    """Return who disagrees with whom, ``None`` where nobody does.

    Both sides must reach the score of a call by themselves. A finding in patients that its source
    leaves open is named too, where cells alone make the drug sensitive.
    """
    towards = [item for item in items if item.pull > 0]
    against = [item for item in items if item.pull < 0]
    weaker = min(sum(i.pull for i in towards), -sum(i.pull for i in against))
    if round(weaker, 4) >= rules.call_at_score:
        return f"{_names(towards)} towards sensitive, {_names(against)} towards resistant"
    patients = [c for c in claims if c.level == "patients"]
    if call is Call.SENSITIVE and not any(c.pull > 0 for c in patients):
        left_open = sorted({c.claim.source for c in patients if c.is_left_open})
        if left_open:
            return (
                f"{_names(towards)} towards sensitive; {', '.join(left_open)} found it in patients "
                "on the drug and leaves it open"
            )
    return None


def _names(items: Sequence[Item]) -> str:
    words = (f"{item.source} ({item.evidence or item.kind.value})" for item in items)
    return ", ".join(dict.fromkeys(words))


def why(
    call: Call, fold_change: Interval | None, cut: FoldCut | None, items: Sequence[Item]
) -> str:
    """Return one line that says what the call rests on."""
    if call is Call.NO_DATA:
        return _why_silent(items)
    parts = []
    if fold_change is not None and cut is not None:
        predicted = any(item.kind is ItemKind.PREDICTION for item in items)
        where = "by adding up the singles" if predicted else "in cells"
        parts.append(
            f"{fold_change.median:g}-fold {where} "
            f"(cuts {cut.sensitive_up_to:g} and {cut.resistant_from:g})"
        )
    for kind in EvidenceKind:
        of_kind = [item for item in items if item.evidence == kind.value and item.pull]
        for word, towards in (("sensitive", 1), ("resistant", -1)):
            sources = dict.fromkeys(i.source for i in of_kind if i.pull * towards > 0)
            if sources:
                parts.append(f"{kind.value}: {word} ({', '.join(sources)})")
    parts.extend(item.says for item in items if item.kind in (ItemKind.PAIR, ItemKind.FLOOR))
    return "; ".join(parts)


def _why_silent(items: Sequence[Item]) -> str:
    for item in items:
        if item.kind is ItemKind.PREDICTION and item.set_aside:
            return f"{item.says}: {item.set_aside}"
    held = any(item.kind is not ItemKind.PART for item in items)
    return "what is held is too little for a call" if held else "nothing is known of it"
