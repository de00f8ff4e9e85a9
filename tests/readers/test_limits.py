"""Small files that unpack to a great deal are refused with a reason, before memory is gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner.model import InputError, Skipped
from aligner.readers.bitext import read_bitext
from aligner.readers.tables import read_rows

arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

MIB = 2**20
LONG = "Le musée rouvre samedi. " * 300_000  # 7 MB
MANY = 12
"""So many long texts are more than a small file may unpack to: 64 MiB."""
SHORT = "Le musée rouvre samedi. " * 20


@pytest.mark.parametrize(
    "columns",
    [  # made when their turn comes: 80 MB each
        lambda: {"text": arrow.array([LONG] * MANY, arrow.large_string())},
        lambda: {"text": arrow.array([LONG] * MANY, arrow.string())},
        lambda: {"text": arrow.array([LONG.encode()] * MANY, arrow.large_binary())},
        lambda: {"text": [SHORT] * MANY, "title": arrow.array([LONG] * MANY, arrow.large_string())},
        lambda: {"text": [SHORT] * MANY, "title": arrow.array([LONG] * MANY, arrow.string())},
        lambda: {"text": arrow.array([LONG * MANY], arrow.large_string())},
        lambda: {"text": [SHORT], "url": arrow.array([LONG * MANY], arrow.large_string())},
    ],
)
def test_a_parquet_file_that_swells(tmp_path: Path, columns: Callable[[], dict[str, Any]]) -> None:
    path = str(tmp_path / "rows.parquet")
    parquet.write_table(arrow.table(columns()), path, compression="zstd")
    assert os.path.getsize(path) < 200_000  # noqa: PTH202
    with pytest.raises(InputError, match="swells"):
        list(read_rows(path, "parquet"))


def test_a_parquet_file_of_usual_texts_is_read(tmp_path: Path) -> None:
    path = str(tmp_path / "rows.parquet")
    texts = [f"{number} {SHORT}" for number in range(500)]
    parquet.write_table(arrow.table({"text": arrow.array(texts, arrow.large_string())}), path)
    assert [row.text for row in read_rows(path, "parquet") if not isinstance(row, Skipped)] == texts


@pytest.mark.parametrize("size", [9, 17, 28])
def test_a_segment_of_a_translation_memory_that_is_too_long(tmp_path: Path, size: int) -> None:
    path = tmp_path / "memory.tmx"
    text = "a " * (size * MIB // 2)
    unit = '<tu><tuv xml:lang="fr"><seg>{}</seg></tuv><tuv xml:lang="en"><seg>b</seg></tuv></tu>'
    path.write_text(f"<tmx><body>{unit.format(text)}</body></tmx>")
    with pytest.raises(InputError, match="longer than 8 MiB"):
        read_bitext(str(path))


def test_rows_of_which_none_can_be_read_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.readers.tables.MOST_UNREAD", 5)
    file = tmp_path / "rows.jsonl"
    good = '{"text": "Le musée rouvre samedi."}\n'
    for unread, read in ((4, 2), (5, 1)):
        file.write_text(good + "{}\n" * unread + good, encoding="utf-8")
        rows = read_rows(str(file), "jsonl")
        found = [isinstance(next(rows), Skipped) for _ in range(1 + unread)]
        assert found == [False, *[True] * unread]
        if read == 2:
            assert not isinstance(next(rows), Skipped)
        else:
            with pytest.raises(InputError, match="5 rows one after another"):
                next(rows)


def test_more_rows_than_bytes(tmp_path: Path) -> None:
    path = str(tmp_path / "rows.parquet")
    texts = arrow.array(["a"]).dictionary_encode().take(arrow.array([0] * 1_000_000))
    parquet.write_table(arrow.table({"text": texts}), path, compression="zstd")
    with pytest.raises(InputError, match="holds 1,000,000 rows in"):
        next(read_rows(path, "parquet"))
