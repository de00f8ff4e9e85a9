"""Tokens for the fact reader: words, digit strings with every value they can have, and signs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from aligner.model import Language, Span

# A digit string may be grouped by spaces (plain, no-break, narrow no-break), stops, commas or apostrophes.
# An editor may leave two of them, one no-break ("58&nbsp; 469").
_GROUP = r"(?:[ \u00a0\u202f\u2009.,'’]|[\u00a0\u202f\u2009] | [\u00a0\u202f\u2009]|\u00a0\u00a0)"
# What shows that "32, 7 x 22,5" and "2, 5 millions" are one number broken by a space, not two in a list.
_AFTER_BROKEN = r"\s?(?:[%‰€°×]|(?:x|cm|mm|km|kg|millions?|milliards?|billion|euros?|per ?cent|pour cent)\b)"
_TOKEN = re.compile(
    r"(?P<sign>[%‰€$£¥₽₹°½¼¾⅓⅔]|(?<![\d/])(?:1/[2-58]|2/[35]|3/[458])(?![\d/])|/)"
    rf"|(?P<number>(?<![\d.,])\d{{1,3}}(?P<sep>{_GROUP})\d{{3}}(?:(?P=sep)\d{{3}})*(?!\d)(?:[.,]\d+(?![.,]?\d))?"
    rf"|(?<!\d[.,\s])\d{{1,3}}, \d{{1,2}}(?={_AFTER_BROKEN})|\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+)"
)
MAX_DIGITS = 21
"""Digits of the longest number: what is longer is a list of numbers in a row, or a code."""
_DIGITS = re.compile(r"\d+")
_KEPT = 64
"""Segments whose tokens are kept: a few beads on either side."""
_FRACTION_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

# Nothing at all is between digits and a word in "£11million".
LINKS = frozenset({"", " ", "-", "\u00a0", "\u202f", "‑"})
"""What may be between the words of one number."""


class Token(NamedTuple):
    """A "word", "number" (in digits) or "sign" at ``start:end``.

    ``low`` is its lower-case form and ``gap`` what is between it and the token before.
    """

    kind: str
    text: str
    low: str
    start: int
    end: int
    gap: str


# Saves 4 % of the checks of a pair: a segment is read with either reading of its marks, and as a neighbour.
@lru_cache(maxsize=_KEPT)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return all words, digit strings and signs of ``text`` that can matter to a quantity, in order."""
    tokens = []
    reached = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        if match.lastgroup == "word":
            tokens.append(Token._make(("word", word, word.lower(), start, end, text[reached:start])))
            reached = end
            continue
        kind = "number" if match["number"] else match.lastgroup or ""
        if kind == "number" and sum(c.isdigit() for c in word) > MAX_DIGITS:
            parts = [part.span() for part in _DIGITS.finditer(text, start, end)]
        else:
            parts = [(start, end)]
        for start, end in parts:
            if end - start <= MAX_DIGITS or kind != "number":
                word = text[start:end]
                tokens.append(Token(kind, word, word.lower(), start, end, text[reached:start]))
                reached = end
    return tuple(tokens)


class Readings(NamedTuple):
    """The value of a digit string by its own language's marks, and by the other language's if it differs."""

    native: float
    foreign: float | None = None
    mark: str = ""


def digit_readings(digits: str, language: Language) -> Readings:
    """Return both values that a digit string can have, with the mark that decides between them.

    ``"1,300"`` is 1300 in English, but 1.3 in French; ``"12,5"`` is 12.5 in both.
    """
    digits = digits.replace(", ", ",")  # a slip: "12, 5 %"
    separators = [c for c in digits if not c.isdigit()]
    if not separators:
        return Readings(float(digits))
    last = separators[-1]
    integer, _, tail = digits.rpartition(last)
    grouped = float("".join(c for c in digits if c.isdigit()))
    decimal = float("".join(c for c in integer if c.isdigit()) + "." + tail)
    if last not in ".," or separators.count(last) > 1:
        return Readings(grouped)
    if len(separators) > 1 or len(tail) != 3 or len(integer) > 3 or integer == "0":
        return Readings(decimal)
    if tail == "000":
        return Readings(grouped)
    own_decimal = last == ("," if language == "fr" else ".")
    return Readings(decimal, grouped, last) if own_decimal else Readings(grouped, decimal, last)


def digit_values(digits: str, language: Language) -> tuple[float, ...]:
    """Return every value that a digit string can have, the likeliest in ``language`` first."""
    native, foreign, _ = digit_readings(digits, language)
    return (native,) if foreign is None else (native, foreign)


_MARKS: Mapping[Language, tuple[re.Pattern[str], re.Pattern[str]]] = {
    # what only the language's own marks write, and what only the other's do
    "fr": (
        re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|(?<![\d.,])\d+,\d{1,2}(?![\d,])"),
        re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?!\d)|(?<![\d.,])\d{1,3},\d{3}\.\d"),
    ),
    "en": (
        re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?!\d)|(?<![\d.,:])\d+\.\d{1,2}(?![\d.:]|\s?[ap]\.?m)"),
        re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?!\d)|(?<![\d.,])\d+,\d{1,2}(?=\s?%)"),
    ),
}


def marks_are_sure(text: str, language: Language) -> bool:
    """Return whether an article writes numbers as its language does, judging by the unambiguous ones."""
    native, foreign = _MARKS[language]
    return native.search(text) is not None and foreign.search(text) is None


def sign_fraction(token: Token) -> float | None:
    """Return the value of a fraction in one sign (½) or two digits (2/3), or None."""
    numerator, slash, denominator = token.text.partition("/")
    return int(numerator) / int(denominator) if slash and numerator else _FRACTION_SIGNS.get(token.text)


def covered(spans: Iterable[Span]) -> Callable[[int], bool]:
    """Return what tells whether a place is in one of some spans."""
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    starts = [start for start, _ in merged]

    def is_covered(place: int) -> bool:
        before = bisect_right(starts, place)
        return before > 0 and place < merged[before - 1][1]

    return is_covered
