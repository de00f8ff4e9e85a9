"""The article in a ``.docx``: paragraphs, tables, text boxes and notes; see ``office`` for what counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aligner.model import InputError
from aligner.readers.markup import Element, attribute, local
from aligner.readers.office import ADVICE, Package, Paragraph, content
from aligner.readers.plain import Content

_UNREAD = frozenset(
    "del moveFrom pPr rPr sectPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr instrText delText rt "
    "commentReference annotationRef footnoteRef endnoteRef docPr".split()
)
"""Elements that hold deleted text, layout, or text that is not the article's."""
_SPECIAL_TEXT = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_TEXT = "wordprocessingml"
_FORMULA = "officeDocument/2006/math"
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Story:
    """State of reading a document: names of its styles, and the notes that its text refers to, in order."""

    styles: Mapping[str, str]
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    """A paragraph as it is read: pieces of its text, and the text boxes that hang on it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def read_word(data: bytes) -> Content:
    """Read the article in a ``.docx``. Raises ``InputError`` as ``Package`` does, or for no such document."""
    package = Package(data)
    main = package.part("word/document.xml")
    body = None if main is None else next((child for child in main if local(child) == "body"), None)
    if body is None:
        raise InputError(f"holds no document of a word processor; {ADVICE}")
    story = _Story(_style_names(package.part("word/styles.xml")))
    return content([*_paragraphs(body, story), *_notes(package, story)])


def _notes(package: Package, story: _Story) -> Iterator[Paragraph]:
    """Yield footnotes and endnotes, in the order of the references in the text."""
    parts = {kind: package.part(f"word/{kind}s.xml") for kind in sorted({kind for kind, _ in story.notes})}
    notes = {
        (kind, attribute(note, "id")): note
        for kind, part in parts.items()
        for note in (() if part is None else part)
    }
    for mark in dict.fromkeys(story.notes):
        if mark in notes:
            yield from _paragraphs(notes[mark], story)


def _paragraphs(element: Element, story: _Story) -> Iterator[Paragraph]:
    """Yield paragraphs in the order of the page; one whose end was deleted joins the next."""
    before = ""
    for child in _elements(element):
        line = _Line()
        _read(child, line, story)
        style = _style(child, story)
        text = before + "".join(line.pieces)
        before = ""
        if _is_joined(child):
            before = text
        elif not style.startswith("toc "):
            yield Paragraph(text, style)
        for box in line.boxes:
            yield from _paragraphs(box, story)
    if before:
        yield Paragraph(before)


def _elements(element: Element) -> Iterator[Element]:
    """Yield the paragraphs of tables, fields and the like, none of those within other paragraphs."""
    for child in element:
        name = local(child)
        if name == "p":
            yield child
        elif name == "AlternateContent":
            yield from _elements(_alternative(child))
        elif name not in _UNREAD and not (name == "tr" and _is_deleted(child, "trPr")):
            yield from _elements(child)


def _read(element: Element, line: _Line, story: _Story) -> None:
    for child in element:
        name = local(child)
        if name in _UNREAD:
            continue
        if name == "t":
            if _TEXT in child.tag or _FORMULA in child.tag:
                line.pieces.append(child.text or "")
        elif name in _SPECIAL_TEXT:
            line.pieces.append(_SPECIAL_TEXT[name])
        elif name in _NOTES:
            story.notes.append((_NOTES[name], attribute(child, "id")))
        elif name == "txbxContent":
            line.boxes.append(child)
        elif name == "AlternateContent":
            _read(_alternative(child), line, story)
        elif not (name == "r" and _is_hidden(child)):
            _read(child, line, story)


def _alternative(element: Element) -> Element:
    """Return one of several renderings of the same content: one that has text, if any."""
    ways = list(element)
    with_text = (way for way in ways if any(local(child) == "t" for child in way.iter()))
    return next(with_text, ways[0] if ways else ())


def _properties(element: Element, name: str) -> Element:
    return next((child for child in element if local(child) == name), ())


def _is_hidden(run: Element) -> bool:
    marks = [child for child in _properties(run, "rPr") if local(child) == "vanish"]
    return any(attribute(child, "val") not in _OFF for child in marks)


def _is_joined(paragraph: Element) -> bool:
    """Return whether the mark at the end of a paragraph was deleted."""
    return _is_deleted(_properties(paragraph, "pPr"), "rPr")


def _is_deleted(element: Element, properties: str) -> bool:
    return any(local(child) in ("del", "moveFrom") for child in _properties(element, properties))


def _style(paragraph: Element, story: _Story) -> str:
    for child in _properties(paragraph, "pPr"):
        if local(child) == "pStyle":
            return story.styles.get(attribute(child, "val"), "")
    return ""


def _style_names(styles: Element | None) -> dict[str, str]:
    """Map style ids to names: those of built-in styles are English in every language."""
    names = {}
    for style in () if styles is None else styles:
        name = next((attribute(child, "val") for child in style if local(child) == "name"), "")
        names[attribute(style, "styleId")] = name.lower()
    return names
