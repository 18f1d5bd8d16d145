"""Outside calls: findings that a person types from a report, one a line.

Everything here is typed by hand, so every fault is told, all of them at once, and nothing is set
aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from alkanet.errors import InputError, did_you_mean, shown, together
from alkanet.ingest.content import FileContent, FormatName
from alkanet.ingest.ledger import Ledger
from alkanet.ingest.text_lines import OverlongLine, TextLines
from alkanet.model.calls import Calls, Origin, OutsideCall, OutsideKind

__all__ = ["NO_MUTATION", "read_outside_calls"]

COLUMNS = ("kind", "finding", "vaf", "specimen", "note")
NEEDED = ("kind", "finding")
NO_MUTATION = "no mutation found"
"""What is typed where the whole kinase domain was read and nothing was there."""

_SHARE = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*(%?)")
_COMMA = re.compile(r"\d+,\d+\s*%?")
_KINDS = tuple(kind.value for kind in OutsideKind)


def read_outside_calls(path: Path, *, specimen: str) -> FileContent:
    """Return the findings that a person typed.

    Parameters
    ----------
    path
        A table with a header line and tabs between columns: ``kind``, ``finding`` and, where
        wanted, ``vaf``, ``specimen``, ``note``. Lines that start with ``#`` are comments. A VAF is
        a fraction (``0.12``) or a percentage with its sign (``12%``), with a decimal point.
    specimen
        Id of the specimen for lines that name none.

    Raises
    ------
    InputError
        Where anything typed is not understood; all faults are told at once.
    """
    lines = TextLines(path)
    ledger = Ledger(path.name, FormatName.OUTSIDE_CALLS)
    faults: list[InputError] = []
    calls: list[OutsideCall] = []
    header: Mapping[str, int] | None = None
    for number, line in lines:
        if isinstance(line, OverlongLine):
            raise InputError(line.reason, file=path.name, line=number)
        if not line.strip() or line.startswith("#"):
            continue
        if header is None:
            header = _header(line, file=path.name, line=number)
            continue
        try:
            calls.append(_call(line, header, specimen, Origin(file=path.name, line=number)))
            ledger.use(number)
        except InputError as fault:
            faults.append(fault)
    if header is None:
        raise InputError(
            "the file holds no header", file=path.name, expected="the columns " + ", ".join(COLUMNS)
        )
    if faults:
        raise together(faults, file=path.name)
    ledger.close()
    return FileContent(
        calls=Calls(outside=tuple(calls)), ledger=ledger, sha256=lines.sha256, notes=lines.notes
    )


def _header(text: str, *, file: str, line: int) -> Mapping[str, int]:
    names = [cell.lower() for cell in _cells(text)]
    if len(names) == 1:
        raise InputError(
            f"the header is one column, {shown(text)}",
            file=file,
            line=line,
            expected="the columns kind, finding, vaf, specimen, note with a tab between them",
            remedy="Separate the columns with tabs.",
        )
    for name in names:
        if name not in COLUMNS:
            raise InputError(
                f"the column {shown(name)} is not known",
                file=file,
                line=line,
                expected="the columns " + ", ".join(COLUMNS),
                remedy=did_you_mean(name, COLUMNS),
            )
        if names.count(name) > 1:
            raise InputError(f"the column {name} stands twice", file=file, line=line)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise InputError(
            f"the column {missing[0]} is missing",
            file=file,
            line=line,
            expected="the columns kind and finding",
        )
    return {name: at for at, name in enumerate(names)}


def _call(line: str, header: Mapping[str, int], specimen: str, origin: Origin) -> OutsideCall:
    cells = _cells(line)
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise InputError(
            f"found {len(cells)} columns",
            file=origin.file,
            line=origin.line,
            expected=f"{len(header)}, as the header has",
        )
    value = {name: cells[at] if at < len(cells) else "" for name, at in header.items()}
    kind = _kind(value["kind"], origin)
    return OutsideCall(
        origin=origin,
        specimen=value.get("specimen") or specimen,
        kind=kind,
        finding=_finding(value["finding"], kind, origin),
        vaf=_vaf(value.get("vaf", ""), origin),
        note=value.get("note") or None,
    )


def _kind(text: str, origin: Origin) -> OutsideKind:
    name = " ".join(text.lower().replace("_", " ").split())
    if name in _KINDS:
        return OutsideKind(name)
    raise InputError(
        f"the kind {shown(text)} is not known",
        file=origin.file,
        line=origin.line,
        field="kind",
        expected=", ".join(_KINDS[:-1]) + f" or {_KINDS[-1]}",
        remedy=did_you_mean(name, _KINDS),
    )


def _finding(text: str, kind: OutsideKind, origin: Origin) -> str:
    if not text:
        raise InputError(
            "is empty", file=origin.file, line=origin.line, field="finding", expected="a finding"
        )
    if kind is OutsideKind.KINASE_DOMAIN:
        # any other text here could be read as "wild type" by mistake
        if text.lower().rstrip(".") not in (NO_MUTATION, "no mutations found"):
            raise InputError(
                f"found {shown(text)}",
                file=origin.file,
                line=origin.line,
                field="finding",
                expected=f"{NO_MUTATION!r} for the kind 'kinase domain'",
                remedy="A mutation that was found has the kind 'mutation'.",
            )
        return NO_MUTATION
    return text


def _vaf(text: str, origin: Origin) -> float | None:
    if text.lower() in ("", ".", "na", "n/a", "unknown"):
        return None
    found = _SHARE.fullmatch(text)
    if found is not None:
        vaf = float(found[1]) / (100 if found[2] else 1)
        if 0 < vaf <= 1:
            return vaf
    remedy = None
    if found is not None and float(found[1]) == 0:
        remedy = "What was looked for and not found is no finding: leave its row out."
    elif _COMMA.fullmatch(text):
        remedy = f"Write a decimal point: {text.replace(',', '.')}."
    elif found is not None and not found[2] and float(found[1]) <= 100:
        remedy = f"For per cent write {text}%."
    raise InputError(
        f"found {shown(text)}",
        file=origin.file,
        line=origin.line,
        field="vaf",
        expected="a fraction above 0 and up to 1 such as 0.12, or a percentage such as 12%",
        remedy=remedy,
    )


def _cells(line: str) -> list[str]:
    """Return the cells of a line, without the quotes that spreadsheets put around some."""
    cells = [cell.strip() for cell in line.split("\t")]
    return [
        cell[1:-1].replace('""', '"').strip()
        if len(cell) > 1 and cell[0] == cell[-1] == '"'
        else cell
        for cell in cells
    ]
