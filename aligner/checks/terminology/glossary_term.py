"""TRM701: a term of the user's glossary that is rendered otherwise."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from aligner.checks.base import bead_check
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Language, Segment

LOGGER = logging.getLogger(__name__)

CONFIDENCE = 0.85
_TERMS_KEPT = 8192
"""Terms of a glossary whose patterns are kept."""
_RUN = re.compile(r"\w+")
_PLURALS = ("es", "s", "x")
MOST_STEPS = 400_000
"""Words of terms that may be compared with one passage, about a second; one of news needs some hundreds."""
_LONGEST = 100
"""Words of a term that are looked at; no term has as many."""

Rows = tuple[tuple[str, str], ...]
Place = tuple[Segment, int, int]
"""A use of a term: the segment, and the offsets in its text."""


@dataclass(slots=True)
class Node:
    """The terms that begin with some words: the rows of those that end here, and what goes on by word."""

    rows: list[int] = field(default_factory=list)
    after: dict[str, Node] = field(default_factory=dict)


class Glossary(NamedTuple):
    """Rows of a glossary by number: by the words of a term, and by a whole term, in each language."""

    roots: Mapping[Language, Node]
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
    places = {language: _places(bead.side(language), context.terms, language) for language in LANGUAGES}
    reported: set[tuple[Language, str]] = set()
    for number in sorted(places["fr"].keys() | places["en"].keys()):
        for language, term, expected in _both_ways(context.terms[number]):
            if (language, term.lower()) in reported or number not in places[language]:
                continue
            reported.add((language, term.lower()))
            rows = glossary.by_term[language, term.casefold()]
            if not any(row in places[OTHER[language]] for row in rows):
                yield from _uses(places[language][number], language, term, expected)


def _both_ways(row: tuple[str, str]) -> tuple[tuple[Language, str, str], ...]:
    fr, en = row
    return ("fr", fr, en), ("en", en, fr)


# Saves 5 ms a bead with a glossary of 3,000 rows.
@lru_cache(maxsize=2)
def _glossary(terms: Rows) -> Glossary:
    """Index the rows of a glossary."""
    roots: dict[Language, Node] = {language: Node() for language in LANGUAGES}
    by_term: defaultdict[tuple[Language, str], list[int]] = defaultdict(list)
    for number, row in enumerate(terms):
        for language, term, _ in _both_ways(row):
            node = roots[language]
            for word in _words(term):
                node = node.after.setdefault(word, Node())
            node.rows.append(number)
            by_term[language, term.casefold()].append(number)
    return Glossary(roots, by_term)


def _words(term: str) -> list[str]:
    """Return the words by which a term is found; none for one that does not begin with a word."""
    words = [word.casefold() for word in _RUN.findall(term)]
    return words if _RUN.match(term.strip()) else []


def _places(segments: Iterable[Segment], terms: Rows, language: Language) -> Mapping[int, Sequence[Place]]:
    """Return the rows whose term occurs in some segments, with the segment and the offsets of each use.

    The words of a text lead through the tree of all terms at once: a text is read once, however many terms
    begin alike.
    """
    places_by_row: defaultdict[int, list[Place]] = defaultdict(list)
    root = _glossary(terms).roots[language]
    side = LANGUAGES.index(language)
    for segment in segments:
        for start, number in _candidates(segment.text, root):
            last = places_by_row[number][-1:] if number in places_by_row else []
            if last and last[0][0] is segment and start < last[0][2]:
                continue
            if match := _pattern(terms[number][side]).match(segment.text, start):
                places_by_row[number].append((segment, match.start(), match.end()))
        for number in root.rows:
            for match in _pattern(terms[number][side]).finditer(segment.text):
                places_by_row[number].append((segment, match.start(), match.end()))
    return places_by_row


def _candidates(text: str, root: Node) -> Iterator[tuple[int, int]]:
    """Yield where each term may begin in a text, and its row, from left to right."""
    words = [(match.start(), _forms(match[0].casefold())) for match in _RUN.finditer(text)]
    left = MOST_STEPS
    for number, (start, _) in enumerate(words):
        nodes = [root]
        for _, forms in words[number : number + _LONGEST]:
            nodes = [node.after[form] for node in nodes for form in forms if form in node.after]
            if not nodes:
                break
            rows = [row for node in nodes for row in node.rows]
            left -= len(nodes) + len(rows)
            if left < 0:
                LOGGER.info("a passage of %d words: too many for the glossary", len(words))
                return
            yield from ((start, row) for row in rows)


def _forms(word: str) -> tuple[str, ...]:
    """Return a word and what it may be the plural of."""
    return (word, *(word.removesuffix(ending) for ending in _PLURALS if word.endswith(ending)))


def _uses(places: Iterable[Place], language: Language, term: str, expected: str) -> Iterator[Hit]:
    for segment, start, end in places:
        yield Hit(
            language,
            segment.start + start,
            segment.start + end,
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
