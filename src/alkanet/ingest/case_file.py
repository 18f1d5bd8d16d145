"""The case file: one patient at one decision point, written by hand in YAML.

All faults are told at once, each with its line, what was found, and what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

from alkanet.errors import InputError, UnsupportedError, did_you_mean, shown, together
from alkanet.ingest.case_checks import contradictions
from alkanet.model.case import CASE_SCHEMA_VERSION, Case
from alkanet.text_model import Fault, field_text, fit, model_at
from alkanet.text_yaml import Place, TextDocument, read_text_yaml

__all__ = ["DATE_FIELDS", "read_case"]

DATE_FIELDS = frozenset({"as_of", "date", "start", "stop", "since"})
"""Keys that hold a date; a bare number there is no date, whatever a library makes of it."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_case(path: Path) -> Case:
    """Return the case written in a file. Paths in it are relative to the file, and not checked.

    Raises
    ------
    InputError
        Where the file is no YAML, a key is unknown or missing, a value is impossible, or what is
        said contradicts itself: a day after ``as_of``, lines out of order.
    UnsupportedError
        Where the file has a schema version that this version does not read.
    """
    document = read_text_yaml(path)
    if not isinstance(document.value, dict):
        raise InputError(
            "holds no keys and values",
            file=document.name,
            line=1,
            expected="a case file that starts with `schema_version: 1`",
        )
    _check_version(document, document.value)
    value = _without_empty({**document.value, "schema_version": CASE_SCHEMA_VERSION})
    said = TextDocument(name=document.name, value=value, lines=document.lines)
    fitted = fit(said, Case)
    odd = _odd_texts(value, (), said)
    fields = {fault.field for fault in odd}
    faults = sorted([*odd, *(fault for fault in fitted.faults if fault.field not in fields)])
    if not faults and fitted.value is not None:
        faults = sorted(contradictions(fitted.value, document))
    if faults or fitted.value is None:
        raise together([_as_error(fault) for fault in faults], file=document.name)
    return fitted.value


def _as_error(fault: Fault) -> InputError:
    return InputError(
        fault.found,
        file=fault.file,
        line=fault.line or None,
        field=fault.field or None,
        expected=fault.expected or None,
        remedy=fault.remedy or None,
    )


def _check_version(document: TextDocument, value: Mapping[str, object]) -> None:
    version = value.get("schema_version")
    line = document.line_of(("schema_version",))
    if version == str(CASE_SCHEMA_VERSION):
        return
    if isinstance(version, str) and version.isascii() and version.isdigit():
        raise UnsupportedError(
            f"{document.name}:{line}: schema_version {version} of the case file is not read.",
            instead=f"Write version {CASE_SCHEMA_VERSION}, or use an alkanet that reads it.",
        )
    raise InputError(
        "the key is missing" if version is None else f"found {version!r}",
        file=document.name,
        line=line,
        field="schema_version",
        expected=f"`schema_version: {CASE_SCHEMA_VERSION}`",
        remedy=None if "schema_version" in value else did_you_mean("schema_version", value),
    )


def _without_empty(value: object) -> object:
    """Return a value without the keys that were left empty: not known, so not said."""
    if isinstance(value, dict):
        said = {key: child for key, child in value.items() if not _is_blank(child)}
        return {key: _without_empty(child) for key, child in said.items()}
    if isinstance(value, list):
        return [_without_empty(child) for child in value]
    return value


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _odd_texts(value: object, place: Place, document: TextDocument) -> list[Fault]:
    """Return the faults that the types would let pass: odd dates, empty words, endless numbers."""
    if isinstance(value, dict):
        children = [(key, child) for key, child in value.items()]
    elif isinstance(value, list):
        children = list(enumerate(value))
    else:
        return []
    faults: list[Fault] = []
    for key, child in children:
        here = (*place, key)
        expected = None
        if isinstance(child, str):
            if key in DATE_FIELDS and not _DATE.fullmatch(child):
                expected = "a date such as 2024-03-31"
            elif _is_endless(child) and _is_number(here):
                expected = "a number"
            elif isinstance(key, int) and _is_blank(child):
                expected = "text, or no entry"
        if expected is not None:
            line = document.line_of(here) or 0
            text = f"found {shown(str(child))}"
            faults.append(Fault(document.name, line, field_text(here), text, expected))
        faults.extend(_odd_texts(child, here, document))
    return faults


def _is_endless(text: str) -> bool:
    """Return whether a text is ``nan``, or a number larger than a computer holds (``1e999``)."""
    try:
        return not math.isfinite(float(text))
    except ValueError:
        return False


def _is_number(place: Place) -> bool:
    key = place[-1]
    model = model_at(Case, place[:-1])
    if model is None or not isinstance(key, str) or key not in model.model_fields:
        return False
    return "float" in str(model.model_fields[key].annotation)
