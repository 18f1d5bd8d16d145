"""Claims in the columns of CIViC's ``ClinicalEvidenceSummaries.tsv``.

What CIViC keeps and nobody has typed here stays empty: its own numbers, the rating, the status of
its review, the origin of the variant, the Disease Ontology id.
"""

from __future__ import annotations

from alkanet.kb.export.exported import ExportedFile
from alkanet.kb.export.va_spec import fusion_of
from alkanet.kb.graded import GradedClaim, graded_claims
from alkanet.kb.query import KnowledgeBase
from alkanet.model.evidence import Claim, Direction, Predicate

__all__ = ["COLUMNS", "civic_tsv"]

COLUMNS = (
    "molecular_profile",
    "molecular_profile_id",
    "disease",
    "doid",
    "phenotypes",
    "therapies",
    "therapy_interaction_type",
    "evidence_type",
    "evidence_direction",
    "evidence_level",
    "significance",
    "evidence_statement",
    "citation_id",
    "source_type",
    "asco_abstract_id",
    "citation",
    "nct_ids",
    "rating",
    "evidence_status",
    "evidence_id",
    "variant_origin",
    "last_review_date",
    "evidence_civic_url",
    "molecular_profile_civic_url",
    "is_flagged",
)
"""The header of the nightly file as CIViC's own formatter writes it."""

_NSCLC = "Lung Non-small Cell Carcinoma"
"""CIViC's name of the disease of a claim that names no other; the fusion stands in the profile."""

_DIRECTIONS = {Direction.SUPPORTS: "Supports", Direction.DISPUTES: "Does Not Support"}
_SIGNIFICANCES = {
    Predicate.SENSITIVITY: "Sensitivity/Response",
    Predicate.RESISTANCE: "Resistance",
}


def civic_tsv(kb: KnowledgeBase) -> ExportedFile:
    """Return all claims that take a side; CIViC has no value for those that take none."""
    claims = graded_claims(kb)
    sided = [graded for graded in claims if graded.claim.direction in _DIRECTIONS]
    lines = ["\t".join(COLUMNS)]
    for graded in sided:
        cells = _cells(graded)
        lines.append("\t".join(_plain(cells.get(column, "")) for column in COLUMNS))
    neutral = len(claims) - len(sided)
    return ExportedFile(
        name="civic-evidence.tsv",
        text="\n".join(lines) + "\n",
        count=len(sided),
        what="claims",
        left_out=(("neutral, for which CIViC has no value", neutral),) if neutral else (),
    )


def _cells(graded: GradedClaim) -> dict[str, str]:
    claim, source = graded.claim, graded.source
    return {
        "molecular_profile": _profile(claim),
        "disease": claim.disease or _NSCLC,
        "therapies": claim.therapy.capitalize(),
        "evidence_type": "Predictive",
        "evidence_direction": _DIRECTIONS[claim.direction],
        "evidence_level": graded.civic.level,
        "significance": _SIGNIFICANCES[claim.predicate],
        "evidence_statement": claim.says,
        "citation_id": source.pmid or "",
        "source_type": "PubMed" if source.pmid else "",
        "citation": source.citation,
        "evidence_id": claim.id,
        "is_flagged": "false",
    }


def _profile(claim: Claim) -> str:
    """Return the fusion and its mutations as CIViC joins them; it has no word for in cis."""
    fusion = fusion_of(claim)
    parts = [f"{fusion} Fusion"] if fusion else []
    parts += [f"ALK {mutation}" for mutation in claim.haplotype.mutations]
    return " AND ".join(parts) or "ALK Wildtype"


def _plain(text: str) -> str:
    return " ".join(text.split())
