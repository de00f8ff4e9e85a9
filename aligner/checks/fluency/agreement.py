"""FLU404: words that should agree and do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.fluency._genders import GENDER
from aligner.checks.tokens import Token, tokens
from aligner.lexicon.function_words import FUNCTION, word_set
from aligner.lexicon.words import lexicon
from aligner.model import Context, Document, Hit, Language, Span

# Tuned on the labelled lines of grammar-fr, on newstest2008-2012 and on masakhanews.
COMMON = 50
"""Occurrences in the lexicon from which the form that agrees is known."""
SHORTEST_WORD = 4
RARER = 3
"""How many times as frequent as the one written the form that agrees may at least be."""

_MANY_FR = word_set("ces ses mes tes nos vos aux plusieurs deux trois quatre cinq six sept huit neuf dix")
_ONE_FR = word_set("un une cette chaque notre votre")
_SINGULAR_IN_S = word_set(
    "mois fils cours fonds fois tiers mets héros temps corps gens tapis avis colis permis sens bois pas bas "
    "gros pays cas vers plus dos os jus gars puits relais propos remords français anglais autobus bus bras "
    "univers procès"
)
_NO_PLURAL_FR = word_set("quelque mille cent contre sur pour par au dans en tout est état même")
_MANY_EN = word_set("these many several few")
_OPENING = "Les"  # "les" is a pronoun too, but not with its capital
_DETERMINERS_FR = frozenset(
    (_OPENING, *(form for word in _MANY_FR | _ONE_FR for form in (word, word.capitalize())))
)
_DETERMINERS_EN = frozenset(("a", "an", *_MANY_EN, *(word.capitalize() for word in _MANY_EN)))
_JOINTS = frozenset("’'-·")
_STOPS = frozenset(".,;:!?")
_IRREGULAR_EN = word_set(
    "people men women children police media data staff fish sheep aircraft series species means news feet "
    "teeth more such who same that which other others new present left right past inside outside present "
    "responsible close hundred thousand million billion dozen a of in at or and"
)
_PRONOUNS = re.compile(
    r"(?<![\w’'-])(?:"
    r"[Ii]ls (?:a|est|avait|était|sera|aura|peut|doit|va|veut)"
    r"|[Ee]lles (?:a|est|avait|était|sera|aura|peut|doit|va|veut)"
    r"|(?:[Ii]l|[Ee]lle|[Oo]n) (?:ont|sont|avaient|étaient|seront|auront|peuvent|doivent|vont|veulent)"
    r"|[Ee]lle (?:a été|avait été|sera|est) (?!côté\b)[a-zà-ÿ]{2,}é(?![\w’'-])"
    r"|[Ii]ls (?:ont été|avaient été|sont|seront) [a-zà-ÿ]{2,}ée?(?![\w’'-])"
    r"|[Ee]lles (?:ont été|avaient été|sont|seront) [a-zà-ÿ]{2,}(?:é|és|ée)(?![\w’'-])"
    r")(?![\w’'-])"
)
_PRONOUNS_EN = re.compile(
    r"(?:(?<=^)|(?<=[.!?;:,“\"] )|(?<=\band )|(?<=\bbut )|(?<=\bthat )|(?<=\bbecause ))"
    r"(?:(?:[Hh]e|[Ss]he|[Ii]t) (?:have|are|don[’']t|were)|"
    r"(?:[Tt]hey|[Ww]e|[Tt]h(?:e|ese|ose) (?:children|women|men)) (?:is|was|has|doesn[’']t|does))(?![\w’'-])"
)
_NOUNS_FR = re.compile(
    r"(?:(?<=^)|(?<=[.!?:;] )|(?<=\n))(?:Les (?P<many>[a-zà-ÿ]{3,}s) (?:est|était|sera|serait|doit|peut|va)"
    r"|(?:Le|La|Un|Une|Ce|Cette) (?P<one>[a-zà-ÿ]{3,}) (?:sont|ont|étaient|seront|avaient|peuvent|"
    r"doivent|vont)"
    r")(?![\w’'-])",
    re.MULTILINE,
)
_NOUNS_EN = re.compile(
    r"(?:(?<=^)|(?<=[.!?:;] )|(?<=\n))(?:(?:The|These|Those|Many|Several|Some) (?P<many>[a-z]{3,}s) "
    r"(?:is|was|has)"
    r"|(?:This|Every|Each) (?P<one>[a-z]{3,}) (?:are|were|have))(?![\w’'-])",
    re.MULTILINE,
)
_COLLECTIVE = word_set(
    "plupart majorité moitié quart tiers totalité reste millier dizaine douzaine quinzaine vingtaine "
    "trentaine "
    "quarantaine cinquantaine soixantaine centaine million milliard multitude nombre foule poignée partie "
    "ensemble trio duo couple groupe série tas minorité infinité quantité type sorte genre peu peuple "
    "time year week month morning evening night afternoon day summer winter kind sort pair couple lot group "
    "police people staff public way"
)
"""Singular subjects that may have a plural verb, and "this year were found"."""
_MODAL_EN = word_set("should could would may might must shall can will cannot ever also only still never")
_UNREAL = re.compile(
    r"\b(?:if|as|though|whether|wish|wishes|wished|suppose|did|does|do|would|were|unless|than)\b", re.I
)
_NO_SUBJECT = re.compile(
    r"(?:entre|contre|pour|avec|sans|chez|d[’']|à|de|et|ou|ni|que|selon|devant|derrière|sur|parmi|par|"
    r"envers|comme|après|"
    r"c[’']est|malgré|vers|dont) ?\Z|[’'-]\Z"
)
_COUNTED = re.compile(r"(?:et|[Tt]ou[st]|[Tt]outes|l[’']|-)\s?\Z")
_LOOK_BACK = 40


@article_check(
    "FLU404",
    "agreement",
    title={"en": "Agreement", "fr": "Accord"},
    category="agreement",
    cause="translation",
    severity="minor",
    explained_by=(*BROKEN_TEXT, "FLU402", "FLU403", "FLU407"),
    messages={
        "number": {
            "en": "“{text}” mixes singular and plural.",
            "fr": "« {text} » mêle le singulier et le pluriel.",
        },
        "gender": {
            "en": "“{text}” mixes masculine and feminine.",
            "fr": "« {text} » mêle le masculin et le féminin.",
        },
        "verb": {
            "en": "Subject and verb do not agree in “{text}”.",
            "fr": "Le sujet et le verbe ne s'accordent pas dans « {text} ».",
        },
    },
)
def agreement(document: Document, context: Context) -> Iterator[Hit]:
    """A determiner, a noun and its adjective, or a subject and its verb, do not agree.

    Finds: a plural determiner before a singular and the other way round ("ces mesure", "a measures are"), a
        pronoun with a verb of the other number ("ils est", "they was"), a noun that opens a sentence with a
        verb of the other number ("Les prix est"), some 200 French nouns with a determiner or an adjective of
        the other gender ("un ville"), a participle without the mark of its subject ("elle a été arrêté").
    Matters: it is the mark of rough machine translation, and of a word replaced in haste.
    Bad: Ces mesure sont prêtes, elle a été voté.
    Good: Ces mesures sont prêtes, la loi a été votée.
    False positives: quotations of careless speech; titles of works.
    Measured: 24 of 25 judged findings in machine translations, crawled rows and masakhanews were right.
    """
    text, french = document.text, document.language == "fr"
    for start, end in _numbers(text, french):
        yield Hit("number", start, end, values={"text": text[start:end]})
    for found in GENDER.finditer(text) if french else ():
        yield Hit("gender", *found.span(), values={"text": found.group()})
    for found in (_NOUNS_FR if french else _NOUNS_EN).finditer(text):
        if _disagree(found, document.language):
            yield Hit("verb", *found.span(), values={"text": found.group()})
    for found in (_PRONOUNS if french else _PRONOUNS_EN).finditer(text):
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        masculine = french and found.group()[0] in "iIoO"
        if masculine or not (_NO_SUBJECT if french else _UNREAL).search(before):
            yield Hit("verb", *found.span(), values={"text": found.group()})


def _disagree(found: re.Match[str], language: Language) -> bool:
    """Return whether the subject of a verb is known to have the other number."""
    known = lexicon(language)
    if found["one"]:
        word = found["one"]
        if word in _COLLECTIVE or word in FUNCTION[language] or word in _MODAL_EN:
            return False
        return not word.endswith(("s", "x", "z")) and known.get(word, 0) >= COMMON
    word = found["many"]
    single = (
        word in _SINGULAR_IN_S or word in _IRREGULAR_EN or word.endswith(("ss", "us", "is", "ics", "lens"))
    )
    return not single and known.get(word[:-1], 0) >= COMMON and known.get(word, 0) > 0


def _numbers(text: str, french: bool) -> Iterator[Span]:
    """Yield a determiner with the word after it, where one is plural and the other is not."""
    seen = (*tokens(text), Token("", len(text), len(text)))
    determiners = _DETERMINERS_FR if french else _DETERMINERS_EN
    disagree = _french_number if french else _english_number
    for index, first in enumerate(seen[:-2]):
        if first.text not in determiners or text[first.end : seen[index + 1].start] != " ":
            continue
        counted = _COUNTED.search(text, max(0, first.start - _LOOK_BACK), first.start)
        if not counted and disagree(text, *seen[index : index + 3]):
            yield first.start, seen[index + 1].end


def _french_number(text: str, first: Token, noun: Token, _: Token) -> bool:
    word = noun.text
    if not word.islower() or len(word) < SHORTEST_WORD or text[noun.end : noun.end + 1] in _JOINTS:
        return False
    known = lexicon("fr")
    if first.text == _OPENING or first.text.lower() in _MANY_FR:
        plural = known.get(word + "s", 0)
        ends = word[-1] not in "sxz" and word not in _NO_PLURAL_FR and word not in FUNCTION["fr"]
        return ends and plural >= COMMON and plural * RARER >= known.get(word, 0)
    singular = word[:-1] if word.endswith("s") and word not in _SINGULAR_IN_S else ""
    return known.get(singular, 0) >= COMMON and singular not in FUNCTION["fr"]


def _english_number(text: str, first: Token, noun: Token, after: Token) -> bool:
    word = noun.text
    if not word.islower() or len(word) < SHORTEST_WORD or word in _IRREGULAR_EN or word in FUNCTION["en"]:
        return False
    if text[noun.end : noun.end + 1] not in _STOPS and not (
        text[noun.end : after.start] == " " and after.text in FUNCTION["en"]
    ):
        return False
    known = lexicon("en")
    if first.text.lower() in _MANY_EN:
        return not word.endswith(("s", "ing")) and known.get(word + "s", 0) >= max(COMMON, known.get(word, 0))
    return (
        word.endswith("s") and not word.endswith("ss") and known.get(word[:-1], 0) >= known.get(word, 0) > 0
    )
