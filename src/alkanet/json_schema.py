"""The JSON Schemas that ship with the package, made from the types.

``alkanet/schemas/<name>.schema.json`` is what other systems validate against; a test holds each
equal to what this module makes of today's types.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Literal

from pydantic.json_schema import models_json_schema

from alkanet.kb.schema import MeasurementRow, SourceFile, TherapyFile
from alkanet.model.calls import Calls
from alkanet.model.case import Case
from alkanet.model.lookup import Lookup
from alkanet.model.record import Record
from alkanet.model.report import Assessment, Report
from alkanet.model.tumour import Tumour

__all__ = ["SCHEMAS", "SCHEMA_NAMES", "made_schema", "shipped_schema"]

SCHEMAS: dict[str, type[Record]] = {
    "assessment": Assessment,
    "calls": Calls,
    "case": Case,
    "knowledge-measurement": MeasurementRow,
    "knowledge-source": SourceFile,
    "knowledge-therapy": TherapyFile,
    "lookup": Lookup,
    "report": Report,
    "tumour": Tumour,
}
"""The types whose JSON leaves alkanet or enters it, by the name of their schema."""


ENTRY = "knowledge-entry"
"""The schema of a line of ``knowledge.jsonl``: one shape for each kind of entry."""

SCHEMA_NAMES = tuple(sorted((*SCHEMAS, ENTRY)))
"""All schemas that ship with the package."""


def made_schema(name: str) -> str:
    """Return the JSON Schema (draft 2020-12) of a type as it stands in the code."""
    if name == ENTRY:
        schema = _entry_schema()
    else:
        enters = name in ("case", "calls") or name.startswith("knowledge")
        mode: Literal["validation", "serialization"] = "validation" if enters else "serialization"
        schema = SCHEMAS[name].model_json_schema(mode=mode)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _entry_schema() -> dict[str, object]:
    from alkanet.kb.export.entries import MODELS

    references, definitions = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(MODELS.values())],
        ref_template="#/$defs/{model}",
    )
    shapes = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"value": references[model, "validation"]}},
        }
        for kind, model in MODELS.items()
    ]
    return {
        "title": "KnowledgeEntry",
        "type": "object",
        "properties": {"kind": {"enum": list(MODELS)}, "key": {"type": "string"}, "value": {}},
        "required": ["kind", "key", "value"],
        "additionalProperties": False,
        "allOf": shapes,
        **definitions,
    }


def shipped_schema(name: str) -> str:
    """Return the JSON Schema that ships with the package."""
    file = resources.files("alkanet") / "schemas" / f"{name}.schema.json"
    return file.read_text(encoding="utf-8")
