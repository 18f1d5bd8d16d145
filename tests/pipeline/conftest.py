from __future__ import annotations

import pytest

from case_folder import CaseFolder


@pytest.fixture
def folder(tmp_path, kb):
    return CaseFolder(tmp_path / "case", kb)
