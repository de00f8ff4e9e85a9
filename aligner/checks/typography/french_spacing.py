"""TYP502: the space that French wants is missing in French, or is there in English, with its guillemets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.lexicon.lists import given_names, interjections
from aligner.lexicon.words import is_known, lexicon
from aligner.model import Context, Document, Hit

CANADIAN_MARKS = 3
"""Marks ; ! ? of an article that never has a space before them, but has one before the colon: it is
Canadian."""

_MARK = re.compile(r"[;!?:»%]|«(?=[^\W_])")
_SPACED_MARK = re.compile(r"[ \u00a0\u202f][;!?]")
_SPACED_COLON = re.compile(r"\w[ \u00a0\u202f]:")
_NO_PROSE = re.compile(r"://|www\.|[@#&=\\<>]|\?\w|%[0-9A-Fa-f]{2}")
_OF_CANADA = re.compile(r"\b(?:Canad|canadien|Québec|québécois|Ottawa|Montréal|Toronto)|\.ca\b")
"""Words that show where an article may come from; its writers use both norms, sometimes in one text."""
_LOOK_BACK = 60
_SPACED_IN_ENGLISH = re.compile(
    r"(?<=[^\W\d_])[ \u00a0\u202f]+(?P<sign>[;:!?,]|\.(?!\w|\.| \.))(?=[\s\"”»]|\Z)"
)
_GUILLEMETS = re.compile(r"«[ \u00a0\u202f]?(?P<quoted>[^«»\n]{1,400}?)[ \u00a0\u202f]?»")
_SPACES = " \u00a0\u202f"
_GLUED = re.compile(r"[!?](?<=\w.)[ \u00a0,]")
_IN_NAME = re.compile(r"(?<![\w’'-])(?P<name>[A-ZÀ-ÖØ-ÞŒ][\w’'-]*[!?])(?=,|[ \u00a0][a-zà-öø-ÿœ])")
"""A capitalised word with the mark that belongs to it, as its sentence goes on: "Yahoo! a perdu"."""
_SAYS = re.compile(
    r",?[ \u00a0](?:(?:a|ont|avait|avaient)[ \u00a0]|s['’](?:est[ \u00a0])?|se[ \u00a0])?"
    r"(?:(?:cri|dit|dis|hurl|demand|répond|répliqu|ajout|expliqu|interrog|écri|exclam|clam|scand)|fai?t\b|"
    r"[^\W\d_]+-(?:t-)?(?:ils?|elles?|on|je)\b)"
)
"""What follows words that someone says, with no capital either."""
_SENTENCE_START = re.compile(r"(?:\A|\n|[.!?…][»”\"]?[ \u00a0\u202f]+|[«“\"][ \u00a0\u202f]?)\Z")
_ASKS = re.compile(
    r"\b(?:qui|que|quoi|où|quand|comment|pourquoi|quel\w*|combien|est-ce)\b|-(?:t-)?(?:il|elle|on|vous)s?\b",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"[^.!?…\n]*\Z")


@article_check(
    "TYP502",
    "french-spacing",
    title={"en": "French spacing", "fr": "Espaces françaises"},
    category="typography",
    cause="editorial",
    severity="minor",
    explained_by=("ACC304", "ACC305", "EXT101", "EXT102", "EXT103"),
    messages={
        "before": {
            "en": "French requires a no-break space before “{sign}”.",
            "fr": "Il faut une espace insécable devant « {sign} ».",
        },
        "inside": {
            "en": "French requires a no-break space on the inner side of “{sign}”.",
            "fr": "Il faut une espace insécable à l'intérieur des guillemets, près de « {sign} ».",
        },
        "spaced": {
            "en": "English has no space before “{sign}”.",
            "fr": "L'anglais ne met pas d'espace devant « {sign} ».",
        },
        "guillemets": {
            "en": "French quotation marks in English: “{text}”.",
            "fr": "Guillemets français dans un texte anglais : {text}.",
        },
    },
)
def french_spacing(document: Document, context: Context) -> Iterator[Hit]:
    """The space that French wants before ; : ! ? % or inside guillemets is missing, or is there in English.

    Finds: such a mark that touches the word; a plain space is accepted, as most newsrooms do. In English, a
        space before a mark, and guillemets.
    Matters: it is the typographic rule of France, and a sign that a text was written or set by an English
        tool.
    Bad: Qui part? «Le maire» : il l'a dit!
    Good: Qui part ? « Le maire » : il l'a dit !
    False positives: links, times, smileys and codes are left alone; so are articles in Canadian French, which
        has no space before ; ! ?, judging by the article's language tag, by its habits, or by Canada's name.
        A name that ends in such a mark, as "Yahoo!", is known by the sentence that goes on after it. An
        English title that sets off its subtitle by " : ".
    Measured: 30 of 30 findings were right on masakhanews, newstest, ntrex, paracrawl and newsdiscuss.
    """
    text = document.text
    if document.language != "fr":
        yield from _french_marks(document)
        return
    names = _names_with_mark(text)
    missing = [
        match
        for match in _MARK.finditer(text)
        if _lacks_space(text, match.start()) and not _ends_with(text, match.end(), names)
    ]
    canadian = _is_canadian(document, [match.group() for match in missing])
    for match in missing:
        sign = match.group()
        if canadian and sign in ";!?":
            continue
        key = "inside" if sign in "«»" else "before"
        yield Hit(key, *match.span(), values={"sign": sign}, suggestion=_corrected(sign))


def _french_marks(document: Document) -> Iterator[Hit]:
    """Yield the spaces before marks and the pairs of guillemets in the English sentences of an article."""
    for segment in document.segments:
        if segment.role != "body" or segment.language != "en":
            continue
        for match in _SPACED_IN_ENGLISH.finditer(document.text, segment.start, segment.end):
            sign = match["sign"]
            yield Hit("spaced", *match.span(), values={"sign": sign}, suggestion=sign)
        for match in _GUILLEMETS.finditer(document.text, segment.start, segment.end):
            values = {"text": match.group()}
            yield Hit("guillemets", *match.span(), values=values, suggestion=f"“{match['quoted']}”")


def _lacks_space(text: str, place: int) -> bool:
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if sign == "«":
        return True
    if not (before.isdigit() if sign == "%" else before.isalnum()) or (sign != "»" and after.isalnum()):
        return False
    if sign == ":" and after not in _SPACES + "\n":
        return False
    chunk = text[max(0, place - _LOOK_BACK) : place + 3].split(" ")
    return not _NO_PROSE.search(
        chunk[-1] if after.strip() else text[max(0, place - _LOOK_BACK) : place].split()[-1]
    )


def _names_with_mark(text: str) -> frozenset[str]:
    """Return the names of a French text that end in an exclamation or question mark of their own."""
    if not _GLUED.search(text):
        return frozenset()
    return frozenset(match["name"] for match in _IN_NAME.finditer(text) if _is_name(match))


def _is_name(match: re.Match[str]) -> bool:
    text, name = match.string, match["name"][:-1]
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _SAYS.match(text, match.end()) or (
        match["name"].endswith("?") and _ASKS.search(_LAST_SENTENCE.findall(before)[0])
    ):
        return False
    if not _SENTENCE_START.search(before):
        return True
    counts = lexicon("fr")
    is_common = counts.get(name.lower(), 0) >= counts.get(name, 0) and is_known(name.lower(), "fr")
    return not is_common and name.lower() not in interjections() and name not in given_names()


def _ends_with(text: str, end: int, names: frozenset[str]) -> bool:
    return any(text.endswith(name, 0, end) for name in names)


def _is_canadian(document: Document, missing: list[str]) -> bool:
    if document.metadata.get("lang", "").lower().replace("_", "-") == "fr-ca":
        return True
    if _OF_CANADA.search(document.text):
        return True
    marks = sum(sign in ";!?" for sign in missing)
    return (
        marks >= CANADIAN_MARKS
        and not _SPACED_MARK.search(document.text)
        and bool(_SPACED_COLON.search(document.text))
    )


def _corrected(sign: str) -> str:
    space = "\u00a0" if sign in "«»:%" else "\u202f"
    return f"{sign}{space}" if sign == "«" else f"{space}{sign}"
