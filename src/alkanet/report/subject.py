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
    old = _only_before(tumour)
    if old is not None:
        now = (
            "no ALK mutation found now" if tumour.read_specimens else "kinase domain not read since"
        )
        return f"{fusion_words(tumour)}, {now} ({old} in older specimens only)"
    if len(tumour.readings) > 1:
        return phase_unknown(tumour)
    names = [str(haplotype) for haplotype in tumour.haplotypes]
    if names == [WILD_TYPE]:
        return f"{fusion_words(tumour)}, no ALK mutation found"
    return f"{fusion_and(tumour)} {listed(names)}"


def fusion_words(tumour: Tumour) -> str:
    """Return the fusion with its variant, or what stands for it where none was sequenced."""
    if tumour.fusion is not None:
        variant = f" {tumour.fusion.variant}" if tumour.fusion.variant else ""
        return f"{tumour.fusion.name}{variant}"
    if tumour.is_rearranged_by_fish:
        return f"{BY_FISH}, no fusion sequenced"
    if tumour.shows_alk_protein:
        return "ALK protein shown, no fusion sequenced"
    return "No ALK fusion in the input"


def _only_before(tumour: Tumour) -> str | None:
    """Return the mutations that only specimens from before the treatment show, if all are such."""
    mutated = [c for r in tumour.readings for c in r.clones if c.haplotype.mutations]
    old = tumour.outdated_specimens
    if mutated and all(c.specimens and set(c.specimens) <= set(old) for c in mutated):
        return listed(sorted(mutations_of(tumour), key=lambda m: (residue(m), m)))
    return None


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
