"""Blocks of an article: paragraphs, headings, code; Markdown and HTML marks are left outside the spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aligner.model import Span
from aligner.text.paragraphs import blank_line_spans, paragraph_spans, strip_span

Kind = Literal["text", "heading", "code", "picture"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article that is one paragraph, one heading or one piece of code."""

    start: int
    end: int
    kind: Kind = "text"


_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|url|id|lang|titre)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]{0,3}(```+|~~~+)", re.MULTILINE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|br|hr|blockquote|figure|figcaption|table|thead|tbody|tr|td|th|section|article|header|"
    r"footer|aside|pre|main|nav)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<(?:p|li|h[1-6]|td|th|figcaption)\b")
_HEADING_TAG = re.compile(r"<h[1-6]\b")
_LOOKS_MARKED = re.compile(r"^#{1,6} \S|\]\((?:https?://|/|#)|</p>|^```", re.MULTILINE)

_BEFORE = re.compile(r"(?:\s|>|[-*+•](?=\s)|\d{1,3}[.)](?=\s)|<[^<>\s][^<>]{0,1000}>|\|(?=\s))*")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_TAIL = re.compile(r"</?[A-Za-z][^<>]{0,1000}>\Z|&nbsp;\Z|(?<=\s)#{1,6}\Z|(?<=\s)\|\Z")
_TAIL_REACH = 1_010
_NO_TEXT = re.compile(r"(?:[-*_=|:+\s]|&nbsp;)+\Z|\[[^\]\n]+\]:\s+\S+\Z")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\Z|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)\Z")
_UNDERLINE = re.compile(r"\r?\n[ \t]{0,3}(?:=+|-{3,})[ \t]*(?:\r?\n|\Z)")


def front_matter(text: str) -> dict[str, str]:
    """Fields of the block between ``---`` lines at the head of a Markdown file, as far as we use them."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}
    fields = {name: value.strip("\"'") for name, value in _FIELD.findall(match.group(1))}
    if "titre" in fields:
        fields.setdefault("title", fields.pop("titre"))
    return fields


def blocks(text: str, file_format: str) -> list[Block]:
    """Blocks of ``text`` in order. A .txt that shows Markdown or HTML marks is read as Markdown too."""
    if file_format == "md" or _LOOKS_MARKED.search(text):
        return list(_marked_blocks(text, file_format))
    return [Block(start, end) for start, end in paragraph_spans(text)]


def _marked_blocks(text: str, file_format: str) -> Iterator[Block]:
    front = _FRONT_MATTER.match(text) if file_format == "md" else None
    position = front.end() if front else 0
    for start, end in _fenced(text, position):
        yield from _region(text, position, start)
        yield Block(start, end, "code")
        position = end
    yield from _region(text, position, len(text))


def _fenced(text: str, start: int) -> Iterator[Span]:
    """Fenced code, from mark to mark; a mark that nothing closes is taken for a scrap of text."""
    opened: re.Match[str] | None = None
    for mark in _FENCE.finditer(text, start):
        if opened is None:
            opened = mark
        elif mark.group(1).startswith(opened.group(1)):
            span = strip_span(text, opened.start(), mark.end())
            if span:
                yield span
            opened = None


def _region(text: str, start: int, end: int) -> Iterator[Block]:
    """Blocks of a stretch without fenced code: comments left out, cut at block tags and paragraphs."""
    position, tag = start, ""
    for first, last in sorted([*_comments(text, start, end), *_block_tags(text, start, end)]):
        if first >= position:
            yield from _paragraphs(text, position, first, tag)
            position, tag = last, text[first:last].lower()
    yield from _paragraphs(text, position, end, tag)


def _block_tags(text: str, start: int, end: int) -> Iterator[Span]:
    return (mark.span() for mark in _BLOCK_TAG.finditer(text, start, end))


def _comments(text: str, start: int, end: int) -> Iterator[Span]:
    while (start := text.find("<!--", start, end)) >= 0 and (close := text.find("-->", start, end)) >= 0:
        yield start, close + 3
        start = close + 3


def _paragraphs(text: str, start: int, end: int, tag: str) -> Iterator[Block]:
    """Paragraphs of a stretch that follows ``tag``; inside an element a new line is a space."""
    find = blank_line_spans if _ELEMENT.match(tag) else paragraph_spans
    for first, last in find(text[start:end]):
        block = _without_marks(text, start + first, start + last)
        if block is None:
            continue
        underlined = _UNDERLINE.match(text, block.end)
        yield Block(block.start, block.end, "heading") if underlined or _HEADING_TAG.match(tag) else block


def _without_marks(text: str, start: int, end: int) -> Block | None:
    """The paragraph without the marks at its head and tail; None where it is marks only."""
    kind: Kind = "text"
    lead = _BEFORE.match(text, start, end)
    start = lead.end() if lead else start
    heading = _HEADING.match(text, start, end)
    if heading:
        start, kind = heading.end(), "heading"
    span = strip_span(text, start, _before_tail(text, start, end))
    if span is None or _NO_TEXT.match(text, *span):
        return None
    if _PICTURE.match(text, *span):
        kind = "picture"
    return Block(*span, kind)


def _before_tail(text: str, start: int, end: int) -> int:
    """Where closing tags and marks at the end of a paragraph begin."""
    while True:
        span = strip_span(text, start, end)
        tail = span and _TAIL.search(text, max(start, span[1] - _TAIL_REACH), span[1])
        if not tail:
            return end
        end = tail.start()
