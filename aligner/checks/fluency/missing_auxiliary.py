"""FLU402: a sentence whose verb lost its auxiliary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.model import Context, Document, Hit

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'&.-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w’'&.-]*|d[eu]|la|le|van|von|bin|al)){0,4}"
_SAID_FR = (
    r"(?:annoncé|déclaré|indiqué|expliqué|affirmé|précisé|ajouté|confirmé|révélé|estimé|dévoilé|averti|"
    r"promis|répondu|"
    r"souligné|assuré|rappelé|reconnu|démenti|décidé|refusé)"
)
_FRENCH = (
    re.compile(
        rf"(?P<who>{_NAME}) (?P<verb>{_SAID_FR}) (?=(?:que|qu[’']|aujourd[’']hui|hier|lundi|mardi|"
        rf"mercredi|jeudi|vendredi|"
        r"samedi|dimanche|ce \w+di|avoir|son|sa|ses|vouloir|être|un|une|le|la|les|de|d[’'])\b)"
    ),
    re.compile(
        r"(?P<who>(?:Le|La|Les|L[’']|Un|Une)\s?[\w’'-]+(?: [\w’'-]+){0,3}) "
        r"(?P<verb>(?:annoncé|déclaré|indiqué|expliqué|affirmé|précisé|ajouté|estimé|souligné|promis)) "
        r"(?=que\b|qu[’'])"
    ),
)
_BEGUN = re.compile(
    r"(?P<who>(?:(?:Le|La|Les|Un|Une|Ce|Cette|Ces|Son|Sa|Ses|Leur|Leurs|Des) |L[’'])[^.,;:!?«»()]{2,80}?) "
    r"(?:(?P<verb>commencé|cherché|réussi|continué|renoncé) (?:(?:\w+di|hier|aussi|déjà) )?à |"
    r"(?P<verb_de>décidé|refusé|choisi|accepté|tenté|essayé|cessé) (?:(?:\w+di|hier|aussi|déjà) "
    r")?(?:de |d[’']))"
    r"(?:[a-zà-ÿ]{2,}(?:er|ir|re)|l[’'][a-zà-ÿ]+)(?![\w’'-])"
)
"""A subject and a verb that takes an infinitive, with no verb between them."""
_FINITE_FR = re.compile(
    r"\b(?:qui|que|qu[’']\w+|dont|où|va|vont|peut|peuvent|doit|doivent|veut|veulent|fait|font|faut|dit|"
    r"avons|avez|ayant|étant|jamais|\w+(?:ait|aient|era|eront|erait))\b"
)
_FRENCH_PRONOUN = re.compile(
    r"(?<![\w’'-])(?P<who>[Ii]l|[Ee]lle|[Oo]n|[Ii]ls|[Ee]lles|[Jj]e|[Nn]ous|[Vv]ous) "
    r"(?P<verb>(?!soussigné|été\b|là\b)[a-zà-ÿ]{2,}é|"
    r"vendu|rendu|perdu|reçu|(?<!je )(?<!Je )(?:pris|repris|appris|compris)|obtenu|devenu|"
    r"ouvert|offert|découvert|tenu|voulu)(?=[ ,.])"
)
_AUXILIARY_FR = re.compile(
    r"\b(?:a|ont|avait|avaient|ai|as|avons|avez|aura|auront|aurait|auraient|ayant|est|sont|était|"
    r"étaient|été|être|"
    r"avoir|fut|furent|sera|seront|n[’']a|n[’']ont|soit|soient|ait|aient|\w+-t-(?:il|elle|on))\b"
)
_ENGLISH_ING = re.compile(
    r"(?P<who>He|She|They|We|It|I) (?P<verb>(?:now |also |still |currently )?(?!bring\b|sing\b|ring\b|"
    r"swing\b|cling\b|fling\b|"
    r"sling\b|sting\b|string\b|spring\b|wring\b|being\b|king\b|wing\b|\w+ling\b)[a-z]{2,}ing)(?= "
    r"(?!and\b|,)[a-z])"
)
_ENGLISH_BEEN = re.compile(r"(?P<who>[A-Z][A-Za-z’'-]*(?: [A-Za-z’'-]+){0,6}?) (?P<verb>been)(?= [a-z])")
_ENGLISH_DONE = re.compile(
    r"(?:(?<=^)|(?<=[.!?;,] )|(?<=\band )|(?<=\bbut )|(?<=\bthat ))"
    r"(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ww]e) (?P<verb>gone|taken|seen|given|written|spoken|fallen|chosen|broken|"
    r"driven|stolen|begun|eaten)(?= [a-z])"
)
_PLACED = (
    r"(?: (?:in|at|on|by|for|near|outside|from|to) (?:(?:the|an?|his|her|their|its|this|last|next) )?"
    r"(?:[a-z]+|[A-Z][\w’-]+(?: [A-Z][\w’-]+)*|\d+ [A-Z][a-z]+))"
)
_ENGLISH_EXPECTED = re.compile(
    rf"(?P<who>(?:The|An?|Two|Three|Four|Five|His|Her|Their|Its) (?:[a-z-]+ )?[a-z-]+) "
    rf"(?P<verb>expected|scheduled|arrested|accused|sentenced|detained|convicted|jailed|elected)"
    rf"{_PLACED}{{1,3}}\."
)
"""A whole sentence of a noun, a participle and where or when."""
_ENGLISH_BEING = re.compile(
    rf"(?P<who>[A-Z][\w’-]*(?: [\w’-]+){{0,2}}?) "
    rf"(?P<verb>being \w+(?:ed|en|ne|ght|ld|nt)){_PLACED}{{1,4}}\."
)
"""The same of a subject and "being"."""
_HAVE = re.compile(
    r"\b(?:have|has|had|having|of|haven|hasn|hadn|never|not|ain|its)\b|[’'](?:ve|s|d|t)\b|\b(?:ve|been)\b",
    re.I,
)


@article_check(
    "FLU402",
    "missing-auxiliary",
    title={"en": "Auxiliary missing", "fr": "Auxiliaire manquant"},
    category="grammar",
    cause="translation",
    severity="major",
    explained_by=BROKEN_TEXT,
    messages={
        "participle": {
            "en": "The verb lacks its auxiliary: “{text}”.",
            "fr": "Il manque l'auxiliaire du verbe : « {text} ».",
        },
    },
)
def missing_auxiliary(document: Document, context: Context) -> Iterator[Hit]:
    """The main verb of a sentence lost its auxiliary.

    Finds: a sentence that opens with its subject and a bare participle ("OpenAI annoncé aujourd'hui que",
        "They planning to"), a pronoun before a bare participle ("il déclaré"), and "been" without "have".
    Matters: it is the mark of a rough machine translation, and leaves the tense to guess.
    Bad: Google annoncé hier que son bureau fermera.
    Good: Google a annoncé hier que son bureau fermera.
    False positives: headlines do without auxiliaries: titles are left alone.
    Measured: 4 of 4 judged findings in crawled and machine-translated text were right.
    """
    finders = _in_french if document.language == "fr" else _in_english
    for segment in document.segments:
        if segment.role == "body":
            for found in finders(document.text, segment.start, segment.end):
                last = "verb" if found["verb"] else "verb_de"
                start, end = found.start("who"), found.end(last)
                yield Hit("participle", start, end, values={"text": document.text[start:end]})


def _in_french(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for pattern in _FRENCH:
        found = pattern.match(text, start, end)
        if found and not _AUXILIARY_FR.search(found["who"]):
            yield found
    begun = _BEGUN.match(text, start, end)
    if begun and not _AUXILIARY_FR.search(begun["who"]) and not _FINITE_FR.search(begun["who"]):
        yield begun
    for found in _FRENCH_PRONOUN.finditer(text, start, end):
        if not _AUXILIARY_FR.search(text, max(start, found.start() - 12), found.start()):
            yield found


def _in_english(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    progressive = _ENGLISH_ING.match(text, start, end)
    if progressive:
        yield progressive
    yield from _ENGLISH_DONE.finditer(text, start, end)
    whole = _ENGLISH_EXPECTED.fullmatch(text, start, end) or _ENGLISH_BEING.fullmatch(text, start, end)
    if whole:
        yield whole
    perfect = _ENGLISH_BEEN.match(text, start, end)
    if perfect and not _HAVE.search(perfect["who"]):
        yield perfect
