"""Exons that a named fusion variant uses and the reference transcript lacks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from alkanet.model.alteration import Genome
from alkanet.model.record import Record

__all__ = ["CrypticExon"]


class CrypticExon(Record):
    """An exon inside an intron, such as EML4 exon 6b of variant 3b.

    The interval is 1-based and inclusive; ``sequence`` is in transcript orientation, and all of
    it is taken to be coding.
    """

    gene: str
    name: str
    after_exon: Annotated[int, Field(ge=1)]
    genome: Genome
    start: int
    end: int
    sequence: str
