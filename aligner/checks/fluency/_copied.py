"""Wordings copied word for word, found in any form where the other side has what they copy.

The pattern of a wording ("throw money by the windows") misses what is a little different ("the money was
thrown through our windows"). Beside the original itself the words that carry its sense are enough: all of the
original near each other on one side, all of the copy on the other, in any order. Rows whose words good
translations have so as well are left to their pattern: ``data/exact_wordings.tsv``, which
`aligner train wordings` counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from aligner.checks.anchors import AnchorIndex
from aligner.checks.fluency._patterns import LETTERS
from aligner.checks.fluency._wordings import Wording, wordings
from aligner.checks.tokens import Runs, runs_of
from aligner.lexicon.function_words import FUNCTION
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import lexicon
from aligner.model import OTHER, Language, Span

EXACT = "exact_wordings.tsv"
_LEAST = 2
"""Words of sense that an original and its copy must have: one alone is anywhere."""
_BETWEEN = 1
"""Other words, function words not counted, that may come among those of sense."""
_WORDS_KEPT = 32_768
_SHORTEST = 3
"""Letters of a word of sense."""
_CLASS = re.compile(r"<\w+>")
_MARK = re.compile(r"[^\w\s’'-]|\s-|-\s")
"""A mark within what would be no phrase."""


class _Original(NamedTuple):
    """A row of the table, and the words of sense of one of its originals, in order."""

    row: Wording
    text: str
    words: tuple[str, ...]


def copies(
    text: str, language: Language, other_text: str, *, counting: bool = False
) -> Iterator[tuple[Span, Wording]]:
    """Yield where a text has the words of a copy whose original the text of the other language has.

    With ``counting``, of all rows, those too that are left to their pattern.
    """
    for row in _rows_of_originals(other_text, language, counting=counting):
        if place := _place_of(text, row):
            yield place, row


def _rows_of_originals(other_text: str, language: Language, *, counting: bool) -> Iterator[Wording]:
    """Yield the rows of a language whose original is in a text of the other, each once."""
    other_language = OTHER[language]
    words = (word for word in runs_of(other_text).lower if word not in FUNCTION[other_language])
    met = [_met_by(word, other_language) for word in words]
    met_by_some = frozenset().union(*met)
    found: set[str] = set()
    for original in _table(language, counting=counting).candidates(met_by_some):
        row = original.row
        if not met_by_some.issuperset(original.words) or row.pattern in found:
            continue  # as nearly always
        if _is_met(original, met) and _is_of_sense(row):
            found.add(row.pattern)
            yield row


def _is_met(original: _Original, met: Sequence[Set[str]]) -> bool:
    """Return whether neighbours meet all words of an original.

    They have its order, unless a verb leads it: the object may come before that ("l'argent jeté").
    """
    words = original.words
    reach = len(words) + _BETWEEN
    for first, own in enumerate(met):
        if not own.isdisjoint(words):
            places = [[n for n, o in enumerate(met[first : first + reach]) if word in o] for word in words]
            if all(places) and (_is_verbal(original) or _ascend(places)):
                return True
    return False


def _ascend(places: Sequence[Sequence[int]]) -> bool:
    """Return whether there is a place of each word behind one of the word before it."""
    last = -1
    for own in places:
        last = min((place for place in own if place > last), default=-1)
        if last < 0:
            return False
    return True


def _place_of(text: str, row: Wording) -> Span | None:
    """Return the shortest span with a word of each element of sense, each another, and no mark among them."""
    runs, elements = runs_of(text), row.words_of_sense
    if any(map(runs.lower_words.isdisjoint, elements)):
        return None
    function = FUNCTION[row.language]
    places = [place for place, word in enumerate(runs.lower) if word not in function]
    spans = [
        (runs.starts[first], runs.starts[last] + len(runs.spelled[last]))
        for number, first in enumerate(places)
        if any(runs.lower[first] in words for words in elements)
        and (last := _last_of(places[number : number + len(elements) + _BETWEEN], runs, elements)) is not None
        and row.barred.isdisjoint(runs.lower[last + 1 : last + 2])
        and not _MARK.search(text, runs.starts[first], runs.starts[last])
    ]
    return min(spans, key=lambda span: span[1] - span[0], default=None)


def _last_of(places: Sequence[int], runs: Runs, elements: Sequence[frozenset[str]]) -> int | None:
    """Return the place with which the elements are complete; None if they are not."""
    for count in range(len(elements), len(places) + 1):
        if _each_has_its_own([runs.lower[place] for place in places[:count]], elements):
            return places[count - 1]
    return None


def _each_has_its_own(words: Sequence[str], elements: Sequence[frozenset[str]]) -> bool:
    """Return whether each element has one of some words, and no two the same."""
    if not elements:
        return True
    own, *others = elements
    return any(
        _each_has_its_own([*words[:place], *words[place + 1 :]], others)
        for place, word in enumerate(words)
        if word in own
    )


def _is_of_sense(row: Wording) -> bool:
    """Return whether words of sense tell a copy: not where its fault is their order, or a small word."""
    elements = row.words_of_sense
    native = frozenset().union(*(_met_by(run, row.language) for run in runs_of(row.better).lower_words))
    are_native = [not native.isdisjoint(words) for words in elements]
    # The native wording of "mayor outgoing" is "the outgoing …".
    return len(elements) >= _LEAST and not (any(are_native) if "…" in row.better else all(are_native))


# Saves a third of the time that originals are looked for.
@lru_cache(maxsize=_WORDS_KEPT)
def _met_by(word: str, language: Language) -> frozenset[str]:
    """Return what a word of an original may be for a word to be it: itself, and its lemmas."""
    return frozenset((word, *(reading.lemma for reading in readings(word, language))))


# Saves 40 ms a call, two calls a bead.
@cache
def _table(language: Language, *, counting: bool) -> AnchorIndex[_Original]:
    """Index rows of a language by the rarest word of sense of each of their originals."""
    other_language = OTHER[language]
    counts = lexicon(other_language)
    exact = frozenset[str]() if counting else _exact(language)
    originals = [
        _Original(row, origin, words)
        for row in wordings(language)
        if row.pattern not in exact and "<n>" not in row.pattern and "<span>" not in row.pattern
        for origin in _CLASS.sub(" ", row.origin).split(",")
        if len(words := _words_of_sense(origin, other_language)) >= _LEAST
    ]
    return AnchorIndex(originals, lambda original: [min(original.words, key=lambda w: counts.get(w, 0))])


def _is_verbal(original: _Original) -> bool:
    language = OTHER[original.row.language]
    first = LETTERS.search(original.text.lower())
    is_infinitive = first is not None and any("inf" in r.tags for r in readings(first[0], language))
    return "=" in original.text or is_infinitive


def _exact(language: Language) -> frozenset[str]:
    """Return the patterns of the rows of a language that are found by their pattern alone."""
    table = files("aligner.checks.fluency").joinpath("data", EXACT)
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:])
    return frozenset(pattern for of, pattern in rows if of == language)


def _words_of_sense(origin: str, language: Language) -> tuple[str, ...]:
    words = LETTERS.findall(origin.lower())
    return tuple(word for word in words if len(word) >= _SHORTEST and word not in FUNCTION[language])
