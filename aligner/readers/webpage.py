"""The article in a web page, through trafilatura and lxml."""

from __future__ import annotations

import logging
import re

from aligner.model import InputError
from aligner.readers.decoding import decode
from aligner.readers.plain import Content

MAX_TAGS = 40_000
"""Opening and closing tags of a page that is read; trafilatura's time grows with their square (2 s for so
many line breaks in a row), and pages of newspapers hold some thousands."""
DEEPEST = 255
"""Elements in each other that the parser keeps: it drops what is deeper, and most of what follows."""
MAX_ATTRIBUTES = 2_000
"""Attributes of one tag: the parser's time grows with their square too."""
_TAG = re.compile(r"</?[a-zA-Z]")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{2 * MAX_ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def read_page(data: bytes) -> Content:
    """Read the article in a page. Raises ``InputError`` as ``extract`` does, or for no text."""
    html, encoding = decode(data)
    text, fields = extract(html)
    return Content(text, encoding, fields)


def extract(html: str) -> tuple[str, dict[str, str]]:
    """Return the text of the article in ``html`` and its metadata: title, date, url.

    Raises ``InputError`` where trafilatura is missing, fails or finds no article, and for a page that is
    made to keep a reader busy.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError(
            "reading .html needs trafilatura: pip install trafilatura lxml_html_clean"
        ) from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # our own reason covers what it logs
    _require_reasonable(html)
    _require_flat(html)
    try:
        article = bare_extraction(html, include_comments=False, with_metadata=True)
    except Exception as error:  # a third-party parser on untrusted input: skip the page on any error
        raise InputError(
            f"the page cannot be parsed ({type(error).__name__}); save its text as .txt or .md instead"
        ) from error
    text = article.text if article else None
    if not text or not text.strip():
        raise InputError("no article was found in the page; save its text as .txt or .md instead")
    fields = {"title": article.title, "date": article.date, "url": article.url}
    return text, {name: value for name, value in fields.items() if value}


def _require_reasonable(html: str) -> None:
    tags = sum(1 for _ in _TAG.finditer(html))
    if tags > MAX_TAGS:
        raise InputError(f"holds {tags:,} tags, more than any article; save its text as .txt or .md instead")
    for tag in _LONG_TAG.findall(html):
        if len(_QUOTED.sub("", tag).split()) > MAX_ATTRIBUTES:
            raise InputError(f"a tag has over {MAX_ATTRIBUTES:,} attributes; save the text as .txt or .md")


def _require_flat(html: str) -> None:
    """Raise InputError for a page of which the parser would drop what is too deep in it."""
    if html.count("<") <= DEEPEST:
        return
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8")
    etree.fromstring(html.encode("utf-8", "replace"), parser)
    if any("depth" in error.message for error in parser.error_log):
        raise InputError(
            f"elements are nested more than {DEEPEST} deep; save its text as .txt or .md instead"
        )
