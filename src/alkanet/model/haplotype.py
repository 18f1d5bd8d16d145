"""Haplotype, clone and reading: what may stand on one fusion allele, and how sure that is."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from alkanet.model.record import Fraction, Interval, Record

__all__ = ["WILD_TYPE", "Clone", "Haplotype", "Phase", "Reading", "residue"]

WILD_TYPE = "wild type"
"""How a haplotype without any mutation is written."""

_RESIDUE = re.compile(r"\d+")


def residue(mutation: str) -> int:
    """Return the first residue number of a short protein change.

    Examples
    --------
    >>> residue("G1202R")
    1202
    """
    found = _RESIDUE.search(mutation)
    if found is None:
        raise ValueError(f"no residue number in {mutation!r}")
    return int(found.group())


class Haplotype(Record):
    """The ALK changes on one fusion allele, in the order of their residues.

    The text form joins them with ``+``; without any it is ``wild type``.

    Examples
    --------
    >>> str(Haplotype(mutations=("G1202R", "L1196M")))
    'L1196M+G1202R'
    >>> str(Haplotype(mutations=()))
    'wild type'
    >>> Haplotype.parse("L1196M+G1202R") == Haplotype(mutations=("G1202R", "L1196M"))
    True
    """

    mutations: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _in_residue_order(cls, value: object) -> object:
        if isinstance(value, dict):
            mutations = value.get("mutations", ())
            if isinstance(mutations, list | tuple) and all(isinstance(m, str) for m in mutations):
                ordered = sorted(mutations, key=lambda m: (residue(m), m))
                return {**value, "mutations": tuple(ordered)}
        return value

    @model_validator(mode="after")
    def _no_repeats(self) -> Self:
        if len(set(self.mutations)) != len(self.mutations):
            raise ValueError(f"a mutation stands twice in {'+'.join(self.mutations)}")
        return self

    @classmethod
    def parse(cls, text: str) -> Haplotype:
        """Return the haplotype of its own text form; see ``normalise.hgvs`` for free spellings."""
        if text == WILD_TYPE:
            return cls()
        return cls(mutations=tuple(text.split("+")))

    def __str__(self) -> str:
        return "+".join(self.mutations) or WILD_TYPE


class Phase(StrEnum):
    """How it is known that the mutations of a clone share one allele."""

    SINGLE = "single"
    """One mutation or none: there is nothing to phase."""
    CIS_REPORTED = "cis reported"
    """The laboratory says they share one allele."""
    CIS_READS = "cis by reads"
    """Reads or phase sets of the file show them on one molecule."""
    ASSUMED = "assumed"
    """Not known; this reading assumes it, another does not."""


class Clone(Record):
    """A haplotype, its cancer-cell fraction (``None`` where it cannot be told), its specimens."""

    haplotype: Haplotype
    phase: Phase
    fraction: Interval | None = None
    specimens: tuple[str, ...] = ()


class Reading(Record):
    """One consistent set of clones, its weight, and why it is held.

    The weights of a tumour's readings sum to one: where the phase is unknown there are two
    readings or more, and everything downstream carries all of them.
    """

    weight: Fraction
    why: str
    clones: tuple[Clone, ...]
