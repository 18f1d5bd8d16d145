"""Another knowledge than the one installed: a folder, a compiled file, or a revision of git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alkanet.errors import InputError
from alkanet.kb.compile import compile_knowledge
from alkanet.kb.locate import knowledge_folder, open_knowledge
from alkanet.kb.query import KnowledgeBase

__all__ = ["named_knowledge"]


@contextmanager
def named_knowledge(name: str | None) -> Iterator[KnowledgeBase]:
    """Open the knowledge that a name stands for, compiled where it has to be.

    Parameters
    ----------
    name
        A knowledge folder, a file that ``alkanet kb compile`` wrote, or a revision of the git
        repository in which this checkout lies; ``None`` is the knowledge that is installed.

    Raises
    ------
    InputError
        Where the name is none of the three.
    KnowledgeError
        Where the knowledge has faults, or was compiled for another version of alkanet.
    """
    if name is None:
        yield open_knowledge()
        return
    path = Path(name)
    if path.is_file():
        yield KnowledgeBase(path)
        return
    with TemporaryDirectory() as temporary:
        folder = path if path.is_dir() else _of_revision(name, Path(temporary))
        target = Path(temporary) / "knowledge.sqlite"
        compile_knowledge(folder, target)
        yield KnowledgeBase(target)


def _of_revision(name: str, target: Path) -> Path:
    """Return the knowledge folder of a revision, unpacked below ``target``."""
    folder = knowledge_folder()
    command = ["git", "-C", str(folder.parent), "archive", "--format=tar", name, folder.name]
    unknown = InputError(
        f"{name!r} is no knowledge",
        expected="a knowledge folder, a compiled file, or a revision of git such as main",
    )
    if name.startswith("-"):
        raise unknown
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        raise unknown from None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target / folder.name
