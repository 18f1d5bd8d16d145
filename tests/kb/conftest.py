from __future__ import annotations

import pytest

from knowledge_writer import KnowledgeFolder


@pytest.fixture
def folder(tmp_path):
    """A small valid knowledge folder."""
    return KnowledgeFolder(tmp_path / "knowledge")
