"""TRM701: a term of the user's glossary that is rendered otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from aligner.checks.base import bead_check
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Language, Segment

CONFIDENCE = 0.85
_TERMS_KEPT = 8192
"""Terms of a glossary whose patterns are kept."""
_RUN = re.compile(r"\w+")
_PLURALS = ("es", "s", "x")
_SYMBOLS = ""
"""In place of the first word of a term that has none."""

Rows = tuple[tuple[str, str], ...]


class Glossary(NamedTuple):
    """Rows of a glossary by number: by the first word of a term, and by a whole term, in each language."""

    by_word: Mapping[tuple[Language, str], Sequence[int]]
    by_term: Mapping[tuple[Language, str], Sequence[int]]


@bead_check(
    "TRM701",
    "glossary-term",
    title={"en": "Glossary not followed", "fr": "Glossaire non suivi"},
    category="terminology",
    cause="translation",
    severity="minor",
    explained_in_bead_by=("ALN204",),
    messages={
        "fr": {
            "fr": "Le glossaire rend « {term} » par « {expected} », qui manque en anglais.",
            "en": "The glossary has “{expected}” for “{term}”; the English does not use it.",
        },
        "en": {
            "fr": "Le glossaire rend « {term} » par « {expected} », qui manque en français.",
            "en": "The glossary has “{expected}” for “{term}”; the French does not use it.",
        },
    },
)
def glossary_term(view: BeadView, context: Context) -> Iterator[Hit]:
    """A term of the glossary is not rendered as the glossary says.

    Finds: a term (`--terms FILE`, in any case, singular or plural) whose counterpart is missing from the
        other side of the bead. Several renderings of one term may be listed, one per line.
    Matters: readers take two names for two things.
    Bad: with "mairie,city hall": La mairie brûle. / The town house is burning.
    Good: with "mairie,city hall": La mairie brûle. / City hall is burning.
    False positives: a pronoun in place of the term; irregular plurals.
    Measured: on its cases only: no public bitext with a glossary was at hand.
    """
    bead = view.bead
    if not context.terms or not bead.fr or not bead.en:
        return
    glossary = _glossary(context.terms)
    near = {language: _may_occur(bead.side(language), glossary, language) for language in LANGUAGES}
    seen: set[tuple[Language, str]] = set()
    for number in sorted(near["fr"] | near["en"]):
        for language, term, expected in _both_ways(context.terms[number]):
            if (language, term.lower()) in seen or number not in near[language]:
                continue
            seen.add((language, term.lower()))
            rows = near[OTHER[language]].intersection(glossary.by_term[language, term.casefold()])
            if not _answered(view, (context.terms[row] for row in rows), language):
                yield from _uses(bead.side(language), _pattern(term), language, term, expected)


def _both_ways(row: tuple[str, str]) -> tuple[tuple[Language, str, str], ...]:
    fr, en = row
    return ("fr", fr, en), ("en", en, fr)


# Saves 5 ms a bead with a glossary of 3,000 rows.
@lru_cache(maxsize=2)
def _glossary(terms: Rows) -> Glossary:
    """Index the rows of a glossary."""
    by_word: defaultdict[tuple[Language, str], list[int]] = defaultdict(list)
    by_term: defaultdict[tuple[Language, str], list[int]] = defaultdict(list)
    for number, row in enumerate(terms):
        for language, term, _ in _both_ways(row):
            first = _RUN.search(term)
            by_word[language, first[0].casefold() if first else _SYMBOLS].append(number)
            by_term[language, term.casefold()].append(number)
    return Glossary(by_word, by_term)


def _may_occur(segments: Iterable[Segment], glossary: Glossary, language: Language) -> set[int]:
    """Return the rows whose term in a language begins with a word of some segments."""
    words = {_SYMBOLS, *(word.casefold() for s in segments for word in _RUN.findall(s.text))}
    words |= {word.removesuffix(ending) for word in words for ending in _PLURALS}
    return {number for word in words for number in glossary.by_word.get((language, word), ())}


def _answered(view: BeadView, rows: Iterable[tuple[str, str]], language: Language) -> bool:
    """Return whether a rendering of a term, of those that the glossary lists, occurs on the other side."""
    other = OTHER[language]
    patterns = (_pattern(row[LANGUAGES.index(other)]) for row in rows)
    there = view.bead.side(other)
    return any(pattern.search(s.text) for pattern in patterns for s in there)


def _uses(
    segments: Sequence[Segment], pattern: re.Pattern[str], language: Language, term: str, expected: str
) -> Iterator[Hit]:
    for segment in segments:
        for match in pattern.finditer(segment.text):
            yield Hit(
                language,
                segment.start + match.start(),
                segment.start + match.end(),
                values={"term": term, "expected": expected},
                language=language,
                confidence=CONFIDENCE,
            )


# Saves 0.3 ms a term and bead.
@lru_cache(maxsize=_TERMS_KEPT)
def _pattern(term: str) -> re.Pattern[str]:
    """Compile the pattern of a term: any case, any white space, singular or plural."""
    words = (re.escape(word) + rf"(?:{'|'.join(_PLURALS)})?" for word in re.split(r"[\s-]+", term.strip()))
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(words) + r"(?!\w)", re.IGNORECASE)
