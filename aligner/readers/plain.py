"""Articles that are text as they are: plain text and Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aligner.readers.decoding import decode
from aligner.text.markup import front_matter


class Content(NamedTuple):
    """The text of an article, the encoding of its file, and what else the file says of it.

    Paragraphs of ``text`` are separated by an empty line, or else by a line break. ``metadata`` may hold
    ``title``, ``date`` (ISO 8601), ``lang`` and ``url``, all strings; a field of another name is left out.
    A format with lines of its own (``Format.own_lines``) keeps every line of the file where it was.
    """

    text: str
    encoding: str
    metadata: Mapping[str, str]


def read_text(data: bytes) -> Content:
    """Read plain text. Raises ``InputError`` for data that are no text."""
    return Content(*decode(data), {})


def read_markdown(data: bytes) -> Content:
    """Read Markdown with the fields of its front matter. Raises ``InputError`` for data that are no text."""
    text, encoding = decode(data)
    return Content(text, encoding, front_matter(text))
