"""The words of alkanet as frozen types: no I/O, no numerics.

Conventions that hold for all of them: genomic coordinates are 1-based and inclusive, HGVS
positions are those of NM_004304.5 and NP_004295.2 for ALK, concentrations are in nM, shares (VAF,
tumour content) are fractions between 0 and 1, and ``None`` is "not known", never zero.
"""
