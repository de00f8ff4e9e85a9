"""From the text of an article to a ``Document``: paragraphs, roles, sentences and languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from aligner.model import Document, InputError, Language, Role, Segment, Span
from aligner.text.boilerplate import boilerplate_lines
from aligner.text.language import guess, identify, is_mixed, main_language, nearer, other_language
from aligner.text.markup import Block, blocks
from aligner.text.prose import Prose, read
from aligner.text.splitting import split_paragraph
from aligner.text.words import count_words

_TITLE_WORDS = 30  # longest title of masakhanews: 26
_ENDS = (".", ":", ";", ",")  # a title may ask, exclaim, quote or trail off
_SHORT_WORDS = 20  # below this many words a name of a folder or a column may decide what the text leaves open
_MIN_CONFIDENCE = 0.9
_SPACE = re.compile(r"\s+")
MAX_LINES = 200_000
MAX_SEGMENTS = 50_000
"""Sentences and lines of one article; the longest novels in print have 30,000 sentences on 70,000 lines."""


def make_document(
    path: str, text: str, metadata: Mapping[str, str], hint: Language | None = None
) -> Document:
    """Build the ``Document`` of one article.

    ``hint`` (from a folder, a suffix or a column) only breaks ties on text too short to tell.
    Raises ``InputError`` with the reason where there are no words, the text is of another language, or
    it is too long for one article.
    """
    file_format = metadata.get("format", "txt")
    prose = read(text, file_format)
    language = article_language(prose.text, hint)
    if text.count("\n") > MAX_LINES:
        raise InputError(f"more than {MAX_LINES:,} lines, too many for one article; split it")
    parts = [block for block in blocks(text, file_format) if _is_read(block, prose)]
    roles = _roles(text, parts)
    segments: list[Segment] = []
    for paragraph, (block, role) in enumerate(zip(parts, roles, strict=True)):
        for start, end in _spans(text, prose, block, role, language):
            piece = prose.text[slice(*prose.span((start, end)))]
            spoken = identify(piece, language, is_prose=True)
            segments.append(Segment(text[start:end], start, end, paragraph, role, spoken))
        if len(segments) > MAX_SEGMENTS:
            raise InputError(f"more than {MAX_SEGMENTS:,} sentences, too many for one article; split it")
    return Document(path, language, text, tuple(segments), dict(metadata))


def article_language(text: str, hint: Language | None = None) -> Language:
    """Return the language of an article, from its prose; ``InputError`` where it is neither of the two."""
    if not text.strip():
        raise InputError("there is no text in it; fill it or leave it out")
    language, confidence = guess(text, is_prose=True)
    if confidence < _MIN_CONFIDENCE and count_words(text) < _SHORT_WORDS:
        language, confidence = guess(text, hint, is_prose=True)
    if not confidence:
        if hint is None:
            raise InputError("there are no words in it to tell French from English by; leave it out")
        return hint
    if language != "other":
        return main_language(text) if is_mixed(text) else language
    if confidence < _MIN_CONFIDENCE:
        return hint or nearer(text)
    raise InputError(f"the text is not French or English (looks like {other_language(text)}); leave it out")


def _is_read(block: Block, prose: Prose) -> bool:
    first, last = prose.span((block.start, block.end))
    return block.kind in ("code", "picture") or bool(prose.text[first:last].strip())


def _spans(text: str, prose: Prose, block: Block, role: Role, language: Language) -> list[Span]:
    """Return the spans of the sentences of a block, marks at their ends included."""
    if role != "body":
        return [(block.start, block.end)]
    first, last = prose.span((block.start, block.end))
    sentences = [
        prose.source(first + start, first + end)
        for start, end in split_paragraph(prose.text[first:last], language)
    ]
    if not prose.edits or not sentences:
        return sentences or [(block.start, block.end)]
    cuts = [_cut(text, before[1], after[0]) for before, after in pairwise(sentences)]
    starts = [block.start, *(start for _, start in cuts)]
    return list(zip(starts, [*(end for end, _ in cuts), block.end], strict=True))


def _cut(text: str, end: int, start: int) -> Span:
    """Divide the marks between two sentences: those before the first white space close, others open."""
    space = _SPACE.search(text, end, start)
    return space.span() if space else (start, start)


def _roles(text: str, parts: list[Block]) -> list[Role]:
    lines = [text[block.start : block.end] for block in parts]
    boilerplate = [
        (marked and block.kind != "heading") or block.kind in ("code", "picture")
        for marked, block in zip(boilerplate_lines(lines), parts, strict=True)
    ]
    roles: list[Role] = ["boilerplate" if marked else "body" for marked in boilerplate]
    for i in _title_places(lines, parts, roles):
        roles[i] = "title"
    return roles


def _title_places(lines: list[str], parts: list[Block], roles: list[Role]) -> list[int]:
    """Find the first line of the story if it looks like a title, and its repetition."""
    story = [i for i, role in enumerate(roles) if role == "body"]
    if not story:
        return []
    first = story[0]
    if not _looks_like_title(
        lines[first], is_only_line=len(story) == 1, heading=parts[first].kind == "heading"
    ):
        return []
    title = _normalised(lines[first])
    return [i for i in story[:3] if i == first or _normalised(lines[i]) == title]


def _looks_like_title(line: str, *, is_only_line: bool, heading: bool) -> bool:
    if heading:
        return True
    return (
        not is_only_line
        and len(line.split()) <= _TITLE_WORDS
        and "\n" not in line
        and not line.rstrip().endswith(_ENDS)
    )


def _normalised(line: str) -> str:
    return " ".join(line.casefold().split())
