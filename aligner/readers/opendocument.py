"""The article in an ``.odt``: paragraphs, tables, text boxes and notes; see ``office`` for what counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aligner.model import InputError
from aligner.readers.markup import Element, attribute, local
from aligner.readers.office import ADVICE, Package, Paragraph, content
from aligner.readers.plain import Content

_PARAGRAPHS = ("p", "h")
_UNREAD = frozenset(
    "tracked-changes annotation annotation-end forms sequence-decls variable-decls user-field-decls title "
    "desc note-citation ruby-text table-of-content illustration-index table-index object-index user-index "
    "alphabetical-index bibliography script dde-connection-decls".split()
)
"""Elements with deleted text, with text that is not the article's, and with lists of its headings."""
_BOXES = ("text-box", "custom-shape", "rect", "ellipse", "caption")
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
"""Blanks that one mark may encode: more is no text."""


@dataclass(slots=True)
class _Line:
    """A paragraph as it is read: pieces of its text, the text boxes that hang on it, and its notes."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Story:
    parents: Mapping[str, str]
    notes: list[Element] = field(default_factory=list)


def read_opendocument(data: bytes) -> Content:
    """Read the article in an ``.odt``. Raises ``InputError`` as ``Package`` does, or for another document."""
    root = Package(data).part("content.xml")
    bodies = () if root is None else (element for part in root if local(part) == "body" for element in part)
    body = next((element for element in bodies if local(element) == "text"), None)
    if body is None:
        raise InputError(f"holds no document of a word processor; {ADVICE}")
    story = _Story(_parents(root))
    paragraphs = list(_paragraphs(body, story))
    for note in story.notes:  # more are put behind them while they are read
        paragraphs += _paragraphs(note, story)
    return content(paragraphs)


def _paragraphs(element: Element, story: _Story) -> Iterator[Paragraph]:
    for child in element:
        name = local(child)
        if name in _PARAGRAPHS:
            line = _Line()
            _read(child, line, story)
            style = attribute(child, "style-name")
            yield Paragraph("".join(line.pieces), story.parents.get(style, style).lower())
            for box in line.boxes:
                yield from _paragraphs(box, story)
        elif name and name not in _UNREAD:
            yield from _paragraphs(child, story)


def _read(element: Element, line: _Line, story: _Story) -> None:
    _add(line, element.text)
    for child in element:
        name = local(child)
        if name == "s":
            number = attribute(child, "c")
            line.pieces.append(" " * min(int(number) if number.isdecimal() else 1, _MOST_SPACES))
        elif name == "tab":
            line.pieces.append(" ")
        elif name == "line-break":
            line.pieces.append("\n")
        elif name == "note":
            story.notes += [part for part in child if local(part) == "note-body"]
        elif name in _BOXES:
            line.boxes.append(child)
        elif name and name not in _UNREAD:
            _read(child, line, story)
        _add(line, child.tail)


def _add(line: _Line, text: str | None) -> None:
    """Add text as OpenDocument counts white space: a run is one blank, none where one is already."""
    piece = _SPACE.sub(" ", text or "")
    if piece.startswith(" ") and (not line.pieces or line.pieces[-1].endswith((" ", "\n"))):
        piece = piece[1:]
    if piece:
        line.pieces.append(piece)


def _parents(root: Element) -> dict[str, str]:
    """Map automatic styles to the styles that they derive from."""
    return {
        attribute(style, "name"): attribute(style, "parent-style-name")
        for style in root.iter()
        if local(style) == "style" and attribute(style, "parent-style-name")
    }
