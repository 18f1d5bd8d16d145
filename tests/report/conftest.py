from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "pipeline"))

from case_folder import CaseFolder


@pytest.fixture
def folder(tmp_path, kb):
    return CaseFolder(tmp_path / "case", kb)
