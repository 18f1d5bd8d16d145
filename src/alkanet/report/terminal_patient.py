"""The level of the patient for a terminal: calls, mechanisms, and the options of use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from alkanet.model.mechanism import Confidence, Mechanism
from alkanet.model.option import Option, Tier
from alkanet.model.report import Report
from alkanet.model.response import Call, PatientResponse, SiteResponse
from alkanet.report.outline import first_reason, next_steps, patient_table, therapy_flags
from alkanet.report.words import percent

__all__ = ["CALL_STYLE", "print_patient"]

CALL_STYLE = {
    Call.SENSITIVE: "bold green",
    Call.REDUCED: "bold yellow",
    Call.RESISTANT: "bold red",
    Call.NO_DATA: "dim",
}
_CONFIDENCE_STYLE = {
    Confidence.ESTABLISHED: "bold",
    Confidence.LIKELY: "",
    Confidence.POSSIBLE: "dim",
}
_TIER_STYLE = {Tier.SUPPORTED: "bold green", Tier.REASONABLE: "bold"}
"""The tiers whose options are shown with their reason; the others are named in one line."""


def print_patient(report: Report, console: Console) -> None:
    """Print what each drug should do in this patient, why drugs fail, and the next steps."""
    table = patient_table(report)
    console.print(Text("\nIn this patient", style="bold"))
    if report.alk_dependence is not None:
        value, says = report.alk_dependence.value, report.alk_dependence.says
        still = "still " * bool(report.history.given)
        console.print(Text(f"Is ALK {still}the driver? {percent(value)}. {says}"))
    _print_responses((*table.leading, *table.other), therapy_flags(report), console)
    _print_mechanisms(report.mechanisms, console)
    _print_steps(report, console)


def _print_responses(
    responses: Iterable[PatientResponse], flags: Mapping[str, str], console: Console
) -> None:
    grid = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("drug", "body", "", "brain", "", ""):
        grid.add_column(name, no_wrap=True)
    notes = []
    for response in responses:
        flag = Text(flags.get(response.drug, ""), style="yellow")
        row = (*_site(response.systemic), *_site(response.cns), flag)
        grid.add_row(response.drug, *row)
        if response.qualification:
            notes.append(f"{response.drug}: {response.qualification}")
    console.print(grid)
    for note in notes:
        console.print(Text(note, style="yellow"))


def _site(made: SiteResponse) -> tuple[Text, str]:
    return Text(made.call.value, style=CALL_STYLE[made.call]), percent(made.p_response)


def _print_mechanisms(mechanisms: Iterable[Mechanism], console: Console) -> None:
    shown = tuple(mechanisms)
    if not shown:
        return
    console.print(Text("\nWhy drugs fail here", style="bold"))
    for mechanism in shown:
        style = _CONFIDENCE_STYLE[mechanism.confidence]
        line = Text(f"{mechanism.confidence.value}: ", style=style)
        line.append(f"{mechanism.name} ({mechanism.category.value})", style=style)
        console.print(line)


def _print_steps(report: Report, console: Console) -> None:
    steps = next_steps(report)
    _print_options("Next steps", steps.acts, console)
    _print_options("Next tests", steps.tests, console)
    if steps.further_tests and not steps.tests:
        console.print(Text("\nNext tests", style="bold"))
        for test in steps.further_tests:
            console.print(_indented(test))
    weaker = tuple(o for o in (*steps.acts, *steps.tests) if o.tier not in _TIER_STYLE)
    _print_names("investigational", weaker, console)
    _print_names("ideas from the laboratory only", steps.laboratory, console)
    _print_names("not advised", steps.not_advised, console)


def _print_options(title: str, options: Iterable[Option], console: Console) -> None:
    """Print the options of the better tiers, with the reason for each."""
    shown = [option for option in options if option.tier in _TIER_STYLE]
    if shown:
        console.print(Text(f"\n{title}", style="bold"))
    for option in shown:
        line = Text(f"{option.rank} ")
        line.append(option.tier.value, style=_TIER_STYLE[option.tier])
        line.append(f"  {option.regimen}", style="bold")
        console.print(line)
        console.print(_indented(f"{first_reason(option)} (sum {option.total:+.2f})"))


def _print_names(title: str, options: Iterable[Option], console: Console) -> None:
    """Print options by name alone."""
    names = "; ".join(option.regimen for option in options)
    if names:
        console.print(Text(f"{title}: {names}", style="dim"))


def _indented(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 2), expand=False)
