"""Fusions as people type them: ``EML4::ALK v3``, ``EML4-ALK variant 1``, ``KIF5B::ALK K24;A20``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alkanet.errors import InputError
from alkanet.model.calls import FusionCall, OutsideCall
from alkanet.model.gene import FusionVariant
from alkanet.model.tumour import Molecule
from alkanet.normalise.junction_text import find_junction

__all__ = ["canonical_fusion", "typed_fusion_call"]

_GENES = re.compile(r"(?P<one>[A-Za-z][A-Za-z0-9]+)\s*(?:::|-|/|–)\s*(?P<two>[A-Za-z][A-Za-z0-9]+)")
_NAMED = re.compile(
    r"(?<![A-Za-z0-9])v(?:ariant\s*)?(\d{1,2}[ab]?'?)(?![A-Za-z0-9.])", re.IGNORECASE
)
_EXAMPLES = "EML4::ALK, EML4::ALK v3a or KIF5B::ALK K24;A20"
_FAMILIES = frozenset({"v3"})
"""Names that stand for two variants which tests often cannot tell apart."""


def partner_in(text: str, variants: Sequence[FusionVariant]) -> str:
    """Return the partner that a typed fusion names; a variant or junction alone is EML4's.

    Raises
    ------
    InputError
        Where no ALK fusion is named, or a variant has no name that the knowledge holds.
    """
    genes = _GENES.search(text)
    if genes is None:
        if find_junction(text, "EML4", variants) is None:
            raise InputError(f"{text!r} is not a fusion", expected=_EXAMPLES)
        return "EML4"
    names = [genes["one"].upper(), genes["two"].upper()]
    if names.count("ALK") != 1:
        raise InputError(f"{text!r} names no ALK fusion", expected=_EXAMPLES)
    partner = next(name for name in names if name != "ALK")
    named = _NAMED.search(text[: genes.start()] + " " + text[genes.end() :])
    known = {v.name for v in variants if v.partner == partner}
    if partner == "EML4":
        known |= _FAMILIES
    if named is not None and f"v{named[1].lower()}" not in known:
        raise InputError(
            f"'v{named[1]}' is not a variant of {partner}::ALK that the knowledge names",
            expected=", ".join(sorted(known)),
        )
    return partner


def canonical_fusion(text: str, variants: Sequence[FusionVariant]) -> str:
    """Return a typed fusion in canonical form, ``EML4::ALK v3``.

    Raises
    ------
    InputError
        As :func:`partner_in`.
    """
    partner = partner_in(text, variants)
    genes = _GENES.search(text)
    rest = text if genes is None else text[: genes.start()] + " " + text[genes.end() :]
    named = _NAMED.search(rest)
    if named is not None:
        return f"{partner}::ALK v{named[1].lower()}"
    junction = find_junction(rest, partner, variants)
    return f"{partner}::ALK {junction}" if junction else f"{partner}::ALK"


def typed_fusion_call(typed: OutsideCall, variants: Sequence[FusionVariant]) -> FusionCall:
    """Return a typed fusion as a call beside those of the files.

    Raises
    ------
    InputError
        As :func:`partner_in`, at the typed line.
    """
    try:
        partner = partner_in(typed.finding, variants)
    except InputError as error:
        raise error.at(file=typed.origin.file, line=typed.origin.line, field="finding") from error
    return FusionCall(
        origin=typed.origin,
        specimen=typed.specimen,
        first_gene=partner,
        second_gene="ALK",
        order_is_known=True,
        molecule=Molecule.UNKNOWN,
        text=typed.finding,
    )
