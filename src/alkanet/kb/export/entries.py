"""All entries as JSON, each with its kind; and the ids that must stand for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from alkanet.errors import KnowledgeError
from alkanet.kb.export.exported import ExportedFile, json_lines
from alkanet.kb.query import Entry, KnowledgeBase
from alkanet.kb.schema import AssayFile, MessageEntry, PrevalenceRow
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.drug_profile import CoMedicationRule, DrugProfile, Exposure
from alkanet.model.evidence import Claim, Finding, Measurement, Source
from alkanet.model.gene import FusionVariant, GermlineDifference, Transcript
from alkanet.model.grade import GradeRules
from alkanet.model.guideline import Guideline
from alkanet.model.identifier import Identifier
from alkanet.model.mechanism_rule import MechanismRule
from alkanet.model.other_gene import DriverFusion, GeneExtent, Hotspot, IntervalRule
from alkanet.model.outcome import Outcome
from alkanet.model.patient_rules import PatientRules
from alkanet.model.record import Record
from alkanet.model.response_rules import ResponseRules
from alkanet.model.review import Erratum, ReviewReference, ReviewStatement, ReviewTable
from alkanet.model.stewardship import Curation, NamedException, StatedGap, Tombstone
from alkanet.model.strategy import Constraint, StrategyRow, StrategyWeights
from alkanet.model.terms import Terms
from alkanet.model.therapy import OtherDrug, Therapy
from alkanet.model.trial import Trial

__all__ = ["MODELS", "all_entries", "released_ids"]

MODELS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "assay": AssayFile,
        "claim": Claim,
        "co-medication": CoMedicationRule,
        "constraint": Constraint,
        "cryptic exon": CrypticExon,
        "curation": Curation,
        "driver fusion": DriverFusion,
        "drug profile": DrugProfile,
        "erratum": Erratum,
        "exception": NamedException,
        "exposure": Exposure,
        "finding": Finding,
        "fusion variant": FusionVariant,
        "gap": StatedGap,
        "gene extent": GeneExtent,
        "germline": GermlineDifference,
        "grade rules": GradeRules,
        "guideline": Guideline,
        "hotspot": Hotspot,
        "identifier": Identifier,
        "interval rule": IntervalRule,
        "measurement": Measurement,
        "mechanism": MechanismRule,
        "message": MessageEntry,
        "other drug": OtherDrug,
        "outcome": Outcome,
        "patient rules": PatientRules,
        "prevalence": PrevalenceRow,
        "review reference": ReviewReference,
        "review statement": ReviewStatement,
        "review table": ReviewTable,
        "rules": ResponseRules,
        "source": Source,
        "strategy": StrategyRow,
        "strategy weights": StrategyWeights,
        "suppressor": Transcript,
        "terms": Terms,
        "therapy": Therapy,
        "tombstone": Tombstone,
        "transcript": Transcript,
        "trial": Trial,
    }
)
"""The type of each kind of compiled entry."""

_WITH_IDS = frozenset(
    {
        *("source", "claim", "finding", "measurement", "therapy", "exposure", "co-medication"),
        *("mechanism", "outcome", "prevalence", "erratum", "strategy", "constraint"),
    }
)
"""Kinds whose key is an id that something may point to; :mod:`alkanet.kb.index` lists the same."""


def all_entries(kb: KnowledgeBase) -> ExportedFile:
    """Return every entry as ``{kind, key, value}``; values that nobody typed are their defaults.

    Raises
    ------
    KnowledgeError
        For a kind of entry whose type is not known here.
    """
    values = [
        {"kind": entry.kind, "key": entry.key, "value": _value(entry)} for entry in kb.entries()
    ]
    return ExportedFile("knowledge.jsonl", json_lines(values), len(values), "entries")


def _value(entry: Entry) -> object:
    model = MODELS.get(entry.kind)
    if model is None:
        raise KnowledgeError(f"{entry.kind!r} is a kind without a type", entry=entry.key)
    return model.model_validate_json(entry.json).model_dump(mode="json")


def released_ids(kb: KnowledgeBase) -> ExportedFile:
    """Return all ids with their kind, sorted: what ``released-ids.txt`` holds of a release."""
    lines = sorted(set(_ids(kb)))
    return ExportedFile("ids.txt", "".join(f"{line}\n" for line in lines), len(lines), "ids")


def _ids(kb: KnowledgeBase) -> Iterator[str]:
    for entry in kb.entries():
        if entry.kind in _WITH_IDS:
            yield f"{entry.kind} {entry.key}"
        elif entry.kind == "guideline":
            for position in json.loads(entry.json)["positions"]:
                yield f"guideline position {position['id']}"
