"""The standard genetic code, the names of the amino acids, and the complement."""

from __future__ import annotations

from types import MappingProxyType

__all__ = [
    "BASES",
    "GENETIC_CODE",
    "ONE_LETTER",
    "THREE_LETTER",
    "reverse_complement",
    "translate",
]

BASES = "TCAG"
"""The bases in the order in which the genetic code is usually printed."""

_AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"

GENETIC_CODE = MappingProxyType(
    dict(
        zip(
            (a + b + c for a in BASES for b in BASES for c in BASES),
            _AMINO_ACIDS,
            strict=True,
        )
    )
)
"""Amino acid of each codon (NCBI table 1); ``*`` is a stop."""

THREE_LETTER = MappingProxyType(
    {
        "A": "Ala",
        "C": "Cys",
        "D": "Asp",
        "E": "Glu",
        "F": "Phe",
        "G": "Gly",
        "H": "His",
        "I": "Ile",
        "K": "Lys",
        "L": "Leu",
        "M": "Met",
        "N": "Asn",
        "P": "Pro",
        "Q": "Gln",
        "R": "Arg",
        "S": "Ser",
        "T": "Thr",
        "V": "Val",
        "W": "Trp",
        "Y": "Tyr",
        "*": "Ter",
    }
)
"""Three-letter name of each amino acid; the stop is ``Ter``."""

ONE_LETTER = MappingProxyType({three: one for one, three in THREE_LETTER.items()})

_COMPLEMENT = str.maketrans("ACGT", "TGCA")


def translate(cds: str) -> str:
    """Return the protein of a coding sequence, stops as ``*``; a rest of one or two nt is left out.

    Examples
    --------
    >>> translate("ATGGGATAG")
    'MG*'
    """
    return "".join(GENETIC_CODE[cds[i : i + 3]] for i in range(0, len(cds) - len(cds) % 3, 3))


def reverse_complement(sequence: str) -> str:
    """Return the sequence of the other strand.

    Examples
    --------
    >>> reverse_complement("GGA")
    'TCC'
    """
    return sequence.translate(_COMPLEMENT)[::-1]
