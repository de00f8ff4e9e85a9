from __future__ import annotations

import builtins
import gzip
import hashlib
import importlib.util
import io
import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.model import Document, InputError, Skipped
from aligner.readers import sources
from aligner.readers.articles import check_paths, list_files, read_article
from aligner.readers.sources import open_regular
from tests.reading import read_articles

FRENCH = "Un pont pour la ville\n\nLe pont ouvre lundi. La mairie est contente."
ENGLISH = "A bridge for the city\n\nThe bridge opens on Monday. The mayor is happy."


def read(*paths: Path | str, stdin: bytes | None = None) -> list[Document | Skipped]:
    return list(
        read_articles([str(p) for p in paths], stdin=io.BytesIO(stdin) if stdin is not None else None)
    )


def only_reason(*paths: Path | str) -> str:
    (found,) = read(*paths)
    assert isinstance(found, Skipped)
    return found.reason


def keys(found: list[Document | Skipped]) -> list[str]:
    return [item.path for item in found]


def test_folder_is_walked_in_order_and_keys_are_paths_as_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b/x.txt", "a/x.txt", "z.md", ".hidden/x.txt", "a/.x.txt", "note.doc"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(FRENCH, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names = ["a/x.txt", "b/x.txt", "note.doc", "z.md"]
    assert keys(read("in")) == keys(read("in/")) == [f"in/{name}" for name in names]
    assert keys(read("./in")) == [f"./in/{name}" for name in names]
    assert keys(read("in", "in/z.md", "./in/z.md")) == [f"in/{name}" for name in names]
    assert list_files(["in"]) == ["in/a/x.txt", "in/b/x.txt", "in/z.md"]
    assert list_files(["in"], ["B/*", "*.MD"]) == ["in/a/x.txt"]
    monkeypatch.chdir(tmp_path / "in")
    assert keys(read(".")) == names


def test_text_file(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + FRENCH.replace("\n", "\r\n").encode()
    (tmp_path / "a.txt").write_bytes(data)
    article = read_article(str(tmp_path / "a.txt"))
    assert article.text == FRENCH.replace("\n", "\r\n")
    assert article.language == "fr"
    assert article.metadata == {
        "format": "txt",
        "encoding": "utf-8",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def test_language_comes_from_the_text_and_not_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "a.fr.txt").write_text(ENGLISH, encoding="utf-8")
    assert read_article(str(tmp_path / "fr" / "a.fr.txt")).language == "en"


def test_folder_decides_for_text_that_tells_nothing(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "score.txt").write_text("Nadal 6-4 6-2", encoding="utf-8")
    assert [a.language for a in read(tmp_path) if isinstance(a, Document)] == ["en", "fr"]


def test_markdown_front_matter_is_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"---\ntitle: 'Le pont'\ndate: 2024-03-04\ntags: [a]\n---\n{FRENCH}", encoding="utf-8"
    )
    article = read_article(str(tmp_path / "a.md"))
    assert (article.metadata["title"], article.metadata["date"]) == ("Le pont", "2024-03-04")
    assert article.segments[0].text == "Un pont pour la ville"


def json_lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines({"id": 7, "text": FRENCH, "title": "Titre", "date": None}, {"text": ENGLISH}))
    first, second = read(path)
    assert isinstance(first, Document)
    assert (first.path, second.path) == (f"{path}#7", f"{path}#2")
    assert first.title == "Titre"
    assert first.text == FRENCH
    assert first.metadata["sha256"] == hashlib.sha256(FRENCH.encode()).hexdigest()
    assert "date" not in first.metadata


