"""Fixed wordings that are copied word for word from the other language, found by patterns over lemmas.

A table holds one wording per row, ``data/wordings.LANGUAGE.tsv``, under a line of names: pattern, native
wording, original in the other language, an example that must match, what it needs, an example that must not
match. Needs are: nothing, for what is always wrong (major); ``minor``, for what is wrong nearly always;
``doubt``, a word of it that the detector suspects; ``source``, the original on the other side. In a pattern,
``=word`` is any form of a word, ``<class>`` one of a class of words, ``a|b`` one of several, ``*`` any one
word, ``...`` up to three, ``x?`` an optional one, ``!x`` none of these here. Adverbs may follow a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from aligner.checks.anchors import AnchorIndex, matches_at
from aligner.checks.tokens import Runs, runs_of
from aligner.lexicon.inflection import words_of
from aligner.lexicon.words import lexicon
from aligner.model import OTHER, Language

Needs = Literal["", "minor", "doubt", "source"]
"""Nothing, or less weight, a word that the detector suspects, the original on the other side of the bead."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SPACE = r"(?:[^\S\n]+|\n)"
_WORD = r"[\w’'-]+"
_END = r"(?![\w-])"
_GAP = 3
_ADVERBS = 2
_RUNS = 4
"""Runs of letters that a word may have ("vis-à-vis")."""

_ADVERB: Mapping[Language, str] = {"en": r"\w+ly", "fr": r"\w{3,}ment"}
_ADVERB_ENDING: Mapping[Language, str] = {"en": "ly", "fr": "ment"}


class _Step(NamedTuple):
    """Runs of letters of which a match has one, and the most runs that it has until then, this included.

    ``is_next``: only adverbs come between it and the step before, and so between all steps before it.
    """

    words: frozenset[str]
    most: int
    is_next: bool


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

    @cached_property
    def steps(self) -> tuple[_Step, ...]:
        """What a match has one behind the other: few rows that the text has no match of get past these."""
        return tuple(_steps(self.pattern, self.language))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The words of the rarest step: no other is inflected to find the row."""
        return _anchors(self.pattern, self.language)

    @cached_property
    def reach(self) -> int:
        """The most runs that a match has until an anchor, this included."""
        return next(step.most for step in self.steps if step.words == self.anchors)

    @cached_property
    def barred(self) -> frozenset[str]:
        """The words of which none may come behind a match."""
        elements = self.pattern.split()
        last = max(number for number, element in enumerate(elements) if element[0] != "!")
        return frozenset(
            word for element in elements[last + 1 :] for word in _alternatives(element[1:], self.language)
        )

    @cached_property
    def openings(self) -> frozenset[str] | None:
        """The runs of letters that a match may begin with; None if it may begin with anything."""
        return _openings(self.pattern, self.language)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern as it is looked for in a text."""
        return _compiled(self.pattern, self.language)

    @cached_property
    def _source(self) -> re.Pattern[str]:
        return _compiled(self.origin, OTHER[self.language])

    @cached_property
    def original(self) -> str:
        """The wording of the other language, as it is shown."""
        return self.origin.replace("=", "").replace("<poss>", "son" if self.language == "en" else "one's")

    def is_source(self, text: str) -> bool:
        """Return whether ``text``, in the other language, has what was copied."""
        other_language = OTHER[self.language]
        lower = {word.lower() for word in _LETTERS.findall(text)}
        needed = (step.words for step in _steps(self.origin, other_language))
        return not any(map(lower.isdisjoint, needed)) and bool(self._source.search(text))


def find_wordings(
    text: str, language: Language, needs: Needs | None = None
) -> list[tuple[re.Match[str], Wording]]:
    """Return where rows of the table match ``text``, in order; of those that overlap, the longest.

    With ``needs``, nothing is returned where no row that needs this may match.
    """
    if needs is not None and not any(_candidates(text, language, needs)):
        return []
    matches = [
        (place, row)
        for row, starts in _candidates(text, language)
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
    text: str, language: Language, needs: Needs | None = None
) -> Iterator[tuple[Wording, Sequence[int] | None]]:
    """Yield the rows of which a text has all words that they need, each with where it may begin.

    With ``needs``, only those that need this.
    """
    runs = runs_of(text)
    is_missing = runs.lower_words.isdisjoint
    for row, anchors in _table(language, needs).anchored(runs.lower_words):
        if any(is_missing(step.words) for step in row.steps):
            continue  # as nearly always
        if row.openings is None:
            yield row, None
        elif starts := _starts(runs, runs.places_of(anchors), row.openings, row):
            yield row, starts


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
    place, adverbs = first, _classes(row.language)["adv"]
    for words, most, is_next in row.steps:
        for word in lower[place : first + most]:
            place += 1
            if word in words:
                break
            if is_next and not _is_adverb(word, adverbs, row.language):
                return False
        else:
            return False
    return True


def _is_adverb(word: str, adverbs: Sequence[str], language: Language) -> bool:
    return word in adverbs or word.endswith(_ADVERB_ENDING[language])


# Saves 60 ms a call, one call for each segment that is searched.
@cache
def _table(language: Language, needs: Needs | None = None) -> AnchorIndex[Wording]:
    """Index the rows of a language, with ``needs`` those that need this."""
    rows = [row for row in wordings(language) if needs in (None, row.needs)]
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
        rows.append(Wording(pattern, better, origin, wrong, cast(Needs, needs), right, language))
    return tuple(rows)


