"""A text document held against a type: the value, or every fault with its line, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from alkanet.errors import did_you_mean, shown
from alkanet.text_yaml import Place, TextDocument

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Fault", "Fitted", "field_text", "fit", "fit_cells", "model_at"]

Model = TypeVar("Model", bound=BaseModel)

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
    "dict_type": "a block of keys and values",
    "model_type": "a block of keys and values",
    "model_attributes_type": "a block of keys and values",
    "too_short": "at least one entry",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a file: where it stands, what was found, what was expected, what to do."""

    file: str
    line: int
    field: str
    found: str
    expected: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        told = ": ".join(part for part in (place, self.field, self.found) if part)
        more = (f"expected {self.expected}" if self.expected else "", self.remedy)
        return "; ".join(part for part in (told, *more) if part)


@dataclass(frozen=True)
class Fitted(Generic[Model]):
    """The value of a document, or its faults; never both and never neither."""

    value: Model | None
    faults: tuple[Fault, ...]


def fit(document: TextDocument, model: type[Model], *, file: str | None = None) -> Fitted[Model]:
    """Return the document as a value of ``model``, or all its faults with their lines."""
    name = file or document.name
    try:
        return Fitted(model.model_validate(document.value), ())
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = {_fault(d, model, name, document.line_of(tuple(d["loc"])) or 0) for d in details}
        return Fitted(None, tuple(sorted(faults)))


def fit_cells(
    cells: Mapping[str, str], model: type[Model], *, file: str, line: int
) -> Fitted[Model]:
    """Return one row of a table as a value of ``model``; an empty cell is a value not given."""
    try:
        return Fitted(model.model_validate({k: v for k, v in cells.items() if v}), ())
    except ValidationError as error:
        faults = {_fault(d, model, file, line) for d in error.errors(include_url=False)}
        return Fitted(None, tuple(sorted(faults)))


def field_text(place: Place) -> str:
    """Return a place as people write it, ``specimens[0].assay.name``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """Return the model whose keys stand at a place of a document of ``model``."""
    found: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, int) or found is None:
            continue
        field = found.model_fields.get(part)
        inner = [] if field is None else _parts(field.annotation)
        found = next((t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)), None)
    return found


def _parts(annotation: object) -> list[object]:
    """Return an annotation and all that it is made of."""
    parts = [annotation]
    for argument in get_args(annotation):
        parts.extend(_parts(argument))
    return parts


def _fault(detail: ErrorDetails, model: type[BaseModel], file: str, line: int) -> Fault:
    place, kind, value = tuple(detail["loc"]), detail["type"], detail["input"]
    context = detail.get("ctx", {})
    field = field_text(place)
    if kind == "extra_forbidden":
        inner = model_at(model, place[:-1])
        known = sorted(inner.model_fields) if inner else []
        near = did_you_mean(str(place[-1]), known) or ""
        text = f"the key {place[-1]!r} is not known"
        return Fault(file, line, field, text, ", ".join(known), near)
    if kind == "missing":
        return Fault(file, line, field, "the key is missing")
    if kind == "value_error":
        return Fault(file, line, field, str(context.get("error", detail["msg"])))
    text_value = value if isinstance(value, str) else None
    found = f"found {shown(text_value) if text_value is not None else _word_for(value)}"
    expected = _expected(kind, context, detail["msg"])
    return Fault(file, line, field, found, expected, _remedy(kind, text_value, expected) or "")


def _expected(kind: str, context: Mapping[str, object], message: str) -> str:
    if kind in ("enum", "literal_error"):
        return str(context["expected"])
    if kind == "string_pattern_mismatch":
        return f"the form {context['pattern']}"
    if kind.startswith("date"):
        return "a date such as 2024-03-31"
    return _EXPECTED.get(kind) or message.removeprefix("Input should be ")


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
