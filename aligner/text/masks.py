"""Parts of an article that are not prose: links, tags, entities, code, comments, template remains.

Recognised here once, for all that reads text. Inline syntax follows CommonMark 0.31 in the main.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from aligner.text.addresses import addresses

MaskKind = Literal[
    "front matter",
    "code",
    "code span",
    "comment",
    "tag",
    "image",
    "link",
    "definition",
    "note",
    "template",
    "url",
    "mail",
    "handle",
    "hashtag",
    "file",
    "phone",
    "entity",
    "bytes",
    "emphasis",
    "heading",
    "escape",
]

_TEXTS_KEPT = 4

OPAQUE = "\ufffc"
"""Replaces in prose what is not prose but has a place in the sentence (Unicode: object replacement)."""

MARKDOWN = frozenset(("md",))
"""Formats of which the marks of Markdown belong to the text as it is written."""
ROWS = frozenset(("tsv", "csv", "jsonl", "parquet", "tmx", "xliff", "po", "docx", "odt"))
"""Formats whose lines are rows, or paragraphs without marks: no mask crosses a line there."""


class Mask(NamedTuple):
    """A span of a text that is not prose, its kind, and the text that replaces it."""

    start: int
    end: int
    kind: MaskKind
    replacement: str


FRONT_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?P<yaml>(?=[\w\"'#-]).*?\r?\n)---|\+\+\+[ \t]*\r?\n(?P<toml>.*?\r?\n)\+\+\+)"
    r"[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_MARK_SIGNS = ("#", "](", "</p>", "```")  # without one of them, there is no match of the next
LOOKS_MARKED = re.compile(r"^#{1,6} \S|\]\((?:https?://|/|#)|</p>|^```", re.MULTILINE)
FENCE = re.compile(r"^[ \t]{0,3}(```+|~~~+)", re.MULTILINE)
BLOCK_TAGS = (
    r"p|div|li|ul|ol|h[1-6]|br|hr|blockquote|figure|figcaption|table|thead|tbody|tr|td|th|section|article|header|"
    r"footer|aside|pre|main|nav"
)

_INDENTED = re.compile(
    r"(?:\A|(?<=\n))(?:[ ]{4,}|\t)[^\n]*\S[^\n]*(?:\n(?:[ \t]*\n)*(?:[ ]{4,}|\t)[^\n]*\S[^\n]*)*"
)
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]")
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,1000}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9:-]{0,20}(?:\s[^<>]{0,2000})?/?>|<!DOCTYPE[^<>]{0,200}>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(rf"</?(?:{BLOCK_TAGS})\b", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:|www\.)[^\s<>]{1,2000}>|<[\w.+-]{1,64}@[\w.-]{1,200}>")
_INLINE_CODE = re.compile(
    r"(?<![\w`\\])(`+)(?!`)([^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]{1,500}?)(?<!`)\1(?![\w`])"  # in one line
)
_TEMPLATE = re.compile(
    r"\{\{.{1,300}?\}\}|\{%.{1,300}?%\}|\{:[^{}\n]{1,200}\}|\{#[\w-]{1,80}\}|<%.{1,300}?%>|<\?(?:php|=).{1,1000}?\?>"
    r"|\$\{[^{}\n]{1,80}\}|%\(\w{1,40}\)[sd]"
    r"|\[/?(?:caption|embed|gallery|quote|url|img|video|audio|youtube|vc_\w{1,30}|et_pb_\w{1,30})\b[^\[\]\n]{0,300}\]"
)
_TEMPLATE_VALUE = re.compile(r"\{\{(?![<%])|\$\{|%\(|<%=|<\?=")
_LINK_END = re.compile(
    r"\]\([ \t]*(?:<[^<>\n]{0,2000}>|(?:[^\s()\\]|\\.|\((?:[^\s()]|\([^\s()]*\))*\)){0,2000})"
    r"(?:[ \t\n]+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|“[^”]{0,500}”))?[ \t]*\)(?:\{[^{}\n]{1,200}\})?"
)
_SURE_TARGET = re.compile(r"\]\([ \t]*<?(?:[a-z]{3,6}:|/|#|\.|[\w-]+[./#][\w./#?-])", re.IGNORECASE)
_REFERENCE_END = re.compile(r"\](?:[ ]?\[[^\[\]\n]{0,100}\])")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,100}\]:[ \t]+\S[^\n]*$", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\](?!:)")
_LINK_REACH = 1_000
"""Characters that the text of a link may take."""

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BYTES = re.compile(
    r"[=%](?:(?<=[A-Za-zà-ÿ].)|(?=[0-9A-F]{2}(?:[=%][0-9A-F]{2})*[A-Za-z]))[89A-F][0-9A-F]"
    r"(?:[=%][89A-F][0-9A-F])*(?![\w=%]*[=&/])"
)
"""Bytes as e-mail ("=E9") and addresses ("%C3%A9") write them, where they touch a word. It begins with what a
search can jump to."""
_WESTERN = re.compile("[\u00a0-\u017f\u2010-\u203a\u20ac]+")
_STRONG = re.compile(r"(?<![*\d])(\*{2,3})(?=[^\s*])((?:[^\n]|\n(?!\s*\n)){1,500}?)(?<=\S)\1(?!\d)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*)(?=[^\s*])((?:[^\n*]|\n(?!\s*\n)|\*\*){1,500}?)(?<=[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(
    r"(?<![^\W_])(_{1,3})(?=[^\s_])((?:[^\n]|\n(?!\s*\n)){1,500}?)(?<=[^\s_])\1(?![^\W_])"
)
_STRUCK = re.compile(r"(~~)(?=[^\s~])([^\n]{1,500}?)(?<=\S)~~")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


# Saves 0.8 % of the checks: they look at an article as it is in the file, and as it is read.
@lru_cache(maxsize=_TEXTS_KEPT)
def masks(text: str, file_format: str = "txt") -> tuple[Mask, ...]:
    """Return what is no prose in ``text``, in order and without overlap."""
    masked = _Found()
    masked.add(_blocks(text, file_format))
    masked.add(_tags(text))
    masked.add(_templates(text))
    masked.add(_links(text, file_format))
    masked.add(Mask(start, end, kind, OPAQUE) for start, end, kind in addresses(text))
    masked.add(_entities(text))
    masked.add(_marks(text, file_format))
    return masked.in_order()


class _Found:
    """Masks so far: one that overlaps an earlier one is not taken."""

    def __init__(self) -> None:
        self._masks: list[Mask] = []

    def add(self, masks: Iterable[Mask]) -> None:
        for mask in sorted(masks):
            place = bisect_left(self._masks, mask)
            after = self._masks[place : place + 1]
            before = self._masks[place - 1 : place] if place else []
            if not any(
                neighbour.start < mask.end and mask.start < neighbour.end for neighbour in (*before, *after)
            ):
                self._masks.insert(place, mask)

    def in_order(self) -> tuple[Mask, ...]:
        return tuple(self._masks)


def is_marked(text: str, file_format: str) -> bool:
    """Return whether ``text`` uses Markdown or HTML marks, whatever its format."""
    if file_format in MARKDOWN or file_format in ROWS:
        return file_format in MARKDOWN
    return any(sign in text for sign in _MARK_SIGNS) and bool(LOOKS_MARKED.search(text))


def fenced(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield fenced code from mark to mark; a mark that nothing closes is taken for text."""
    opened: re.Match[str] | None = None
    for mark in FENCE.finditer(text, start):
        if opened is None:
            opened = mark
        elif mark.group(1).startswith(opened.group(1)):
            line_end = text.find("\n", mark.end())
            yield opened.start(1), mark.end() if line_end < 0 else max(mark.end(), line_end)
            opened = None


