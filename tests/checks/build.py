"""Builds tiny articles, pairs and corpora from the strings of a case file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aligner.detector.words import word_spans
from aligner.model import (
    Alignment,
    Bead,
    Context,
    CorpusView,
    Document,
    DocumentPair,
    Evidence,
    Language,
    Role,
    Segment,
    Unpaired,
    WordScore,
)

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[»”\"'’)]*(?=\s+[\"'“«(]*[A-ZÀ-ÖØ-Ý0-9])|$)")
_LINE = re.compile(r"[^\n]+")


Said = Sequence[Sequence[Any]]
"""Rows ``[word, probability, type]`` of a case: what the detector scores there."""


def article(
    text: str, language: Language, title: str | None = None, path: str = "article.txt", **metadata: str
) -> Document:
    """An article: a paragraph a line, plain sentences, the ``title`` on a line of its own before them."""
    whole = text if title is None else f"{title}\n\n{text}"
    segments = []
    for number, line in enumerate(_LINE.finditer(whole)):
        role: Role = "title" if title is not None and number == 0 else "body"
        for found in _SENTENCE.finditer(whole, line.start(), line.end()):
            start, end = found.span()
            segments.append(Segment(whole[start:end], start, end, number, role, language))
    return Document(path, language, whole, tuple(segments), metadata)


def side(
    beads: Sequence[str], language: Language, **metadata: str
) -> tuple[Document, list[tuple[Segment, ...]]]:
    """One side of a pair: a segment a string, a paragraph each; '' is an empty side."""
    segments: list[tuple[Segment, ...]] = []
    offset = 0
    for number, text in enumerate(beads):
        end = offset + len(text)
        segments.append((Segment(text, offset, end, number, "body", language),) if text else ())
        offset = end + 1 if text else offset
    whole = "\n".join(text for text in beads if text)
    every = tuple(segment for bead in segments for segment in bead)
    return Document(f"{language}.txt", language, whole, every, metadata), segments


def alignment(case: Mapping[str, Any]) -> Alignment:
    """A pair from ``fr`` and ``en`` (a string, or a list of strings, one a bead).

    ``similarity`` (one number or a list), ``kind``, ``moved``, ``uncovered_fr`` and ``uncovered_en``
    (passages of the text), ``scores_fr`` and ``scores_en`` (see ``scores``) may be given; ``rows`` says that
    the beads are the rows of a bitext.
    """
    french, english = (_listed(case[language]) for language in ("fr", "en"))
    fr, fr_beads = side(french, "fr", **({"row": "fr"} if case.get("rows") else {}))
    en, en_beads = side(english, "en", **({"row": "en"} if case.get("rows") else {}))
    similarity = case.get("similarity", 0.9)
    similarities = similarity if isinstance(similarity, list) else [similarity] * len(french)
    evidence = Evidence(
        tuple(_span(fr.text, passage) for passage in case.get("uncovered_fr", ())),
        tuple(_span(en.text, passage) for passage in case.get("uncovered_en", ())),
        scores(fr.text, case["scores_fr"]) if "scores_fr" in case else (),
        scores(en.text, case["scores_en"]) if "scores_en" in case else (),
    )
    beads = []
    for f, e, value in zip(fr_beads, en_beads, similarities, strict=True):
        own = Evidence(
            tuple(s for s in evidence.uncovered_fr if f and f[0].start <= s[0] < f[-1].end),
            tuple(s for s in evidence.uncovered_en if e and e[0].start <= s[0] < e[-1].end),
            tuple(w for w in evidence.scores_fr if f and f[0].start <= w.start < f[-1].end),
            tuple(w for w in evidence.scores_en if e and e[0].start <= w.start < e[-1].end),
        )
        beads.append(Bead(f, e, value if f and e else 0.0, own))
    pair = DocumentPair(fr, en, 0.9, 0.3, case.get("kind", "translation"), 0)
    return Alignment(pair, tuple(beads), tuple((a, b) for a, b in case.get("moved", ())))


def scores(text: str, said: Said) -> tuple[WordScore, ...]:
    """Every word of a text as the detector might score it: as ``said`` in order, the others as correct.

    The probability given is that of being garbled and of being edited alike.
    """
    rest = list(said)
    words = []
    for start, end in word_spans(text):
        if rest and text[start:end] == rest[0][0]:
            _, p, kind = rest.pop(0)
            words.append(WordScore(start, end, p, kind, p))
        else:
            words.append(WordScore(start, end, 0.01, "lexical", 0.01))
    assert not rest, f"{rest[0][0]!r} is no word of the case, or not in this order"
    return tuple(words)


def corpus(case: Mapping[str, Any]) -> CorpusView:
    """A run from ``articles`` (path, language, text), ``unpaired`` (path, reason) and ``pairs``."""
    documents = {
        row["path"]: article(row["text"], row["language"], row.get("title"), row["path"])
        for row in case["articles"]
    }
    unpaired = tuple(
        Unpaired(
            documents[row["path"]], row["reason"], row.get("best_candidate", ""), row.get("best_score", 0.0)
        )
        for row in case.get("unpaired", ())
    )
    pairs = tuple(
        Alignment(_pair(documents[fr], documents[en], number), ())
        for number, (fr, en) in enumerate(case.get("pairs", ()))
    )
    return CorpusView(tuple(documents.values()), pairs, unpaired)


def context(case: Mapping[str, Any]) -> Context:
    """The glossary and the allowed words of a case; by default a suspicion is a finding here."""
    terms = tuple((fr, en) for fr, en in case.get("terms", ()))
    return Context(terms, frozenset(case.get("allow", ())), suspicion=case.get("suspicion", 0.0))


def _pair(fr: Document, en: Document, group: int) -> DocumentPair:
    return DocumentPair(fr, en, 0.9, 0.3, "translation", group)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _span(text: str, passage: str) -> tuple[int, int]:
    start = text.index(passage)
    return start, start + len(passage)
