"""The rows of the table of alterations: one for each finding, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alkanet.model.alteration import (
    Alteration,
    CopyNumberAlteration,
    ExpressionAlteration,
    FusionAlteration,
    HistologyAlteration,
    HostFactor,
    Observation,
    ReadSupport,
    SmallVariant,
)

__all__ = ["AlterationRow", "alteration_rows"]

_ORDER: tuple[type[Alteration], ...] = (
    SmallVariant,
    FusionAlteration,
    CopyNumberAlteration,
    ExpressionAlteration,
    HistologyAlteration,
    HostFactor,
    Observation,
)


@dataclass(frozen=True)
class AlterationRow:
    """A finding in words; an empty text where a column does not apply."""

    gene: str
    finding: str
    coding: str
    protein: str
    kind: str
    role: str
    seen_in: str


def alteration_rows(alterations: Iterable[Alteration]) -> tuple[AlterationRow, ...]:
    """Return the rows, by kind, those of ALK first, else in the order in which they come."""
    rows = [(_ORDER.index(type(a)), a) for a in alterations]
    ordered = sorted(rows, key=lambda pair: (pair[0], getattr(pair[1], "gene", "ALK") != "ALK"))
    return tuple(_row(alteration) for _, alteration in ordered)


def _row(alteration: Alteration) -> AlterationRow:
    gene, coding, protein, role, seen_in = "", "", "", "", ""
    match alteration:
        case SmallVariant():
            gene, finding = alteration.gene, alteration.name or "no protein name"
            coding, protein = alteration.hgvs_c or "", alteration.hgvs_p or ""
            role = alteration.role.value
            if alteration.consequence is not None:
                role = f"{role}, {alteration.consequence.replace('_', ' ')}"
            seen_in = "; ".join(map(_support, alteration.support))
        case FusionAlteration():
            gene = f"{alteration.five_prime_gene}::{alteration.three_prime_gene}"
            finding = alteration.note or "beside the fusion that the tumour is read by"
            seen_in = alteration.specimen or ""
        case CopyNumberAlteration():
            gene = alteration.gene
            copies = "" if alteration.copies is None else f", {alteration.copies:g} copies"
            finding = f"{alteration.change}{copies}"
            seen_in = alteration.specimen or ""
        case ExpressionAlteration():
            gene, finding = alteration.gene, f"{alteration.change} by {alteration.assay}"
            seen_in = alteration.specimen or ""
        case HistologyAlteration():
            finding, seen_in = alteration.histology, alteration.specimen
        case HostFactor():
            finding = f"{alteration.factor}: {'present' if alteration.present else 'absent'}"
            seen_in = "the patient"
        case Observation():
            finding, seen_in = alteration.observation, alteration.specimen
    return AlterationRow(gene, finding, coding, protein, alteration.kind, role, seen_in)


def _support(support: ReadSupport) -> str:
    vaf = "VAF not given" if support.vaf is None else f"VAF {support.vaf:.3g}"
    if support.depth_reads is None:
        return f"{support.specimen}: {vaf}"
    alternate = "?" if support.alternate_reads is None else support.alternate_reads
    return f"{support.specimen}: {vaf} ({alternate}/{support.depth_reads} reads)"
