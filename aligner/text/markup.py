"""Blocks of an article: paragraphs, headings, code; Markdown and HTML marks are left outside the spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aligner.model import Span
from aligner.text.masks import BLOCK_TAGS, FRONT_MATTER, Mask, is_marked, masks
from aligner.text.paragraphs import blank_line_spans, paragraph_spans, strip_span

Kind = Literal["text", "heading", "code", "picture"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article that is one paragraph, one heading or one piece of code."""

    start: int
    end: int
    kind: Kind = "text"


_FIELD = re.compile(r"^(title|date|url|id|lang|titre)[ \t]*[:=][ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)
_BLOCK_TAG = re.compile(rf"</?(?:{BLOCK_TAGS})\b[^<>]{{0,1000}}>", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:p|li|h[1-6]|td|th|figcaption)\b")
_HEADING_TAG = re.compile(r"<h[1-6]\b")

_BEFORE = re.compile(r"(?:\s|>|[-*+•](?=\s)|\d{1,3}[.)](?=\s)|<[^<>\s][^<>]{0,1000}>|\|(?=\s))*")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_TAIL = re.compile(r"</?[A-Za-z][^<>]{0,1000}>\Z|&nbsp;\Z|(?<=\s)#{1,6}\Z|(?<=\s)\|\Z")
_TAIL_REACH = 1_010
_NO_TEXT = re.compile(r"(?:[-*_=|:+\s]|&nbsp;)+\Z|\[[^\]\n]+\]:\s+\S+\Z")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\Z|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)\Z")
_UNDERLINE = re.compile(r"\r?\n[ \t]{0,3}(?:=+|-{3,})[ \t]*(?:\r?\n|\Z)")


def front_matter(text: str) -> dict[str, str]:
    """Read the used fields of the block between ``---`` or ``+++`` lines at the head of a file."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}
    fields = {name: value.strip("\"'") for name, value in _FIELD.findall(match["yaml"] or match["toml"])}
    if "titre" in fields:
        fields.setdefault("title", fields.pop("titre"))
    return fields


def blocks(text: str, file_format: str) -> list[Block]:
    """Return the blocks of ``text`` in order. A .txt with Markdown or HTML marks is read as Markdown too."""
    if is_marked(text, file_format):
        return list(_marked_blocks(text, file_format))
    front = FRONT_MATTER.match(text)
    position = front.end() if front else 0
    return [Block(position + start, position + end) for start, end in paragraph_spans(text[position:])]


def _marked_blocks(text: str, file_format: str) -> Iterator[Block]:
    position = 0
    for mask in masks(text, file_format):
        if mask.kind not in ("front matter", "code", "definition") or not _is_block(text, mask):
            continue
        yield from _region(text, position, mask.start)
        if mask.replacement:
            yield Block(mask.start, mask.end, "code")
        position = mask.end
    yield from _region(text, position, len(text))


def _is_block(text: str, mask: Mask) -> bool:
    """Return whether a mask takes up whole lines."""
    line = text.rfind("\n", 0, mask.start) + 1
    return not text[line : mask.start].strip() and text[mask.end : mask.end + 1] in ("", "\n", "\r")


def _region(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the blocks of a stretch without fenced code: no comments, cut at block tags and paragraphs."""
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
    """Yield the paragraphs of a stretch that follows ``tag``; inside an element a newline is a space."""
    find = blank_line_spans if _ELEMENT.match(tag) else paragraph_spans
    for first, last in find(text[start:end]):
        block = _without_marks(text, start + first, start + last)
        if block is None:
            continue
        underlined = _UNDERLINE.match(text, block.end)
        yield Block(block.start, block.end, "heading") if underlined or _HEADING_TAG.match(tag) else block


def _without_marks(text: str, start: int, end: int) -> Block | None:
    """Strip the marks at the head and tail of a paragraph; None where it is marks only."""
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
    """Find where the closing tags and marks at the end of a paragraph begin."""
    while True:
        span = strip_span(text, start, end)
        tail = span and _TAIL.search(text, max(start, span[1] - _TAIL_REACH), span[1])
        if not tail:
            return end
        end = tail.start()
