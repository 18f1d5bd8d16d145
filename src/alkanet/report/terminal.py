"""The report and a look-up for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from alkanet.model.caveat import Caveat, Severity
from alkanet.model.evidence import Certainty
from alkanet.model.lookup import Lookup
from alkanet.model.provenance import Provenance
from alkanet.model.record import Interval
from alkanet.model.report import Report
from alkanet.model.response import HaplotypeResponse, by_haplotype
from alkanet.model.therapy import Therapy
from alkanet.report.terminal_patient import CALL_STYLE, print_patient

__all__ = ["print_lookup", "print_report"]

_SEVERITY_STYLE = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def print_lookup(lookup: Lookup, console: Console) -> None:
    """Print one haplotype and each drug; drugs without any data in one line."""
    subject = f"{lookup.fusion}, {lookup.haplotype}" if lookup.fusion else lookup.haplotype
    console.print(Text(subject, style="bold"))
    _print_responses(lookup.responses, lookup.drugs, console)
    _print_caveats(lookup.caveats, console)
    _print_footer(lookup.provenance, console)


def print_report(report: Report, console: Console) -> None:
    """Print the headline, the patient, mechanisms, the better options, haplotypes and caveats."""
    console.print(Text(report.headline, style="bold"))
    if report.patient_responses:
        print_patient(report, console)
    leading = tuple(drug for drug in report.drugs if drug.in_review)
    names = {drug.id for drug in leading}
    shown = (response for response in report.haplotype_responses if response.drug in names)
    for haplotype, responses in by_haplotype(shown).items():
        console.print(Text(f"\nIf ALK drives the tumour, on {haplotype}", style="bold"))
        _print_responses(responses, leading, console)
    console.print()
    _print_caveats(report.caveats, console)
    _print_footer(report.provenance, console)


def _print_responses(
    responses: Sequence[HaplotypeResponse], drugs: Sequence[Therapy], console: Console
) -> None:
    cuts = {drug.id: drug.cut for drug in drugs}
    leading = {drug.id for drug in drugs if drug.in_review}
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("drug", "call", "fold change", "cuts", "P(response)", "basis"):
        table.add_column(name, no_wrap=name != "basis")
    silent = []
    for response in responses:
        if not response.items and response.drug not in leading:
            silent.append(response.drug)
            continue
        cut = cuts.get(response.drug)
        mark = " !" if response.conflict else ""
        recalled = ", recalled" if response.certainty is Certainty.RECALLED else ""
        table.add_row(
            response.drug,
            Text(response.call.value + mark, style=CALL_STYLE[response.call]),
            _spread(response.fold_change, 1),
            f"{cut.sensitive_up_to:g}, {cut.resistant_from:g}" if cut else "none",
            _spread(response.p_response, 100, " %"),
            response.basis.value + recalled,
        )
    console.print(table)
    if silent:
        console.print(Text(f"no data at all: {', '.join(silent)}", style="dim"))
    for response in responses:
        if response.conflict:
            console.print(Text(f"! {response.drug}: {response.conflict}", style="yellow"))


def _print_caveats(caveats: Iterable[Caveat], console: Console) -> None:
    for caveat in caveats:
        style = _SEVERITY_STYLE[caveat.severity]
        console.print(Text(f"{caveat.severity.value}: {caveat.text}", style=style))


def _print_footer(provenance: Provenance, console: Console) -> None:
    knowledge = provenance.knowledge
    console.print(
        Text(
            f"alkanet {provenance.software}, knowledge {knowledge.version} "
            f"({knowledge.hash[:12]}); research software, not a medical device",
            style="dim",
        )
    )


def _spread(value: Interval | None, scale: float, unit: str = "") -> str:
    if value is None:
        return "–"
    low, median, high = (f"{scale * v:g}" for v in (value.low, value.median, value.high))
    return f"{median}{unit} ({low}–{high})"
