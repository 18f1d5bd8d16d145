"""How files name the two builds, and the builds that are not read."""

from __future__ import annotations

import re

from alkanet.errors import InputError, UnsupportedError
from alkanet.model.alteration import Genome

__all__ = ["agreed_genome", "check_is_read", "genome_named"]

_GRCH37 = re.compile(
    r"GRCh37|hg19|hs37|(?<![a-z0-9])b37(?![0-9])|human_g1k_v37|"
    r"GCA_000001405\.(?:[1-9]|1[0-4])(?!\d)|GCF_000001405\.(?:1[3-9]|2[0-5])(?!\d)",
    re.IGNORECASE,
)
_GRCH38 = re.compile(
    r"GRCh38|hg38|hs38|(?<![a-z0-9])b38(?![0-9])|"
    r"GCA_000001405\.(?:1[5-9]|[2-9]\d)(?!\d)|GCF_000001405\.(?:2[6-9]|[3-9]\d)(?!\d)",
    re.IGNORECASE,
)
_NOT_READ = re.compile(
    r"(?<![a-z0-9])(hg1[678]|NCBI3[56]|GRCh36|CHM13|T2T|GRCm3[89]|mm9|mm10|mm39)(?![0-9])",
    re.IGNORECASE,
)
_ONLY_NUMBER = {"37": Genome.GRCH37, "38": Genome.GRCH38}


def genome_named(text: str) -> Genome | None:
    """Return the build that a text names, ``None`` where it names none or both.

    Examples
    --------
    >>> genome_named("file:///refs/human_g1k_v37.fasta")
    <Genome.GRCH37: 'GRCh37'>
    >>> genome_named("hg38")
    <Genome.GRCH38: 'GRCh38'>
    """
    if text.strip() in _ONLY_NUMBER:
        return _ONLY_NUMBER[text.strip()]
    is_37, is_38 = bool(_GRCH37.search(text)), bool(_GRCH38.search(text))
    if is_37 == is_38:
        return None
    return Genome.GRCH37 if is_37 else Genome.GRCH38


def check_is_read(text: str, *, file: str, line: int) -> None:
    """Raise where a text names a build other than the two that are read.

    Raises
    ------
    UnsupportedError
        For hg18 and older, T2T-CHM13, and mouse.
    """
    found = _NOT_READ.search(text)
    if (found and genome_named(text) is None) or text.strip() in ("35", "36"):
        name = found[1] if found else text.strip()
        raise UnsupportedError(
            f"{file}:{line}: the genome build {name} is not read.",
            instead="Give the calls on GRCh37 or GRCh38.",
        )


def agreed_genome(
    stated: Genome | None, genome: Genome | None, *, file: str, line: int, field: str
) -> Genome | None:
    """Return the build that file and user agree on; either may say nothing.

    Raises
    ------
    InputError
        Where the file states one build and the user the other.
    """
    if stated is not None and genome is not None and stated != genome:
        raise InputError(
            f"the file is on {stated.value}, but {genome.value} was given",
            file=file,
            line=line,
            field=field,
            expected=f"one build, {stated.value} or {genome.value}",
            remedy=f"Give --genome {stated.value}, or the file on {genome.value}.",
        )
    return genome or stated
