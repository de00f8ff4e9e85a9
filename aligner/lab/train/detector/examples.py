"""What the detector learns from: the corpora, what is kept back of each, and errors marked by people."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from aligner.lab.datasets import corpora
from aligner.lab.datasets.corpora import Pair
from aligner.lab.train.detector.resources import Tongues, learn
from aligner.lab.train.detector.tokens import TOKEN, UNSURE, Mark
from aligner.model import LANGUAGES, Language
from aligner.text.splitting import split_sentences

logger = logging.getLogger(__name__)

HELD_ARTICLES = 5
"""One article in so many is never learned from: false alarms are counted on those."""
HELD_WCE = 500
HELD_REVIEWS = 100
LONGEST = 420
"""Characters of a side; longer sentences cost more time than they teach."""
REAL = 0.5
"""Weight of real errors in the head "wrong": people change some words that are not."""
RIVALS = ("google", "bing")
"""Machine translations of the post-edited sources that nobody edited."""

MQM_TYPES: Mapping[str, str] = {
    "Word Order": "word-order",
    "Untranslated": "untranslated",
    "Lexical Selection": "lexical",
    "Omitted Determiner": "determiner",
    "Wrong Determiner": "determiner",
    "Omitted Preposition": "preposition",
    "Wrong Preposition": "preposition",
    "Agreement": "agreement",
    "Overly Literal": "lexical",
    "Tense/Mood/Aspect": "verb-form",
    "POS": "verb-form",
    "Addition": "addition",
    "False Friend": "lexical",
    "Omitted Auxiliary Verb": "auxiliary",
    "Wrong Auxiliary Verb": "auxiliary",
    "Duplication": "duplication",
    "Omitted Conjunction": "function-word",
    "Omitted Pronoun": "function-word",
    "Wrong Pronoun": "function-word",
    "Wrong Conjunction": "function-word",
    "Other POS Omitted": "omission",
    "Spelling": "spelling",
    "Orthography": "spelling",
    "Diacritics": "spelling",
    "Whitespace": "glued",
}
NOT_WRONG = frozenset({"Unit Conversion", "Inconsistency", "Capitalization", "Punctuation", "Hyphenation"})
"""Marked in the reviews, and nothing that can be scores in a word."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side's text and its marks; the weight that each head gives to it (0: it does not learn from it)."""

    text: str
    marks: tuple[Mark, ...] = ()
    wrong: float = 1.0
    edited: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence alone (one side is None) or a bead, and where it comes from."""

    fr: Side | None
    en: Side | None
    source: str


@dataclass(frozen=True, slots=True)
class Corpora:
    """All that is learned from, and what is kept back of each."""

    news: Sequence[Pair]
    held_news: Sequence[Pair]
    europarl: Sequence[Pair]
    tatoeba: Sequence[Pair]
    articles: Mapping[Language, Sequence[str]]
    held_articles: Sequence[Mapping[str, str]]
    wce: Sequence[Mapping[str, Any]]
    held_wce: Sequence[Mapping[str, Any]]
    reviews: Sequence[Mapping[str, Any]]
    held_reviews: Sequence[Mapping[str, Any]]


def held_article(article: Mapping[str, str]) -> bool:
    """Whether an article is kept out of training, by the hash of its id."""
    return int(hashlib.sha256(article["id"].encode()).hexdigest(), 16) % HELD_ARTICLES == 0


def read(data: Path) -> Corpora:
    """Read the training corpora; raises InputError when one is missing."""
    news, held_news = corpora.news(data)
    articles = corpora.articles(data)
    sentences: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for language in LANGUAGES:
        for article in articles:
            if article["lang"] == language and not held_article(article):
                sentences[language] += _sentences(article, language)
    wce = _wce(data)
    reviews = [json.loads(line) for line in corpora.read_lines(data / "wmt20-mqm.en-fr.jsonl.xz")]
    return Corpora(
        news,
        held_news,
        _short(corpora.europarl(data)),
        _short(corpora.tatoeba(data)),
        sentences,
        [a for a in articles if held_article(a)],
        wce[:-HELD_WCE],
        wce[-HELD_WCE:],
        reviews[:-HELD_REVIEWS],
        reviews[-HELD_REVIEWS:],
    )


def _short(pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if 8 < len(pair[0]) < LONGEST and 8 < len(pair[1]) < LONGEST]


def _sentences(article: Mapping[str, str], language: Language) -> list[str]:
    paragraphs = [article["title"], *article["text"].split("\n")]
    found = [p[a:b] for p in paragraphs for a, b in split_sentences(p, language)]
    return [text.strip() for text in found if 8 < len(text.strip()) < LONGEST]


def _wce(data: Path) -> list[dict[str, Any]]:
    """The rows of the post-edited translations, each with what other machines made of its source."""
    rows = [json.loads(line) for line in corpora.read_lines(data / "wce-lig" / "words.jsonl.xz")]
    for name in RIVALS:
        made = corpora.read_lines(data / "wce-lig" / f"{name}.en")
        for row, text in zip(rows, made, strict=True):
            row[name] = text
    return rows


def real_translations(rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """News translated by machine: the words that a post-editor changed, beside the source.

    Of a source nothing is learned but that it is sound: in use, nobody says which side was translated.
    """
    for row in rows:
        marks = tuple(Mark(start, end, "") for start, end, bad in row["tokens"] if bad)
        fr = Side(row["fr"], edited=0.0)
        if max(len(row["fr"]), len(row["en"])) < 2 * LONGEST:
            yield Example(fr, Side(row["en"], marks, REAL), "wce")


def rival_translations(rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """What other machines made of the same sources, with the words that stand in no other translation.

    A word that the post-edit lacks and another machine has is neither right nor wrong for certain. Nobody
    edited these, so they count for half.
    """
    for row in rows:
        fr = Side(row["fr"], edited=0.0)
        for name in RIVALS:
            text = row[name]
            others = [row[other] for other in ("en", *RIVALS) if other != name]
            marks = tuple(_against(text, row["postedit"], others))
            if text.strip() and max(len(row["fr"]), len(text)) < 2 * LONGEST:
                yield Example(fr, Side(text, marks, REAL / 2, 0.5), "wce")


def _against(text: str, postedit: str, others: Sequence[str]) -> Iterator[Mark]:
    """Marks of the words that a person's translation lacks: wrong, or unsure if other machines have them."""
    found = list(TOKEN["en"].finditer(text))
    words = [match.group().lower() for match in found]
    right = shared(words, _words(postedit))
    also = [shared(words, _words(other)) for other in others]
    for i, match in enumerate(found):
        if not right[i]:
            yield Mark(*match.span(), UNSURE if any(each[i] for each in also) else "")