def _blocks(text: str, file_format: str) -> Iterator[Mask]:
    """Yield masks for front matter, comments, scripts, fenced and indented code."""
    in_rows = file_format in ROWS
    front = None if in_rows else FRONT_MATTER.match(text)
    if front:
        yield Mask(*front.span(), "front matter", "")
    if "<" in text:
        for start, end in _comments(text, in_line=in_rows):
            yield Mask(start, end, "comment", "")
        for start, end in () if in_rows else _scripts(text):
            yield Mask(start, end, "code", "")
    if ("```" in text or "~~~" in text) and is_marked(text, file_format):
        for start, end in fenced(text, front.end() if front else 0):
            yield Mask(start, end, "code", OPAQUE)
    if file_format in MARKDOWN and ("\n    " in text or "\n\t" in text):
        yield from _indented_code(text)
    if "`" in text:
        for match in _INLINE_CODE.finditer(text):
            yield Mask(*match.span(), "code span", OPAQUE)


def _comments(text: str, *, in_line: bool) -> Iterator[tuple[int, int]]:
    """Yield comments; nothing is sought twice, however many are opened and none is closed."""
    close = line_end = -1
    start = text.find("<!--")
    while start >= 0:
        if close < start + 4:
            close = text.find("-->", start + 4)
        if close < 0:
            return
        if in_line and line_end < start:
            line_end = text.find("\n", start) % (len(text) + 1)
        is_complete = not in_line or close < line_end
        if is_complete:
            yield start, close + 3
        start = text.find("<!--", close + 3 if is_complete else start + 4)


def _scripts(text: str) -> Iterator[tuple[int, int]]:
    """Yield scripts and styles; the end of each kind is sought once."""
    ends: dict[str, tuple[int, int] | None] = {}
    last = 0
    for match in _SCRIPT.finditer(text):
        name = match[1].lower()
        end = ends.get(name, (0, 0))
        if match.start() < last or end is None:
            continue
        if end[0] < match.end():
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, match.end())
            end = ends[name] = close.span() if close else None
        if end is not None:
            last = end[1]
            yield match.start(), last


