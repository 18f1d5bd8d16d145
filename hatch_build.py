"""Compiles knowledge and templates into the wheel, so that an installed alkanet carries both."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface):
    """Adds ``alkanet/knowledge.sqlite``, ``alkanet/cases`` and the compiled templates to a wheel.

    An editable install gets none of them: a checkout compiles its own when it is asked.
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
        from alkanet.report.html import COMPILED, page_environment

        templates = root / "build" / COMPILED
        shutil.rmtree(templates, ignore_errors=True)
        page_environment().compile_templates(str(templates), zip=None, ignore_errors=False)
        build_data["force_include"][str(templates)] = f"alkanet/report/{COMPILED}"
        build_data["force_include"][str(root / "knowledge" / "cases")] = "alkanet/cases"
        build_data["force_include"][str(root / "knowledge" / "LICENSE")] = (
            "alkanet/knowledge.LICENSE"
        )
