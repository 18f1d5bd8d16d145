"""The knowledge's transcripts and variants, truth tables, and files that may lie beside."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from alkanet.kb.genes import load_cryptic_exons, load_fusion_variants, load_transcripts
from alkanet.model.alteration import Genome
from alkanet.normalise.transcript import TranscriptSet

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
TABLES = Path(__file__).parent / "tables"

TRANSCRIPTS = TranscriptSet.of(load_transcripts(KNOWLEDGE), load_cryptic_exons(KNOWLEDGE))
VARIANTS = load_fusion_variants(KNOWLEDGE)
ALK37 = TRANSCRIPTS.get("ALK", Genome.GRCH37)
ALK38 = TRANSCRIPTS.get("ALK", Genome.GRCH38)
EML4 = TRANSCRIPTS.get("EML4", Genome.GRCH38)


def truth(name):
    """Rows of a truth table; its comment block says where the facts come from."""
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return list(
        csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    )


def shared(*parts):
    """A file of others that may lie beside the checkout; the test is skipped without it."""
    path = Path(__file__).parents[2].joinpath("..", "shared", *parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not at hand")
    return path
