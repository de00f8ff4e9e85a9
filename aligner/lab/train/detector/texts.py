"""What the detector learns from and is measured on: texts, each with the places where it is wrong."""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from aligner.lab.datasets import corpora
from aligner.lab.datasets.garbled import Passage, read_passages
from aligner.lab.train.detector.tokens import TOKEN, Mark
from aligner.model import LANGUAGES, Language, Span
from aligner.text.splitting import split_sentences

logger = logging.getLogger(__name__)

KEPT_BACK = 20
"""One news document in so many is never learned from: false positives are counted on those."""
MAX_CHARACTERS = 420
"""Characters of a sentence; longer ones cost more time than they teach."""
MIN_CHARACTERS = 25
"""Least number of characters of a news sentence, to leave titles out."""
NEWS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("news.fr.orangesum",),
    "en": ("news.en.allsides", "news.en.gum-wikinews"),
}
"""News by language, in the folder ``more`` of the data."""
REGISTERS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("speech.fr.assemblee", "mixed.fr.commonvoice-cc0", "mixed.fr.framabook"),
    "en": ("mixed.en.commonvoice-cc0", "mixed.en.state-of-union", "news.en.onestop"),
}
WRONG_BESIDE_SOURCE = frozenset({"wrong-sense", "false-friend", "translated-name"})
"""Kinds of garbled passages that a reader often sees only with the source."""
DOUBT = 0.5
"""Weight of these in a text alone."""
KIND_TYPES: Mapping[str, str] = {
    "link": "fragment",
    "glued": "glued",
    "run-in": "fragment",
    "headline": "fragment",
    "fragment": "fragment",
    "run-on": "fragment",
    "repetition": "duplication",
    "attribution": "word-order",
    "spin": "lexical",
    "literal": "lexical",
    "wrong-sense": "lexical",
    "false-friend": "lexical",
    "translated-name": "lexical",
    "untranslated": "untranslated",
    "order": "word-order",
    "auxiliary": "auxiliary",
    "verb": "verb-form",
    "verb-form": "verb-form",
    "tense": "verb-form",
    "agreement": "agreement",
    "plural": "agreement",
    "pronoun": "function-word",
    "small-word": "function-word",
    "negation": "function-word",
    "homophone": "spelling",
    "misspelling": "spelling",
}
"""Type of fault that the words of a garbled passage have, by its kind; others have none."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with its marks, and how much they count; no mark: it is correct."""

    text: str
    language: Language
    marks: tuple[Mark, ...] = ()
    weight: float = 1.0


Document = tuple[str, ...]
"""Lines of a news article: the title, then paragraphs."""


@dataclass(frozen=True, slots=True)
class News:
    """News of one language, to learn from and kept back."""

    learned: Sequence[Document]
    kept_back: Sequence[Document]


def documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a file that has a paragraph a line and a blank line between documents."""
    lines: list[str] = []
    for line in corpora.read_lines(path):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield tuple(lines)
            lines = []
    if lines:
        yield tuple(lines)


def is_kept_back(document: Document) -> bool:
    """Return whether an article is held out of training, by the digest of its first line."""
    return int(hashlib.sha256(document[0].encode()).hexdigest(), 16) % KEPT_BACK == 0


def read_news(data: Path) -> dict[Language, News]:
    """Read all news. Raises InputError when a file is missing."""
    news = {}
    for language in LANGUAGES:
        learned: list[Document] = []
        kept_back: list[Document] = []
        for name in NEWS[language]:
            for document in documents(data / "more" / f"{name}.txt.xz"):
                (kept_back if is_kept_back(document) else learned).append(document)
        news[language] = News(learned, kept_back)
    return news


def read_registers(data: Path) -> dict[Language, list[str]]:
    """Read sentences of other registers than news, everyday ones among them."""
    tatoeba = corpora.tatoeba(data)
    lines_by_language = {}
    for place, language in enumerate(LANGUAGES):
        lines = [pair[place] for pair in tatoeba]
        for name in REGISTERS[language]:
            lines += [line for line in corpora.read_lines(data / "more" / f"{name}.txt.xz") if line.strip()]
        lines_by_language[language] = lines
    return lines_by_language


def sentence_of(line: str, language: Language, rng: random.Random) -> str | None:
    """Return a whole sentence of a paragraph, drawn at random, or None if the one drawn is unsuitable."""
    spans = split_sentences(line, language)
    if not spans:
        return None
    start, end = rng.choice(spans)
    text = line[start:end].strip()
    is_whole = text.endswith((".", "!", "?", "»", "”", '"', "…")) and (
        text[:1].isupper() or text[:1] in "«“\"'‘—–-"
    )
    return text if is_whole and MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS else None


def passage_texts(passage: Passage, language: Language) -> Iterator[Text]:
    """Yield the garbled text of a passage with its marks, if any, and the correct one."""
    if passage.garbled:
        kind = KIND_TYPES.get(passage.kind, "")
        marks = tuple(Mark(*shown(span, passage.garbled), kind) for span in passage.spans)
        yield Text(passage.garbled, language, marks, DOUBT if passage.kind in WRONG_BESIDE_SOURCE else 1.0)
    yield Text(passage.correct, language)


def shown(span: Span, text: str) -> Span:
    """Return the span itself, or where words are missing the word behind the gap, else that before it."""
    start, end = span
    if start < end:
        return span
    after = next(
        (m.span() for m in TOKEN["en"].finditer(text) if m.end() > start and m.group()[0].isalnum()), None
    )
    if after:
        return after
    before = [m.span() for m in TOKEN["en"].finditer(text) if m.end() <= start]
    return before[-1] if before else (0, len(text))


def read_garbled(folder: Path, split: str) -> dict[Language, list[Passage]]:
    """Read the passages of a split of ``corpora/garbled``."""
    return {
        language: [p for p in read_passages(folder, language) if p.split == split] for language in LANGUAGES
    }


def read_errors(data: Path) -> list[Text]:
    """Read corpora of errors with their corrections, what changes only the meaning left out."""
    texts: list[Text] = []
    for language in LANGUAGES:
        for row in _rows(data / "more" / f"errors.{language}.languagetool.jsonl.xz"):
            if row.get("bad"):
                spans = row.get("spans") or []
                if spans:
                    texts.append(Text(row["bad"], language, tuple(Mark(a, b, "") for a, b in spans)))
            elif row.get("good"):
                texts.append(Text(row["good"], language))
    for row in _rows(data / "more" / "errors.en.demetr.jsonl.xz"):
        if row.get("kind") != "meaning" and row.get("bad") and row.get("good"):
            marks = differences(row["bad"], row["good"], "en")
            if marks:
                texts.append(Text(row["bad"], "en", marks))
    return [text for text in texts if len(text.text) <= MAX_CHARACTERS]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in corpora.read_lines(path))


def differences(wrong: str, correct: str, language: Language) -> tuple[Mark, ...]:
    """Return marks of the words of ``wrong`` that ``correct`` lacks, and of those behind what is missing."""
    matches = list(TOKEN[language].finditer(wrong))
    words, correct_words = [m.group() for m in matches], TOKEN[language].findall(correct)
    marks = []
    for tag, a, b, _, _ in SequenceMatcher(None, words, correct_words, autojunk=False).get_opcodes():
        if tag != "equal" and matches:
            last = min(max(b, a + 1), len(matches))
            marks.append(Mark(matches[min(a, len(matches) - 1)].start(), matches[last - 1].end(), ""))
    return tuple(marks)