def _indented_code(text: str) -> Iterator[Mask]:
    """Yield indented code: after a blank line, and not inside a list, where indented lines are paragraphs."""
    for match in _INDENTED.finditer(text):
        start = match.start()
        lines = _line_above(text, start)
        blank = (
            not start
            or text.endswith(("\n\n", "\n\r\n"), 0, start)
            or not text[text.rfind("\n", 0, start - 1) + 1 : start - 1].strip()
        )
        if blank and not _LIST_ITEM.match(lines) and not lines.startswith(("    ", "\t")):
            start = match.end() - len(match.group().lstrip())
            if not _LIST_ITEM.match(text, start):
                yield Mask(start, match.end(), "code", OPAQUE)


def _line_above(text: str, end: int) -> str:
    """Return the last line before a place that is not blank, without blanks behind it."""
    while end > 0:
        start = text.rfind("\n", 0, end - 1) + 1
        if line := text[start:end].rstrip():
            return line
        end = start
    return ""


def _tags(text: str) -> Iterator[Mask]:
    if "<" not in text:
        return
    for match in _AUTOLINK.finditer(text):
        yield Mask(*match.span(), "mail" if "@" in match.group() else "url", OPAQUE)
    for match in _TAG.finditer(text):
        yield Mask(*match.span(), "tag", "\n" if _BLOCK_TAG.match(match.group()) else "")


def _templates(text: str) -> Iterator[Mask]:
    if not any(sign in text for sign in ("{", "[", "%(", "<%", "<?")):
        return
    for match in _TEMPLATE.finditer(text):
        yield Mask(*match.span(), "template", OPAQUE if _TEMPLATE_VALUE.match(match.group()) else "")


def _links(text: str, file_format: str) -> Iterator[Mask]:
    """Yield the marks and targets of Markdown links; link text remains, pictures are masked whole."""
    if "](" in text:
        for match in _LINK_END.finditer(text):
            if _SURE_TARGET.match(match.group()) or file_format in MARKDOWN:
                yield from _link(text, *match.span())
    if file_format not in MARKDOWN and not ("[^" in text or "]: http" in text):
        return
    for match in _DEFINITION.finditer(text):
        yield Mask(*match.span(), "definition", "")
    for match in _NOTE.finditer(text):
        yield Mask(*match.span(), "note", "")
    for match in _REFERENCE_END.finditer(text):
        yield from _link(text, *match.span())


def _link(text: str, close: int, end: int) -> Iterator[Mask]:
    """Yield the masks of the link whose text is closed at ``close`` and whose target ends at ``end``."""
    opened = _opening_bracket(text, close)
    if opened is None:
        yield Mask(close, end, "link", "")
    elif opened and text[opened - 1] == "!":
        yield Mask(opened - 1, end, "image", OPAQUE)
    else:
        yield Mask(opened, opened + 1, "link", "")
        yield Mask(close, end, "link", "")


def _opening_bracket(text: str, close: int) -> int | None:
    """Return where the bracket that ``close`` closes is opened, in the same paragraph."""
    depth = 0
    for place in range(close - 1, max(-1, close - _LINK_REACH), -1):
        char = text[place]
        if char == "]":
            depth += 1
        elif char == "[" and not depth:
            return place
        elif char == "[":
            depth -= 1
        elif char == "\n" and text[place - 1 : place] == "\n":
            return None
    return None


def _entities(text: str) -> Iterator[Mask]:
    """Yield characters written as entities or as bytes, each with its meaning."""
    for match in _BYTES.finditer(text) if "=" in text or "%" in text else ():
        right = _decoded(bytes.fromhex(match.group().replace("=", "").replace("%", "")))
        if right:
            yield Mask(*match.span(), "bytes", right)
    for match in _ENTITY.finditer(text) if "&" in text else ():
        character = match.group()
        while (decoded := html.unescape(character)) != character:
            character = decoded
        if character != match.group() and not character.endswith(";"):
            yield Mask(*match.span(), "entity", character)


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            right = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return right if _WESTERN.fullmatch(right) else None
    return None


def _marks(text: str, file_format: str) -> Iterator[Mask]:
    """Yield paired emphasis marks, heading marks, and backslashes that escape marks."""
    for sign, patterns in (("*", (_STRONG, _EMPHASIS)), ("_", (_UNDERLINED,)), ("~~", (_STRUCK,))):
        for pattern in patterns if sign in text else ():
            for match in pattern.finditer(text):
                mark = len(match.group(1))
                yield Mask(match.start(), match.start() + mark, "emphasis", "")
                yield Mask(match.end() - mark, match.end(), "emphasis", "")
    if "#" in text and is_marked(text, file_format):
        for match in _HEADING.finditer(text):
            yield Mask(*match.span(), "heading", "")
    if "\\" in text and file_format in MARKDOWN:
        for match in _ESCAPE.finditer(text):
            yield Mask(*match.span(), "escape", "")
