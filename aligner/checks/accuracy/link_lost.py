"""ACC317: a link, an e-mail address, a telephone number, a handle or a hashtag that one side has lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from aligner.checks.base import bead_check
from aligner.checks.next_to import passages_next_to
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Segment, Span
from aligner.text.masks import masks

_LINK = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"'’»”)\]]*[\w/])"
    r"|(?<![\w@/.])(?P<handle>@\w{3,})"
    r"|(?<![\w#&/])(?P<hashtag>#[^\W\d_]\w{2,})"
)
_HOST = re.compile(r"(?:https?://)?([\w.-]+)")
_SECOND_LEVEL = frozenset(
    ("ac", "asso", "co", "com", "edu", "gc", "gouv", "gov", "net", "on", "or", "org", "qc")
)
"""Labels before the last one that do not name a site: "gouv.fr", "gc.ca", "co.uk"."""
_TRANSLATED = frozenset(("hashtag", "url"))
"""Kinds that have another form in the other language: a tag is translated, another page is linked."""
_MARKS = ("@", "#", "www.", "://")
_SUBSCRIBER = 8
"""Last digits of a telephone number that no prefix for calls from abroad changes."""
CONFIDENCE = 0.8


@bead_check(
    "ACC317",
    "link-lost",
    title={"en": "Link or address lost", "fr": "Lien ou adresse perdu"},
    category="omission",
    cause="translation",
    severity="minor",
    explained_in_bead_by=("ALN204",),
    of_source=True,
    messages={
        "url": {
            "fr": "Le lien « {link} » ne se trouve que d'un côté.",
            "en": "The link “{link}” appears on one side only.",
        },
        "mail": {
            "fr": "L'adresse « {link} » ne se trouve que d'un côté.",
            "en": "The address “{link}” appears on one side only.",
        },
        "handle": {
            "fr": "Le compte « {link} » ne se trouve que d'un côté.",
            "en": "The handle “{link}” appears on one side only.",
        },
        "phone": {
            "fr": "Le numéro de téléphone « {link} » ne se trouve que d'un côté.",
            "en": "The telephone number “{link}” appears on one side only.",
        },
        "hashtag": {
            "fr": "Le mot-dièse « {link} » ne se trouve que d'un côté.",
            "en": "The hashtag “{link}” appears on one side only.",
        },
    },
)
def link_lost(view: BeadView, context: Context) -> Iterator[Hit]:
    """A link, an e-mail address, a telephone number, a handle or a hashtag appears on one side only.

    Finds: URLs whose site, and addresses, telephone numbers and handles that, the other side and its
        neighbours do not have; and hashtags where the other side has no other one, which may be their
        translation.
    Matters: readers of one language cannot follow the source.
    Bad: Inscription sur www.exemple.org avant lundi. / Sign up before Monday.
    Good: Inscription sur www.exemple.org/fr avant lundi. / Sign up at www.exemple.org/en before Monday.
    False positives: a site that has another name in the other language.
    Measured: 1 finding on 549,000 words of human news translations (newstest 2008-2012), which was right.
    """
    bead = view.bead
    if not bead.fr or not bead.en:
        return
    for language in LANGUAGES:
        other_language = OTHER[language]
        links = [*_links(bead.side(language)), *_phones(bead.side(language))]
        if not links:
            continue
        passages = (*bead.side(other_language), *passages_next_to(view, other_language))
        links_around = {key: kind for key, kind, _, _ in (*_links(passages), *_phones(passages))}
        keys = {key for key, _, _, _ in links}
        replaced = Counter(kind for key, kind in links_around.items() if key not in keys)
        for key, kind, text, span in links:
            if key in links_around or (kind in _TRANSLATED and replaced[kind]):
                continue
            if kind != "url" or not _names_site(passages, key):
                yield Hit(kind, *span, values={"link": text}, language=language, confidence=CONFIDENCE)


def _links(segments: Sequence[Segment]) -> Iterator[tuple[str, str, str, Span]]:
    """Yield a link's key for comparison, its kind, its text and its span in the document."""
    for segment in segments:
        if not any(mark in segment.text for mark in _MARKS):
            continue
        for match in _LINK.finditer(segment.text):
            kind, text = match.lastgroup or "url", match.group()
            key = _site(text) if kind == "url" else text.lower()
            yield key, kind, text, (segment.start + match.start(), segment.start + match.end())


def _phones(segments: Sequence[Segment]) -> Iterator[tuple[str, str, str, Span]]:
    for segment in segments:
        for mask in masks(segment.text):
            if mask.kind == "phone":
                text = segment.text[mask.start : mask.end]
                digits = "".join(filter(str.isdigit, text))[-_SUBSCRIBER:]
                yield digits, "phone", text, (segment.start + mask.start, segment.start + mask.end)


def _names_site(passages: Sequence[Segment], site: str) -> bool:
    """Return whether some passage names a site in running text: "exemple.fr"."""
    name = re.compile(rf"(?<![\w-]){re.escape(site)}(?![\w-])", re.IGNORECASE)
    return any(name.search(passage.text) for passage in passages)


def _site(url: str) -> str:
    """Return the registered domain of an address, "wikipedia.org" of "fr.wikipedia.org"."""
    host = _HOST.match(url)
    labels = host[1].lower().strip(".").split(".") if host else []
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])
