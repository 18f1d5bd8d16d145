"""The haplotype tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from alkanet.model.caveat import Caveat, Severity
from alkanet.model.record import Interval
from alkanet.model.report import Lookup, Report
from alkanet.model.response import Call, HaplotypeResponse

__all__ = ["print_lookup", "print_report"]

_STYLE = {
    Call.SENSITIVE: "bold green",
    Call.REDUCED: "bold yellow",
    Call.RESISTANT: "bold red",
    Call.NO_DATA: "dim",
}
_SEVERITY_STYLE = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def print_lookup(lookup: Lookup, console: Console) -> None:
    """Print one haplotype and all drugs that have any data; the others in one line."""
    subject = f"{lookup.fusion}, {lookup.haplotype}" if lookup.fusion else lookup.haplotype
    console.print(Text(subject, style="bold"))
    console.print(_table(lookup.responses))
    _print_silent(lookup.responses, console)
    _print_caveats(lookup.caveats, console)
    knowledge = lookup.provenance.knowledge
    _print_footer(lookup.provenance.software, knowledge.version, knowledge.hash, console)


def print_report(report: Report, console: Console) -> None:
    """Print the headline, a table a haplotype, and the caveats."""
    console.print(Text(report.headline, style="bold"))
    leading = {drug.id for drug in report.drugs if drug.in_review}
    haplotypes = dict.fromkeys(r.haplotype for r in report.haplotype_responses)
    for haplotype in haplotypes:
        rows = [
            r for r in report.haplotype_responses if r.haplotype == haplotype and r.drug in leading
        ]
        console.print(Group(Text(f"\n{haplotype}", style="bold"), _table(rows)))
    _print_caveats(report.caveats, console)
    knowledge = report.provenance.knowledge
    _print_footer(report.provenance.software, knowledge.version, knowledge.hash, console)


def _table(responses: Iterable[HaplotypeResponse]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("drug", "call", "fold change", "P(response)", "basis", "why"):
        table.add_column(name, no_wrap=name in ("drug", "call"))
    for response in responses:
        if not response.items:
            continue
        mark = " !" if response.conflict else ""
        recalled = " (recalled)" if response.certainty == "recalled" else ""
        table.add_row(
            response.drug,
            Text(response.call.value + mark, style=_STYLE[response.call]),
            _spread(response.fold_change, 1),
            _spread(response.p_response, 100, " %"),
            response.basis.value + recalled,
            escape(response.why),
        )
    return table


def _print_silent(responses: Sequence[HaplotypeResponse], console: Console) -> None:
    silent = [r.drug for r in responses if not r.items]
    if silent:
        console.print(Text(f"no data at all: {', '.join(silent)}", style="dim"))
    if any(r.conflict for r in responses):
        for response in responses:
            if response.conflict:
                console.print(Text(f"! {response.drug}: {response.conflict}", style="yellow"))


def _print_caveats(caveats: Iterable[Caveat], console: Console) -> None:
    for caveat in caveats:
        style = _SEVERITY_STYLE[caveat.severity]
        console.print(Text(f"{caveat.severity.value}: {caveat.text}", style=style))


def _print_footer(software: str, version: str, digest: str, console: Console) -> None:
    console.print(
        Text(
            f"alkanet {software}, knowledge {version} ({digest[:12]}); research software, "
            "not a medical device",
            style="dim",
        )
    )


def _spread(value: Interval | None, scale: float, unit: str = "") -> str:
    if value is None:
        return "–"
    low, median, high = (f"{scale * v:.3g}" for v in (value.low, value.median, value.high))
    return f"{median}{unit} ({low}–{high})"
