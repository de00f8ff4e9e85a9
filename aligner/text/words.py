"""The definition of a word, the same everywhere: in scores, in rates and in tables."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:['’-]\w+)*")


def count_words(text: str) -> int:
    """Count the words of ``text``."""
    return sum(1 for _ in WORD.finditer(text))
