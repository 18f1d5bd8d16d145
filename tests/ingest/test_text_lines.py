"""Lines of plain and compressed files, in bounded memory, with the hash of the file."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc

import pysam
import pytest

from alkanet.errors import InputError
from alkanet.ingest.text_lines import MAX_LINE_CHARACTERS, OverlongLine, TextLines, first_bytes


def test_plain_gzip_and_bgzip_give_the_same_lines(tmp_path):
    text = "".join(f"line {i}\n" for i in range(50_000))
    plain, packed, blocks = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    plain.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    pysam.tabix_compress(str(plain), str(blocks))
    for path in (plain, packed, blocks):
        lines = TextLines(path)
        assert [line for _, line in lines] == text.splitlines()
        assert lines.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert first_bytes(path, 6) == b"line 0"


def test_marks_line_ends_and_last_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\n\r\ntwo\nthree")
    assert list(TextLines(path)) == [(1, "one"), (2, ""), (3, "two"), (4, "three")]


def test_bytes_that_are_no_utf8_are_replaced_and_noted(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\nM\xfcller\n")
    lines = TextLines(path)
    assert [line for _, line in lines] == ["one", "M�ller"]
    assert lines.notes == ("1 line(s) are not UTF-8 text (first on line 2); bytes were replaced",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (gzip.compress(b"", mtime=0), "the file is empty"),
        (b"abc\x00def\n", "binary file"),
        (b"text\nabc\x00def\n", "a.txt:2: is a binary file"),
        ("\ufeffkind\tfinding\n".encode("utf-16-le"), "UTF-16"),
        (b"one\rtwo\rthree\r", "lone CR"),
        (b"x" * (MAX_LINE_CHARACTERS + 1), "longer than 4 MiB"),
        (gzip.compress(b"one\n", mtime=0) + b"trailing text", "cut off or damaged"),
    ],
)
def test_what_is_no_text_file_is_told(tmp_path, content, message):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        list(TextLines(path))


def test_a_cut_gzip_tells_how_far_it_was_read(tmp_path):
    path = tmp_path / "a.gz"
    packed = gzip.compress("".join(f"{i * i} row\n" for i in range(400_000)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError, match=r"a\.gz:\d{5,}: .*cut off or damaged.*gzip -t"):
        list(TextLines(path))


def test_a_bgzip_file_cut_between_blocks_is_told(tmp_path):
    plain, path = tmp_path / "a.txt", tmp_path / "a.gz"
    plain.write_text("row\n" * 1000)
    pysam.tabix_compress(str(plain), str(path))
    path.write_bytes(path.read_bytes()[:-28])
    with pytest.raises(InputError, match="bgzip file is cut off"):
        list(TextLines(path))


def test_a_damaged_gzip_is_told(tmp_path):
    path = tmp_path / "a.gz"
    packed = bytearray(gzip.compress("".join(f"{i * i} row\n" for i in range(9000)).encode()))
    packed[len(packed) // 2] ^= 0xFF
    path.write_bytes(bytes(packed))
    with pytest.raises(InputError, match="cut off or damaged"):
        list(TextLines(path))


def test_missing_file_and_directory(tmp_path):
    with pytest.raises(InputError, match=r"none\.vcf: cannot be read"):
        TextLines(tmp_path / "none.vcf")
    with pytest.raises(InputError, match="is a directory"):
        TextLines(tmp_path)


def test_a_200_mb_line_costs_no_memory_and_no_other_row(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"first\n")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"\nlast\n")
    tracemalloc.start()
    try:
        lines = list(TextLines(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert lines[0] == (1, "first")
    assert lines[2] == (3, "last")
    assert isinstance(lines[1][1], OverlongLine)
    assert lines[1][1].start == "x" * 80
    assert peak < 64 * 1024 * 1024