def test_each_bad_line_is_skipped_with_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        json_lines({"id": "a", "text": FRENCH})
        + b'{"text": "cut off\n'
        + json_lines(
            [1],
            {"id": "b"},
            {"text": 3},
            {"id": "a", "text": ENGLISH},
            {"text": ""},
            {"id": "z", "text": ENGLISH},
        )
        + b"\n[[" * 1
        + b"[" * 100_000
    )
    found = read(path)
    reasons = {item.path: item.reason for item in found if isinstance(item, Skipped)}
    assert [item.path for item in found if isinstance(item, Document)] == [f"{path}#a", f"{path}#z"]
    assert "line 2 is broken JSON" in reasons[f"{path}#2"]
    assert "not a JSON object" in reasons[f"{path}#3"]
    assert "text must be a string" in reasons[f"{path}#b"]
    assert "here is a int" in reasons[f"{path}#5"]
    assert "id 'a' of row 1 again" in reasons[f"{path}#6"]
    assert "no text" in reasons[f"{path}#7"]
    assert len(found) == 9


def test_half_of_a_surrogate_pair_does_not_reach_the_report(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Le pont \\ud83d ouvre lundi dans la ville."}\n')
    (article,) = read(path)
    assert isinstance(article, Document)
    article.text.encode()


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_comma_separated(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    quoted = FRENCH.replace("lundi", '""lundi""')
    path.write_bytes(
        f'\ufeffid{delimiter}Text\nun{delimiter}"{quoted}"\ndeux{delimiter}"{ENGLISH}"\n'.encode()
    )
    first, second = read(path)
    assert keys([first, second]) == [f"{path}#un", f"{path}#deux"]
    assert isinstance(first, Document)
    assert first.text == FRENCH.replace("lundi", '"lundi"')


def test_tab_separated_is_never_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        'id\ttext\n1\t"Le pont ouvre lundi, dit la mairie.\n2\tThe bridge opens on Monday.\n',
        encoding="utf-8",
    )
    first, second = read(path)
    assert isinstance(first, Document)
    assert first.text.startswith('"Le pont')
    assert isinstance(second, Document)


def test_table_without_text_column_names_its_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,body\n1,Bonjour\n", encoding="utf-8")
    assert "no column is named text (columns: id, body)" in only_reason(tmp_path / "a.csv")


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"id": ["x", "y"], "text": [FRENCH, None], "extra": [1, 2]}), path)
    first, second = read(path)
    assert isinstance(first, Document)
    assert first.path == f"{path}#x"
    assert isinstance(second, Skipped)
    (tmp_path / "b.parquet").write_bytes(b"PAR1 not really")
    assert "not a Parquet file" in only_reason(tmp_path / "b.parquet")


def without(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    real: Callable[..., object] = builtins.__import__

    def fake(name: str, *args: object, **kwargs: object) -> object:
        if name.partition(".")[0] == module:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fake)
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == module else find(name))


@pytest.mark.parametrize(("name", "module"), [("a.parquet", "pyarrow"), ("a.html", "trafilatura")])
def test_a_missing_package_is_named_as_pip_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    (tmp_path / name).write_text("<p>Le pont ouvre.</p>", encoding="utf-8")
    without(monkeypatch, module)
    assert f"pip install {module}" in only_reason(tmp_path / name)


def test_web_page(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    sentences = "".join(
        f"<p>Le pont numéro {i} ouvre lundi, et la mairie de la ville est contente.</p>" for i in range(9)
    )
    body = f"<nav>Menu</nav><article>{sentences}</article>"
    page = f"<html><head><title>Un pont</title></head><body>{body}</body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "b.html").write_text("<html><body></body></html>", encoding="utf-8")
    article, empty = read(tmp_path)
    assert isinstance(article, Document)
    assert article.metadata["title"] == "Un pont"
    assert "<p>" not in article.text
    assert len(article.segments) == 9
    assert isinstance(empty, Skipped)
    assert "no article was found" in empty.reason


def test_gzip_of_any_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(FRENCH.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json_lines({"text": ENGLISH})))
    found = read(tmp_path)
    assert keys(found) == [f"{tmp_path}/a.txt.gz", f"{tmp_path}/b.jsonl.gz#1"]
    assert all(isinstance(item, Document) for item in found)


