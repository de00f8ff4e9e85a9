"""Machine translations in which people changed or marked words: post-edited news, and product reviews."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.lab.datasets.corpora import read_lines
from aligner.model import Language, Span

HELD_WCE, HELD_REVIEWS = 500, 100
"""Last rows of the post-edited news, and last reviews, from which nothing but curves is learned."""
MAX_CHARACTERS = 840
"""Characters of a side; longer ones are left out."""
NOT_WRONG = frozenset({"Unit Conversion", "Inconsistency", "Capitalization", "Punctuation", "Hyphenation"})
"""Marked in the reviews, and nothing that a word can be wrong by."""


@dataclass(frozen=True, slots=True)
class Translation:
    """Both sides, which of them a machine wrote, and the spans in it that people changed or marked."""

    fr: str
    en: str
    translated: Language
    marks: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The translated side."""
        return self.fr if self.translated == "fr" else self.en


def post_edited_rows(data: Path) -> list[dict[str, Any]]:
    """Return the rows of news that were kept back, translated from French and post-edited (WCE-LIG)."""
    return [json.loads(line) for line in read_lines(data / "wce-lig" / "words.jsonl.xz")][-HELD_WCE:]


def review_rows(data: Path) -> list[dict[str, Any]]:
    """Return the reviews that were kept back, translated into French (WMT 2020, MQM)."""
    return [json.loads(line) for line in read_lines(data / "wmt20-mqm.en-fr.jsonl.xz")][-HELD_REVIEWS:]


def post_edited(data: Path) -> Iterator[Translation]:
    """Yield the post-edited news that were kept back, with the words that were changed."""
    for row in post_edited_rows(data):
        marks = tuple((start, end) for start, end, is_changed in row["tokens"] if is_changed)
        if max(len(row["fr"]), len(row["en"])) < MAX_CHARACTERS:
            yield Translation(row["fr"], row["en"], "en", marks)


def reviewed(data: Path) -> Iterator[Translation]:
    """Yield the segments of the reviews that were kept back, with what professionals marked."""
    for row in review_rows(data):
        marks: list[list[Span]] = [[] for _ in row["fr"]]
        for annotation in row["annotations"]:
            for segment, start, end in annotation["spans"]:
                marks[segment].append((start, end))
        for fr, en, spans in zip(row["fr"], row["en"], marks, strict=True):
            if fr.strip() and en.strip() and max(len(fr), len(en)) < MAX_CHARACTERS:
                yield Translation(fr, en, "fr", tuple(spans))
