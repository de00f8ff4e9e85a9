"""A long list of words, searched as it is packed: sorted lines of UTF-8, half a million for their bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

_BLOCK = 2048
"""Bytes of the lines, about, of which one is in the sample."""


class SortedLines:
    r"""Lines ``word`` or ``word\trest``, each ended, in the order of the bytes of their words.

    A sample of the words says in which block of lines a word is, and only that block is searched.

    ``lines[start]`` is a line end, behind which they begin: each has one before it, too.
    """

    def __init__(self, lines: bytes, start: int = 0) -> None:
        self._lines = lines
        self._starts: list[int] = []
        self._words: list[bytes] = []
        last = len(self._lines) - 1
        while 0 <= start < last:
            self._starts.append(start)
            self._words.append(self._line(start).partition(b"\t")[0])
            start = self._lines.find(b"\n", start + _BLOCK)
        self._starts.append(last)

    def rest_of(self, word: str) -> str | None:
        """Return what follows a word in its line; None if it has no line."""
        key = word.encode("utf-8", "surrogatepass")
        place = self._lines.find(b"\n" + key, *self._block(key))
        if place < 0:
            return None
        # Of the lines that begin so, that of the word itself is the first.
        line_word, _, tail = self._line(place).partition(b"\t")
        return tail.decode("utf-8") if line_word == key else None

    def beginning(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield the words that begin with ``stem``, each with what follows it in its line."""
        key = stem.encode("utf-8", "surrogatepass")
        start, end = self._block(key)
        place = self._lines.find(b"\n" + key, start, end + 1 + len(key))
        while place >= 0 and self._lines.startswith(key, place + 1):
            word, _, tail = self._line(place).partition(b"\t")
            yield word.decode("utf-8"), tail.decode("utf-8")
            place = self._lines.find(b"\n", place + 1)

    def _block(self, word: bytes) -> tuple[int, int]:
        """Return where the block begins and ends in which a word has its line, if it has one."""
        number = max(bisect_right(self._words, word) - 1, 0)
        return self._starts[number], self._starts[min(number + 1, len(self._starts) - 1)]

    def _line(self, start: int) -> bytes:
        return self._lines[start + 1 : self._lines.index(b"\n", start + 1)]
