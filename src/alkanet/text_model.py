"""A text document held against a type: the value, or every fault with its line, in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from alkanet.text_yaml import TextDocument

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Fault", "Fitted", "fit", "fit_cells"]

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a file: where it stands and what is wrong, in the writer's words."""

    file: str
    line: int
    field: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.text) if part)


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
        faults = (
            Fault(name, document.line_of(tuple(e["loc"])) or 0, _field(e), _words(e, model))
            for e in error.errors(include_url=False)
        )
        return Fitted(None, tuple(sorted(set(faults))))


def fit_cells(
    cells: Mapping[str, str], model: type[Model], *, file: str, line: int
) -> Fitted[Model]:
    """Return one row of a table as a value of ``model``; an empty cell is a value not given."""
    try:
        return Fitted(model.model_validate({k: v for k, v in cells.items() if v}), ())
    except ValidationError as error:
        faults = (
            Fault(file, line, _field(e), _words(e, model)) for e in error.errors(include_url=False)
        )
        return Fitted(None, tuple(sorted(set(faults))))


def _field(error: ErrorDetails) -> str:
    text = ""
    for part in error["loc"]:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def _words(error: ErrorDetails, model: type[BaseModel]) -> str:
    kind, found = error["type"], error.get("input")
    context = error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        near = _near(str(error["loc"][-1]), _keys(model))
        return "is not a known key" + (f"; did you mean {near!r}?" if near else "")
    if kind in ("enum", "literal_error"):
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return f"{found!r} is not allowed; use one of: {allowed}"
    if kind == "string_pattern_mismatch":
        return f"{found!r} does not have the form {context.get('pattern')}"
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    message = error["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    if isinstance(found, str | int | float) or found is None:
        return f"{'empty' if found is None else repr(found)} is not {message}"
    return f"should be {message}"


def _keys(model: type[BaseModel]) -> list[str]:
    """All field names of a model and of the models inside it: candidates for "did you mean"."""
    names: set[str] = set()
    pending: list[object] = [model]
    seen: set[object] = set()
    while pending:
        item = pending.pop()
        if item in seen:
            continue
        seen.add(item)
        if isinstance(item, type) and issubclass(item, BaseModel):
            names.update(item.model_fields)
            pending.extend(field.annotation for field in item.model_fields.values())
        pending.extend(getattr(item, "__args__", ()))
    return sorted(names)


def _near(word: str, known: list[str]) -> str | None:
    matches = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return matches[0] if matches else None
