"""The article in a web page, through trafilatura (the extra ``html``)."""

from __future__ import annotations

import logging

from aligner.model import InputError


def extract(html: str) -> tuple[str, dict[str, str]]:
    """Return the text of the article in ``html`` and its metadata: title, date, url.

    Raises ``InputError`` where trafilatura is missing or finds no article.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError("reading .html needs trafilatura: pip install 'aligner-fr-en[html]'") from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it logs is said by our own reason
    found = bare_extraction(html, include_comments=False, with_metadata=True)
    text = found.text if found else None
    if not text or not text.strip():
        raise InputError("no article was found in the page; save its text as .txt or .md instead")
    fields = {"title": found.title, "date": found.date, "url": found.url}
    return text, {name: value for name, value in fields.items() if value}
