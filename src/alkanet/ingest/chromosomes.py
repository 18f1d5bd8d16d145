"""How files name chromosomes, and the build that an accession states.

``2``, ``chr02``, ``Chromosome_2``, RefSeq ``NC_000002.12`` and GenBank ``CM000664.2`` are one
chromosome. The version of an accession is a statement of the build.
"""

from __future__ import annotations

import re

from alkanet.errors import UnsupportedError
from alkanet.model.alteration import Genome

__all__ = ["chromosome_name", "genome_of_accession", "is_chromosome"]

_SEX = {23: "X", 24: "Y"}
_BY_NUMBER = {number: _SEX.get(number, str(number)) for number in range(1, 25)}
_NAMES = frozenset({*_BY_NUMBER.values(), "MT"})

_PLAIN = re.compile(r"(?:chr(?:omosome)?[ _.-]?)?0*(?:(\d{1,2})(?:\.0)?|([XYM]|MT))", re.IGNORECASE)
"""A number may have become a decimal in a spreadsheet."""
_REFSEQ = re.compile(r"NC_0000(\d\d)(?:\.(\d{1,3}))?", re.IGNORECASE)
_REFSEQ_MITOCHONDRION = re.compile(r"NC_012920(?:\.\d{1,3})?", re.IGNORECASE)
_GENBANK = re.compile(r"CM000(\d{3})(?:\.(\d{1,3}))?", re.IGNORECASE)
_GENBANK_BEFORE_FIRST = 662
"""Chromosome 1 is CM000663, chromosome 2 CM000664, X CM000685 and Y CM000686."""

_REFSEQ_ON_37 = (
    *(10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11),
    *(10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9),
)
"""RefSeq versions of chromosomes 1 to 22, X and Y on GRCh37; each is one more on GRCh38."""

_GENBANK_ON_37 = 1


def chromosome_name(text: str) -> str:
    """Return a chromosome by its bare name; a name that is not understood stays as it is.

    Examples
    --------
    >>> chromosome_name("chr02"), chromosome_name("NC_000002.12"), chromosome_name("chrM")
    ('2', '2', 'MT')
    """
    name = text.strip()
    if found := _PLAIN.fullmatch(name):
        if found[1]:
            return _BY_NUMBER.get(int(found[1]), name)
        letter = found[2].upper()
        return "MT" if letter == "M" else letter
    if accession := _accession(name):
        return _BY_NUMBER[accession[0]]
    return "MT" if _REFSEQ_MITOCHONDRION.fullmatch(name) else name


def is_chromosome(name: str) -> bool:
    """Whether a name that :func:`chromosome_name` returned is that of a human chromosome."""
    return name in _NAMES


def genome_of_accession(text: str, *, file: str, line: int) -> Genome | None:
    """Return the build that the accession of a chromosome states, ``None`` where it states none.

    Raises
    ------
    UnsupportedError
        Where the version of the accession is that of neither build that is read.
    """
    accession = _accession(text.strip())
    if accession is None or accession[1] is None:
        return None
    _, version, on_37 = accession
    if version in (on_37, on_37 + 1):
        return Genome.GRCH37 if version == on_37 else Genome.GRCH38
    raise UnsupportedError(
        f"{file}:{line}: the genome build of {text.strip()} is not read.",
        instead="Give the calls on GRCh37 or GRCh38.",
    )


def _accession(name: str) -> tuple[int, int | None, int] | None:
    """Return chromosome number, version, and the version on GRCh37, of RefSeq or GenBank."""
    if found := _REFSEQ.fullmatch(name):
        number = int(found[1])
    elif found := _GENBANK.fullmatch(name):
        number = int(found[1]) - _GENBANK_BEFORE_FIRST
    else:
        return None
    if number not in _BY_NUMBER:
        return None
    is_refseq = name[:2].upper() == "NC"
    on_37 = _REFSEQ_ON_37[number - 1] if is_refseq else _GENBANK_ON_37
    return number, int(found[2]) if found[2] else None, on_37
