"""Marks inside a sentence: two where one belongs, and a quotation that goes over into words without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aligner.model import Language

_DOUBLED = re.compile(
    # no smileys, no names of domains (", .song"), no list in code
    r"(?<=[\w»”\"’)\u00a0])[ \u00a0]?"
    r"(?:[,;:][ \u00a0]?[,;]|[,;] ?:(?![)D(/'’-])|[,;] \.(?![\w.]))(?=[\s»”\"]|$)"
)
_UNMARKED = re.compile(
    r"\b[a-z]+[”\"] (?:he|she|they|(?:the|his|her) [a-z]+|(?:Mr|Mrs|Ms) [A-Z]\w+|[A-Z][a-z]+) "
    r"(?:said|says|asked|added|told|explained|recalled|wrote|replied|admitted|warned|insisted)\b"
)
# What no match of the patterns can be without: most sentences hold none of it.
_TWO_MARKS = re.compile(r"[,;:][ \u00a0]?[,;:.]")
_QUOTED = re.compile(r"[”\"] ")
_PATTERNS: Mapping[Language, Sequence[tuple[str, re.Pattern[str], re.Pattern[str]]]] = {
    "fr": (("marks", _DOUBLED, _TWO_MARKS),),
    "en": (("marks", _DOUBLED, _TWO_MARKS), ("quotation-mark", _UNMARKED, _QUOTED)),
}


def mark_faults(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield keys of messages, with the characters of a text that they are about."""
    for key, pattern, needed in _PATTERNS[language]:
        for match in pattern.finditer(text) if needed.search(text) else ():
            start = max(text.rfind(" ", 0, match.start()) + 1, 0) if key == "marks" else match.start()
            yield key, start, match.end()
