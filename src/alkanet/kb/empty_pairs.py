"""Pairs of haplotype and drug of which nothing is held."""

from __future__ import annotations

from collections.abc import Iterable

from alkanet.model.evidence import Claim, Measurement

__all__ = ["empty_pairs"]


def empty_pairs(
    claims: Iterable[Claim], measurements: Iterable[Measurement], therapies: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Return the pairs without a claim and without a value, in the order of their names.

    The haplotypes are those of which anything is held for any drug; cells without ALK are none.
    """
    held = {(str(claim.haplotype), claim.therapy) for claim in claims}
    held |= {(str(m.haplotype), m.therapy) for m in measurements if m.haplotype is not None}
    haplotypes = sorted({haplotype for haplotype, _ in held})
    return tuple((h, t) for h in haplotypes for t in sorted(therapies) if (h, t) not in held)
