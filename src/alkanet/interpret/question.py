"""The question of one patient's responses, and an estimate on its way to a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alkanet.model.history import History
from alkanet.model.mechanism import Mechanism
from alkanet.model.patient_knowledge import PatientKnowledge
from alkanet.model.picture import ClinicalPicture
from alkanet.model.record import Interval
from alkanet.model.response import Dependence, HaplotypeResponse, PatientBasis
from alkanet.model.tumour import Tumour

__all__ = ["Estimate", "PatientQuestion", "percent"]


@dataclass(frozen=True)
class PatientQuestion:
    """All that the response of a patient depends on; ``responses`` are those of the haplotypes."""

    tumour: Tumour
    history: History
    picture: ClinicalPicture
    mechanisms: tuple[Mechanism, ...]
    dependence: Dependence | None
    responses: Mapping[tuple[str, str], HaplotypeResponse]
    """By haplotype and drug."""
    knowledge: PatientKnowledge


@dataclass(frozen=True)
class Estimate:
    """A probability on its way to a call, with its words and sources; ``None`` is no data."""

    systemic: Interval | None
    cns: Interval | None
    basis: PatientBasis = PatientBasis.NONE
    why: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_verified: bool = False


def percent(p: Interval) -> str:
    """Return a probability in words, ``27 % (12 to 44)``."""
    return f"{100 * p.median:.0f} % ({100 * p.low:.0f} to {100 * p.high:.0f})"
