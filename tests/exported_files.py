"""What stands in exported tables, read as a program would that knows nothing of us."""

from __future__ import annotations

import re
from typing import get_args

from alkanet.model.haplotype import Haplotype


def rows_of(file):
    """Return the header and the rows of a table, lines of comment left out."""
    lines = file.text.removesuffix("\n").split("\n")
    header, *rows = [s.split("\t") for s in lines if not s.startswith("# ")]
    return tuple(header), [dict(zip(header, row, strict=True)) for row in rows]


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), text)


def items(text):
    """Return the values of a joined cell; what has a backslash before it ends no value."""
    parts = [""]
    for token in re.findall(r"\\.|; |.", text):
        if token == "; ":
            parts.append("")
        else:
            parts[-1] += token
    return [unescaped(part) for part in parts] if text else []


def read_back(model, row, prefix="", known=()):
    """Return the value of a row, with nothing but the fields of its type to go by."""
    value = dict(known)
    for name, field in model.model_fields.items():
        column, annotation = prefix + name, str(field.annotation)
        nested = [c for c in row if c.startswith(f"{column}.")]
        if nested:
            inner = next(a for a in (get_args(field.annotation) or (field.annotation,)) if a)
            if any(row[c] for c in nested):
                value[name] = read_back(inner, row, f"{column}.")
        elif name == "haplotype" and "Haplotype" in annotation:
            text = row[column]
            value[name] = None if text == "parental" else Haplotype.parse(text)
        elif column in row and annotation.startswith("tuple"):
            value[name] = items(row[column])
        elif row.get(column):
            value[name] = unescaped(row[column])
    return model.model_validate(value)
