"""Where in its article a mark of a review is: the words around it, which find it again in an edited text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

AROUND = 32
"""Characters kept on each side of a passage: some five words, which most articles have only once."""
REACH = 4 * AROUND
"""Characters looked at for the words of one side: spaces and punctuation may have come between them."""

BOTH = 2

Record = dict[str, Any]


class Passage(NamedTuple):
    """Where a passage was in its article (0-based characters), and the text on both sides of it."""

    start: int
    before: str
    after: str

    @property
    def record(self) -> Record:
        """The keys that it has in a mark."""
        return self._asdict()

    def sides(self, text: str, start: int, end: int) -> int:
        """Return on how many sides of ``text[start:end]`` the words are those of the passage: 0, 1 or 2."""
        before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
        return _letters(before).endswith(_letters(self.before)) + _letters(after).startswith(
            _letters(self.after)
        )

    def find(self, text: str, excerpt: str) -> int | None:
        """Return where ``excerpt`` is between the same words, nearest to where it was; None for nowhere."""
        places = (
            place for place in _places(text, excerpt) if self.sides(text, place, place + len(excerpt)) == BOTH
        )
        return min(places, key=lambda place: abs(place - self.start), default=None)


def passage_at(text: str, start: int, end: int) -> Passage:
    """Return the passage ``text[start:end]`` with what is around it."""
    return Passage(start, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def passage_of(mark: Record) -> Passage | None:
    """Return the passage that a mark is on; None for a mark of an earlier version."""
    if not mark.keys() >= set(Passage._fields):
        return None
    return Passage(mark["start"], mark["before"], mark["after"])


def _places(text: str, excerpt: str) -> Iterator[int]:
    place = text.find(excerpt) if excerpt else -1
    while place >= 0:
        yield place
        place = text.find(excerpt, place + 1)


def _letters(text: str) -> str:
    """Return a text without what typography changes: case, spaces and punctuation."""
    return "".join(char for char in text.casefold() if char.isalnum())
