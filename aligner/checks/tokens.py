"""The words of an article, cut once for all checks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_LETTERS = re.compile(r"[^\W\d_]+")
_KEPT = 4
"""Articles whose words are kept: all checks look at one article (or both of a pair) before the next."""


class Token(NamedTuple):
    """A run of letters at ``start:end``; apostrophes, hyphens and digits end it."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=_KEPT)
def tokens(text: str) -> tuple[Token, ...]:
    """Every run of letters of ``text``, in order."""
    return tuple(Token(found.group(), found.start(), found.end()) for found in _LETTERS.finditer(text))


@lru_cache(maxsize=_KEPT)
def vocabulary(text: str) -> frozenset[str]:
    """The runs of letters that stand in ``text``, as they are written."""
    return frozenset(token.text for token in tokens(text))
