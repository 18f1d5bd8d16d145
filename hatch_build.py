"""Compiles the knowledge into the wheel, so that an installed alkanet carries it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface):
    """Adds ``alkanet/knowledge.sqlite`` and ``alkanet/cases`` to a wheel.

    An editable install gets neither: a checkout compiles its own knowledge when it is asked.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from alkanet.kb.compile import compile_knowledge

        target = root / "build" / "knowledge.sqlite"
        compile_knowledge(root / "knowledge", target)
        build_data["force_include"][str(target)] = "alkanet/knowledge.sqlite"
        build_data["force_include"][str(root / "knowledge" / "cases")] = "alkanet/cases"
        build_data["force_include"][str(root / "knowledge" / "LICENSE")] = (
            "alkanet/knowledge.LICENSE"
        )
