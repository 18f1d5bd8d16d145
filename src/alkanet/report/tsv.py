"""The report as TSV: one row a patient response, mechanism, option and haplotype response."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alkanet.model.mechanism import Mechanism
from alkanet.model.option import Option
from alkanet.model.record import Interval
from alkanet.model.report import Report
from alkanet.model.response import HaplotypeResponse, PatientResponse
from alkanet.report.outline import first_reason

__all__ = ["render_tsv"]

COLUMNS = (
    "case",
    "fusion",
    "variant",
    "row",
    "haplotype",
    "drug",
    "call",
    "fold_change",
    "fold_change_low",
    "fold_change_high",
    "p_response",
    "p_response_low",
    "p_response_high",
    "basis",
    "certainty",
    "conflict",
    "why",
    "sources",
    "weight_of_readings",
    "cns_call",
    "cns_p_response",
    "cns_p_response_low",
    "cns_p_response_high",
    "just_failed",
    "qualification",
    "name",
    "kind",
    "confidence",
    "against",
    "rank",
    "tier",
    "folded",
    "total",
    "caveats",
    "software",
    "knowledge",
)


def render_tsv(report: Report) -> str:
    """Return the report as TSV with a header row; ``row`` says what a row is of.

    The patient stands first, then mechanisms, options, and the responses of the haplotypes. A cell
    that does not apply to a row is empty.
    """
    same = _same_in_all(report)
    lines = ["\t".join(COLUMNS)]
    for row in _rows(report):
        cells = {**same, **row}
        lines.append("\t".join(" ".join(cells.get(name, "").split()) for name in COLUMNS))
    return "\n".join(lines) + "\n"


def _same_in_all(report: Report) -> dict[str, str]:
    fusion = report.tumour.fusion
    knowledge = report.provenance.knowledge
    return {
        "case": report.case.id,
        "fusion": fusion.name if fusion else "",
        "variant": (fusion.variant or "") if fusion else "",
        "caveats": "; ".join(dict.fromkeys(caveat.code for caveat in report.caveats)),
        "software": report.provenance.software,
        "knowledge": f"{knowledge.version} {knowledge.hash[:12]}",
    }


def _rows(report: Report) -> Iterator[Mapping[str, str]]:
    yield from map(_of_patient, report.patient_responses)
    yield from map(_of_mechanism, report.mechanisms)
    yield from map(_of_option, report.options)
    for response in report.haplotype_responses:
        yield _of_haplotype(response, _weight(report, response.haplotype))


def _of_patient(response: PatientResponse) -> dict[str, str]:
    return {
        "row": "patient response",
        "drug": response.drug,
        "call": response.systemic.call.value,
        **_interval("p_response", response.systemic.p_response),
        "cns_call": response.cns.call.value,
        **_interval("cns_p_response", response.cns.p_response),
        "just_failed": "yes" if response.just_failed else "no",
        "qualification": response.qualification or "",
        "certainty": response.certainty.value if response.certainty else "",
        "why": _joined(response.why),
        "sources": _joined(response.sources),
    }


def _of_mechanism(mechanism: Mechanism) -> dict[str, str]:
    return {
        "row": "mechanism",
        "name": mechanism.name,
        "kind": mechanism.category.value,
        "drug": mechanism.of_drug or "",
        "confidence": mechanism.confidence.value,
        "why": _joined(mechanism.supports),
        "against": _joined(mechanism.against),
        "sources": _joined(mechanism.sources),
    }


def _of_option(option: Option) -> dict[str, str]:
    return {
        "row": "option",
        "name": option.regimen,
        "kind": option.kind.value,
        "rank": str(option.rank),
        "tier": option.tier.value,
        "basis": option.level,
        "folded": "yes" if option.folded else "no",
        "total": f"{option.total:g}",
        "why": first_reason(option),
        "against": _joined(option.against),
        "sources": _joined(option.sources),
    }


def _of_haplotype(response: HaplotypeResponse, weight: float) -> dict[str, str]:
    sources = sorted({name for item in response.items if item.pull for name in item.sources})
    return {
        "row": "haplotype response",
        "haplotype": response.haplotype,
        "drug": response.drug,
        "call": response.call.value,
        **_interval("fold_change", response.fold_change),
        **_interval("p_response", response.p_response),
        "basis": response.basis.value,
        "certainty": response.certainty.value if response.certainty else "",
        "conflict": response.conflict or "",
        "why": response.why,
        "sources": _joined(sources),
        "weight_of_readings": f"{weight:.3g}",
    }


def _weight(report: Report, haplotype: str) -> float:
    """Return the summed weight of the readings that hold a haplotype."""
    return sum(
        reading.weight
        for reading in report.tumour.readings
        if haplotype in (str(clone.haplotype) for clone in reading.clones)
    )


def _interval(name: str, value: Interval | None) -> dict[str, str]:
    if value is None:
        return {}
    return {
        name: f"{value.median:g}",
        f"{name}_low": f"{value.low:g}",
        f"{name}_high": f"{value.high:g}",
    }


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)
