"""The file of values kept between runs: it gives back what was put, and a bad one costs only time."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from aligner.storage import cache as cachefile
from aligner.storage.cache import CacheFile

MANY = {number.to_bytes(2, "big"): b"%d" % number for number in range(2 * cachefile.BATCH + 3)}


def test_what_is_put_is_found_by_the_next_run(tmp_path: Path) -> None:
    first = CacheFile(tmp_path / "new", "words")
    first.put(MANY.items())
    first.close()
    assert CacheFile(tmp_path / "new", "words").get([*MANY, b"unknown"]) == MANY
    assert CacheFile(tmp_path / "new", "others").get(MANY) == {}


def test_the_last_value_stands_and_a_closed_file_opens_again(tmp_path: Path) -> None:
    file = CacheFile(tmp_path, "words")
    file.put([(b"a", b"1")])
    file.close()
    file.put([(b"a", b"2")])
    assert file.get([b"a"]) == {b"a": b"2"}


def test_nothing_is_opened_before_it_is_used(tmp_path: Path) -> None:
    CacheFile(tmp_path / "new", "words").close()
    assert not (tmp_path / "new").exists()


def test_a_broken_file_is_reported_once_and_ignored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "words.sqlite").write_bytes(b"not a database" * 100)
    file = CacheFile(tmp_path, "words")
    with caplog.at_level(logging.WARNING):
        file.put([(b"a", b"1")])
        assert file.get([b"a"]) == {}
    assert [str(tmp_path / "words.sqlite") in message for message in caplog.messages] == [True]


def test_a_folder_that_cannot_be_made_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = CacheFile(tmp_path / "file" / "folder", "words")
    file.put([(b"a", b"1")])
    assert file.get([b"a"]) == {}


def test_a_file_that_stays_locked_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cachefile, "WAIT_SECONDS", 0.05)
    file = CacheFile(tmp_path, "words")
    file.put([(b"a", b"1")])
    other = sqlite3.connect(tmp_path / "words.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    file.put([(b"b", b"2")])
    other.execute("ROLLBACK")
    other.close()
    assert file.get([b"a"]) == {}
    assert CacheFile(tmp_path, "words").get([b"a", b"b"]) == {b"a": b"1"}


@pytest.mark.parametrize("columns", ["key BLOB", "key BLOB, value BLOB, more TEXT", "name TEXT, data BLOB"])
def test_a_table_of_another_schema_costs_only_time(tmp_path: Path, columns: str) -> None:
    with sqlite3.connect(tmp_path / "words.sqlite") as database:
        database.execute(f"CREATE TABLE words ({columns})")
    file = CacheFile(tmp_path, "words")
    file.put([(b"a", b"1")])
    assert file.get([b"a"]) in ({}, {b"a": b"1"})


@pytest.mark.parametrize("value", ["text", 7, 1.5, None])
def test_what_is_no_bytes_is_not_found(tmp_path: Path, value: object) -> None:
    file = CacheFile(tmp_path, "words")
    file.put([(b"a", b"1")])
    with sqlite3.connect(tmp_path / "words.sqlite") as database:
        database.execute("UPDATE words SET value = ?", [value])
    assert file.get([b"a"]) == {}
