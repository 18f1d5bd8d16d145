"""alkanet: how each ALK inhibitor should act on the mutated kinase of one lung cancer, and why.

The public names, each loaded when it is first asked for, so that ``alkanet --help`` stays fast::

    from alkanet import look_up, open_knowledge

    kb = open_knowledge()
    for response in look_up("G1202R+L1196M", kb=kb).responses:
        print(response.drug, response.call)

Conventions for all of it: genomic coordinates are 1-based and inclusive; HGVS positions are those
of NM_004304.5 and NP_004295.2; concentrations are in nM; VAF and tumour content are fractions;
``None`` is "not known" and never zero.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from alkanet.version import __version__

if TYPE_CHECKING:
    from alkanet.errors import AlkanetError, InputError, KnowledgeError, UnsupportedError
    from alkanet.ingest.case_file import read_case
    from alkanet.kb.locate import open_knowledge
    from alkanet.kb.query import KnowledgeBase
    from alkanet.lookup import look_up
    from alkanet.model.case import Case
    from alkanet.model.haplotype import Clone, Haplotype, Reading
    from alkanet.model.lookup import Lookup
    from alkanet.model.report import Assessment, Report
    from alkanet.model.response import Call, HaplotypeResponse
    from alkanet.model.tumour import Fusion, Tumour
    from alkanet.pipeline import LooseInputs, make_report
    from alkanet.report.html import render_html
    from alkanet.report.tsv import render_tsv

__all__ = [
    "AlkanetError",
    "Assessment",
    "Call",
    "Case",
    "Clone",
    "Fusion",
    "Haplotype",
    "HaplotypeResponse",
    "InputError",
    "KnowledgeBase",
    "KnowledgeError",
    "Lookup",
    "LooseInputs",
    "Reading",
    "Report",
    "Tumour",
    "UnsupportedError",
    "__version__",
    "look_up",
    "make_report",
    "open_knowledge",
    "read_case",
    "render_html",
    "render_tsv",
]

_HOMES = {
    "AlkanetError": "errors",
    "Assessment": "model.report",
    "Call": "model.response",
    "Case": "model.case",
    "Clone": "model.haplotype",
    "Fusion": "model.tumour",
    "Haplotype": "model.haplotype",
    "HaplotypeResponse": "model.response",
    "InputError": "errors",
    "KnowledgeBase": "kb.query",
    "KnowledgeError": "errors",
    "Lookup": "model.lookup",
    "LooseInputs": "pipeline",
    "Reading": "model.haplotype",
    "Report": "model.report",
    "Tumour": "model.tumour",
    "UnsupportedError": "errors",
    "look_up": "lookup",
    "make_report": "pipeline",
    "open_knowledge": "kb.locate",
    "read_case": "ingest.case_file",
    "render_html": "report.html",
    "render_tsv": "report.tsv",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'alkanet' has no attribute {name!r}")
    return getattr(import_module(f"alkanet.{_HOMES[name]}"), name)
