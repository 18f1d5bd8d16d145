"""The protein change that a file states for a gene whose sequence is not held: read by its form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alkanet.model.codon import ONE_LETTER

__all__ = ["StatedChange", "stated_change"]

_RESIDUE = "ACDEFGHIKLMNPQRSTVWY"
_THREE_LETTER = re.compile("|".join(ONE_LETTER))
_FORMS = tuple(
    (re.compile(form), term)
    for form, term in (
        (rf"[{_RESIDUE}]\d+\*", "stop_gained"),
        (rf"[{_RESIDUE}]\d+[{_RESIDUE}]", "missense_variant"),
        (rf"[{_RESIDUE}]\d+[{_RESIDUE}]?fs(?:\*(?:\d+|\?)?)?", "frameshift_variant"),
        (rf"[{_RESIDUE}]\d+(?:_[{_RESIDUE}]\d+)?del", "inframe_deletion"),
        (rf"[{_RESIDUE}]\d+(?:_[{_RESIDUE}]\d+)?dup", "inframe_insertion"),
        (rf"[{_RESIDUE}]\d+_[{_RESIDUE}]\d+ins[{_RESIDUE}]+", "inframe_insertion"),
        (
            rf"[{_RESIDUE}]\d+(?:_[{_RESIDUE}]\d+)?delins[{_RESIDUE}]+\*?",
            "protein_altering_variant",
        ),
        (r"X\d+_splice", None),
    )
)
"""The forms of a change that alters the protein, with their Sequence Ontology terms."""


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A protein change in a file's own words: its short name, and its Sequence Ontology term."""

    name: str
    consequence: str | None


def stated_change(text: str | None) -> StatedChange | None:
    """Return the change that a text such as ``p.V600E`` or ``p.(Val600Glu)`` states.

    ``None`` where it states none, a silent one, or one whose form is not known. Residues are not
    checked: the sequence is not at hand.

    Examples
    --------
    >>> stated_change("NP_004324.2:p.(Val600Glu)").name
    'V600E'
    >>> stated_change("p.L747=") is None, stated_change("p.?") is None
    (True, True)
    """
    if not text:
        return None
    core = text.rpartition(":")[2].strip().removeprefix("p.").strip("()")
    name = _THREE_LETTER.sub(lambda found: ONE_LETTER[found[0]], core)
    for form, term in _FORMS:
        if form.fullmatch(name):
            is_silent = term == "missense_variant" and name[0] == name[-1]
            return None if is_silent else StatedChange(name, term)
    return None
