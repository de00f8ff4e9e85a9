"""Measures the detector: by language and type, alone and beside the other side, and where it is worst."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.detector import Detector, load
from aligner.detector.protocol import WordScores
from aligner.grading.grade import Token, changed
from aligner.lab.bench import faulty_sentences as ours
from aligner.lab.bench import suspects
from aligner.lab.bench.grade import Flags, by_character, by_segment, by_word, shown
from aligner.lab.datasets import corpora
from aligner.lab.datasets.corpora import Pair, read_lines
from aligner.lab.datasets.ranking import auc
from aligner.model import InputError, Language, WordScore
from aligner.settings import Settings

MIN_CHARACTERS = 100
"""Marked characters of a category from which it has a row: of what is left out, the gap alone is marked."""
KEPT_BACK = 5
"""One article of masakhanews in so many is looked at."""
SEED, DRAWN = 99, 1200
"""Of the news pairs, so many are drawn."""

Table = list[dict[str, Any]]
Ways = Mapping[str, Sequence[Sequence[Token]]]
"""Probabilities of the words of every text, by the way they were scores."""


def measures(
    data: Path, settings: Settings, sentences: Path | None = None, worst_count: int = 0
) -> Iterator[tuple[str, Table]]:
    """Yield the tables of all gold data below ``data`` (``dev`` and ``train``), as they are done.

    ``sentences`` is a file of our own faulty sentences; ``worst_count`` is the number of misses and of false
    positives shown in full. Raises ``InputError`` where a file is missing, or no detector is to be used.
    """
    if settings.detector is None:
        raise InputError("bench detector: without a detector there is nothing to measure")
    detector = load(settings.detector, settings.cache)
    faulty = ours.read_sentences(sentences) if sentences else []
    reviews = _rows(data / "dev" / "wmt20-mqm-dev.en-fr.jsonl")
    news = _rows(data / "dev" / "wce-lig" / "words.jsonl")
    if faulty:
        yield "faulty sentences found, correct ones flagged", ours.measure(faulty, settings)
    yield "words changed by a post-editor (wce-lig)", changed_words(news, detector)
    french = [text for document in reviews for text in document["fr"]]
    scores = detector.score(french, ["fr"] * len(french))
    yield "characters marked by professionals (wmt20-mqm)", marked_characters(reviews, scores, detector)
    kept_back = [a for a in corpora.articles(data / "train") if is_kept_back(a)]
    articles = list(suspects.scored_articles(kept_back, detector))
    held_out = list(suspects.scored_pairs(drawn(corpora.news(data / "train")[1]), detector))
    yield (
        "findings in correct text",
        suspects.finding_rates("masakhanews", articles) + suspects.finding_rates("newstest", held_out),
    )
    if worst_count:
        misses = list(suspects.missed_marks(reviews, scores))
        yield from _worst_misses(misses, list(suspects.missed_faults(faulty, detector)), worst_count)
        false_positives = [
            *suspects.false_positives("masakhanews", articles),
            *suspects.false_positives("newstest", held_out),
        ]
        yield (
            f"{worst_count} worst false positives",
            [s.row for s in suspects.highest(false_positives, worst_count)],
        )


def is_kept_back(article: Mapping[str, str]) -> bool:
    """Return whether an article is measured on, by the digest of its id."""
    return int(hashlib.sha256(article["id"].encode()).hexdigest(), 16) % KEPT_BACK == 0


def drawn(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs of the news, drawn at random."""
    return random.Random(SEED).sample(list(pairs), min(DRAWN, len(pairs)))


def _worst_misses(
    marks: Sequence[suspects.Suspect], faults: Sequence[suspects.Suspect], worst_count: int
) -> Iterator[tuple[str, Table]]:
    """Yield the worst misses, half of them from each source, since one has many more sentences."""
    of_sentences = suspects.lowest(faults, worst_count // 2)
    misses = suspects.lowest(marks, worst_count - len(of_sentences)) + of_sentences
    yield f"{worst_count} worst misses", [suspect.row for suspect in misses]


def _rows(path: Path) -> list[dict[str, Any]]:
    return list(map(json.loads, read_lines(path)))


def changed_words(rows: Sequence[Mapping[str, Any]], detector: Detector) -> Table:
    """Return words of machine-translated news that a post-editor changed, one row per kind of score."""
    fr, en = ([row[language] for row in rows] for language in ("fr", "en"))
    paired_scores = [words for _, words in detector.score_pairs(fr, en)]
    table = []
    for name, tokens in _ways(detector.score(en, ["en"] * len(en)), paired_scores, "en").items():
        p, edited = by_word(rows, tokens)
        table.append(
            {"scores": name, "words": len(p), "bad": int(edited.sum()), "auc": auc(p[edited], p[~edited])}
        )
    return table


def marked_characters(
    documents: Sequence[Mapping[str, Any]], alone_scores: Sequence[WordScores], detector: Detector
) -> Table:
    """Return marked characters of reviews translated into French, one row per category and one for all.

    Those of a category are held against those that nobody marked.
    """
    fr, en = ([text for document in documents for text in document[n]] for n in ("fr", "en"))
    paired_scores = [words for words, _ in detector.score_pairs(fr, en)]
    scores = {
        name: by_character(fr, tokens) for name, tokens in _ways(alone_scores, paired_scores, "fr").items()
    }
    correct = ~_marked_flags(documents, fr, None)
    marks = Counter(mark["category"] for document in documents for mark in document["annotations"])
    marked = {name: _marked_flags(documents, fr, name) for name, _ in marks.most_common()}
    rows = {ours.ALL: ~correct} | {
        name: flags for name, flags in marked.items() if flags.sum() >= MIN_CHARACTERS
    }
    return [
        {
            "category": name,
            "characters": int(flags.sum()),
            **{f"auc, {way}": auc(p[flags], p[correct]) for way, p in scores.items()},
        }
        for name, flags in rows.items()
    ]


def _marked_flags(
    documents: Sequence[Mapping[str, Any]], texts: Sequence[str], category: str | None
) -> Flags:
    """Return for every character of all texts, white space left out, whether it is marked."""
    segments = [flags for document in documents for flags in by_segment(document, category)]
    return np.concatenate([flags[shown(text)] for text, flags in zip(texts, segments, strict=True)])


def _ways(
    alone_scores: Sequence[WordScores], paired_scores: Sequence[WordScores], language: Language
) -> Ways:
    """Return a word's scores: garbled, alone and beside the other side; to be edited; joined as in grades."""
    return {
        "alone, garbled": _tokens(alone_scores, lambda word: word.p_bad),
        "beside, garbled": _tokens(paired_scores, lambda word: word.p_bad),
        "beside, edited": _tokens(paired_scores, lambda word: word.p_edited),
        "both, as graded": [
            changed(*words, language) for words in zip(alone_scores, paired_scores, strict=True)
        ],
    }


def _tokens(scores: Sequence[WordScores], probability: Callable[[WordScore], float]) -> list[list[Token]]:
    return [[(word.start, word.end, probability(word)) for word in words] for words in scores]
