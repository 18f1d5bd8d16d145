from __future__ import annotations

import pytest

from alkanet.model.haplotype import Haplotype
from alkanet.sensitivity import predict_one
from knowledge_writer import KnowledgeFolder


@pytest.fixture
def folder(tmp_path):
    """A small valid knowledge folder."""
    return KnowledgeFolder(tmp_path / "knowledge")


@pytest.fixture
def respond(folder):
    """Compile the folder as it is now and ask it: ``respond("G1202R", "alectinib")``."""

    def ask(haplotype, drug):
        kb = folder.compile()
        asked = Haplotype.parse(haplotype)
        return predict_one(asked, kb.therapy_named(drug), kb, kb.response_rules())

    return ask
