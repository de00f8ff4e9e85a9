"""Reads the rules of grammar from ``data/grammar.fr.toml`` and ``data/grammar.en.toml``.

One table is one rule; ``_grammar`` says what it may have, ``_terms`` what a pattern may ask of a word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any, NamedTuple

from aligner.checks.fluency._governed import Governed, Table, lists_of, read_tables
from aligner.checks.fluency._needs import Needs, needs_of
from aligner.checks.fluency._terms import FEATURES, Element, Lists, element
from aligner.lexicon.lists import collective_nouns, contents_of_cans, interjections
from aligner.model import Language


class Clash(NamedTuple):
    """Places, counted from 0, whose words have no value of a feature in common, one of some features."""

    places: tuple[int, int]
    features: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it finds, what is said of it, and its own sentences."""

    id: str
    code: str
    pattern: tuple[Element, ...]
    message: str
    confidence: float
    suggest: str | None
    clashes: tuple[Clash, ...]
    agreements: tuple[Clash, ...]
    same: tuple[tuple[int, int], ...]
    heads: tuple[tuple[int, int], ...]
    governed: Governed | None
    unless: Element | None
    witness: float
    titles: bool
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    known_gap: tuple[str, ...]
    needs: Needs
    fixed: int
    """How many elements at the beginning of the pattern are one word each."""


# Saves 30 ms a call, five calls an article.
@cache
def rules(language: Language) -> tuple[Rule, ...]:
    """Return the rules of a language. Raises ValueError for one that cannot be read, or in two ways."""
    name, table = f"grammar.{language}.toml", _table(language)
    tables = read_tables(table.get("governed", {}))
    lists = {**_lists(table), **lists_of(tables)}
    return tuple(read_rule(row, lists, tables, name) for row in table["rule"])


# Saves 0.4 ms a call, one call for each subject of an article.
@cache
def words_named(language: Language, name: str) -> frozenset[str]:
    """Return a list of ``[words]`` of the grammar of a language, for what is no rule."""
    return _lists(_table(language))[name]


def _lists(table: Mapping[str, Any]) -> Lists:
    own = {title: frozenset(words.split()) for title, words in table.get("words", {}).items()}
    return {**shared_lists(), **own}


def shared_lists() -> Lists:
    """Return lists of words that rules ask for, and other rooms too."""
    return {"contents": contents_of_cans(), "group": collective_nouns(), "interjections": interjections()}


# Saves 0.1 s: the lists are read apart from the rules.
@cache
def _table(language: Language) -> Mapping[str, Any]:
    name = f"grammar.{language}.toml"
    return tomllib.loads(files("aligner.checks.fluency").joinpath("data", name).read_text("utf-8"))


def read_rule(row: Mapping[str, Any], lists: Lists, tables: Mapping[str, Table], source: str) -> Rule:
    """Read one rule of the file ``source``. Raises ValueError that says which rule, and what is wrong."""
    try:
        return _rule(row, lists, tables)
    except ValueError as error:
        raise ValueError(f"{source}: rule {row.get('id')!r}: {error}") from error


def _rule(row: Mapping[str, Any], lists: Lists, tables: Mapping[str, Table]) -> Rule:
    if unknown := set(row) - _ROW:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))}")
    if missing := _NEEDED - set(row):
        raise ValueError(f"{', '.join(sorted(missing))} missing")
    pattern = tuple(element(text, lists) for text in row["pattern"])
    return Rule(
        row["id"],
        row["code"],
        pattern,
        row["message"],
        row["confidence"],
        row.get("suggest"),
        _clashes(row, "clash"),
        _clashes(row, "agree"),
        _places(row, "same"),
        _places(row, "head"),
        _governed(row, tables),
        element(row["unless"], lists) if "unless" in row else None,
        row.get("witness", 0.0),
        row.get("titles", False),
        tuple(row["fires"]),
        tuple(row["silent"]),
        tuple(row.get("known_gap", ())),
        needs_of(pattern),
        len([*takewhile(lambda each: each.least == each.most == 1 and not each.edge, pattern)]),
    )


def _clashes(row: Mapping[str, Any], key: str) -> tuple[Clash, ...]:
    """Read pairs of places with a feature."""
    rows = (text.split() for text in row.get(key, ()))
    return tuple(
        Clash(_pair(a, b, row), tuple(FEATURES[feature] for feature in features.split("|")))
        for a, b, features in rows
    )


def _places(row: Mapping[str, Any], key: str) -> tuple[tuple[int, int], ...]:
    """Read pairs of places, counted from 1 in the file and from 0 here."""
    return tuple(_pair(a, b, row) for a, b in (text.split() for text in row.get(key, ())))


def _pair(first: str, second: str, row: Mapping[str, Any]) -> tuple[int, int]:
    for place in (first, second):
        if not 1 <= int(place) <= len(row["pattern"]):
            raise ValueError(f"there is no place {place} in a pattern of {len(row['pattern'])}")
    return int(first) - 1, int(second) - 1


def _governed(row: Mapping[str, Any], tables: Mapping[str, Table]) -> Governed | None:
    """Read a table with the places of its words, which are counted from 1 in the file."""
    if "governed" not in row:
        return None
    name, word, follows = row["governed"].split()
    if name not in tables:
        raise ValueError(f"there is no table {name!r} in [governed]")
    return Governed(tables[name], *_pair(word, follows, row))


_NEEDED = frozenset("id code pattern message confidence fires silent".split())
_ROW = _NEEDED | frozenset("suggest clash agree same head governed unless witness titles known_gap".split())