# Saves 0.6 ms a call, one call for each class in a pattern.
@cache
def _classes(language: Language) -> Mapping[str, Sequence[str]]:
    table = files("aligner.checks.fluency").joinpath("data", "wording_classes.tsv")
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:])
    return {name: words.split() for of, name, words in rows if of == language}


def _steps(pattern: str, language: Language) -> Iterator[_Step]:
    """Yield the steps of a pattern: each element that is words, and no gap nor option."""
    most, is_next, adverbs = 0, True, _classes(language)["adv"]
    for element in pattern.split():
        most += _most_runs(element, language)
        words = _alternatives(element, language) if _is_needed(element) else ()
        if words and all(map(_LETTERS.search, words)) and "\\" not in "".join(words):
            is_next = is_next and all(map(str.isalpha, words))
            yield _Step(_runs(words), most, is_next)
            is_next = is_next and not any(_is_adverb(word, adverbs, language) for word in words)
        elif element[0] not in "!,":
            is_next = False
        most += _RUNS * _ADVERBS * ("=" in element)


def _most_runs(element: str, language: Language) -> int:
    """Return the most runs of letters that an element may have in a text, adverbs behind it not counted."""
    if element[0] in "!,":
        return 0
    if element == "...":
        return _RUNS * _GAP
    if element[0] == "*" or "\\" in element:
        return _RUNS
    return max(len(_LETTERS.findall(word)) for word in _alternatives(element.removesuffix("?"), language))


def _anchors(pattern: str, language: Language) -> frozenset[str]:
    """Return the words that the rarest element of a pattern may be."""
    counts = lexicon(language)

    def frequency(element: str) -> int:
        return sum(counts.get(word, 0) for word in _runs(element.replace("=", "").split("|")))

    return _runs(_alternatives(min(_own_elements(pattern), key=frequency), language))


def _own_elements(pattern: str) -> list[str]:
    """Return the elements of a pattern that are words, which a text must have."""
    elements = list(filter(_is_own, pattern.split()))
    if not elements:
        raise ValueError(f"the pattern {pattern!r} has no word of its own")
    return elements


def _is_own(element: str) -> bool:
    """Return whether an element is a word, or one of several, and no class, gap or option."""
    return _is_needed(element) and "<" not in element and "\\" not in element


def _is_needed(element: str) -> bool:
    """Return whether a match has one of the words of an element."""
    return element[0] not in "!*.," and element[-1] != "?"


def _runs(words: Iterable[str]) -> frozenset[str]:
    """Return the longest run of letters of each word, in lower case: "l'épaule" is two in a text."""
    runs = (word if word.isalpha() else max(_LETTERS.findall(word), key=len) for word in words)
    return frozenset(map(str.lower, runs))


def _openings(pattern: str, language: Language) -> frozenset[str] | None:
    """Return the runs of letters that a match of a pattern may begin with; None where they cannot be said."""
    openings: set[str] = set()
    for element in pattern.split():
        if element[0] == "!":
            continue
        if element[0] in "*." or "\\" in element:
            return None
        for word in _alternatives(element.removesuffix("?"), language):
            run = None if "\\" in word else _LETTERS.match(word)
            if run is None:
                return None
            openings.add(run.group())
        if not element.endswith("?"):
            return frozenset(openings)
    return None


# Saves 0.1 s of an audit of corpora/demo: most rows share words with others.
@cache
def _alternatives(element: str, language: Language) -> tuple[str, ...]:
    """Return the words that an element of a pattern may be."""
    result: list[str] = []
    for part in element.split("|"):
        if part.startswith("<"):
            result.extend(_classes(language)[part.strip("<>")])
        else:
            result.extend(sorted(words_of(part, language)))
    return tuple(result)


def _compiled(pattern: str, language: Language) -> re.Pattern[str]:
    adverb = f"(?:(?:{'|'.join(_classes(language)['adv'])}|{_ADVERB[language]}){_SPACE}){{0,{_ADVERBS}}}"
    elements = pattern.split()
    last = max(i for i, element in enumerate(elements) if element[0] != "!")
    parts = [r"(?<![\w-])"]
    for number, element in enumerate(elements):
        before_comma = elements[number + 1 : number + 2] == [","]
        follows = "" if before_comma else _END if number >= last else _SPACE
        if element[0] == "!":
            skipped = r"[^\w.!?]*" if number > last else ""  # behind the match
            parts.append(f"(?!{skipped}{_any_of(_alternatives(element[1:], language), _END)})")
        elif element == "...":
            parts.append(f"(?:{_WORD}{_SPACE}){{0,{_GAP}}}?")
        elif element.startswith("*"):
            parts.append(f"(?:{_WORD}{follows})" + element[1:])
        else:
            optional = "?" if element.endswith("?") else ""
            parts.append(_any_of(_alternatives(element.removesuffix("?"), language), follows) + optional)
            if "=" in element and number < last:
                parts.append(adverb)
    return re.compile("".join(parts), re.IGNORECASE)


def _any_of(words: Sequence[str], follows: str) -> str:
    """Return a pattern of one of some words or marks and what follows it; nothing after an apostrophe."""
    parts = [re.escape(word[:-1]) + "[’']" for word in words if word[-1] == "'"]
    parts += [re.escape(word) + follows for word in words if not re.search(r"\w\Z|'\Z|\+\Z", word)]
    whole_words = [
        word if "\\" in word else re.escape(word).replace("'", "[’']")
        for word in words
        if re.search(r"\w\Z|\+\Z", word)
    ]
    if whole_words:
        parts.append(f"(?:{'|'.join(whole_words)}){follows}")
    return f"(?:{'|'.join(parts)})"
