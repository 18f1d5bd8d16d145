"""The tumour as its current specimens show it: what stood before the treatment explains nothing."""

from __future__ import annotations

from alkanet.model.haplotype import Clone, Haplotype, Phase, Reading
from alkanet.model.tumour import Tumour

__all__ = ["current_tumour"]


def current_tumour(tumour: Tumour) -> Tumour:
    """Return the tumour without clones that only specimens from before the treatment show.

    Where a current specimen was read and shows none of them, its kinase is wild type now. Where
    none was read, nothing is known of it now, and there are no readings.
    """
    readings = tuple(
        reading.model_copy(update={"clones": clones})
        for reading in tumour.readings
        if (clones := _current_clones(reading, tumour))
    )
    if readings == tumour.readings:
        return tumour
    total = sum(reading.weight for reading in readings)
    weighed = tuple(r.model_copy(update={"weight": r.weight / total}) for r in readings)
    return tumour.model_copy(update={"readings": weighed})


def _current_clones(reading: Reading, tumour: Tumour) -> tuple[Clone, ...]:
    clones = tuple(clone for clone in reading.clones if not _is_outdated(clone, tumour))
    if clones or not tumour.read_specimens:
        return clones
    return (Clone(haplotype=Haplotype(), phase=Phase.SINGLE, specimens=tumour.read_specimens),)


def _is_outdated(clone: Clone, tumour: Tumour) -> bool:
    return bool(clone.haplotype.mutations and clone.specimens) and all(
        name in tumour.outdated_specimens for name in clone.specimens
    )
