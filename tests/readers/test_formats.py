"""The table of formats, and what is derived from it."""

import re
import tomllib
from pathlib import Path

import pytest

from aligner.readers.foreign import family
from aligner.readers.formats import COMMENT_FORMATS, FORMATS, file_format, format_of, hook_pattern
from aligner.text.masks import MARKDOWN, ROWS

ROOT = Path(__file__).parent.parent.parent


def test_every_row_names_its_reader() -> None:
    assert all(callable(row.reader()) for row in FORMATS)
    assert len({suffix for row in FORMATS for suffix in row.suffixes}) == sum(
        len(r.suffixes) for r in FORMATS
    )
    assert {"md", "html"} == COMMENT_FORMATS


def test_the_readme_lists_every_format() -> None:
    sentence = (ROOT / "README.md").read_text("utf-8").partition("It reads ")[2].partition("\n\n")[0].lower()
    missing = [row.name for row in FORMATS if not any(name in sentence for name in (row.name, *row.suffixes))]
    assert not missing, "add them to the sentence of README.md that begins with 'It reads'"


def test_no_format_is_both_read_and_not_read() -> None:
    types = tomllib.loads((ROOT / "aligner" / "readers" / "data" / "types.toml").read_text("utf-8"))
    not_read = {suffix for suffixes in types.values() for suffix in suffixes}
    both = not_read & {suffix for row in FORMATS for suffix in row.suffixes}
    assert not both, "take them out of aligner/readers/data/types.toml"


def test_the_formats_whose_lines_are_rows_are_those_of_the_table() -> None:
    """``text`` is below this table, and names them again."""
    names = {row.name for row in FORMATS}
    in_rows = {row.name for row in FORMATS if not row.own_lines} - {"html"}
    assert in_rows == ROWS, "correct ROWS in aligner/text/masks.py"
    assert names > MARKDOWN, "correct MARKDOWN in aligner/text/masks.py"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.TXT", "txt"),
        ("x.markdown.gz", "md"),
        ("x.csv#1.txt", "txt"),
        ("x.gz", ""),
        ("txt", ""),
        (".md", "md"),
    ],
)
def test_a_name_tells_the_format(path: str, name: str) -> None:
    assert file_format(path) == name
    assert (format_of(path) is None) is (not name)


def test_the_hook_is_given_every_file_that_is_read() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert f"  files: {hook_pattern()}\n" in hook
    for row in FORMATS:
        for suffix in row.suffixes:
            for name in (f"a.{suffix}", f"A.{suffix.upper()}", f"a/b.{suffix}.gz"):
                assert re.search(hook_pattern(), name)
    assert not re.search(hook_pattern(), "a.pdf")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pages", b"", "document"),
        ("a.tar.gz", b"", "document"),
        ("a.png", b"", "counted"),
        ("LICENSE", b"word " * 99, "counted"),
        ("notes", b"word " * 99, "document"),
        ("notes", b"1 2 3", "other"),
        ("scan", b"%PDF-1.7", "document"),
        ("picture", b"\x89PNG", "other"),
        ("data.xml", b"<a>" + b"<b c='d'/>" * 99 + b"</a>", "other"),
        ("news.xml", b"<p>" + b"word " * 99 + b"</p>", "document"),
        ("junit.xml", b"<?xml?>\n<testsuites name='a'>" + b"word " * 99, "other"),
        ("package.json", b'{"name": "x"}', "counted"),
        ("articles.json", b'[{"text": "' + b"word " * 99 + b'"}]', "document"),
    ],
)
def test_what_a_file_that_is_not_read_may_be(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert family(str(tmp_path / name)) == expected
