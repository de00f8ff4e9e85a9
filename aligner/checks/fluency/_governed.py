"""Which prepositions a verb, an adjective or a noun does not take, and the one that it does.

A table of the ``[governed]`` section of a grammar file has one line for words that go alike, "depend rely:
of from: on": the words, what is wrong behind them, what is right (``-`` where nothing is wanted). Its two
columns are lists of the file, too: ``$verbs.words`` and ``$verbs.wrong`` of the table ``verbs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aligner.checks.fluency._terms import Lists, Match, Word

Table = Mapping[tuple[str, str], str]
"""The right word, or nothing, by the word that governs and the wrong one behind it."""


class Governed(NamedTuple):
    """A table, and the places, counted from 0, of the word that governs and of what follows it."""

    table: Table
    word: int
    follows: int

    def right(self, match: Match) -> str | None:
        """Return what belongs in place of the wrong word, "" for nothing; None where it is not wrong."""
        governing, wrong = match[self.word][-1], match[self.follows][-1].lower
        return next(
            (right for name in _names(governing) if (right := self.table.get((name, wrong))) is not None),
            None,
        )


def _names(word: Word) -> Iterator[str]:
    yield word.lower
    yield from (reading.lemma for reading in word.readings)


def read_tables(rows: Mapping[str, str]) -> Mapping[str, Table]:
    """Read the tables of a grammar file. Raises ValueError for a line without its three parts."""
    return {name: dict(_entries(name, text)) for name, text in rows.items()}


def _entries(name: str, text: str) -> Iterator[tuple[tuple[str, str], str]]:
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = line.split(":")
        if len(parts) != 3:
            raise ValueError(f"governed.{name}: {line!r} is not “words: wrong ones: right one”")
        words, wrong, right = parts
        for word in words.split():
            for wrong_word in wrong.split():
                yield (word, wrong_word), right.strip().replace("-", "")


def lists_of(tables: Mapping[str, Table]) -> Lists:
    """Return the words of each table, and what is wrong behind them, as lists that patterns may name."""
    lists = {}
    for name, table in tables.items():
        lists[f"{name}.words"] = frozenset(word for word, _ in table)
        lists[f"{name}.wrong"] = frozenset(wrong for _, wrong in table)
    return lists
