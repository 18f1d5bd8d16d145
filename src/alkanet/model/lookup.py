"""The answer to a look-up: one haplotype, all drugs."""

from __future__ import annotations

from alkanet.model.caveat import Caveat
from alkanet.model.evidence import Source
from alkanet.model.provenance import Provenance
from alkanet.model.record import Record
from alkanet.model.response import HaplotypeResponse
from alkanet.model.therapy import Therapy

__all__ = ["Lookup", "LookupResponse"]


class LookupResponse(HaplotypeResponse):
    """A haplotype response with P(response) as a plain number ``p`` beside it."""

    p: float | None


class Lookup(Record):
    """What ``alkanet lookup`` returns: one haplotype, all drugs."""

    haplotype: str
    fusion: str | None
    provenance: Provenance
    responses: tuple[LookupResponse, ...]
    caveats: tuple[Caveat, ...] = ()
    drugs: tuple[Therapy, ...] = ()
    sources: tuple[Source, ...] = ()
