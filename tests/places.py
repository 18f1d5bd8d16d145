"""Where things lie, for tests."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Facts and real files that are no part of the product; tests that read them skip without it."""
