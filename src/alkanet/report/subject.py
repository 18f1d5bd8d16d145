"""What the headline speaks of: the fusion, and what is known of its kinase domain."""

from __future__ import annotations

from alkanet.model.alteration import BY_FISH
from alkanet.model.haplotype import WILD_TYPE, residue
from alkanet.model.tumour import Tumour
from alkanet.report.words import listed

__all__ = ["fusion_and", "fusion_words", "mutations_of", "phase_unknown", "tumour_words"]


def tumour_words(tumour: Tumour) -> str:
    """Return fusion and haplotypes; no mutation is denied that no reading denies."""
    if not tumour.readings:
        return f"{fusion_words(tumour)}, kinase domain not tested"
    if len(tumour.readings) > 1:
        return phase_unknown(tumour)
    names = [str(haplotype) for haplotype in tumour.haplotypes]
    if names == [WILD_TYPE]:
        return f"{fusion_words(tumour)}, no ALK mutation found"
    return f"{fusion_and(tumour)} {listed(names)}"


def fusion_words(tumour: Tumour) -> str:
    """Return the fusion with its variant, what FISH alone shows, or that none is in the input."""
    if tumour.fusion is None:
        by_fish = any(
            a.kind == "observation" and a.observation == BY_FISH for a in tumour.alterations
        )
        return f"{BY_FISH}, no fusion sequenced" if by_fish else "No ALK fusion in the input"
    variant = f" {tumour.fusion.variant}" if tumour.fusion.variant else ""
    return f"{tumour.fusion.name}{variant}"


def fusion_and(tumour: Tumour) -> str:
    """Return the fusion, to be followed by haplotypes."""
    return fusion_words(tumour) + (" with" if tumour.fusion else ";")


def phase_unknown(tumour: Tumour) -> str:
    """Return fusion and mutations of a tumour that has several readings."""
    mutations = listed(sorted(mutations_of(tumour), key=lambda m: (residue(m), m)))
    return f"{fusion_and(tumour)} {mutations}, phase unknown ({len(tumour.readings)} readings)"


def mutations_of(tumour: Tumour) -> frozenset[str]:
    """Return all scored mutations of all readings."""
    return frozenset(m for haplotype in tumour.haplotypes for m in haplotype.mutations)
