"""Names that the next word was glued to, given away by the other side of a bead ("Renaultva", "Aubehave").

A name is attested where the other side has it as a word of its own, or glued to a word of its own language;
two names ("FrancoFrattini") where the other side has them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.checks.extraction._glue import COMMON
from aligner.lexicon.dictionary import is_word
from aligner.lexicon.function_words import FUNCTION
from aligner.lexicon.lists import after_names, brands
from aligner.lexicon.names import fold
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, BeadView, Language, Segment

SHORTEST_NAME = 4
"""Letters of a name that a word may be glued to."""
LONG_NAME = 5
"""Letters of a name to which a word of each side may be glued that does not often follow names."""
SHORTEST_WORD = 3
"""Letters of a word that is none of those which often follow a name."""

_NAME = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÖØ-Þ][^\W\d_]{3,39}(?![^\W\d_])")
_TWO_NAMES = re.compile(
    r"(?<![^\W\d_])(?P<first>[A-ZÀ-ÖØ-Þ][^\W\d_]+) (?=(?P<last>[A-ZÀ-ÖØ-Þ][^\W\d_]+)(?![^\W\d_]))"
)
_NO_ENDING = frozenset(
    "son sons man men ton ville land field ham ford stein berg sen an as en er es is on or us".split()
)
"""Words that names end in, or that make another form of one."""


class GluedName(NamedTuple):
    """A word at ``start:cut:end`` of its document, the first part of which is a name of the other side."""

    language: Language
    start: int
    cut: int
    end: int


def glued_names(view: BeadView) -> Iterator[GluedName]:
    """Yield the names of a bead that a word was glued to."""
    names = {language: _names(view.bead.side(language)) for language in LANGUAGES}
    separate = {language: frozenset(_separate_names(view.bead.side(language))) for language in LANGUAGES}
    for language in LANGUAGES:
        own_names, other_names = names[language], names[OTHER[language]]
        other_spellings = {name for name, *_ in other_names}
        for name, start, end in own_names:
            if name in other_spellings or is_word(name, language):
                continue
            if cut := _cut(name, language, other_spellings) or _cut_at_capital(
                name, separate[OTHER[language]]
            ):
                yield GluedName(language, start, start + cut, end)


def _names(segments: Sequence[Segment]) -> list[tuple[str, int, int]]:
    return [
        (match.group(), segment.start + match.start(), segment.start + match.end())
        for segment in segments
        for match in _NAME.finditer(segment.text)
    ]


def _separate_names(segments: Sequence[Segment]) -> Iterator[tuple[str, str]]:
    """Yield two words with a capital where a space is between them."""
    for segment in segments:
        for match in _TWO_NAMES.finditer(segment.text):
            yield fold(match["first"]), fold(match["last"])


def _cut_at_capital(name: str, separate: frozenset[tuple[str, str]]) -> int:
    """Return where a name has a capital inside from which it is two words on the other side; 0 if nowhere."""
    if name in brands():
        return 0
    capitals = (
        place for place in range(2, len(name) - 1) if name[place].isupper() and name[place - 1].islower()
    )
    return next((place for place in capitals if (fold(name[:place]), fold(name[place:])) in separate), 0)


def _cut(name: str, language: Language, names_across: set[str]) -> int:
    """Return where a name ends that the other side has, and a word follows in it; 0 if nowhere."""
    for cut in range(len(name) - 1, SHORTEST_NAME - 1, -1):
        first, last = name[:cut], name[cut:]
        if _may_follow(last, language) and first in names_across:
            return cut
        if (_is_small(last, language) or _may_follow(last, language)) and any(
            _glued_too(other_name, first, last, language) for other_name in names_across
        ):
            return cut
    return 0


def _glued_too(other_name: str, first: str, last: str, language: Language) -> bool:
    """Return whether the other side has the name with a word glued to it: two long words, or one small."""
    second = other_name.removeprefix(first)
    other_language = OTHER[language]
    if second == other_name or is_word(other_name, other_language):
        return False
    small = _is_small(last, language), _is_small(second, other_language)
    follow = small[0] or _may_follow(last, language), small[1] or _may_follow(second, other_language)
    long = len(first) >= LONG_NAME and min(len(last), len(second)) > SHORTEST_WORD and last != second
    return all(follow) and (any(small) or long)


def _is_small(word: str, language: Language) -> bool:
    """Return whether a word often follows names, or is a function word that ends none."""
    return word in after_names() or (word in FUNCTION[language] and len(word) > 1 and word not in _NO_ENDING)


def _may_follow(word: str, language: Language) -> bool:
    if not word.islower() or word in _NO_ENDING:
        return False
    if word in after_names() or (word in FUNCTION[language] and len(word) > 1):
        return lexicon(language).get(word, 0) >= COMMON
    return len(word) > SHORTEST_WORD and lexicon(language).get(word, 0) >= COMMON
