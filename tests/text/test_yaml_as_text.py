"""What people write stays what it says: text, with its line."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from alkanet import text_yaml
from alkanet.errors import InputError
from alkanet.text_yaml import MAX_BYTES, MAX_DEPTH, read_text_yaml


@pytest.fixture
def read(tmp_path):
    def read_text(content):
        path = tmp_path / "file.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_text_yaml(path)

    return read_text


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request, monkeypatch):
    """Both loaders of PyYAML; the one in C is not built everywhere."""
    if not hasattr(yaml, request.param):
        pytest.skip(f"{request.param} is not built here")
    monkeypatch.setattr(text_yaml, "_Loader", getattr(yaml, request.param))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "scalar",
    ["NO", "yes", "on", "1.10", "007", "1e3", "0x1F", "2024-03-31", "12:30:00", "3.0", ".inf"],
)
def test_a_scalar_is_the_text_that_stands_there(read, scalar):
    """``region: NO`` is Norway, ``version: 1.10`` keeps its zero, and a date stays a date."""
    assert read(f"a: {scalar}\nb: [{scalar}]\n").value == {"a": scalar, "b": [scalar]}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_a_value_left_empty_is_none(read, empty):
    assert read(f"a: {empty}\nb: x\n").value == {"a": None, "b": "x"}


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("quoted", ["''", '"~"', "'null'", "Null", "NULL"])
def test_quoted_words_and_other_spellings_are_text(read, quoted):
    assert read(f"a: {quoted}\n").value == {"a": quoted.strip("'\"")}


@pytest.mark.usefixtures("loader")
def test_an_empty_file_has_no_value(read):
    document = read("# nothing\n")
    assert document.value is None
    assert document.line_of(("a",)) is None


@pytest.mark.usefixtures("loader")
def test_a_key_that_stands_twice_names_both_lines(read):
    with pytest.raises(InputError) as caught:
        read("claims:\n  - id: x\n    says: one\n    other: 1\n    says: two\n")
    assert caught.value.line == 5
    assert "'says' stands twice (first on line 3)" in str(caught.value)


@pytest.mark.usefixtures("loader")
def test_keys_that_differ_in_quotes_alone_are_one_key(read):
    with pytest.raises(InputError, match="'a' stands twice"):
        read("a: 1\n'a': 2\n")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x [1]\nb: *x\n", 1),
        ("a: 1\nb: &x y\n", 2),
        ("a: &a [*a]\n", 1),  # refers to itself: without end
        ("a: 1\n&k b: 2\n", 2),
    ],
)
def test_anchors_and_aliases_are_refused(read, text, line):
    """A value stands where it is read, so that a fault has one line; none can be without end."""
    with pytest.raises(InputError, match="anchor") as caught:
        read(text)
    assert caught.value.line == line
    assert "quotes" in str(caught.value)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text",
    [
        "a: !!int 3\n",
        "a: !own x\n",
        "a: !own [x]\n",
        "a: !!set {x}\n",
        "a: !!python/object/apply:os.getcwd []\n",
        "a: ! x\n",
    ],
)
def test_tags_are_refused(read, text):
    with pytest.raises(InputError, match="has the tag") as caught:
        read(text)
    assert caught.value.line == 1


@pytest.mark.usefixtures("loader")
def test_marks_of_yaml_inside_text_are_text(read):
    assert read("a: S&P *x !y\nb: '*x'\n").value == {"a": "S&P *x !y", "b": "*x"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a: \xff\n", "not UTF-8 text (byte 3)"),
        ("a: \x01\n", "not valid YAML"),
        ("a: [1\nb: 2\n", "not valid YAML"),
        ("a: b: c\n", "not valid YAML"),
        ("--- a\n--- b\n", "another document"),
        ("? [a]\n: b\n", "key that is not plain text"),
    ],
)
def test_what_is_no_plain_document_is_refused(read, content, says):
    with pytest.raises(InputError) as caught:
        read(content)
    assert says in str(caught.value)
    assert caught.value.file == "file.yaml"


def test_a_fault_of_form_names_its_line(read):
    with pytest.raises(InputError) as caught:
        read("a: 1\nb:\n  - x\n c: 2\n")
    assert caught.value.line == 4


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.yaml"):
        read_text_yaml(tmp_path / "gone.yaml")
    with pytest.raises(InputError, match="cannot be read"):
        read_text_yaml(tmp_path)


def test_a_file_that_nobody_wrote_by_hand_is_refused(read):
    assert read("#" * (MAX_BYTES - 1) + "\n").value is None
    with pytest.raises(InputError, match="larger than 4 MiB"):
        read("#" * MAX_BYTES + "\n")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("deep", ["[" * 900 + "]" * 900, "{a: " * 900 + "}" * 900, "- " * 900])
def test_deep_nesting_is_refused(read, deep):
    with pytest.raises(InputError, match=f"deeper than {MAX_DEPTH}"):
        read(deep)


def test_nesting_without_end_does_not_end_the_process(tmp_path):
    """Composed at once, this file overflows the parser's stack: the process dies, no message."""
    path = tmp_path / "deep.yaml"
    path.write_text("[" * 100_000)
    code = (
        "import sys; from pathlib import Path; from alkanet.errors import InputError\n"
        "from alkanet.text_yaml import read_text_yaml\n"
        "try: read_text_yaml(Path(sys.argv[1]))\n"
        "except InputError: sys.exit(2)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == 2


@pytest.mark.usefixtures("loader")
def test_every_place_has_its_line(read):
    document = read("a: 1\nb:\n  c:\n    - x\n    - d: y\n      e:\n        z\n")
    places = {
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 3,
        ("b", "c", 0): 4,
        ("b", "c", 1): 5,
        ("b", "c", 1, "d"): 5,
        ("b", "c", 1, "e"): 6,
    }
    assert {place: document.line_of(place) for place in places} == places


@pytest.mark.usefixtures("loader")
def test_a_place_that_is_missing_has_the_line_around_it(read):
    document = read("x: 1\nb:\n  c: 2\n")
    assert document.line_of(("b", "missing", 0)) == 2
    assert document.line_of(("missing",)) == 1


@pytest.mark.parametrize("text", ["\ufeffa: 1\nb: 2\n", "a: 1\r\nb: 2\r\n"])
def test_marks_of_editors_change_nothing(read, text):
    document = read(text)
    assert document.value == {"a": "1", "b": "2"}
    assert document.line_of(("b",)) == 2


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u2028\u2029\ufffe"),
    min_size=1,
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, min_size=1) | st.dictionaries(TEXTS, inner, min_size=1),
    max_leaves=12,
)


@settings(deadline=None)
@given(tree=st.dictionaries(TEXTS, TREES, min_size=1))
def test_what_is_written_is_read(tree, tmp_path_factory):
    path = tmp_path_factory.mktemp("yaml") / "file.yaml"
    text = yaml.dump(tree, allow_unicode=True, default_style='"', Dumper=_NoAliases)
    path.write_text(text.replace("!!str ", ""), encoding="utf-8", newline="")
    assert read_text_yaml(path).value == tree


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True
