"""Articles kept between runs are those that would be read, and never outlive their file or the reader."""

from pathlib import Path

import pytest

from aligner.corpus import cache, read
from aligner.corpus.cache import ArticleCache
from aligner.model import Document, InputError

TEXT = "La passerelle rouvre\n\nElle était fermée depuis deux ans. La mairie s'en réjouit.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "passerelle.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def kept(folder: Path, article: Path) -> Document:
    articles = ArticleCache(folder)
    (document,) = articles.read(str(article))
    articles.keep()
    assert isinstance(document, Document)
    return document


def count(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every file that is really read."""
    paths: list[str] = []
    really = cache.read_articles
    monkeypatch.setattr(cache, "read_articles", lambda given: paths.extend(given) or really(given))
    return paths


def test_an_article_is_read_once(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = count(monkeypatch)
    assert kept(tmp_path / "cache", article) == kept(tmp_path / "cache", article)
    assert paths == [str(article)]
    article.write_text(TEXT.replace("deux", "trois"), encoding="utf-8")
    assert "trois ans" in kept(tmp_path / "cache", article).text
    monkeypatch.setattr(cache, "_reader_fingerprint", lambda: "another version")
    kept(tmp_path / "cache", article)
    assert paths == [str(article)] * 3


def test_what_cannot_be_read_is_tried_again(article: Path, tmp_path: Path) -> None:
    article.write_bytes(b"")
    for _ in range(2):
        articles = ArticleCache(tmp_path / "cache")
        assert "empty" in articles.read(str(article))[0].reason
        articles.keep()


@pytest.mark.parametrize("content", [b"", b"no database at all, and long enough to be looked at" * 9])
def test_a_broken_cache_costs_only_time(article: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "articles.sqlite").write_bytes(content)
    assert kept(tmp_path / "cache", article).text == TEXT
    (tmp_path / "file").touch()
    assert kept(tmp_path / "file", article).text == TEXT


def test_only_large_corpora_are_kept(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(article.parent)
    alone = read([folder], cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
    monkeypatch.setattr("aligner.corpus.reading.WORTH_KEEPING", 1)
    assert read([folder], cache=tmp_path / "cache") == read([folder], cache=tmp_path / "cache") == alone
    assert (tmp_path / "cache" / "articles.sqlite").is_file()
    article.unlink()
    with pytest.raises(InputError):
        read([folder], cache=tmp_path / "cache")
