"""Lines of a text file, plain or compressed, in bounded memory, with the hash of the file.

gzip and bgzip are told by their first bytes, never by the name of the file.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from alkanet.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "MAX_LINE_CHARACTERS",
    "OverlongLine",
    "RowReader",
    "TextLines",
    "first_bytes",
    "read_rows",
]

MAX_LINE_CHARACTERS = 4 * 1024 * 1024
"""No row of a real file is longer; a longer one is not held in memory."""

START_CHARACTERS = 80
BLOCK_BYTES = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
BGZIP_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
"""The empty block that ends every bgzip file; a file without it was cut off."""


@dataclass(frozen=True)
class OverlongLine:
    """Stands for a line that is longer than :data:`MAX_LINE_CHARACTERS`."""

    start: str
    """Its first characters."""
    reason: str = f"the line is longer than {MAX_LINE_CHARACTERS // 1024 // 1024} MiB"


class RowReader(Protocol):
    """Takes the rows of one file."""

    def read(self, number: int, line: str) -> None:
        """Use one line, or set it aside."""

    def set_overlong(self, number: int, line: OverlongLine) -> None:
        """Set a row aside that is too long to be read."""


def read_rows(lines: Iterator[tuple[int, str | OverlongLine]], rows: RowReader) -> None:
    """Give every line that is left, and is not blank, to the reader of the rows."""
    for number, line in lines:
        if isinstance(line, OverlongLine):
            rows.set_overlong(number, line)
        elif line and not line.isspace():
            rows.read(number, line)


class TextLines:
    """The lines of one file, each with its number; read once, from first to last.

    Parameters
    ----------
    path
        A plain, gzip or bgzip text file in UTF-8, with or without byte order mark; lines end with
        LF or CR LF.

    Raises
    ------
    InputError
        Where the file is missing, empty, a directory or binary, where the compressed stream is
        cut off or damaged, or where its first line has no end within bounds.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path
        self._digest = hashlib.sha256()
        self._at_end = False
        self._replaced: list[int] = []
        _check_is_file(path)

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it is stored, known once all lines are read."""
        if not self._at_end:
            raise RuntimeError(f"{self.name} is not read to its end")
        return self._digest.hexdigest()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was odd in the text and did not stop the reading."""
        if not self._replaced:
            return ()
        count, first = len(self._replaced), self._replaced[0]
        return (f"{count} line(s) are not UTF-8 text (first on line {first}); bytes were replaced",)

    def __iter__(self) -> Iterator[tuple[int, str | OverlongLine]]:
        number = 0
        try:
            with _HashedFile(self._path, self._digest) as stored:
                stream = _opened(stored, self._path)
                while raw := stream.readline(MAX_LINE_CHARACTERS + 1):
                    number += 1
                    if len(raw) > MAX_LINE_CHARACTERS and not raw.endswith(b"\n"):
                        yield number, self._skip_rest(raw, stream, number)
                    else:
                        yield number, self._text(raw, number)
                # what stands behind the last compressed member is part of the file's hash
                while stored.read(BLOCK_BYTES):
                    pass
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(
                f"the compressed file is cut off or damaged ({error}); "
                f"{number} lines could be read",
                file=self.name,
                line=number + 1,
                remedy="Copy the file again and check it with `gzip -t`.",
            ) from error
        except OSError as error:
            raise InputError(
                f"cannot be read ({error.strerror or error})", file=self.name
            ) from error
        if number == 0:
            raise InputError("the file is empty", file=self.name, remedy="Check the path.")
        self._at_end = True

    def _text(self, raw: bytes, number: int) -> str:
        if number == 1:
            raw = self._checked_first(raw)
        if b"\0" in raw:
            raise InputError(
                "is a binary file (it holds NUL bytes)",
                file=self.name,
                line=number,
                expected="text",
            )
        if raw.endswith(b"\n"):
            raw = raw[:-2] if raw.endswith(b"\r\n") else raw[:-1]
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self._replaced.append(number)
            return raw.decode("utf-8", errors="replace")

    def _checked_first(self, raw: bytes) -> bytes:
        if raw.startswith(UTF16_MARKS):
            raise InputError(
                "is UTF-16 text", file=self.name, remedy="Save it as UTF-8 (plain text)."
            )
        if b"\r" in raw.rstrip(b"\r\n"):
            raise InputError(
                "the lines end with a lone CR, as old Macintosh programs write them",
                file=self.name,
                line=1,
                remedy="Save it with Unix or Windows line ends.",
            )
        return raw.removeprefix(UTF8_MARK)

    def _skip_rest(self, raw: bytes, stream: io.BufferedReader, number: int) -> OverlongLine:
        line = OverlongLine(self._text(raw[: START_CHARACTERS * 4], number)[:START_CHARACTERS])
        if number == 1:
            raise InputError(
                f"{line.reason} and starts with {line.start[:40]!r}",
                file=self.name,
                line=1,
                expected="a text file with a header line",
            )
        while not raw.endswith(b"\n"):
            raw = stream.readline(BLOCK_BYTES)
            if not raw:
                break
        return line


def first_bytes(path: Path, count: int) -> bytes:
    """Return the first bytes of a file's content, uncompressed where it is gzip or bgzip.

    Raises
    ------
    InputError
        Where the file is missing, empty, a directory, or a damaged compressed file.
    """
    _check_is_file(path)
    try:
        with path.open("rb") as stored:
            start = stored.read(count)
            if not start.startswith(GZIP_MAGIC):
                return start
            stored.seek(0)
            with gzip.GzipFile(fileobj=stored) as stream:
                return stream.read(count)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            f"the compressed file is cut off or damaged ({error})",
            file=path.name,
            line=1,
            remedy="Copy the file again and check it with `gzip -t`.",
        ) from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", file=path.name) from error


class _HashedFile(io.RawIOBase):
    """A file that hashes whatever is read of it."""

    def __init__(self, path: Path, digest: hashlib._Hash) -> None:
        self._file: BinaryIO = path.open("rb", buffering=0)
        self._digest = digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        count: int = cast(io.RawIOBase, self._file).readinto(view) or 0
        self._digest.update(view[:count])
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def _opened(stored: _HashedFile, path: Path) -> io.BufferedReader:
    buffered = io.BufferedReader(stored, BLOCK_BYTES)
    start = buffered.peek(18)[:18]
    if not start.startswith(GZIP_MAGIC):
        return cast(io.BufferedReader, buffered)
    if start[12:14] == b"BC" and not _ends_as_bgzip(path):
        raise InputError(
            "the bgzip file is cut off (its end mark is missing)",
            file=path.name,
            remedy="Copy the file again and check it with `bgzip -t`.",
        )
    unpacked = gzip.GzipFile(fileobj=buffered)
    return io.BufferedReader(cast(io.RawIOBase, unpacked), BLOCK_BYTES)


def _ends_as_bgzip(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(BGZIP_END)))
        return file.read() == BGZIP_END


def _check_is_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise InputError("is a directory", file=path.name, expected="a file")
        size = path.stat().st_size
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", file=path.name, remedy="Check the path."
        ) from error
    except ValueError as error:
        raise InputError("is no path (it holds a NUL)", remedy="Check the path.") from error
    if not path.is_file():
        raise InputError("is not a regular file", file=path.name, expected="a file on disk")
    if size == 0:
        raise InputError("the file is empty", file=path.name, remedy="Check the path.")
