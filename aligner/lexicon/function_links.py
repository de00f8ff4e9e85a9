"""Which English function words correspond to a French one; the table is ``data/function_links.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = files("aligner.lexicon").joinpath("data", "function_links.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def function_links() -> Mapping[str, tuple[str, ...]]:
    """Map each French function word, in small letters, to its English counterparts, the usual one first."""
    parts = (words for name, words in _table().items() if name != "joins")
    return {french: tuple(english.split()) for part in parts for french, english in part.items()}


@cache
def linked_english() -> frozenset[str]:
    """Return every English word of the table."""
    return frozenset(word for words in function_links().values() for word in words)


@cache
def joins(kind: str) -> tuple[str, ...]:
    """Return the words, or endings, of a kind of join: one word of a language that is two of the other."""
    return tuple(_table()["joins"][kind].split())
