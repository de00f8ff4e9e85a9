"""Where a passage says no, in French and in English, and which of its negations nothing matches.

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
BESIDE = 0.15
"""The same for a word that is the opposite of what is negated."""
NEGATED = 30
"""Characters behind a negation in which the word that it negates is looked for."""
NEAR = 25
"""The same in characters, for short passages."""


class Cue(NamedTuple):
    """A span of the text, and where its middle is in it, as a share of its length."""

    start: int
    end: int
    place: float


class Cues(NamedTuple):
    """What denies in a text, by strength, and all spans that no weaker word is looked for in."""

    full: tuple[Cue, ...]
    other: tuple[Cue, ...]
    loose: tuple[Cue, ...]
    taken: tuple[Span, ...]


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
        here, there = cues[language], cues[OTHER[language]]
        reach = max(REACH, NEAR / len(text))
        other = OTHER[language]
        across = en if language == "fr" else fr
        spent = 0  # words that have answered one negation answer no other
        for lost in _unmatched(here, there, reach):
            weak = _weak_cues(text, language, here.taken)
            answers, own = _weak_cues(across, other, there.taken), len(weak)
            answering = _count_nearby(lost, answers, reach)
            doubled = any(0 <= cue.start - lost.end <= DOUBLED for cue in weak)
            if _is_opposite(text, language, lost, across):
                continue
            if answering > own + spent or (doubled and not answering):
                spent += answering > own + spent
                continue
            ending = text[lost.start : lost.end].lower().endswith(("plus", "no longer", "no more"))
            moved = len(answers) > own  # a word that may express it, elsewhere in the passage
            perhaps = answering or moved or there.full or ending or "?" in text + across
            doubtful = bool(perhaps or pattern_of(other, "perhaps").search(across))
            return Unanswered(language, (lost.start, lost.end), doubtful)
    return None


def _is_opposite(text: str, language: Language, lost: Cue, across: str) -> bool:
    """Return whether a word is negated whose opposite the other side has: "n'est pas ouvert", "is closed"."""
    end, reach = lost.end + NEGATED, max(BESIDE, NEAR / len(across))
    return any(
        negated.search(text, lost.start, end)
        and _count_nearby(lost, _cues((m.span() for m in opposite.finditer(across)), across), reach)
        and not translated.search(across)
        for negated, opposite, translated in opposites(language)
    )


def _unmatched(here: Cues, there: Cues, reach: float) -> list[Cue]:
    """Return the full negations of ``here`` that remain when each denial is matched to the nearest one there.

    The loose ones answer only nearby, and each other before all.
    """
    if not here.full:
        return []
    denials, answers = ((*side.full, *side.other, *side.loose) for side in (here, there))
    strict, strict_there = (len(side.full) + len(side.other) for side in (here, there))
    ranked = []
    for i, denial in enumerate(denials):
        for k, answer in enumerate(answers):
            apart, alike = abs(denial.place - answer.place), (i < strict) == (k < strict_there)
            if (i < strict and k < strict_there) or (apart <= reach and (alike or i < strict)):
                ranked.append((not alike, apart, i, k))
    left, free = set(range(len(denials))), set(range(len(answers)))
    for _, _, i, k in sorted(ranked):
        if i in left and k in free:
            left.remove(i)
            free.remove(k)
    return [cue for i, cue in enumerate(here.full) if i in left]


def _count_nearby(cue: Cue, others: Sequence[Cue], reach: float) -> int:
    return sum(abs(cue.place - other.place) <= reach for other in others)


def read_cues(text: str, language: Language) -> Cues:
    """Read the negation cues of a text except the weak ones, each word in one of them."""
    pseudo = [m.span() for m in pattern_of(language, "pseudo").finditer(text)]
    idle = _outside(pattern_of(language, "idiom").finditer(text), pseudo)
    full = _outside(pattern_of(language, "full").finditer(text), idle + pseudo)
    other = _outside(pattern_of(language, "partial").finditer(text), idle + full + pseudo)
    taken = idle + pseudo + full + other
    loose = idle + _outside(pattern_of(language, "loose").finditer(text), taken)
    placed = [_cues(spans, text) for spans in (full, other, loose)]
    return Cues(placed[0], placed[1], placed[2], tuple(taken))


def _weak_cues(text: str, language: Language, taken: tuple[Span, ...]) -> tuple[Cue, ...]:
    """Read the words that can match a denial on the other side, last, for there are many."""
    return _cues(_outside(pattern_of(language, "weak").finditer(text), taken), text)


def _outside(found: Iterable[re.Match[str]], taken: Sequence[Span]) -> list[Span]:
    return [m.span() for m in found if not any(m.start() < end and start < m.end() for start, end in taken)]


def _cues(spans: Iterable[Span], text: str) -> tuple[Cue, ...]:
    return tuple(Cue(start, end, (start + end) / 2 / len(text)) for start, end in spans)
