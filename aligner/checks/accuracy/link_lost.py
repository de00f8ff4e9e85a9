"""ACC317: a link, an e-mail address, a telephone number, a handle or a hashtag that one side has lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from aligner.checks.base import bead_check
from aligner.checks.next_to import passages_next_to
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.words import is_known, without_accents
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Hit, Language, Segment, Span
from aligner.text.masks import masks

_LINK = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<url>(?:https?://|www\.)[^\s<>\"'’»”)\]]*[\w/])"
    r"|(?<![\w@/.])(?P<handle>@\w{3,})"
    r"|(?<![\w#&/])(?P<hashtag>#[^\W\d_]\w{2,})"
    r"|(?<![\w@/.=&-])(?P<site>(?:[^\W_](?:[\w-]*[^\W_])?\.){1,4}"
    r"(?:com|org|net|info|edu|gov|int|fr|eu|be|ch|lu|ca|uk|de|paris|quebec|bzh)(?:/[^\s<>\"'’»”)\]]*[\w/])?)"
    r"(?![\w@-]|\.\w)"
)
_HOST = re.compile(r"(?:https?://)?([\w.-]+)")
_SECOND_LEVEL = frozenset(
    ("ac", "asso", "co", "com", "edu", "gc", "gouv", "gov", "net", "on", "or", "org", "qc")
)
"""Labels before the last one that do not name a site: "gouv.fr", "gc.ca", "co.uk"."""
_SITES = frozenset(("url", "site"))
"""Kinds that lead to a site: full addresses, and bare domains."""
_TRANSLATED = {"hashtag": ("hashtag",), "url": ("url",), "site": ("site", "url")}
"""Kinds that may have another form in the other language, and which: a tag, another page."""
_ANY_SITE = re.compile(r"[^\W_]\.[a-z]{2,6}\b")
_ALSO_WORDS = frozenset(("be", "ca", "de", "net"))
"""Last labels that are words too: "partout.de" may have lost the space after its full stop."""
_FEWEST_LETTERS, _SECOND_EDIT = 8, 12
"""Letters of the name of a site from which another one edit away is a misspelling, or two edits away: of
shorter ones each language may have its own ("nrcan", "rncan")."""
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
        "misspelt": {
            "fr": "L'adresse « {link} » est « {other} » de l'autre côté.",
            "en": "The address “{link}” is “{other}” on the other side.",
        },
        "hashtag": {
            "fr": "Le mot-dièse « {link} » ne se trouve que d'un côté.",
            "en": "The hashtag “{link}” appears on one side only.",
        },
    },
)
def link_lost(view: BeadView, context: Context) -> Iterator[Hit]:
    """A link, an e-mail address, a telephone number, a handle or a hashtag appears on one side only.

    Finds: URLs and bare domains whose site, and addresses, telephone numbers and handles that, the other
        side and its neighbours do not have; a site that is misspelt on one side; and hashtags where the other
        side has no other one, which may be their translation. A bare domain is not lost where the other side
        has its name ("lemonde.fr", "Le Monde").
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
            others = [] if key in links_around or kind not in _SITES else list(links_around.keys() - keys)
            if misspelt := next(
                (other for other in sorted(others) if _is_misspelt(key, other, language)), ""
            ):
                values = {"link": key, "other": misspelt}
                yield Hit("misspelt", *span, values=values, language=language, confidence=CONFIDENCE)
                continue
            if key in links_around or any(replaced[form] for form in _TRANSLATED.get(kind, ())):
                continue
            if kind in _SITES and _names_site(passages, key):
                continue
            if kind != "site" or not _names_owner(passages, key):
                yield Hit(
                    "url" if kind == "site" else kind,
                    *span,
                    values={"link": text},
                    language=language,
                    confidence=CONFIDENCE,
                )


def _links(segments: Sequence[Segment]) -> Iterator[tuple[str, str, str, Span]]:
    """Yield a link's key for comparison, its kind, its text and its span in the document."""
    for segment in segments:
        if not any(mark in segment.text for mark in _MARKS) and not _ANY_SITE.search(segment.text):
            continue
        for match in _LINK.finditer(segment.text):
            kind, text = match.lastgroup or "url", match.group()
            if kind == "site" and not _is_site(text):
                continue
            key = _site(text) if kind in _SITES else text.lower()
            yield key, kind, text, (segment.start + match.start(), segment.start + match.end())


def _is_site(text: str) -> bool:
    """Return whether what looks like the address of a site is not two words that lost their space."""
    labels = text.split("/")[0].split(".")
    return labels[-1] not in _ALSO_WORDS or not any(is_known(labels[-2].lower(), code) for code in LANGUAGES)


def _names_owner(passages: Sequence[Segment], site: str) -> bool:
    """Return whether a passage has the name in the bare address of a site: "Le Monde" for "lemonde.fr"."""
    name = _letters(site.split(".")[0])
    return any(name in _letters(passage.text) for passage in passages)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, without_accents(text.lower())))


def _is_misspelt(site: str, other: str, language: Language) -> bool:
    """Return whether the name of a site is that of another with a letter wrong; of two, the English one.

    Sites that have a name in each language, as "exemple" and "example", are none.
    """
    name, _, ending = site.partition(".")
    other_name, _, other_ending = other.partition(".")
    letters = min(len(name), len(other_name))
    if ending != other_ending or letters < _FEWEST_LETTERS or name == other_name:
        return False
    if OSA.distance(name, other_name) > 1 + (letters >= _SECOND_EDIT):
        return False
    own, others = (set(label.split("-")) for label in (name, other_name))
    known, other_known = (
        all(any(in_dictionary(part, code) for code in LANGUAGES) for part in parts)
        for parts in (own - others, others - own)
    )
    return not known and (other_known or language == "en")


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
