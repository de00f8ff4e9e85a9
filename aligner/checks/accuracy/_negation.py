"""Negations of a passage, in French and in English, and those that nothing matches.

The cues and their classes are in ``data/negation.toml``: full negations ("ne … pas", "not"), other words
that deny ("sans", "no"), words that can carry a denial of the other side ("unable"), and what does not deny.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aligner.checks.accuracy._negation_cues import opposites, pattern_of
from aligner.model import OTHER, Language, Span

# Tuned on newstest 2008-2012 (train).
REACH = 0.35
"""How far apart, as a share of the passage, a negation and a weaker word that expresses it may be."""
DOUBLED = 3
"""Characters between a negation and a word that it turns into its opposite: "not impossible"."""
OPPOSITE_REACH = 0.15
"""Such a distance for a word that is the opposite of what is negated."""
NEGATED = 30
"""Characters behind a negation in which the word that it negates is looked for."""
REACH_CHARACTERS = 25
"""Such a distance in characters, for short passages."""


class Cue(NamedTuple):
    """A span of the text, and where its middle is in it, as a share of its length."""

    start: int
    end: int
    place: float


class Cues(NamedTuple):
    """Negation cues of a text, by strength, and all spans excluded from the search for weaker words."""

    full: tuple[Cue, ...]
    partial: tuple[Cue, ...]
    loose: tuple[Cue, ...]
    excluded: tuple[Span, ...]


class Unanswered(NamedTuple):
    """A negation that nothing matches: its language and span, and whether it is only likely to be lost."""

    language: Language
    span: Span
    doubtful: bool


def unanswered(fr: str, en: str) -> Unanswered | None:
    """Find the negation of one text that the other lacks, if there is one; the texts translate each other."""
    if not pattern_of("fr", "full").search(fr) and not pattern_of("en", "full").search(en):
        return None  # most passages deny nothing, and to read all cues takes long
    cues: dict[Language, Cues] = {"fr": read_cues(fr, "fr"), "en": read_cues(en, "en")}
    sides: tuple[tuple[Language, str], ...] = (("fr", fr), ("en", en))
    for language, text in sides:
        own_cues, other_cues = cues[language], cues[OTHER[language]]
        reach = max(REACH, REACH_CHARACTERS / len(text))
        other_language = OTHER[language]
        other_text = en if language == "fr" else fr
        spent = 0  # words that have answered one negation answer no other
        for negation in _unmatched(own_cues, other_cues, reach):
            weak = _weak_cues(text, language, own_cues.excluded)
            answers, weak_count = _weak_cues(other_text, other_language, other_cues.excluded), len(weak)
            answering = _count_nearby(negation, answers, reach)
            doubled = any(0 <= cue.start - negation.end <= DOUBLED for cue in weak)
            if _is_opposite(text, language, negation, other_text):
                continue
            if answering > weak_count + spent or (doubled and not answering):
                spent += answering > weak_count + spent
                continue
            ending = text[negation.start : negation.end].lower().endswith(("plus", "no longer", "no more"))
            moved = len(answers) > weak_count  # a word that may express it, elsewhere in the passage
            may_be_expressed = answering or moved or other_cues.full or ending or "?" in text + other_text
            doubtful = bool(may_be_expressed or pattern_of(other_language, "perhaps").search(other_text))
            return Unanswered(language, (negation.start, negation.end), doubtful)
    return None


def _is_opposite(text: str, language: Language, negation: Cue, other_text: str) -> bool:
    """Return whether a word is negated whose opposite the other side has: "n'est pas ouvert", "is closed"."""
    end, reach = negation.end + NEGATED, max(OPPOSITE_REACH, REACH_CHARACTERS / len(other_text))
    return any(
        negated.search(text, negation.start, end)
        and _count_nearby(
            negation, _cues((m.span() for m in opposite.finditer(other_text)), other_text), reach
        )
        and not translated.search(other_text)
        for negated, opposite, translated in opposites(language)
    )


def _unmatched(cues: Cues, other_cues: Cues, reach: float) -> list[Cue]:
    """Return the full negations of ``cues`` that remain when each denial is matched to the nearest one there.

    The loose ones answer only nearby, and each other before all.
    """
    if not cues.full:
        return []
    denials, answers = ((*side.full, *side.partial, *side.loose) for side in (cues, other_cues))
    strict, strict_there = (len(side.full) + len(side.partial) for side in (cues, other_cues))
    ranked = []
    for i, denial in enumerate(denials):
        for k, answer in enumerate(answers):
            distance, alike = abs(denial.place - answer.place), (i < strict) == (k < strict_there)
            if (i < strict and k < strict_there) or (distance <= reach and (alike or i < strict)):
                ranked.append((not alike, distance, i, k))
    left, unused = set(range(len(denials))), set(range(len(answers)))
    for _, _, i, k in sorted(ranked):
        if i in left and k in unused:
            left.remove(i)
            unused.remove(k)
    return [cue for i, cue in enumerate(cues.full) if i in left]


def _count_nearby(cue: Cue, candidates: Sequence[Cue], reach: float) -> int:
    return sum(abs(cue.place - candidate.place) <= reach for candidate in candidates)


def read_cues(text: str, language: Language) -> Cues:
    """Read the negation cues of a text except the weak ones, each word in one of them."""
    pseudo = [m.span() for m in pattern_of(language, "pseudo").finditer(text)]
    idle = _spans_outside(pattern_of(language, "idiom").finditer(text), pseudo)
    full = _spans_outside(pattern_of(language, "full").finditer(text), idle + pseudo)
    partial = _spans_outside(pattern_of(language, "partial").finditer(text), idle + full + pseudo)
    excluded = idle + pseudo + full + partial
    loose = idle + _spans_outside(pattern_of(language, "loose").finditer(text), excluded)
    placed = [_cues(spans, text) for spans in (full, partial, loose)]
    return Cues(placed[0], placed[1], placed[2], tuple(excluded))


def _weak_cues(text: str, language: Language, excluded: tuple[Span, ...]) -> tuple[Cue, ...]:
    """Read the words that can match a denial on the other side, last, for there are many."""
    return _cues(_spans_outside(pattern_of(language, "weak").finditer(text), excluded), text)


def _spans_outside(matches: Iterable[re.Match[str]], excluded: Sequence[Span]) -> list[Span]:
    return [
        m.span() for m in matches if not any(m.start() < end and start < m.end() for start, end in excluded)
    ]


def _cues(spans: Iterable[Span], text: str) -> tuple[Cue, ...]:
    return tuple(Cue(start, end, (start + end) / 2 / len(text)) for start, end in spans)
