"""Articles kept between runs are those that would be read, and never outlive their file or the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from aligner.model import Document, InputError
from aligner.run import corpus
from aligner.run.corpus import SAME_NAME, Made, Task, load_corpus
from aligner.storage.store import FILE, open_store

TEXT = "La passerelle rouvre\n\nElle était fermée depuis deux ans. La mairie s'en réjouit.\n"


Work = Callable[[Sequence[Task]], list[Made]]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "passerelle.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


class Reader:
    """Reads articles with a store, and notes which it has to read."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    def run(
        self, work: Work, tasks: Iterable[Task], *, substitute: Callable[[Task, Exception], Made]
    ) -> Iterator[Made]:
        given = list(tasks)
        self.tasks += given
        yield from work(given)

    def read(self, folder: Path, *paths: Path) -> list[Document]:
        store = open_store(folder)
        found = list(load_corpus([str(path) for path in paths], store, self.run).documents)
        store.close()
        return found


def paths(reader: Reader) -> list[str]:
    return [task.path for task in reader.tasks if isinstance(task, corpus.File)]


def test_an_article_is_read_once(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    assert reader.read(tmp_path / "cache", article) == reader.read(tmp_path / "cache", article)
    assert paths(reader) == [str(article)]
    article.write_text(TEXT.replace("deux", "trois"), encoding="utf-8")
    assert "trois ans" in reader.read(tmp_path / "cache", article)[0].text
    monkeypatch.setattr(corpus, "code_version", lambda: "another version")
    reader.read(tmp_path / "cache", article)
    assert paths(reader) == [str(article)] * 3


def test_a_row_is_read_once(article: Path, tmp_path: Path) -> None:
    table = tmp_path / "articles.csv"
    table.write_text(f'id,text\n1,"{TEXT}"\n2,"{TEXT}"\n', encoding="utf-8")
    reader = Reader()
    first = reader.read(tmp_path / "cache", table, article)
    assert [document.path.partition("#")[2] for document in first] == ["1", "2", ""]
    assert reader.read(tmp_path / "cache", table, article) == first
    assert len(reader.tasks) == 3


def test_a_file_that_changes_while_it_is_read_is_not_kept_for_what_it_was(
    article: Path, tmp_path: Path
) -> None:
    reader = Reader()

    def run(
        work: Work, tasks: Iterable[Task], *, substitute: Callable[[Task, Exception], Made]
    ) -> Iterator[Made]:
        given = list(tasks)
        article.write_text(TEXT.replace("deux", "trois"), encoding="utf-8")
        yield from work(given)

    store = open_store(tmp_path / "cache")
    assert "deux ans" in load_corpus([str(article)], store, run).documents[0].text
    store.close()
    assert "trois ans" in reader.read(tmp_path / "cache", article)[0].text


def test_what_cannot_be_read_is_tried_again(article: Path, tmp_path: Path) -> None:
    article.write_bytes(b"")
    other = article.with_name("autre.txt")
    other.write_text(TEXT, encoding="utf-8")
    reader = Reader()
    for _ in range(2):
        assert len(reader.read(tmp_path / "cache", article, other)) == 1
    assert paths(reader) == [str(article), str(other), str(article)]


@pytest.mark.parametrize("content", [b"", b"no database at all, and long enough to be looked at" * 9])
def test_a_broken_cache_costs_only_time(article: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FILE).write_bytes(content)
    assert Reader().read(tmp_path / "cache", article)[0].text == TEXT
    (tmp_path / "file").touch()
    assert Reader().read(tmp_path / "file", article)[0].text == TEXT


def test_names_that_a_report_spells_alike_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a\udcff.txt", "a\\udcff.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / "b.csv#1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.csv").write_text(f'id,text\n1.txt,"{TEXT}"\n', encoding="utf-8")
    found = load_corpus([str(folder)], open_store(None), Reader().run)
    assert len(found.documents) == 2
    assert [(Path(each.path).name, each.reason) for each in found.skipped] == [
        ("a\udcff.txt", SAME_NAME),
        ("b.csv#1.txt", SAME_NAME),
    ]


def test_a_file_that_grows_while_it_is_read_is_not_held_whole(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "LONGEST_FILE", 50)
    reader = Reader()
    assert reader.read(tmp_path / "cache", article)[0].text == TEXT
    assert reader.tasks == []  # read in place


def test_only_large_corpora_are_kept(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(article.parent)
    assert not corpus.is_large([folder])
    monkeypatch.setattr(corpus, "WORTH_KEEPING", 1)
    assert corpus.is_large([folder])
    monkeypatch.undo()
    monkeypatch.setattr(corpus, "WORTH_KEEPING_BYTES", 10)
    assert corpus.is_large([folder])


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file there"):
        load_corpus([str(tmp_path)], open_store(None), Reader().run)
