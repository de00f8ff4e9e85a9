"""Words in another sense than the rest of their sentence gives them: "river bank" as "banque de la rivière".

A row of ``data/senses.tsv`` has the English words; the French words that render another sense of them; the
English words that show which sense is meant; and the French words, one of which a right version has.
``=word`` is any form of a word, ``word*`` whatever begins so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from aligner.lexicon.inflection import forms
from aligner.lexicon.names import fold
from aligner.model import Language


class _Words(NamedTuple):
    """Folded words, and beginnings of words."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def some_in(self, words: Collection[str]) -> bool:
        """Return whether one of ``words`` is among these."""
        return not self.whole.isdisjoint(words) or any(map(self.begin, words))

    def begin(self, word: str) -> bool:
        """Return whether a word begins like one of these."""
        return bool(self.beginnings) and word.startswith(self.beginnings)


class Sense(NamedTuple):
    """A French word that renders another sense of an English one than the one meant, and a better one."""

    wrong: frozenset[str]
    english: frozenset[str]
    better: str


class _Row(NamedTuple):
    english: frozenset[str]
    wrong: frozenset[str]
    shown_by: _Words
    right: _Words
    better: str


def wrong_senses(fr: Collection[str], en: Collection[str]) -> Iterator[Sense]:
    """Yield the senses that the French words of a bead miss; both sides are folded words."""
    table = _by_english()
    rows = {id(row): row for word in table.keys() & en for row in table[word]}
    found: set[str] = set()
    for row in rows.values():
        wrong, english = row.wrong.intersection(fr) - found, row.english.intersection(en)
        if wrong and row.shown_by.some_in(set(en) - english) and not row.right.some_in(fr):
            found |= wrong
            yield Sense(wrong, english, row.better)


# Saves 6 ms a call, one call a bead.
@cache
def _by_english() -> Mapping[str, Sequence[_Row]]:
    table = files("aligner.checks.accuracy").joinpath("data/senses.tsv").read_text(encoding="utf-8")
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    for line in table.splitlines():
        english, wrong, shown_by, right = line.split("\t")
        better = right.split()[0].strip("=*")
        row = _Row(
            _words(english, "en").whole,
            _words(wrong, "fr").whole,
            _words(shown_by, "en"),
            _words(right, "fr"),
            better,
        )
        for word in row.english:
            rows[word].append(row)
    return dict(rows)


def _words(cell: str, language: Language) -> _Words:
    whole: set[str] = set()
    beginnings: list[str] = []
    for word in cell.split():
        if word.endswith("*"):
            beginnings.append(fold(word[:-1]))
        elif word.startswith("="):
            whole.update(map(fold, forms(word[1:], language)))
        else:
            whole.add(fold(word))
    return _Words(frozenset(whole), tuple(beginnings))
