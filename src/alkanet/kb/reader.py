"""The reader of a knowledge folder: files held against their types, every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from alkanet.errors import InputError, KnowledgeError
from alkanet.kb.table import read_table
from alkanet.model.haplotype import Haplotype
from alkanet.model.record import Record
from alkanet.text_model import Fault, fit, fit_cells
from alkanet.text_yaml import Place, TextDocument, read_text_yaml

__all__ = ["FolderReader", "Placed"]

_ROW_ID = re.compile(r"\b[a-z0-9-]+-\d{4}[a-z]?\.[a-z0-9.+'-]+")
"""An id as rows bear it: source, dot, the rest."""

Entry = TypeVar("Entry")
File = TypeVar("File", bound=Record)


@dataclass(frozen=True)
class Placed(Generic[Entry]):
    """An entry with the place where a curator finds it."""

    value: Entry
    file: str
    line: int
    document: TextDocument | None = None

    def line_of(self, place: Place) -> int:
        """Return the line of a place inside the entry's document."""
        return (self.document.line_of(place) if self.document else None) or self.line


class FolderReader:
    """Reads the files of one folder and gathers their faults; it lives for one load."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.faults: list[Fault] = []
        self.faulty_ids: list[tuple[str, str, int]] = []
        """Ids of rows that have a fault of form, with file and line: they exist all the same."""

    def document(self, path: Path) -> TextDocument | None:
        """Return a YAML document, ``None`` where it cannot be read."""
        try:
            return read_text_yaml(path)
        except InputError as error:
            remedy = error.remedy or ""
            fault = Fault(self.name(path), error.line or 0, "", error.found, remedy=remedy)
            self.faults.append(fault)
            return None

    def fault(self, path: Path, line: int, field: str, text: str) -> None:
        """Note a fault of a file."""
        self.faults.append(Fault(self.name(path), line, field, text))

    def name(self, path: Path) -> str:
        """Return the path of a file as curators know it."""
        return f"knowledge/{path.relative_to(self.directory).as_posix()}"

    def files(self, pattern: str, model: type[File]) -> Iterator[tuple[Path, TextDocument, File]]:
        """Yield the files of a pattern that fit their type, each with its document."""
        for path in sorted(self.directory.glob(pattern)):
            document = self.document(path)
            if document is None:
                continue
            fitted = fit(document, model, file=self.name(path))
            self.faults.extend(fitted.faults)
            if fitted.value is not None:
                yield path, document, fitted.value

    def placed(self, pattern: str, model: type[File]) -> tuple[Placed[File], ...]:
        """Return the files of a pattern as entries."""
        return tuple(
            Placed(value, self.name(path), 1, document)
            for path, document, value in self.files(pattern, model)
        )

    def only(self, name: str, model: type[File]) -> Placed[File] | None:
        """Return the one file of its kind, ``None`` where it is missing or has faults."""
        return next(iter(self.placed(name, model)), None)

    def refused(self, path: Path, line: int, fault: str, text: str) -> None:
        """Note a row that is no row of its table; the ids in it exist all the same."""
        self.fault(path, line, "", fault)
        ids = (cell.strip() for cell in text.split("\t"))
        self.faulty_ids.extend((i, self.name(path), line) for i in ids if _ROW_ID.fullmatch(i))

    def salvage(self, path: Path) -> None:
        """Note the ids of a table that cannot be read, so that what points to them is no fault."""
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            self.faulty_ids.extend((i, self.name(path), 1) for i in _ROW_ID.findall(text))

    def listed(self, name: str, model: type[File], key: str) -> tuple[Placed[Any], ...]:
        """Return the entries of the one list of a file, each with its line."""
        return tuple(
            Placed(entry, self.name(path), document.line_of((key, number)) or 1, document)
            for path, document, value in self.files(name, model)
            for number, entry in enumerate(getattr(value, key))
        )

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a text file, none where it is missing."""
        path = self.directory / name
        if not path.is_file():
            return ()
        try:
            return tuple(path.read_text(encoding="utf-8").splitlines())
        except UnicodeDecodeError:
            self.fault(path, 0, "", "the file is not UTF-8 text")
            return ()

    def rows(self, name: str, model: type[File]) -> tuple[Placed[File], ...]:
        """Return the rows of a table whose columns are the fields of ``model``."""
        path = self.directory / name
        if not path.is_file():
            return ()

        try:
            rows = read_table(path, tuple(model.model_fields), partial(self.refused, path))
        except KnowledgeError as error:
            self.salvage(path)
            self.fault(path, error.line or 0, "", error.found)
            return ()
        found = []
        for row in rows:
            fitted = fit_cells(row.cells, model, file=self.name(path), line=row.line)
            self.faults.extend(fitted.faults)
            if fitted.value is not None:
                found.append(Placed(fitted.value, self.name(path), row.line))
            elif "id" in model.model_fields:
                self.faulty_ids.append((row["id"], self.name(path), row.line))
        return tuple(found)

    def table(self, load: Callable[[Path], tuple[Entry, ...]], folder: str) -> tuple[Entry, ...]:
        """Return the rows that a loader of gene tables finds."""
        try:
            return load(self.directory)
        except KnowledgeError as error:
            path = self.directory / folder / (error.file or "")
            self.fault(path, error.line or 0, error.entry or "", error.found)
            return ()
        except ValueError as error:  # a cell that is no number, where no other check stands
            self.fault(self.directory / folder, 0, "", str(error))
            return ()

    def haplotype(self, path: Path, line: int, mutations: Sequence[str]) -> Haplotype | None:
        """Return mutations as a haplotype, ``None`` where they are none."""
        try:
            return Haplotype(mutations=tuple(mutations))
        except (ValidationError, ValueError):
            self.fault(path, line, "", f"{'+'.join(mutations)!r} is not a haplotype")
            return None
