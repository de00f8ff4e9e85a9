"""The language of the patterns of wordings: what a match needs, may begin with, and is as a regex.

In a pattern, ``=word`` is any form of a word, ``<class>`` one of a class of words, ``a|b`` one of several,
``*`` any one word, ``...`` up to three, ``x?`` an optional element, ``!x`` none of these here. Adverbs may
follow a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon.inflection import words_of
from aligner.lexicon.words import lexicon
from aligner.model import Language

LETTERS = re.compile(r"[^\W\d_]+")
_SPACE = r"(?:[^\S\n]+|\n)"
_WORD = r"[\w’'-]+"
_END = r"(?![\w-])"
_GAP = 3
_ADVERBS = 2
_RUNS = 4
"""Runs of letters that a word may have ("vis-à-vis")."""

_ADVERB: Mapping[Language, str] = {"en": r"\w+ly", "fr": r"\w{3,}ment"}
_ADVERB_ENDING: Mapping[Language, str] = {"en": "ly", "fr": "ment"}


class Step(NamedTuple):
    """Runs of letters of which a match has one, and the most runs that it has until then, this included.

    ``is_next``: only adverbs come between it and the step before, and so between all steps before it.
    """

    words: frozenset[str]
    most: int
    is_next: bool


def is_adverb(word: str, adverbs: Sequence[str], language: Language) -> bool:
    return word in adverbs or word.endswith(_ADVERB_ENDING[language])


# Saves 0.6 ms a call, one call for each class in a pattern.
@cache
def classes(language: Language) -> Mapping[str, Sequence[str]]:
    table = files("aligner.checks.fluency").joinpath("data", "wording_classes.tsv")
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:])
    return {name: words.split() for of, name, words in rows if of == language}


def barred(pattern: str, language: Language) -> frozenset[str]:
    """Return the words of which none may come behind a match."""
    elements = pattern.split()
    last = max(number for number, element in enumerate(elements) if element[0] != "!")
    return frozenset(
        word for element in elements[last + 1 :] for word in _alternatives(element[1:], language)
    )


class _Element(NamedTuple):
    """An element of a pattern: its words if it is one that a match needs, and the most runs that it may have.

    ``is_whole``: each of its words is one run; ``may_be_adverb``: one of them is one that may follow a verb.
    """

    words: frozenset[str]
    most: int
    is_whole: bool
    may_be_adverb: bool


def steps(pattern: str, language: Language) -> Iterator[Step]:
    """Yield the steps of a pattern: each element that is words, and no gap nor option."""
    most, is_next = 0, True
    for element in pattern.split():
        read = _element(element, language)
        most += read.most
        if read.words:
            is_next = is_next and read.is_whole
            yield Step(read.words, most, is_next)
            is_next = is_next and not read.may_be_adverb
        elif element[0] not in "!,":
            is_next = False
        most += _RUNS * _ADVERBS * ("=" in element)


def spelled(pattern: str) -> Iterator[frozenset[str]]:
    """Yield the words of the elements that a match needs and that are written as they are met."""
    for element in pattern.split():
        if _is_own(element) and "=" not in element and all(map(LETTERS.search, element.split("|"))):
            yield _runs(element.split("|"))


# Saves half the time that steps take: most rows share elements with others.
@cache
def _element(element: str, language: Language) -> _Element:
    words = _alternatives(element, language) if _is_needed(element) else ()
    if not all(map(LETTERS.search, words)) or "\\" in "".join(words):
        words = ()
    adverbs = classes(language)["adv"]
    return _Element(
        _runs(words),
        _most_runs(element, language),
        all(map(str.isalpha, words)),
        any(is_adverb(word, adverbs, language) for word in words),
    )


def _most_runs(element: str, language: Language) -> int:
    """Return the most runs of letters that an element may have in a text, adverbs behind it not counted."""
    if element[0] in "!,":
        return 0
    if element == "...":
        return _RUNS * _GAP
    if element[0] == "*" or "\\" in element:
        return _RUNS
    return max(len(LETTERS.findall(word)) for word in _alternatives(element.removesuffix("?"), language))


def anchors(pattern: str, language: Language) -> frozenset[str]:
    """Return the words that the rarest element of a pattern may be."""
    elements = _own_elements(pattern)
    return _runs(_alternatives(min(elements, key=lambda element: _frequency(element, language)), language))


# Saves half the time that the anchors of all rows take: they share elements.
@cache
def _frequency(element: str, language: Language) -> int:
    counts = lexicon(language)
    return sum(counts.get(word, 0) for word in _runs(element.replace("=", "").split("|")))


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
    runs = (word if word.isalpha() else max(LETTERS.findall(word), key=len) for word in words)
    return frozenset(map(str.lower, runs))


def openings(pattern: str, language: Language) -> frozenset[str] | None:
    """Return the runs of letters that a match of a pattern may begin with; None where they cannot be said."""
    first_runs: set[str] = set()
    for element in pattern.split():
        if element[0] == "!":
            continue
        if element[0] in "*." or "\\" in element:
            return None
        for word in _alternatives(element.removesuffix("?"), language):
            run = None if "\\" in word else LETTERS.match(word)
            if run is None:
                return None
            first_runs.add(run.group())
        if not element.endswith("?"):
            return frozenset(first_runs)
    return None


# Saves 0.1 s of an audit of corpora/demo: most rows share words with others.
@cache
def _alternatives(element: str, language: Language) -> tuple[str, ...]:
    """Return the words that an element of a pattern may be."""
    result: list[str] = []
    for part in element.split("|"):
        if part.startswith("<"):
            result.extend(classes(language)[part.strip("<>")])
        else:
            result.extend(sorted(words_of(part, language)))
    return tuple(result)


def compiled(pattern: str, language: Language) -> re.Pattern[str]:
    adverb = f"(?:(?:{'|'.join(classes(language)['adv'])}|{_ADVERB[language]}){_SPACE}){{0,{_ADVERBS}}}"
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
