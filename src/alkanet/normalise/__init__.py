"""From raw calls to canonical terms: names, junctions, copy number, phase, clones, blind spots."""
