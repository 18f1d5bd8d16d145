"""The case file: one patient at one decision point, written by hand in YAML.

All faults are told at once, each with its line, what was found, and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.faults import did_you_mean, shown, together
from alkanet.model.case import CASE_SCHEMA_VERSION, Case
from alkanet.text_yaml import Place, TextDocument, read_text_yaml

__all__ = ["DATE_FIELDS", "read_case"]

DATE_FIELDS = frozenset({"as_of", "date", "start", "stop", "since"})
"""Keys that hold a date; a bare number there is no date, whatever a library makes of it."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_EXPECTED = {
    "float_parsing": "a number",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_parsing": "yes or no",
    "bool_type": "yes or no",
    "string_type": "text",
    "tuple_type": "a list",
    "model_type": "a block of keys and values",
    "model_attributes_type": "a block of keys and values",
    "too_short": "at least one entry",
}


def read_case(path: Path) -> Case:
    """Return the case written in a file. Paths in it are relative to the file, and not checked.

    Raises
    ------
    InputError
        Where the file is no YAML, a key is unknown or missing, or a value is impossible.
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
    faults = _text_faults(value, (), document)
    try:
        case = Case.model_validate(value)
    except ValidationError as error:
        told = {place for place, _ in faults}
        for detail in error.errors():
            place = tuple(detail["loc"])
            if place not in told:
                faults.append((place, _fault(detail, document)))
        raise _all(faults, document) from error
    if faults:
        raise _all(faults, document)
    return case


def _all(faults: list[tuple[Place, InputError]], document: TextDocument) -> InputError:
    in_order = sorted((fault for _, fault in faults), key=lambda fault: fault.line or 0)
    return together(in_order, file=document.name)


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
        said = {key: child for key, child in value.items() if child not in (None, "")}
        return {key: _without_empty(child) for key, child in said.items()}
    if isinstance(value, list):
        return [_without_empty(child) for child in value]
    return value


def _text_faults(
    value: object, place: Place, document: TextDocument
) -> list[tuple[Place, InputError]]:
    """Return the faults that the types would let pass: odd dates, and numbers without end."""
    if isinstance(value, dict):
        children = [(key, child) for key, child in value.items()]
    elif isinstance(value, list):
        children = list(enumerate(value))
    else:
        return []
    faults: list[tuple[Place, InputError]] = []
    for key, child in children:
        here = (*place, key)
        expected = None
        if isinstance(child, str):
            if key in DATE_FIELDS and not _DATE.fullmatch(child):
                expected = "a date such as 2024-03-31"
            elif _NOT_FINITE.fullmatch(child) and _is_number(here):
                expected = "a number"
        if expected is not None:
            faults.append((here, _at(here, document, f"found {shown(child)}", expected)))
        faults.extend(_text_faults(child, here, document))
    return faults


def _fault(detail: ErrorDetails, document: TextDocument) -> InputError:
    place, kind, found = tuple(detail["loc"]), detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = sorted(_fields_at(place[:-1]))
        return _at(
            place,
            document,
            f"the key {place[-1]!r} is not known",
            ", ".join(known),
            did_you_mean(str(place[-1]), known),
        )
    if kind == "missing":
        return _at(place, document, "the key is missing", None)
    if kind == "value_error":
        return _at(place, document, str(context.get("error", detail["msg"])), None)
    expected = _EXPECTED.get(kind)
    if kind in ("enum", "literal_error"):
        expected = str(context["expected"])
    elif kind.startswith("date"):
        expected = "a date such as 2024-03-31"
    elif expected is None:
        expected = detail["msg"].removeprefix("Input should be ")
    text = found if isinstance(found, str) else None
    seen = f"found {shown(text)}" if text is not None else f"found {_word_for(found)}"
    return _at(place, document, seen, expected, _remedy(kind, text, expected))


def _remedy(kind: str, text: str | None, expected: str) -> str | None:
    if text is None:
        return None
    if kind in ("enum", "literal_error"):
        return did_you_mean(text, re.findall(r"'([^']+)'", expected))
    if kind == "tuple_type":
        return f"Write [{text[:60]}]."
    if kind == "float_parsing":
        if re.fullmatch(r"\d+,\d+", text):
            return f"Write a decimal point: {text.replace(',', '.')}."
        if re.fullmatch(r"\d+(\.\d+)?\s*%", text):
            return f"Write a fraction: {float(text.rstrip('% ')) / 100:g}."
    return None


def _word_for(value: object) -> str:
    if isinstance(value, dict):
        return "keys and values"
    return "a list" if isinstance(value, list | tuple) else "nothing"


def _at(
    place: Place,
    document: TextDocument,
    found: str,
    expected: str | None,
    remedy: str | None = None,
) -> InputError:
    field = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in place
    ).removeprefix(".")
    return InputError(
        found,
        file=document.name,
        line=document.line_of(place),
        field=field or None,
        expected=expected,
        remedy=remedy,
    )


def _fields_at(place: Place) -> frozenset[str]:
    """Return the keys that may stand at a place of the case."""
    model = _model_at(place)
    return frozenset() if model is None else frozenset(model.model_fields)


def _is_number(place: Place) -> bool:
    key = place[-1]
    model = _model_at(place[:-1])
    if model is None or not isinstance(key, str) or key not in model.model_fields:
        return False
    annotation = model.model_fields[key].annotation
    return annotation is float or float in _parts(annotation)


def _model_at(place: Place) -> type[BaseModel] | None:
    model: type[BaseModel] | None = Case
    for part in place:
        if isinstance(part, int) or model is None:
            continue
        field = model.model_fields.get(part)
        inner = [] if field is None else _parts(field.annotation)
        model = next((t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)), None)
    return model


def _parts(annotation: object) -> list[object]:
    """Return an annotation and all that it is made of."""
    parts = [annotation]
    for argument in get_args(annotation):
        parts.extend(_parts(argument))
    return parts
