"""How many sentence breaks the splitter finds, beside Punkt alone and a plain rule."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aligner.model import LANGUAGES, InputError, Language, Span
from aligner.text.punkt import parameters
from aligner.text.splitting import split_paragraph

Splitter = Callable[[str, Language], Iterable[Span]]
Marked = tuple[Language, str, frozenset[int]]
"""A text of one language and the ends of its sentences, but for the last."""

_PLAIN_RULE = re.compile(r"[.!?…]+[\"»”)']*\s+(?=[A-ZÀ-Þ«\"“])")


def measure(data: Path, marks: Path | None = None) -> list[dict[str, Any]]:
    """Return precision, recall and F1 of sentence breaks, a row for each text kind, language and splitter.

    ``data`` holds ``dev/align/novels`` and, where ``marks`` names a file of hand-marked offsets,
    ``train/masakhanews.jsonl.xz`` with the articles that it marks. Raises ``InputError`` where they are
    not there, or where an article is not the one that was marked.
    """
    sources = {"novels": list(novels(data / "dev" / "align" / "novels"))}
    if marks is not None:
        sources["news"] = list(news(data / "train" / "masakhanews.jsonl.xz", marks))
    return [
        {"text": kind, "language": language, "splitter": name, **_score(split, language, marked)}
        for kind, marked in sources.items()
        for language in LANGUAGES
        for name, split in SPLITTERS.items()
    ]


def novels(folder: Path) -> Iterator[Marked]:
    """Yield novels that have one sentence per line, their lines joined by single spaces.

    Raises InputError for a folder without novels in both languages.
    """
    for language in LANGUAGES:
        paths = sorted(folder.glob(f"*/{language}.txt"))
        if not paths:
            raise InputError(f"{folder}: no novel with a file {language}.txt in it")
        for path in paths:
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            breaks, position = set(), -1
            for line in lines[:-1]:
                position += len(line) + 1
                breaks.add(position)
            yield language, " ".join(lines), frozenset(breaks)


def news(articles: Path, marks: Path) -> Iterator[Marked]:
    """Yield the stretches of news articles whose breaks were marked by hand.

    Raises InputError where the articles are missing, or are not those that were marked.
    """
    if not articles.exists():
        raise InputError(f"{articles}: the marked articles are not there")
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    for stretch in json.loads(marks.read_text(encoding="utf-8"))["stretches"]:
        text = texts.get(stretch["id"], "")[stretch["start"] : stretch["end"]]
        if hashlib.sha256(text.encode()).hexdigest() != stretch["sha256"]:
            raise InputError(f"{articles}: article {stretch['id']} is not the one that was marked")
        yield stretch["language"], text, frozenset(stretch["breaks"])


def _score(split: Splitter, language: Language, texts: Iterable[Marked]) -> Mapping[str, float]:
    right = predicted = expected = 0
    for marked_language, text, breaks in texts:
        if marked_language == language:
            ends = {len(text[:end].rstrip()) for _, end in split(text, language)} - {len(text)}
            right, predicted, expected = (
                right + len(ends & breaks),
                predicted + len(ends),
                expected + len(breaks),
            )
    return {
        "breaks": expected,
        "precision": right / max(1, predicted),
        "recall": right / max(1, expected),
        "f1": 2 * right / max(1, predicted + expected),
    }


def _by_punkt(text: str, language: Language) -> Iterable[Span]:
    spans: Iterable[Span] = punkt(language).span_tokenize(text)
    return spans


def _by_plain_rule(text: str, _: Language) -> Iterable[Span]:
    ends = [match.end() for match in _PLAIN_RULE.finditer(text)]
    return zip([0, *ends], [*ends, len(text)], strict=True)


SPLITTERS: Mapping[str, Splitter] = {
    "aligner": split_paragraph,
    "punkt": _by_punkt,
    "plain rule": _by_plain_rule,
}


# Saves 9 ms a call, one call a paragraph.
@cache
def punkt(language: Language) -> Any:
    """Return nltk's ``PunktSentenceTokenizer`` with the shipped parameters."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    statistics = parameters(language)
    learned = PunktParameters()
    learned.abbrev_types = set(statistics.abbreviations)
    learned.collocations = set(statistics.collocations)
    learned.sent_starters = set(statistics.starters)
    learned.ortho_context.update(statistics.contexts)
    return PunktSentenceTokenizer(learned)
