"""The store of results: one that was damaged or made by others costs time, never a fault."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.model import InputError
from aligner.run import pipeline, session
from aligner.settings import Settings
from aligner.storage.codec import PackedPair, pack, unpack_document, unpack_findings
from aligner.storage.store import FILE, Result, open_store
from tests.cli.articles import write_pair

KEY = b"key"


@pytest.mark.parametrize("columns", ["key BLOB", "id, key, note, data, more", "name TEXT, data BLOB"])
def test_a_store_of_another_schema_is_not_used(
    tmp_path: Path, columns: str, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute(f"CREATE TABLE results ({columns})")
    store = open_store(tmp_path)
    store.put(KEY, Result("", b"data"))
    store.commit()
    assert store.get(KEY) == b"data"
    assert FILE in caplog.text


@pytest.mark.parametrize("value", ["text", 7, None])
@pytest.mark.parametrize("column", ["note", "data"])
def test_what_has_another_type_is_computed_again(tmp_path: Path, column: str, value: object) -> None:
    store = open_store(tmp_path)
    store.put(KEY, Result("note", b"data"))
    store.commit()
    if column == "note" and isinstance(value, str | int):
        value = b"bytes"  # any number or text is text in that column
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute(f"UPDATE results SET {column} = ?", [value])
    assert dict(store.notes([KEY])) == {KEY: None}


@pytest.mark.parametrize("read", [unpack_document, unpack_findings])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zlib",
        zlib.compress(b"no JSON"),
        zlib.compress(b"[" * 200_000),
        *map(pack, [None, [], {}, 7, "ab", [1, 2, 3, 4, 5, 6], [["code"], [["x"]]]]),
        pack(["path", "fr", "text", [[1]], {}, None, None]),
        pack(["path", "fr", "text", [], {}, [], [[0, 1]]]),
    ],
)
def test_damaged_data_is_reported_with_what_to_do(read: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(InputError, match="damaged"):
        read(data)


def test_a_pair_that_was_cut_short_is_reported() -> None:
    with pytest.raises(InputError, match="damaged"):
        PackedPair.from_bytes(b"\0\0\0")


def test_a_run_on_a_damaged_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "is_large", lambda *_: True)
    folder, settings = write_pair(tmp_path / "corpus"), Settings(cache=tmp_path / "cache", detector=None)
    pipeline.audit([str(folder)], settings, tmp_path / "report")
    with sqlite3.connect(tmp_path / "cache" / FILE) as database:
        database.execute("UPDATE results SET data = ?", [pack([1, 2])])
    with pytest.raises(InputError, match="delete the cache"):
        pipeline.audit([str(folder)], settings, tmp_path / "report")
