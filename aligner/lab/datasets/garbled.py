"""The corpora of garbled passages that come with the project: single passages, and whole stories."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from aligner.model import LANGUAGES, InputError, Language, Span

Split = Literal["train", "dev", "test"]
TRAIN_PERCENT, DEV_PERCENT = 90, 95
"""Percentiles of the digest of the correct text that end the splits train and dev; the rest is test."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of ``corpora/garbled``: a correct text, and how it was garbled (None for tricky correct text).

    ``spans`` are the character offsets in ``garbled`` of what is wrong; an empty span is where words are
    missing. ``source`` is a sentence of the other language that the passage answers.
    """

    id: str
    kind: str
    correct: str
    garbled: str | None
    spans: tuple[Span, ...]
    source: str | None
    split: Split


@dataclass(frozen=True, slots=True)
class StoryPassage:
    """A garbled sentence (or two run together) of a story, with its correct form."""

    start: int
    end: int
    garbled: str
    correct: str
    spans: tuple[Span, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A pair of articles, one of which is garbled (None: neither is), with its gold."""

    folder: Path
    language: Language | None
    passages: tuple[StoryPassage, ...]
    correct: tuple[Span, ...]

    def path(self, language: Language) -> Path:
        """Return the file of one side."""
        return self.folder / f"{language}.txt"


def split_of(correct: str) -> Split:
    """Return the split that a correct text belongs to, by its digest: equal texts never part."""
    percent = int(hashlib.sha256(correct.encode("utf-8")).hexdigest(), 16) % 100
    return "train" if percent < TRAIN_PERCENT else "dev" if percent < DEV_PERCENT else "test"


def passage_id(language: Language, text: str) -> str:
    """Return the id of a passage, from its garbled text, or its correct text where nothing is garbled."""
    normalised = " ".join(text.replace("’", "'").lower().split())
    return f"{language}-{hashlib.sha256(normalised.encode('utf-8')).hexdigest()[:10]}"


def read_passages(folder: Path, language: Language) -> Iterator[Passage]:
    """Yield the lines of ``LANGUAGE.jsonl`` in order; InputError for a missing file or a wrong line."""
    path = folder / f"{language}.jsonl"
    if not path.is_file():
        raise InputError(f"{path}: no such file; name the folder of corpora/garbled")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                spans = tuple((start, end) for start, end in row["spans"])
                yield Passage(**{**row, "spans": spans})
            except (ValueError, TypeError, KeyError) as error:
                raise InputError(f"{path}:{number}: not a passage: {error}") from error


def read_stories(folder: Path) -> list[Story]:
    """Return the stories of a folder, by name. Raises InputError if there is none, or for a wrong one."""
    stories = [_story(gold) for gold in sorted(folder.glob("*/gold.json"))]
    if not stories:
        raise InputError(f"{folder}: no story in it (NAME/gold.json); name the folder of corpora/stories")
    return stories


def _story(gold: Path) -> Story:
    try:
        content = json.loads(gold.read_text(encoding="utf-8"))
        language = content["garbled"]
        passages = tuple(_story_passage(passage) for passage in content["passages"])
        correct = tuple((start, end) for start, end in content.get("correct", ()))
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{gold}: not the gold of a story: {error}; see corpora/README.md") from error
    if language not in (*LANGUAGES, None):
        raise InputError(f"{gold}: garbled is {language!r}, not fr, en or null")
    return Story(gold.parent, language, passages, correct)


def _story_passage(passage: dict[str, Any]) -> StoryPassage:
    spans = tuple((start, end) for start, end in passage["spans"])
    return StoryPassage(**{**passage, "spans": spans, "kinds": tuple(passage["kinds"])})
