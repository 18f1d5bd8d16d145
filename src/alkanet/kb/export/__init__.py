"""The knowledge in the forms that others read: VA-Spec, CIViC's columns, tables, JSON, ids.

Each form is a pure function from the compiled knowledge to texts; the same knowledge gives the
same bytes. What a form cannot say is left out and counted, never bent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from alkanet.kb.export.civic_tsv import civic_tsv
from alkanet.kb.export.entries import all_entries, released_ids
from alkanet.kb.export.exported import ExportedFile
from alkanet.kb.export.tables import tables
from alkanet.kb.export.va_spec import va_spec
from alkanet.kb.query import KnowledgeBase

__all__ = ["FORMATS", "ExportedFile"]

FORMATS: Mapping[str, Callable[[KnowledgeBase], tuple[ExportedFile, ...]]] = MappingProxyType(
    {
        "va": lambda kb: (va_spec(kb),),
        "civic": lambda kb: (civic_tsv(kb),),
        "tsv": tables,
        "schema": lambda kb: (all_entries(kb),),
        "ids": lambda kb: (released_ids(kb),),
    }
)
"""The formats by the name that ``--format`` takes. The schemas beside ``schema`` come from
:mod:`alkanet.json_schema`, which stands above this package."""
