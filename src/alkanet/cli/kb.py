"""``alkanet kb``: the curator's commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from alkanet.errors import InputError, KnowledgeError
from alkanet.kb.locate import cases_folder, knowledge_folder
from alkanet.kb.named_knowledge import named_knowledge

if TYPE_CHECKING:
    from alkanet.kb.show import Named

__all__ = [
    "check_folder",
    "compile_folder",
    "print_diff",
    "print_entry",
    "print_gaps",
    "print_hits",
    "write_pages",
]

NAMED_AT_MOST = 12
"""Entries listed of one kind that name the entry shown."""


def check_folder(folder: Path | None) -> int:
    """Print all faults to stdout and return the exit status: 1 where there is any."""
    from alkanet.kb.check import check
    from alkanet.kb.load import load_knowledge

    knowledge = load_knowledge(folder or knowledge_folder())
    faults = check(knowledge)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(
        f"{len(faults)} faults in {len(knowledge.sources)} sources, "
        f"{len(knowledge.claims)} claims, {len(knowledge.findings)} findings, "
        f"{len(knowledge.measurements)} measurements, {len(knowledge.outcomes)} outcomes, "
        f"{len(knowledge.therapies)} therapies",
        err=True,
    )
    return 1 if faults else 0


def compile_folder(folder: Path | None, out: Path) -> None:
    """Compile a knowledge folder and print the hash of its content."""
    from alkanet.kb.compile import compile_knowledge

    typer.echo(compile_knowledge(folder or knowledge_folder(), out))


def print_entry(name: str, knowledge: str | None) -> None:
    """Print the entries with an id, or on a haplotype."""
    from alkanet.kb.show import show

    with named_knowledge(knowledge) as kb:
        for shown in show(name, kb):
            typer.echo(f"{shown.kind} {shown.id}")
            for field, text in shown.fields:
                typer.echo(f"  {field}: {text}")
            if shown.grade is not None:
                grade = shown.grade
                rules = f"rules {grade.rules_version}"
                typer.echo(f"  {grade.system.value}: {grade.level} ({grade.why} {rules})")
            _print_named(shown.named_by)


def _print_named(named_by: tuple[Named, ...]) -> None:
    kinds: dict[str, list[str]] = {}
    for named in named_by:
        kinds.setdefault(named.kind, []).append(f"{named.id}  {named.says}".rstrip())
    for kind, lines in kinds.items():
        typer.echo(f"  named by {len(lines)} of the kind '{kind}'")
        for line in lines[:NAMED_AT_MOST]:
            typer.echo(f"    {line}")
        if len(lines) > NAMED_AT_MOST:
            typer.echo(f"    and {len(lines) - NAMED_AT_MOST} more")


def print_hits(words: str, knowledge: str | None, limit: int) -> None:
    """Print the entries that hold all words, the best first."""
    from alkanet.kb.search import search

    with named_knowledge(knowledge) as kb:
        hits = search(words, kb, limit=limit)
    for hit in hits:
        typer.echo(f"{hit.id}  ({hit.kind})")
        typer.echo(f"    {hit.passage}")
    typer.echo(f"{len(hits)} found", err=True)


def print_gaps(knowledge: str | None, is_listed: bool) -> None:
    """Print the verified share of each kind of value, and the pairs without evidence."""
    from alkanet.kb.gaps import pairs, recalled, shares

    with named_knowledge(knowledge) as kb:
        held, missing, unread = shares(kb), pairs(kb), recalled(kb)
    width = max(len(share.kind) for share in held)
    typer.echo("verified, counted per value")
    for share in held:
        told = f"{int(share.per_cent):3} %" if share.total else "  –  "
        typer.echo(f"  {share.kind:{width}}  {told}  {share.verified} of {share.total}")
    typer.echo("pairs of haplotype and drug")
    typer.echo(f"  {missing.with_evidence} with evidence")
    typer.echo(f"  {missing.with_a_stated_gap} with a stated gap")
    typer.echo(f"  {len(missing.unstated)} with neither")
    for haplotype, therapy in missing.unstated:
        typer.echo(f"    {haplotype}, {therapy}")
    for gap in missing.gaps:
        about = ", ".join(gap.haplotypes) or "every other haplotype"
        typer.echo(f"  {', '.join(gap.therapies)}: {about}")
        typer.echo(f"    {gap.reason} (looked on {gap.looked_on})")
    if is_listed:
        typer.echo("recalled, and to be read")
        for kind, name in unread:
            typer.echo(f"  {kind} {name}")


def print_diff(before: str, after: str | None, cases: Path | None) -> None:
    """Print what differs between two knowledge bases: entries, calls, answers to patients."""
    from alkanet.studies.knowledge_diff import diff_knowledge

    folder = cases or cases_folder()
    if next(folder.rglob("case.yaml"), None) is None:
        raise InputError("there is no case.yaml in it", file=str(folder), field="--cases")
    with named_knowledge(before) as old, named_knowledge(after or _checkout()) as new:
        typer.echo(f"before: knowledge {old.version.version} ({old.version.hash[:12]})", err=True)
        typer.echo(f"after:  knowledge {new.version.version} ({new.version.hash[:12]})", err=True)
        diff = diff_knowledge(old, new, folder)
    typer.echo(f"entries: {len(diff.entries)} differ")
    for entry in diff.entries:
        typer.echo(f"  {entry.change.value:9} {entry.kind} {entry.id}")
        if entry.says:
            typer.echo(f"      {_short(entry.says)}")
        for field, one, other in entry.fields:
            typer.echo(f"      {field}: {_short(one)} -> {_short(other)}")
    typer.echo(f"calls of haplotypes: {len(diff.calls)} differ")
    for call in diff.calls:
        mark = "  ! " if call.is_towards_sensitive else "    "
        typer.echo(f"{mark}{call.haplotype}, {call.drug}: {call.before} -> {call.after}")
    typer.echo(f"patients of {folder.name}/: {len(diff.cases)} differ")
    for case in diff.cases:
        typer.echo(f"  {case.case}")
        if case.first_option is not None:
            typer.echo(f"    first option: {case.first_option[0]} -> {case.first_option[1]}")
        for drug, one, other in case.calls:
            typer.echo(f"    {drug}: {one} -> {other}")


def _checkout() -> str | None:
    """Return the folder of the checkout, which may be in the middle of an edit; else nothing."""
    try:
        return str(knowledge_folder())
    except KnowledgeError:
        return None


def write_pages(folder: Path, knowledge: str | None) -> None:
    """Write the generated pages of the knowledge and print their names."""
    from alkanet.studies.pages import made_pages

    with named_knowledge(knowledge) as kb:
        pages = made_pages(kb)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            typer.echo(str(folder / name))
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", file=str(folder)) from error


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else f"{words[:157]}..."