def _words(text: str) -> list[str]:
    return [word.lower() for word in TOKEN["en"].findall(text)]


def shared(words: Sequence[str], others: Sequence[str]) -> list[bool]:
    """Whether each word stands among the others in the same order."""
    found = [False] * len(words)
    for start, _, size in SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks():
        found[start : start + size] = [True] * size
    return found


def without_edits(example: Example) -> Example:
    """The same, and nothing in it for the head that hears what a professional would change."""
    fr, en = (side and replace(side, edited=0.0) for side in (example.fr, example.en))
    return Example(fr, en, example.source)


def alone(example: Example, language: Language, weight: float) -> Example:
    """One side of a bead by itself, with a weight in the head that hears a text alone."""
    side = example.fr if language == "fr" else example.en
    if side is None:
        return example
    side = replace(side, edited=0.0, wrong=weight)
    return one_sided(side, language, example.source)


def one_sided(side: Side, language: Language, source: str) -> Example:
    """The example of a text alone."""
    return Example(side if language == "fr" else None, side if language == "en" else None, source)


def reviews(rows: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Product reviews translated by machine, with the spans that professionals marked."""
    for row in rows:
        marks: list[list[Mark]] = [[] for _ in row["fr"]]
        for annotation in row["annotations"]:
            kind = annotation["category"]
            for segment, start, end in annotation["spans"]:
                if kind not in NOT_WRONG:
                    marks[segment].append(Mark(start, end, MQM_TYPES.get(kind, "")))
                else:
                    marks[segment].append(Mark(start, end, "edited"))
        for fr, en, found in zip(row["fr"], row["en"], marks, strict=True):
            if fr.strip() and en.strip() and max(len(fr), len(en)) < 2 * LONGEST:
                yield Example(Side(fr, tuple(found), REAL), Side(en, edited=0.0), "reviews")


def learned(held: Corpora, seed: int) -> Tongues:
    """What the clean text of the corpora knows of both languages."""
    pairs = [*held.news, *held.tatoeba, *held.europarl]
    pairs += [(row["fr"], row["postedit"]) for row in held.wce]
    edits = [(row["en"], row["postedit"]) for row in held.wce]
    return learn(pairs, held.articles, edits, seed)
