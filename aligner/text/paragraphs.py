"""Paragraphs of plain text: blank lines always end one, single new lines unless a text is hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aligner.model import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BLANK = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])[^\S\n\r]*[\n\r\x0b\x0c\x85\u2028\u2029]|[\x0c\u2029]"
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\s»”\"'’)\]]*$")
_OPENS_ITEM = re.compile(r"(?:[-*•·–—>#]|\d{1,2}[.)])\s")

# Widths that mail programs, editors and old news wires wrap at; no line of the novels and news of
# `bench align` that is a paragraph of its own is among neighbours that all look wrapped by these numbers.
_WRAP_WIDTHS = range(40, 121)
_MIN_FULL_SHARE = 0.6
_MIN_MIDDLE_SHARE = 0.5


def paragraph_spans(text: str) -> list[Span]:
    """Return the spans of the paragraphs of ``text``, in order, without the white space around them."""
    spans: list[Span] = []
    for group in _line_groups(text):
        spans.extend(_unwrapped(text, group))
    return spans


def blank_line_spans(text: str) -> list[Span]:
    """Return the spans between blank lines; single newlines inside them count as spaces."""
    return [(group[0][0], group[-1][1]) for group in _line_groups(text)]


def _line_groups(text: str) -> Iterator[list[Span]]:
    """Yield groups of stripped lines without a blank line between them."""
    group: list[Span] = []
    last_end = 0
    for match in _LINE.finditer(text):
        line = strip_span(text, match.start(), match.end())
        if line is None:
            continue
        if group and _BLANK.search(text, last_end, match.start() + 1):
            yield group
            group = []
        group.append(line)
        last_end = line[1]
    if group:
        yield group


def strip_span(text: str, start: int, end: int) -> Span | None:
    """Trim white space at either end of a span; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    if not _is_wrapped(text, lines):
        return lines
    width = max(end - start for start, end in lines)
    paragraphs = [lines[0]]
    for previous, following in pairwise(lines):
        if _continues(text, previous, following, width):
            paragraphs[-1] = (paragraphs[-1][0], following[1])
        else:
            paragraphs.append(following)
    return paragraphs


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Return whether most line ends of a group fall where the next word had no room and no sentence ends."""
    breaks = list(pairwise(lines))
    width = max(end - start for start, end in lines)
    if not breaks or width not in _WRAP_WIDTHS:
        return False
    full = sum(_had_no_room(text, previous, following, width) for previous, following in breaks)
    middle = [following for previous, following in breaks if not _ENDS_SENTENCE.search(text, *previous)]
    return (
        full >= _MIN_FULL_SHARE * len(breaks)
        and len(middle) >= _MIN_MIDDLE_SHARE * len(breaks)
        and any(text[start].islower() for start, _ in middle)
    )


def _had_no_room(text: str, previous: Span, following: Span, width: int) -> bool:
    next_word = text[following[0] : following[1]].split(None, 1)[0]
    return previous[1] - previous[0] + 1 + len(next_word) > width


def _continues(text: str, previous: Span, following: Span, width: int) -> bool:
    if _OPENS_ITEM.match(text, following[0]):
        return False
    if not _ENDS_SENTENCE.search(text, *previous) and text[following[0]].islower():
        return True
    return _had_no_room(text, previous, following, width)
