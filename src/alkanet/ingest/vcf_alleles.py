"""The alternate alleles of a VCF row: small variants, structural ones, and what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alkanet.ingest.chromosomes import chromosome_name
from alkanet.ingest.ledger import RowFault

__all__ = [
    "NOTHING_LOST",
    "NO_ALTERNATE",
    "allele_fault",
    "can_show_mutation",
    "far_ends",
    "no_small_variant",
    "upper",
]

NO_ALTERNATE = "no alternate allele"
DELETED = "ALT * (the base is deleted by another row)"
BREAKEND = "ALT is a breakend; fusions are read from a fusion table"
NOTHING_LOST = frozenset({NO_ALTERNATE, DELETED})
"""Reasons that take nothing from a row whose other alleles are used."""

_BASES = re.compile(r"[ACGTN]+")
_SYMBOLIC = re.compile(r"<[^<>]+>")
_MATE = re.compile(r"[\[\]]([^\[\]]+):(\d{1,10})[\[\]]")
_NO_ALLELES = ("<NON_REF>", "<*>", "<X>")


def upper(alternate: str) -> str:
    """Return an alternate allele in capitals where it is bases; other names stay as they are."""
    return alternate if _is_structural(alternate) else alternate.upper()


def allele_fault(reference: str, alternates: tuple[str, ...]) -> RowFault | None:
    """Return the fault of alleles that are neither bases nor a structural notation."""
    if not _BASES.fullmatch(reference):
        return RowFault("REF", reference, "bases (ACGTN)")
    for alternate in alternates:
        if not (_BASES.fullmatch(alternate) or _is_structural(alternate)):
            return RowFault("ALT", alternate, "bases (ACGTN)")
    return None


def no_small_variant(reference: str, alternate: str) -> str | None:
    """Return why an alternate allele is no small variant, ``None`` where it is one."""
    if alternate == ".":
        return NO_ALTERNATE
    if alternate == "*":
        return DELETED
    if _is_break(alternate):
        return BREAKEND
    if _SYMBOLIC.fullmatch(alternate):
        if alternate.upper() in _NO_ALLELES:
            return NO_ALTERNATE
        return f"ALT {alternate} is a symbolic allele"
    if alternate == reference:
        return "ALT equals REF"
    if "N" in alternate:
        return "ALT holds bases that are not known (N)"
    return None


def can_show_mutation(reference: str, alternate: str) -> bool:
    """Whether who writes such an allele looks for small variants; "no variant here" is one."""
    return no_small_variant(reference, alternate) in (None, NO_ALTERNATE)


def far_ends(chromosome: str, alternate: str, info: str) -> Iterator[tuple[str, int]]:
    """Yield where the other side of a structural allele lies: its mate, or its end."""
    for name, position in _MATE.findall(alternate):
        yield chromosome_name(name), int(position)
    if _SYMBOLIC.fullmatch(alternate) and alternate.upper() not in _NO_ALLELES:
        fields = dict(part.partition("=")[::2] for part in info.split(";"))
        name = chromosome_name(fields.get("CHR2", chromosome))
        for key in ("END", "POS2"):
            text = fields.get(key, "")
            if text.isascii() and text.isdigit() and len(text) <= 10:
                yield name, int(text)


def _is_structural(alternate: str) -> bool:
    return bool(_SYMBOLIC.fullmatch(alternate)) or alternate in (".", "*") or _is_break(alternate)


def _is_break(alternate: str) -> bool:
    is_single = len(alternate) > 1 and (alternate[0] == "." or alternate[-1] == ".")
    return "[" in alternate or "]" in alternate or is_single
