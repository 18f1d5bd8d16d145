"""Claims as GA4GH VA-Spec 1.0 statements, one a claim.

A claim becomes a plain ``Statement`` on a ``VariantTherapeuticResponseProposition``. The AAC 2017
profile is not used: its statements must carry an AMP/ASCO/CAP tier, which is a matter of all
evidence on a pair and never of one study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from alkanet.errors import KnowledgeError
from alkanet.kb.export.concepts import CONDITION, condition, drug, gene
from alkanet.kb.export.exported import ExportedFile, json_lines
from alkanet.kb.export.vrs import Json, ReferenceProtein, allele, cis_phased_block
from alkanet.kb.graded import GradedClaim, graded_claims
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome
from alkanet.model.evidence import Claim, Source
from alkanet.model.grade import Grade
from alkanet.model.haplotype import Haplotype
from alkanet.model.identifier import Identifier

__all__ = ["fusion_of", "statements", "va_spec"]

_ANY_PARTNER = "v::ALK"
"""A fusion of ALK whose partner the claim leaves open, in the words of the VICC fusion
specification."""

_STATED_FUSION = re.compile(r"([A-Z][A-Z0-9]*::ALK) ")
_DOI = re.compile(r"10\.\d+(\.\d+)*/[\w\-.]+")
"""The beginning that VA-Spec asks of a DOI."""

_LEVELS = {
    "A": "Validated association",
    "B": "Clinical evidence",
    "C": "Case study",
    "D": "Preclinical evidence",
    "E": "Inferential association",
}
_CIVIC_LEVELS = "https://civic.readthedocs.io/en/latest/model/evidence/level.html"
_TRANSLATION = {
    "primaryCoding": {"system": "http://www.sequenceontology.org", "code": "translation_of"}
}


def va_spec(kb: KnowledgeBase) -> ExportedFile:
    """Return all claims as statements, one a line."""
    values = statements(kb)
    return ExportedFile("va-spec.jsonl", json_lines(values), len(values), "statements")


def statements(kb: KnowledgeBase) -> tuple[Json, ...]:
    """Return one statement a claim, in the order of the claims' ids."""
    protein = _reference_protein(kb)
    identifiers = kb.all_of("identifier", Identifier)
    version = kb.version.version
    return tuple(_statement(graded, protein, identifiers, version) for graded in graded_claims(kb))


def fusion_of(claim: Claim) -> str | None:
    """Return the fusion that a claim is about, ``None`` where its tumour is not said to have one.

    Without a disease of its own a claim is about ALK-rearranged lung cancer. Most of those
    patients carry EML4::ALK, but no claim says so of all of its patients: the partner is open.
    """
    if claim.disease is None:
        return _ANY_PARTNER
    found = _STATED_FUSION.match(claim.disease)
    return found[1] if found else None


def _reference_protein(kb: KnowledgeBase) -> ReferenceProtein:
    transcript = kb.transcript("ALK", Genome.GRCH38)
    if transcript is None or not transcript.protein or transcript.protein_accession is None:
        raise KnowledgeError("the protein of ALK is not held", file="genes")
    return ReferenceProtein(transcript.protein_accession, transcript.protein)


def _statement(
    graded: GradedClaim,
    protein: ReferenceProtein,
    identifiers: Iterable[Identifier],
    version: str,
) -> Json:
    claim = graded.claim
    held = tuple(identifiers)
    documents = [graded.source, *([graded.primary] if graded.primary else [])]
    return {
        "id": f"alkanet:{claim.id}",
        "type": "Statement",
        "description": claim.says,
        "proposition": {
            "type": "VariantTherapeuticResponseProposition",
            "subjectVariant": _variant(claim, protein, held),
            "predicate": claim.predicate.value,
            "objectTherapeutic": drug(claim.therapy, held),
            "conditionQualifier": condition(claim.disease or CONDITION, held),
            "geneContextQualifier": gene("ALK", held),
        },
        "direction": claim.direction.value,
        "strength": _strength(graded.civic),
        "specifiedBy": {
            "id": f"alkanet:grade-rules.{graded.civic.rules_version}",
            "type": "Method",
            "name": f"alkanet grade rules, version {graded.civic.rules_version}",
            "methodType": "rules that derive the level of evidence from what is held",
        },
        "reportedIn": [_document(source) for source in documents],
        "extensions": _extensions(graded, version),
    }


def _variant(claim: Claim, protein: ReferenceProtein, identifiers: Iterable[Identifier]) -> Json:
    """Return a haplotype as what a variant must fulfil: on ALK, and each mutation; all in cis."""
    mutations, fusion = claim.haplotype.mutations, fusion_of(claim)
    told = {"fusion": fusion, "haplotype": str(claim.haplotype)}
    on_alk: Json = {
        "type": "FeatureContextConstraint",
        "featureContext": gene("ALK", identifiers),
    }
    variant: Json = {
        "type": "CategoricalVariant",
        "name": f"{fusion or 'ALK'} {'+'.join(mutations)}".rstrip(),
        "constraints": [on_alk, *(_has(mutation, protein) for mutation in mutations)],
        "extensions": _as_extensions(told),
    }
    if len(mutations) > 1:
        variant["members"] = [cis_phased_block(Haplotype(mutations=mutations), protein)]
    return variant


def _has(mutation: str, protein: ReferenceProtein) -> Json:
    return {
        "type": "DefiningAlleleConstraint",
        "allele": allele(mutation, protein),
        "relations": [_TRANSLATION],
    }


def _strength(grade: Grade) -> Json:
    name = _LEVELS[grade.level]
    coding = {"system": _CIVIC_LEVELS, "code": grade.level, "name": name}
    return {"name": name, "primaryCoding": coding}


def _document(source: Source) -> Json:
    document: Json = {
        "id": f"alkanet:{source.id}",
        "type": "Document",
        "documentType": source.kind.value,
        "title": source.citation,
    }
    if source.doi is not None and _DOI.match(source.doi):
        document["doi"] = source.doi
    elif source.doi is not None:
        document["urls"] = [f"https://doi.org/{source.doi}"]
    if source.pmid is not None:
        document["pmid"] = source.pmid
    return document


def _extensions(graded: GradedClaim, version: str) -> list[Json]:
    """Return what VA-Spec has no field for, each where it is held."""
    claim = graded.claim
    held: dict[str, object] = {
        "certainty": claim.certainty.value,
        "evidenceKind": claim.evidence.value,
        "locator": claim.locator,
        "patients": claim.patients,
        "disease": claim.disease,
        "primarySource": claim.primary,
        "strengthReason": graded.civic.why,
        "knowledgeVersion": version,
    }
    return _as_extensions(held)


def _as_extensions(values: Mapping[str, object]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in values.items() if value is not None]
