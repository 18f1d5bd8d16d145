"""YAML as people mean it: every scalar is text, no key stands twice, every value has a line.

The types of the model turn text into numbers and dates. ``region: NO`` is therefore Norway and
``version: 1.10`` keeps its zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from alkanet.errors import InputError

__all__ = ["TextDocument", "read_text_yaml"]

MAX_BYTES = 4 * 1024 * 1024
"""No hand-written file is larger; a larger one is something else."""

MAX_DEPTH = 40
"""No hand-written file is deeper; the parser's own stack would end the process first."""

Place = tuple[str | int, ...]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class TextDocument:
    """A YAML document as nested ``dict``, ``list`` and ``str``, with the line of every place.

    ``lines`` maps a path such as ``("claims", 0, "certainty")`` to its line, counted from 1.
    """

    name: str
    value: object
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int | None:
        """Return the line of a place, or of the nearest place around it that has one."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None


def read_text_yaml(path: Path) -> TextDocument:
    """Return the YAML document in a file, all scalars as text and empty ones as ``None``.

    Raises
    ------
    InputError
        Where the file cannot be read, is no YAML, holds a key twice, uses an anchor, an alias or a
        tag, or is nested deeper than anybody writes.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB",
                file=path.name,
                expected="a YAML file written by hand",
            )
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", file=path.name, remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 text (byte {error.start})", file=path.name, expected="a YAML file"
        ) from error
    try:
        _check_events(text, path.name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(
            f"is not valid YAML: {error.problem or 'cannot be read'}",
            file=path.name,
            line=None if mark is None else mark.line + 1,
            remedy="Check indentation, colons and quotes on and above this line.",
        ) from error
    except yaml.YAMLError as error:
        raise InputError(f"is not valid YAML: {error}", file=path.name) from error
    lines: dict[Place, int] = {}
    value = None if root is None else _value(root, (), lines, path.name)
    return TextDocument(name=path.name, value=value, lines=lines)


def _check_events(text: str, file: str) -> None:
    """Refuse what plain text does not need and what could say something else than it shows."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise InputError(f"is nested deeper than {MAX_DEPTH} levels", file=file, line=line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise InputError(
                f"uses the YAML anchor {mark}{event.anchor}",
                file=file,
                line=line,
                expected="plain text",
                remedy="Write the value out, or put text that holds & or * in quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise InputError(
                f"has the tag {tag}",
                file=file,
                line=line,
                expected="plain text",
                remedy="Leave the tag out, or put text that holds ! in quotes.",
            )


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], file: str) -> object:
    line = node.start_mark.line + 1
    if place in lines and isinstance(node, yaml.CollectionNode):
        lines.setdefault(place, line)
    else:
        lines[place] = line
    if isinstance(node, yaml.ScalarNode):
        plain = node.style in (None, "")  # the C loader gives "" where the Python one gives None
        empty = plain and node.value in ("", "~", "null")
        return None if empty else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*place, i), lines, file) for i, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        raise InputError("has a node of an unknown kind", file=file, line=line)
    mapping: dict[str, object] = {}
    for key_node, child in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise InputError("has a key that is not plain text", file=file, line=key_line)
        key = str(key_node.value)
        if key in mapping:
            raise InputError(
                f"the key {key!r} stands twice (first on line {lines[(*place, key)]})",
                file=file,
                line=key_line,
                remedy="Keep one of them.",
            )
        lines[(*place, key)] = key_line
        mapping[key] = _value(child, (*place, key), lines, file)
        lines[(*place, key)] = key_line
    return mapping
