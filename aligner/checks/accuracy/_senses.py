"""Words in another sense than the rest of their sentence gives them: "river bank" as "banque de la rivière".

A row of ``data/senses.LANGUAGE.tsv``, below the names of its columns, has words of the other language; the
words of this one that render another sense of them; words of the other language that show the sense meant
(``~word`` only beside it); words of which a right version has one; and, if need be, words of the other
language that the wrong words may correctly render. ``=word`` is any form of a word, ``word*`` whatever begins
so (``*`` any word), ``@name`` the words of a field of news (``data/fields.LANGUAGE.tsv``). A better word may
have others with it ("coup_de_tête").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon import inflection
from aligner.model import OTHER, Language

_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
BESIDE = 4
"""How many words away context may be that counts only beside its word ("application for a new job")."""


class _Words(NamedTuple):
    """Words in lower case, and beginnings of words."""

    forms: frozenset[str]
    beginnings: tuple[str, ...]

    def some_in(self, words: Collection[str]) -> bool:
        """Return whether one of ``words`` is among these."""
        return not self.forms.isdisjoint(words) or any(map(self.begin, words))

    def begin(self, word: str) -> bool:
        """Return whether a word begins like one of these."""
        return bool(self.beginnings) and word.startswith(self.beginnings)


class Sense(NamedTuple):
    """Words that render another sense of ``original`` than the one meant, and a better word."""

    wrong: frozenset[str]
    original: frozenset[str]
    better: str


@dataclass(frozen=True, eq=False)
class _Row:
    """The cells of a row; words are inflected when they are asked for, since few rows are in a run."""

    language: Language
    cells: tuple[str, ...]

    @cached_property
    def original(self) -> frozenset[str]:
        return _words(self.cells[0], OTHER[self.language]).forms

    @cached_property
    def wrong(self) -> frozenset[str]:
        return _words(self.cells[1], self.language).forms

    @cached_property
    def shown_by(self) -> _Words:
        return _words(" ".join(w for w in self.cells[2].split() if w[0] != "~"), OTHER[self.language])

    @cached_property
    def shown_beside(self) -> _Words:
        beside = (w[1:] for w in self.cells[2].split() if w[0] == "~")
        return _words(" ".join(beside), OTHER[self.language])

    @cached_property
    def right(self) -> _Words:
        return _words(self.cells[3], self.language)

    @cached_property
    def unless(self) -> _Words:
        return _words(self.cells[4] if len(self.cells) > 4 else "", OTHER[self.language])

    @property
    def better(self) -> str:
        """What to put, in its dictionary form."""
        return self.cells[3].split()[0].strip("=*").replace("_", " ")

    def is_missed(self, words: Collection[str], originals: Sequence[str]) -> bool:
        """Return whether the originals show the sense, and no word of this side has it."""
        return (
            not self.right.some_in(words)
            and not self.unless.some_in(originals)
            and (self.shown_by.some_in(set(originals) - self.original) or self._is_shown_beside(originals))
        )

    def _is_shown_beside(self, originals: Sequence[str]) -> bool:
        places = (place for place, word in enumerate(originals) if word in self.original)
        beside = (originals[max(0, place - BESIDE) : place + BESIDE + 1] for place in places)
        return any(self.shown_beside.some_in(set(words) - self.original) for words in beside)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in lower case: of compounds ("en-tête") the parts too."""
    return tuple(word for word, _, _ in places_of(text.lower()))


def places_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of ``text``, compounds before their parts, each with where it begins and ends."""
    for match in _WORD.finditer(text):
        yield match.group().replace("‑", "-"), *match.span()
        if not match.group().isalpha():
            for part in _PART.finditer(text, *match.span()):
                yield part.group(), *part.span()


def wrong_senses(language: Language, words: Collection[str], originals: Sequence[str]) -> Iterator[Sense]:
    """Yield the senses that the words of one side of a bead miss; both sides are words in lower case."""
    table = _by_original(language)
    # In the order of the alphabet: of two rows for one word the first decides, in every run alike.
    rows = dict.fromkeys(row for word in sorted(table.keys() & set(originals)) for row in table[word])
    reported: set[str] = set()
    for row in rows:
        wrong = row.wrong.intersection(words) - reported
        if wrong and row.is_missed(words, originals):
            reported |= wrong
            yield Sense(wrong, row.original.intersection(originals), row.better)


# Saves 30 ms a call, two calls a bead.
@cache
def _by_original(language: Language) -> Mapping[str, Sequence[_Row]]:
    table = files("aligner.checks.accuracy").joinpath(f"data/senses.{language}.tsv")
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        row = _Row(language, tuple(line.split("\t")))
        for word in row.original:
            rows[word].append(row)
    return dict(rows)


def _words(cell: str, language: Language) -> _Words:
    forms: set[str] = set()
    beginnings: list[str] = []
    for word in cell.split():
        if word.startswith("@"):
            field = _fields(language)[word[1:]]
            forms |= field.forms
            beginnings += field.beginnings
        elif word.endswith("*"):
            beginnings.append(word[:-1])
        else:
            forms.update(inflection.words_of(word, language))
    return _Words(frozenset(forms), tuple(beginnings))


# Saves 4 ms a run: most rows that are asked for name a field.
@cache
def _fields(language: Language) -> Mapping[str, _Words]:
    table = files("aligner.checks.accuracy").joinpath(f"data/fields.{language}.tsv")
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    return {name: _words(words, language) for name, words in (line.split("\t") for line in lines)}
