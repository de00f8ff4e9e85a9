"""Fixed wordings that are copied word for word from the other language, found by patterns over lemmas.

A table holds one wording per row, ``data/wordings.LANGUAGE.tsv``, under a line of names: pattern, native
wording, original in the other language, an example that must match, what it needs, an example that must not
match. Needs are: nothing, for what is always wrong (major); ``minor``, for what is wrong nearly always;
``doubt``, a word of it that the detector suspects; ``source``, the original on the other side, which rows
lose that 33 million words of good text never have (`aligner train wordings`); ``literal``, the same for good,
since its words may be meant as they stand ("deep pockets"). The language of patterns is that of
``_patterns.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, cast

from aligner.checks.anchors import AnchorIndex, matches_at
from aligner.checks.fluency import _patterns as patterns
from aligner.checks.fluency._patterns import LETTERS, Step
from aligner.checks.tokens import Runs, runs_of
from aligner.lexicon.function_words import FUNCTION
from aligner.model import OTHER, Language

LITERAL = "literal"
Needs = Literal["", "minor", "doubt", "source"]
"""Nothing, or less weight, a word that the detector suspects, the original on the other side of the bead."""
ALONE: frozenset[Needs] = frozenset(("", "minor", "doubt"))
"""What rows need that may be found in an article alone."""
OF_SOURCE: frozenset[Needs] = frozenset(("source",))
ANY = ALONE | OF_SOURCE


@dataclass(frozen=True)
class Wording:
    """A row of the table. ``better`` is the native wording, ``origin`` the pattern of what was copied."""

    pattern: str
    better: str
    origin: str
    wrong: str
    needs: Needs
    right: str
    language: Language
    may_be_literal: bool = False
    """Whether its words may be meant as they stand, so that it always needs its source."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What a match has one behind the other: few rows that the text has no match of get past these."""
        return tuple(patterns.steps(self.pattern, self.language))

    @cached_property
    def spelled(self) -> tuple[frozenset[str], ...]:
        """Those of the steps that need no inflection to be known."""
        return tuple(patterns.spelled(self.pattern))

    @cached_property
    def words_of_sense(self) -> tuple[frozenset[str], ...]:
        """The words of each step that is not, by half or more, of function words."""
        function = FUNCTION[self.language]
        return tuple(
            step.words - function for step in self.steps if 2 * len(step.words & function) < len(step.words)
        )

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The words of the rarest step: no other is inflected to find the row."""
        return patterns.anchors(self.pattern, self.language)

    @cached_property
    def reach(self) -> int:
        """The most runs that a match has until an anchor, this included."""
        return next(step.most for step in self.steps if step.words == self.anchors)

    @cached_property
    def barred(self) -> frozenset[str]:
        """The words of which none may come behind a match."""
        return patterns.barred(self.pattern, self.language)

    @cached_property
    def openings(self) -> frozenset[str] | None:
        """The runs of letters that a match may begin with; None if it may begin with anything."""
        return patterns.openings(self.pattern, self.language)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern as it is looked for in a text."""
        return patterns.compiled(self.pattern, self.language)

    @cached_property
    def _source(self) -> re.Pattern[str]:
        return patterns.compiled(self.origin, OTHER[self.language])

    @cached_property
    def original(self) -> str:
        """The wording of the other language, as it is shown."""
        return self.origin.replace("=", "").replace("<poss>", "son" if self.language == "en" else "one's")

    def is_source(self, text: str) -> bool:
        """Return whether ``text``, in the other language, has what was copied."""
        other_language = OTHER[self.language]
        lower = {word.lower() for word in LETTERS.findall(text)}
        needed = (step.words for step in patterns.steps(self.origin, other_language))
        return not any(map(lower.isdisjoint, needed)) and bool(self._source.search(text))


def find_wordings(
    text: str, language: Language, needs: frozenset[Needs] = ANY
) -> list[tuple[re.Match[str], Wording]]:
    """Return where rows that need one of ``needs`` match, in order; of those that overlap, the longest."""
    matches = [
        (place, row)
        for row, starts in _candidates(text, language, needs)
        for place in _matches_of(text, row, starts)
    ]
    matches.sort(key=lambda match: (match[0].start() - match[0].end(), match[0].start()))
    chosen: list[tuple[re.Match[str], Wording]] = []
    for place, row in matches:
        if all(place.end() <= earlier.start() or earlier.end() <= place.start() for earlier, _ in chosen):
            chosen.append((place, row))
    return sorted(chosen, key=lambda match: match[0].start())


def _matches_of(text: str, row: Wording, starts: Sequence[int] | None) -> Iterator[re.Match[str]]:
    """Return the matches of a row, one behind the other, from some places on; from any where it is None."""
    return row.regex.finditer(text) if starts is None else matches_at(row.regex, text, starts)


def _candidates(
    text: str, language: Language, needs: frozenset[Needs]
) -> Iterator[tuple[Wording, Sequence[int] | None]]:
    """Yield the rows of which a text has all words that they are made of, each with where it may begin."""
    runs = runs_of(text)
    is_missing = runs.lower_words.isdisjoint
    for row, anchors in _table(language, needs).anchored(runs.lower_words):
        if any(map(is_missing, row.spelled)):
            continue
        places = runs.places_of(anchors)
        around = [words for words in runs.around(places) if not any(map(words.isdisjoint, row.spelled))]
        if not any(_has_all(words, row.steps) for words in around):
            continue  # as nearly always
        if row.openings is None:
            yield row, None
        elif starts := _starts(runs, places, row.openings, row):
            yield row, starts


def _has_all(words: frozenset[str], steps: Sequence[Step]) -> bool:
    return not any(words.isdisjoint(step.words) for step in steps)


def _starts(runs: Runs, anchored: Sequence[int], openings: frozenset[str], row: Wording) -> list[int]:
    """Return where a match may begin: at the openings near an anchor behind which all steps follow."""
    lower, reach = runs.lower, row.reach
    near = {
        first
        for place in anchored
        for first in range(max(place - reach + 1, 0), place + 1)
        if lower[first] in openings
    }
    return [runs.starts[first] for first in sorted(near) if _follow(lower, first, row)]


def _follow(lower: Sequence[str], first: int, row: Wording) -> bool:
    place, adverbs = first, patterns.classes(row.language)["adv"]
    for words, most, is_next in row.steps:
        for word in lower[place : first + most]:
            place += 1
            if word in words:
                break
            if is_next and not patterns.is_adverb(word, adverbs, row.language):
                return False
        else:
            return False
    return True


# Saves 60 ms a call, one call for each segment that is searched.
@cache
def _table(language: Language, needs: frozenset[Needs]) -> AnchorIndex[Wording]:
    """Index the rows of a language that need one of ``needs``."""
    rows = [row for row in wordings(language) if row.needs in needs]
    return AnchorIndex(rows, lambda row: row.anchors)


# Saves 10 ms a call, one for each index.
@cache
def wordings(language: Language) -> Sequence[Wording]:
    """Return the table of a language."""
    return _read_rows(language)


def _read_rows(language: Language) -> tuple[Wording, ...]:
    table = files("aligner.checks.fluency").joinpath("data", f"wordings.{language}.tsv")
    rows = []
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:  # below the names of the columns
        pattern, better, origin, wrong, needs, right = (line.split("\t") + [""] * 2)[:6]
        may_be_literal = needs == LITERAL
        needs = "source" if may_be_literal else needs
        row = (pattern, better, origin, wrong, cast(Needs, needs), right, language, may_be_literal)
        rows.append(Wording(*row))
    return tuple(rows)