def test_damaged_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(FRENCH.encode())[:-9])
    (tmp_path / "b.txt.gz").write_bytes(b"plain")
    assert ["damaged gzip" in item.reason for item in read(tmp_path) if isinstance(item, Skipped)] == [
        True,
        True,
    ]


def test_gzip_that_swells_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_RATIO_APPLIES_FROM", 2**20)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json_lines({"text": FRENCH}) + b"\n" * 2**23))
    first, second = read(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Skipped)
    assert "when unpacked" in second.reason


def test_standard_input_as_text_or_as_json_lines() -> None:
    (article,) = read("-", stdin=FRENCH.encode())
    assert isinstance(article, Document)
    assert article.path == "-"
    found = read("-", stdin=json_lines({"id": "a", "text": FRENCH}, {"text": ENGLISH}))
    assert keys(found) == ["-#a", "-#2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG picture"),
        (bytes(range(256)) * 40, "binary"),
        ("市は今日、川に新しい橋を開通させた。".encode(), "looks like Japanese"),
        ("Die Stadt eröffnet heute eine neue Brücke über den Fluss.".encode(), "looks like German"),
        (b"12 34 56", "no words"),
    ],
)
def test_unfit_file_is_skipped_with_the_reason_and_the_others_are_read(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text(FRENCH, encoding="utf-8")
    first, second = read(tmp_path)
    assert isinstance(first, Skipped)
    assert reason in first.reason
    assert isinstance(second, Document)
    with pytest.raises(InputError, match="a.txt: .*" + reason):
        read_article(str(tmp_path / "a.txt"))


def test_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(FRENCH, encoding="utf-8")
    real = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    first, second = read(tmp_path)
    assert isinstance(first, Skipped)
    assert "permission denied" in first.reason
    assert isinstance(second, Document)


def test_one_line_of_40_megabytes_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"word " * 8_000_000)
    (tmp_path / "b.jsonl").write_bytes(
        b'{"text": "' + b"word " * 8_000_000 + b'"}\n' + json_lines({"text": FRENCH})
    )
    start = time.process_time()
    long_file, long_line, article = read(tmp_path)
    assert time.process_time() - start < 5
    assert isinstance(long_file, Skipped)
    assert isinstance(long_line, Skipped)
    assert "too long for one article" in long_file.reason
    assert "line 1 is longer than" in long_line.reason
    assert isinstance(article, Document)


