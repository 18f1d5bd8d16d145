"""Another knowledge than the one installed: a folder, a compiled file, or a revision of git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
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

    A folder or revision may break promises of today's ``kb check``, as an earlier one or one that
    is being edited does; it must only be readable in its form.

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
    if _is_file(path):
        with closing(KnowledgeBase(path)) as kb:
            yield kb
        return
    with TemporaryDirectory() as temporary:
        folder = path if _is_folder(path) else _of_revision(name, Path(temporary))
        target = Path(temporary) / "knowledge.sqlite"
        compile_knowledge(folder, target, in_form_only=True)
        with closing(KnowledgeBase(target)) as kb:
            yield kb


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file system takes
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


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
    except FileNotFoundError:
        raise unknown from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            f"{name!r} is no knowledge",
            expected=unknown.expected,
            remedy=f"git says: {told[-1]}" if told else None,
        ) from None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target / folder.name
