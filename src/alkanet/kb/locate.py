"""Where the compiled knowledge lies: in the wheel, or compiled once from a checkout."""

from __future__ import annotations

import hashlib
import os
from importlib import resources
from pathlib import Path

from alkanet.errors import KnowledgeError
from alkanet.kb.query import KnowledgeBase

__all__ = ["cases_folder", "compiled_knowledge", "knowledge_folder", "open_knowledge"]

COMPILED_NAME = "knowledge.sqlite"


def open_knowledge(path: Path | None = None) -> KnowledgeBase:
    """Return the knowledge that alkanet was installed with, or that of a compiled file.

    Raises
    ------
    KnowledgeError
        Where there is none, or it has faults.
    """
    return KnowledgeBase(path or compiled_knowledge())


def compiled_knowledge() -> Path:
    """Return the path of the compiled knowledge, compiling it first in a checkout.

    From a checkout the file lies in the user's cache under a name made from the content of all
    knowledge files and of the code that compiles them, so that nobody runs on stale knowledge.

    Raises
    ------
    KnowledgeError
        Where there is neither a wheel's file nor a folder, or the knowledge has faults.
    """
    shipped = _package_folder() / COMPILED_NAME
    if shipped.is_file():
        return shipped
    folder = knowledge_folder()
    target = _cache_folder() / f"knowledge-{_file_hash(folder)}.sqlite"
    if not target.is_file():
        from alkanet.kb.compile import compile_knowledge

        compile_knowledge(folder, target)
    return target


def knowledge_folder() -> Path:
    """Return the knowledge folder of the checkout that this package runs from.

    Raises
    ------
    KnowledgeError
        Where alkanet runs from a wheel, which holds the knowledge compiled only.
    """
    folder = _package_folder().parent.parent / "knowledge"
    if not (folder / "version.yaml").is_file():
        raise KnowledgeError("there is no knowledge folder here; name one, or run from a checkout")
    return folder


def cases_folder() -> Path:
    """Return the folder of golden cases: in the wheel, or in the checkout."""
    shipped = _package_folder() / "cases"
    return shipped if shipped.is_dir() else knowledge_folder() / "cases"


def _package_folder() -> Path:
    return Path(str(resources.files("alkanet")))


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "alkanet"


def _file_hash(folder: Path) -> str:
    package = _package_folder()
    digest = hashlib.sha256()
    for root, file in (
        *((folder, file) for file in _knowledge_files(folder)),
        *(
            (package, file)
            for name in ("kb", "model")
            for file in sorted((package / name).glob("*.py"))
        ),
    ):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def _knowledge_files(folder: Path) -> list[Path]:
    """Return the files that are compiled; golden cases are not."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix in (".yaml", ".tsv", ".fa") and file.relative_to(folder).parts[0] != "cases"
    )
