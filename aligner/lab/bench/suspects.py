"""What the detector is surest of in correct text, and what it overlooks in faulty text, for people to sort.

And how often it points at something in text that is correct: news articles that were kept out of training,
and news that people translated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aligner.checks.fluency.garbled import garbled
from aligner.checks.run import check_document
from aligner.detector import Detector, score_article
from aligner.detector.protocol import WordScores
from aligner.lab.bench.faulty_sentences import FaultySentence, sentence
from aligner.lab.datasets.corpora import Pair
from aligner.lab.datasets.translations import NOT_WRONG
from aligner.model import LANGUAGES, Context, Document, Language, Span
from aligner.text.structure import make_document
from aligner.text.words import WORD, count_words

CONTEXT_CHARACTERS = 150
"""Characters shown on each side of a place."""

Table = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, order=True)
class Suspect:
    """A place in a sentence, and the highest probability in it that a word is garbled."""

    p: float
    language: Language
    source: str
    text: str
    span: Span

    @property
    def row(self) -> dict[str, Any]:
        """The row of a table, the place in brackets."""
        start, end = self.span
        left, right = self.text[:start], self.text[end:]
        left = left if len(left) <= CONTEXT_CHARACTERS else f"…{left[-CONTEXT_CHARACTERS:]}"
        right = right if len(right) <= CONTEXT_CHARACTERS else f"{right[:CONTEXT_CHARACTERS]}…"
        marked = f"{left}【{self.text[start:end]}】{right}"
        return {"p": self.p, "language": self.language, "source": self.source, "sentence": marked}


def scored_articles(articles: Iterable[Mapping[str, str]], detector: Detector) -> Iterator[Document]:
    """Score news articles as ``aligner lint`` does."""
    for article in articles:
        language: Language = "fr" if article["lang"].startswith("fr") else "en"
        document = make_document(article["id"], article["text"], {"title": article["title"]}, language)
        yield score_article(document, detector)


def scored_pairs(pairs: Iterable[Pair], detector: Detector) -> Iterator[Document]:
    """Score both sides of pairs, each on its own."""
    for pair in pairs:
        for language, text in zip(LANGUAGES, pair, strict=True):
            yield score_article(sentence(text, language), detector)


def finding_rates(source: str, documents: Sequence[Document]) -> Table:
    """Return one row per language: findings of FLU406 per 1,000 words, all and major or critical."""
    rows = []
    for language in LANGUAGES:
        articles = [document for document in documents if document.language == language]
        words = sum(count_words(document.text) for document in articles)
        severities = [
            f.severity for document in articles for f in check_document(document, [garbled], Context())
        ]
        rates = {
            "findings/1000": 1000 * len(severities) / max(words, 1),
            "major/1000": 1000 * sum(severity != "minor" for severity in severities) / max(words, 1),
        }
        rows.append({"source": source, "language": language, "words": words, **rates})
    return rows


def false_positives(source: str, documents: Sequence[Document]) -> Iterator[Suspect]:
    """Yield the highest-scored word of every sentence of correct articles."""
    for document in documents:
        for segment in document.aligned_segments:
            words = [
                word
                for word in document.words or ()
                if segment.start <= word.start < segment.end
                and WORD.search(document.text, word.start, word.end)
            ]
            if words and segment.language == document.language:
                suspect = max(words, key=lambda word: word.p_bad)
                span = (suspect.start - segment.start, suspect.end - segment.start)
                yield Suspect(suspect.p_bad, document.language, source, segment.text, span)


def missed_marks(documents: Sequence[Mapping[str, Any]], scores: Sequence[WordScores]) -> Iterator[Suspect]:
    """Yield places in French translations that professionals marked as more than a minor error.

    ``scores`` has the French segments of all documents, one after the other.
    """
    words = iter(scores)
    for document in documents:
        of_segments = [next(words) for _ in document["fr"]]
        for mark in document["annotations"]:
            if mark["severity"] != "minor" and mark["category"] not in NOT_WRONG:
                for segment, start, end in mark["spans"]:
                    text, span = document["fr"][segment], (start, end)
                    source = f"reviews, {mark['category'].lower()}"
                    yield Suspect(touched(text, of_segments[segment], span), "fr", source, text, span)


def missed_faults(sentences: Sequence[FaultySentence], detector: Detector) -> Iterator[Suspect]:
    """Yield the faults of our own faulty sentences."""
    texts, languages = [entry.faulty for entry in sentences], [entry.language for entry in sentences]
    for entry, words in zip(sentences, detector.score(texts, languages), strict=True):
        p = touched(entry.faulty, words, entry.span)
        yield Suspect(p, entry.language, f"faulty sentences, {entry.kind}", entry.faulty, entry.span)


def touched(text: str, scores: WordScores, span: Span) -> float:
    """Return the highest probability of a word in ``span``, or of its neighbours if it holds no word."""
    start, end = span
    words = [word for word in scores if WORD.search(text, word.start, word.end)]
    probabilities = [word.p_bad for word in words if word.start < end and start < word.end]
    before = [word.p_bad for word in words if word.end <= start][-1:]
    after = [word.p_bad for word in words if word.start >= end][:1]
    return max(probabilities or before + after, default=0.0)


def lowest(suspects: Iterable[Suspect], count: int) -> list[Suspect]:
    """Return the lowest-scored places, one per sentence."""
    return sorted(min(group) for group in _by_sentence(suspects))[:count]


def highest(suspects: Iterable[Suspect], count: int) -> list[Suspect]:
    """Return the highest-scored places, one per sentence."""
    return sorted((max(group) for group in _by_sentence(suspects)), reverse=True)[:count]


def _by_sentence(suspects: Iterable[Suspect]) -> Iterator[list[Suspect]]:
    ordered = sorted(suspects, key=lambda suspect: suspect.text)
    return (list(group) for _, group in groupby(ordered, key=lambda suspect: suspect.text))
