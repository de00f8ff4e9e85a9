"""Addresses in running text: of the web and of e-mail, handles, hashtags, files, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Kind = Literal["url", "mail", "handle", "hashtag", "file", "phone"]

_URL = re.compile(
    r"(?:\b(?:https?|ftp)://|(?<![\w@.])www\.(?=\w))[^\s<>\"«»“”‘’`…|\\^\ufffc]{2,}", re.IGNORECASE
)
_AFTER_URL = ".,;:!?'*_~"
# From the first letter of a name only, and never back into it: long runs are read once.
_MAIL = re.compile(r"(?<![\w+-])(?<![\w+-]\.)(?:mailto:)?[\w+-]++(?:\.[\w+-]++)*+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@/.])@\w{2,40}(?:@[\w-]+(?:\.[\w-]+)+)?")
_HASHTAG = re.compile(r"(?<![\w#&/])#[^\W\d_]\w+")
# Without those that are words of French or English too ("de", "me", "news").
_DOMAIN_ENDS = "com|org|net|fr|ca|uk|eu|gov|edu|io|info|int|ch|gouv|mil|biz|tv|qc|asso|coop"
_FILE_ENDS = (
    "pdf|docx?|xlsx?|pptx?|csv|tsv|txt|html?|xml|json|jpe?g|png|gif|svg|mp[34]|zip|exe|epub|odt|php|js|py|md"
)
_NAME_END = re.compile(rf"\.(?:(?P<file>{_FILE_ENDS})|{_DOMAIN_ENDS})(?![\w-])(?P<path>/[^\s<>\"«»“”‘’`…]*)?")
_NAME_START = re.compile(r"(?:[A-Za-z0-9_][\w-]*\.)*[A-Za-z0-9_][\w-]*\Z")
_LONGEST_NAME = 100
_GAP = r"[ .\u00a0\u202f-]?"
_PHONE = re.compile(
    rf"(?<![\w.,/+-])(?:\(?\+\d{{1,3}}\)?(?:[ .\u00a0\u202f-]?\(?\d{{1,4}}\)?){{2,6}}"  # +33 (0)3 81 00 00 00
    rf"|0[1-9](?:{_GAP}\d\d){{4}}|0{_GAP}8\d\d(?:{_GAP}\d{{2,3}}){{2,3}}"  # 03 81 00 00 00, 0 800 12 34 56
    r"|(?:1[ .-])?(?:(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]|\d{3}[ \u00a0\u202f]\d{3}-)\d{4}"  # (613) 555-0123
    r"|0\d{2,4}[ -]\d{3,4}[ -]\d{3,4})"  # 020 7946 0018
    r"(?![\w/-]|[.,]\d|[ \u00a0\u202f]\d)"
)
_PHONE_START = re.compile(r"[(+\d](?<![\w.,/+-].)")
FEWEST_DIGITS = 8
"""Digits of a telephone number."""


def addresses(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield start, end and kind of every address in ``text``; the spans may overlap."""
    if "://" in text or "www." in text or "WWW." in text:
        for match in _URL.finditer(text):
            yield match.start(), _url_end(text, *match.span()), "url"
    if "@" in text:
        for match in _MAIL.finditer(text):
            yield (*match.span(), "mail")
        for match in _HANDLE.finditer(text):
            yield (*match.span(), "handle")
    if "#" in text:
        for match in _HASHTAG.finditer(text):
            yield (*match.span(), "hashtag")
    yield from ((*span, "phone") for span in _phones(text))
    for match in _NAME_END.finditer(text):
        first = max(0, match.start() - _LONGEST_NAME)
        name = _NAME_START.search(text, first, match.start())
        if name and text[name.start() - 1 : name.start()] not in ("@", "/", "-", "."):
            kind: Kind = "file" if match["file"] else "url"
            yield name.start(), _url_end(text, name.start(), match.end()), kind


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield telephone numbers; only where one may begin is looked for more."""
    end = 0
    for start in _PHONE_START.finditer(text):
        match = _PHONE.match(text, start.start()) if start.start() >= end else None
        if match:
            end = match.end()
            if sum(map(str.isdigit, match.group())) >= FEWEST_DIGITS:
                yield match.span()


def _url_end(text: str, start: int, end: int) -> int:
    """Return where an address ends, without the marks of the sentence that follow it."""
    while end > start:
        last = text[end - 1]
        unopened = last in ")]}" and text.count(last, start, end) > text.count(
            "([{"[")]}".index(last)], start, end
        )
        if last not in _AFTER_URL and not unopened:
            break
        end -= 1
    return end
