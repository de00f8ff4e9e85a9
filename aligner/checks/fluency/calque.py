"""FLU405: a turn of phrase copied word for word from the other language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from aligner.checks.base import article_check
from aligner.checks.evidence import Claim, Finder, surest
from aligner.checks.fluency._copied import copies
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._grammar import first_of_each, grammar_hits, sentences_of
from aligner.checks.fluency._wordings import ALONE, OF_SOURCE, Needs, Wording, find_wordings
from aligner.checks.suspects import GARBLED_SHARE, own, shares_of_others
from aligner.model import (
    LANGUAGES,
    OTHER,
    BeadView,
    Context,
    Document,
    Hit,
    Language,
    Segment,
    Severity,
    WordScore,
)

CITED = 12
"""Characters that a quotation of a turn of phrase may hold besides it."""

COPIED = 0.8
"""Of a copy in another form than that of its row."""
DOUBTED = 0.3
"""Probability from which a word of a wording that may be right bears out that it is not."""


def _literal(view: BeadView, context: Context) -> Iterator[Hit]:
    """Yield the wordings that may be right, where the other side has the original that they copy."""
    for language in LANGUAGES:
        other_text = "\n".join(segment.text for segment in view.bead.side(OTHER[language]))
        if not other_text:
            continue
        for segment in view.bead.side(language):
            of_source = [
                found
                for found in _used_wordings(segment.text, language, OF_SOURCE)
                if found.row.is_source(other_text)
            ]
            copied = [*copies(segment.text, language, other_text)]
            # Seldom is there anything to compare them with.
            alone = [*_used_wordings(segment.text, language, ALONE)] if of_source or copied else []
            exact = [found for found in of_source if not any(map(found.is_part_of, alone))]
            for start, end, row in exact:
                yield _hit(segment.text, start, end, row, offset=segment.start, language=language)
            for (start, end), row in copied:
                if not any(start < last and first < end for first, last, _ in (*exact, *alone)):
                    hit = _hit(segment.text, start, end, row, offset=segment.start, language=language)
                    severity: Severity = "major" if _is_in_garbled_text(view, segment, language) else "minor"
                    yield replace(hit, severity=severity, confidence=COPIED)


def _is_in_garbled_text(view: BeadView, segment: Segment, language: Language) -> bool:
    """Return whether many other sentences of the article are garbled: there, a copy is hardly a chance."""
    article = view.alignment.pair.fr if language == "fr" else view.alignment.pair.en
    if not article.words:
        return False
    shares = shares_of_others(article.words, own(article.aligned_segments, language), language)
    return shares.get(segment.start, 0.0) >= GARBLED_SHARE


@article_check(
    "FLU405",
    "calque",
    title={"en": "Calque", "fr": "Calque"},
    category="unidiomatic",
    cause="translation",
    severity="minor",
    explained_by=(*BROKEN_TEXT, "ACC307", "ACC315", "ACC321", "FLU402", "FLU403", "FLU404", "FLU407"),
    needs_detector=True,
    find_in_bead=_literal,
    messages={
        "literal": {
            "en": "“{text}” renders “{origin}” word for word; use “{better}”.",
            "fr": "« {text} » rend mot à mot « {origin} » ; on dit plutôt « {better} ».",
        },
        "calque": {
            "en": "“{text}” is a calque; use “{better}”.",
            "fr": "« {text} » est un calque ; on dit plutôt « {better} ».",
        },
        "order": {
            "en": "The word order is wrong: “{text}”.",
            "fr": "L'ordre des mots est fautif : « {text} ».",
        },
        "comparative": {
            "en": "The comparison is faulty: “{text}”.",
            "fr": "La comparaison est mal construite : « {text} ».",
        },
        "negation": {
            "en": "“{text}” is a double negative.",
            "fr": "Double négation : « {text} ».",
        },
        "measure": {
            "en": "“{text}” is a calque of French; use “{better}”.",
            "fr": "« {text} » est un calque du français ; l'anglais dit « {better} ».",
        },
        "construction": {
            "en": "The verb does not take this construction: “{text}”.",
            "fr": "Le verbe ne se construit pas ainsi : « {text} ».",
        },
    },
)
def calque(document: Document, context: Context) -> Iterator[Hit]:
    """A turn of phrase is copied word for word from the other language.

    Finds: well-known calques, seven thousand idioms, formulas of newspapers and prepositions, word for
        word: "faire du sens", "assist to a meeting", "other cats to whip" (where the wording may be right,
        only if the other side has what it copies, or the detector suspects a word of it); beside the idiom
        on the other side, its words in any form ("the money thrown by our windows"); by the rules in
        `data/grammar.*.toml`, words in the order of the other language ("submitted Friday his candidacy",
        "ne pas voulait"), "since two years", "more stronger", "did not find nothing".
    Matters: the words are right and the sense is lost or odd.
    Bad: Cette mesure ne fait pas du sens, elle doit adresser ces problèmes.
    Good: Cette mesure n'a pas de sens, elle doit s'attaquer à ces problèmes.
    False positives: some are everyday words in Quebec or in the European institutions.
    Measured: 12 of 12 judged findings in machine translations and crawled rows were right.
    """
    turns = surest(wording_claims(document), document.language)
    return first_of_each((*turns, *grammar_hits(document, "FLU405")))


def wording_claims(document: Document) -> Iterator[Claim]:
    """Yield the wordings of the table that are wrong in themselves, or by what the detector says."""
    sentences = [sentence for sentence in sentences_of(document) if sentence.words]
    starts = [sentence.words[0].start for sentence in sentences]
    for start, end, row in _used_wordings(document.text, document.language, ALONE):
        if row.needs in ("", "minor") or _is_doubted(document.words, start, end, row):
            place = bisect_right(starts, start) - 1
            circumstances = sentences[place].circumstances if place >= 0 else None
            hit = _hit(document.text, start, end, row)
            yield Claim(Finder("wording", row.pattern), hit, circumstances)


class _Found(NamedTuple):
    """Where a wording of the table is."""

    start: int
    end: int
    row: Wording

    def is_part_of(self, other: _Found) -> bool:
        """Return whether another one overlaps it and is longer."""
        is_longer = other.end - other.start > self.end - self.start
        return is_longer and other.start < self.end and self.start < other.end


def _used_wordings(text: str, language: Language, needs: frozenset[Needs]) -> Iterator[_Found]:
    """Yield where wordings of the table are used, not mentioned, in a text; see ``find_wordings``."""
    for match, row in find_wordings(text, language, needs):
        if not _is_cited(text, *match.span()):
            yield _Found(*match.span(), row)


def _is_doubted(words: Sequence[WordScore] | None, start: int, end: int, row: Wording) -> bool:
    """Return whether the detector suspects a word of a wording that may be right."""
    return row.needs == "doubt" and any(
        word.p_bad >= DOUBTED for word in words or () if start <= word.start < end
    )


def _hit(
    text: str, start: int, end: int, row: Wording, offset: int = 0, language: Language | None = None
) -> Hit:
    return Hit(
        "literal",
        offset + start,
        offset + end,
        values={"text": text[start:end], "origin": row.original, "better": row.better},
        language=language,
        severity="major" if row.needs in ("", "source") else "minor",
    )


def _is_cited(text: str, start: int, end: int) -> bool:
    """Return whether guillemets enclose little else than the phrase: it is mentioned, not used."""
    opened, closed = text.rfind("«", 0, start), text.find("»", end)
    return opened >= 0 and 0 <= closed - opened <= end - start + CITED
