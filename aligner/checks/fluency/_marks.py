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
_PATTERNS: Mapping[Language, Sequence[tuple[str, re.Pattern[str]]]] = {
    "fr": (("marks", _DOUBLED),),
    "en": (("marks", _DOUBLED), ("quotation-mark", _UNMARKED)),
}


def mark_faults(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield keys of messages, with the characters of a text that they are about."""
    for key, pattern in _PATTERNS[language]:
        for match in pattern.finditer(text):
            start = max(text.rfind(" ", 0, match.start()) + 1, 0) if key == "marks" else match.start()
            yield key, start, match.end()
