"""Which English function words correspond to a French one; the table is ``data/function_links.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class _Table(NamedTuple):
    links: Mapping[str, tuple[str, ...]]
    english: frozenset[str]
    joins: Mapping[str, tuple[str, ...]]


# Saves 1.5 ms a call, two calls a bead and more where words are joined.
@cache
def _table() -> _Table:
    text = files("aligner.lexicon").joinpath("data", "function_links.toml").read_text(encoding="utf-8")
    parts = tomllib.loads(text)
    kinds = parts.pop("joins")
    links = {french: tuple(english.split()) for part in parts.values() for french, english in part.items()}
    return _Table(
        links,
        frozenset(word for words in links.values() for word in words),
        {kind: tuple(words.split()) for kind, words in kinds.items()},
    )


def function_links() -> Mapping[str, tuple[str, ...]]:
    """Map each French function word, in small letters, to its English counterparts, the usual one first."""
    return _table().links


def linked_english() -> frozenset[str]:
    """Return every English word of the table."""
    return _table().english


def joins(kind: str) -> tuple[str, ...]:
    """Return the words, or endings, of a kind of join: one word of a language that is two of the other."""
    return _table().joins[kind]