def test_links_that_lead_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    found = read(tmp_path)
    assert keys(found) == [f"{tmp_path}/a.txt", f"{tmp_path}/gone.txt"]
    assert isinstance(found[1], Skipped)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in only_reason(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.parquet", "a.tmx"])
def test_a_file_that_turns_into_a_pipe_is_not_waited_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_text(FRENCH, encoding="utf-8")
    real = os.open

    def swapped(opened: str, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return real(opened, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(InputError, match="not a regular file"), open_regular(str(path)):
        pass
    assert not stat.S_ISREG(path.stat().st_mode)


def test_path_that_does_not_exist(tmp_path: Path) -> None:
    check_paths([str(tmp_path), "-"])
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        check_paths([str(tmp_path), "nowhere"])


def test_folder_without_articles_lists_nothing(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert list_files([str(tmp_path)]) == []


def test_named_file_without_suffix_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "article").write_text(FRENCH, encoding="utf-8")
    assert read_article(str(tmp_path / "article")).language == "fr"


def test_files_of_the_same_name_in_different_folders_are_two_articles(tmp_path: Path) -> None:
    for folder, text in (("one", FRENCH), ("two", ENGLISH)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
    assert keys(read(tmp_path)) == [f"{tmp_path}/one/a.txt", f"{tmp_path}/two/a.txt"]


def test_bitext_among_articles_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("fr\ten\nOui.\tYes.\n", encoding="utf-8")
    assert "aligned text" in only_reason(tmp_path)


ROWS = "\n".join(f'{name},"{FRENCH}"' for name in "ab")


@pytest.mark.parametrize(
    ("table", "read_ids", "reason"),
    [
        (f'id,text\n{ROWS}\nc,"{FRENCH}', "ab", "row 3 opens a quotation mark that nothing closes"),
        (
            f"id,text\n{ROWS}\n\x01\x02\x03,\x04\nd,Le maire est content.\n",
            "abd",
            "row 3 cannot be read: line",
        ),
        (f"id,text\n{ROWS}\nc,%PDF\n%PDF-1.7,c\nd,Le maire est content.\n", "abd", "a PDF document"),
    ],
)
def test_a_broken_row_costs_no_other(tmp_path: Path, table: str, read_ids: str, reason: str) -> None:
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    found = read(tmp_path / "a.csv")
    assert "".join(a.path[-1] for a in found if isinstance(a, Document) and "PDF" not in a.text) == read_ids
    assert [reason in item.reason for item in found if isinstance(item, Skipped)][-1:] == [True]


def test_a_line_too_long_for_a_table_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_ARTICLE_BYTES", 2**20)
    (tmp_path / "a.csv").write_text(f"id,text\nx,{'a' * 2**21}\n{ROWS}\n", encoding="utf-8")
    found = read(tmp_path / "a.csv")
    assert [item.path[-1] for item in found] == ["1", "a", "b"]
    assert isinstance(found[0], Skipped)
    assert "line 2: longer than" in found[0].reason


def test_two_columns_of_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,text\na,b\n", encoding="utf-8")
    assert "two columns are named text" in only_reason(tmp_path / "a.csv")


def test_long_ids_and_titles_are_cut_and_lose_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines({"id": "x" * 10_000, "title": "y" * 10_000, "text": FRENCH}))
    (article,) = read(path)
    assert isinstance(article, Document)
    assert article.path == f"{path}#1"
    assert len(article.title) == 1_000


def test_links_to_links_are_followed_once(tmp_path: Path) -> None:
    for level in range(8):
        (tmp_path / f"level{level}").mkdir()
        (tmp_path / f"level{level}" / "a.txt").write_text(FRENCH, encoding="utf-8")
        for n in range(8):
            (tmp_path / f"level{level}" / f"link{n}").symlink_to(f"../level{(level + 1) % 8}")
    assert len(list_files([str(tmp_path)])) == 8


def test_a_file_that_vanishes_or_shrinks_is_skipped_or_read(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(FRENCH, encoding="utf-8")
    found = read_articles([str(tmp_path)])
    first = next(found)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").unlink()
    os.mkfifo(tmp_path / "d.txt")
    gone, emptied, pipe = found
    assert isinstance(first, Document)
    assert [item.reason[:20] for item in (gone, emptied, pipe) if isinstance(item, Skipped)] == [
        "cannot be read: no s",
        "the file is empty; f",
        "not a regular file; ",
    ]


def test_a_file_cut_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines(*({"text": f"{FRENCH} {i}"} for i in range(5000))))
    found = read_articles([str(path)])
    next(found)
    os.truncate(path, 300_000)
    *whole, last = found
    assert all(isinstance(item, Document) for item in whole)
    assert isinstance(last, Skipped)
    assert "broken JSON" in last.reason


@pytest.mark.parametrize("path", ["a" * 300, "/".join(["b" * 200] * 30)])
def test_a_path_that_no_system_takes(path: str) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        check_paths([path])


@pytest.mark.parametrize("middle", ["le<br>" * 200_000, f"<p {' '.join(f'a{i}=1' for i in range(9000))}>"])
def test_a_page_made_to_keep_us_busy_is_refused(tmp_path: Path, middle: str) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(f"<p>{FRENCH}</p>{middle}", encoding="utf-8")
    start = time.process_time()
    assert "save" in only_reason(tmp_path / "a.html")
    assert time.process_time() - start < 5
