"""Known peculiarities of French and of English that the detector takes for faults."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.checks.accuracy._languages import is_borrowed
from aligner.checks.fluency._noun_phrases import is_front_page, is_noun_with_infinitive
from aligner.checks.suspects import EVEN, Passage, agrees_as_group, has_noun_like_modal
from aligner.lexicon.corrections import reformed
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.lists import interjections
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import is_known, without_accents
from aligner.model import OTHER, Document, Segment
from aligner.quantities.words import NUMBER_WORDS
from aligner.text.words import WORD

CARDINAL = 20
"""Characters before "une" that are looked at for the rest of its numeral."""
BEFORE = 60
"""Characters before a word that are looked at for its subject."""
LONGEST_COLOUR = 20
"""Characters of the name of a colour."""
AFTER = 5
"""Characters after a word that are looked at for what it begins."""

_TENS = re.compile(r"(?:vingt|trente|quarante|cinquante|soixante)[ \xa0-]et[ \xa0-]$", re.IGNORECASE)
_WE = re.compile(
    r"\b(?:l['’])?on (?:n['’]|ne )?(?:s['’]|se |nous |y |en )*"
    r"(?:est|était|sera|serait|soit|fut|"
    r"(?:a|avait|aura|aurait)(?: (?:pas|plus|jamais|bien|déjà|tous|toutes))* été|"
    r"reste|restait|sentait|sent|dit|disait)"
    r"(?: (?:pas|plus|tous|toutes|très|trop|bien|déjà|encore|jamais|si|vraiment))* $",
    re.IGNORECASE,
)
_PLURAL_TITLE = re.compile(
    r"(?:^|[\W\d_])(?:Les|Des|Ces|Ses|Mes|Nos|Deux|Trois|Quatre|Cinq|Sept|Dix) "
    r"(?P<noun>[A-ZÀ-Þ][\w’'-]*)(?: [\wà-ÿ’'-]+){0,3} (?:n['’]|ne |s['’]|se )?$"
)
_OF_A_PLACE = re.compile(r"(?:ais|aises|ois|oises|ens|ennes|ains|aines|ans|anes|ands|andes|ts|tes)$")
_PLURAL = re.compile(r" (?:les|des|ces|mes|ses|nos|vos|leurs) ")
"""What "c'est" may have behind it, as it mostly does in speech."""
_ACCENTED = {"A": "ÀÂ", "C": "Ç", "E": "ÉÈÊ"}
"""Capitals that newspapers write without their accent or cedilla ("Ca", "Etat")."""
_INVARIABLE = frozenset(("minimum", "maximum", "optimum"))
_MY_VIEW = re.compile(r"\bà (?:mes|tes|ses|nos|vos|leurs) yeux $")
_COMPOUND = re.compile(
    r"\w+ (?:santé|emploi|énergie|climat|export|retraite|logement|jeunesse|marketing|communication|qualité)"
)
_THIRD = frozenset(("verb", "fin", "3", "sing"))
_SHAPE = frozenset(("masc", "fem", "sing", "plur"))
_COLOUR = re.compile(
    r"\b(?:marron|orange|crème|kaki|turquoise|saumon|ivoire|lavande|moutarde|anthracite|bordeaux|prune|olive|corail|indigo|émeraude)\b"
    r"|\b(?:bleu|vert|rouge|jaune|gris|noir|blanc|brun|rose|violet|beige|blond|châtain|roux)[ -]"
    r"(?:marine|ciel|roi|nuit|pétrole|turquoise|canard|foncé|clair|pâle|vif|cassé|cendré|sombre|pastel|électrique|fluo"
    r"|vert|gris|bleu|pomme|bouteille|olive|émeraude|souris|perle|anthracite|citron|canari|sang|doré|moyen|horizon)\b"
)
"""Colours that never agree: those of things ("marron"), and those of two words ("bleu marine")."""
_HAVE_TO = re.compile(
    r"(?:ai|as|a|avons|avez|ont|avai[st]|avaient|aura|auront) à (?:[a-zà-ÿ]+(?:er|ir|re)|cœur)"
)
"""What somebody has to do: "il a à faire", where the letter twice looks like a slip."""
_SMALL_TYPES = frozenset(("determiner", "function-word", "preposition"))
_FULL = frozenset(("le", "la", "de", "que", "ce", "du", "au", "un", "une"))
_NEXT_WORD = re.compile(r"[ \xa0](?P<word>[^\W\d_]+)")
_NUMBERS_IN_FULL = ("onz", "oui", "huit", "ouistiti", "yaourt")
"""Beginnings of words before which French does not elide, besides those with an aspirated h."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"[^\W\d_]+ $")
_TWICE = re.compile(
    r"\b(?P<noun>[^\W\d_]{3,}) (?:(?:de|à|en|par|pour|après|contre|sur|of|by|after|to|and|for|in|on|upon) "
    r"(?:l[ae]s? |the )?|des |du |d['’])(?P=noun)s?\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(?<![\w’'])(?P<once>[^\W\d_]+)(?:(?:[ \xa0-]|, )(?P=once))+(?![\w’'])", re.IGNORECASE)
_AND = re.compile(r"\b\w+[ \xa0-][’']n[’'][ \xa0-]\w+\b")
"""The "and" of "rock ’n’ roll", in both languages."""
_NAME_IN_S = re.compile(r"(?<!\b[Tt]he )\b[A-Z][a-z]+s (?:[a-z]+ly |also |still |never |now |then )?$")
_SUBJUNCTIVE = re.compile(
    r"\b(?:(?:insist|demand|recommend|propos|suggest|request|requir|ask|urg|order|stipulat|advis)(?:e|es|ed|s|ing|al)?"
    r"|recommendations?|demands?|requirements?|vital|essential|crucial|important|necessary|imperative)"
    r" that (?:[\w’'-]+ ){1,5}\Z"
)
"""What is before the verb of a clause that says what somebody wants: "asked that every child have"."""
_ADJECTIVE_BEHIND = re.compile(
    r"\b(?:attorneys?|secretar(?:y|ies)|governors?|solicitors?|inspectors?|consuls?|directors?|surgeons?|"
    r"auditors?|comptrollers?|advocates?|agents?|postmasters?) general\b|\bcourts?[ -]martial\b|"
    r"\bnotar(?:y|ies) public\b|\bpoets? laureate\b|\bheirs? (?:apparent|presumptive)\b|\bbody politic\b|"
    r"\b\w+s (?:past and present|elect|designate|emeriti)\b",
    re.IGNORECASE,
)
"""Titles and turns with their adjective behind the noun."""
_OF_NUMBER = frozenset(("agreement", "auxiliary", "verb-form"))
_OF_FORM = frozenset(("agreement", "verb-form"))
_QUANTITY = re.compile(
    r"\b(?:un|une|la|le|l['’]) ?(?:(?:bonne|grande|petite|grosse|immense|seule|autre|vaste) )?"
    r"(?:tiers|quart|cinquième|dixième|moitié|\w+aine|millier|million|milliard|majorité|minorité|partie|part|foule"
    r"|multitude|poignée|série|ensemble|groupe|reste|nombre|lot|flot|équipe)"
    r"(?: d(?:e[s]?|u|['’]) ?[^.,;:!?()«»]{2,40})? (?:(?:n['’]|ne |s['’]|se |l['’]|en |y ))*$",
    re.IGNORECASE,
)
"""A quantity that a verb may agree with, whatever is counted: "un tiers des vignes a gelé"."""
_MENTIONED = re.compile(r"[«“\"‘'][ \xa0\u202f]?$"), re.compile(r"[ \xa0\u202f]?[»”\"’']")
_SENTENCE_TIME = re.compile(r"\b(?:dont|et) (?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+) $")


def is_correct_after_all(document: Document, segment: Segment, passage: Passage) -> bool:
    """Return whether what is strange to the detector in a passage is known to be correct."""
    text = document.text
    if _ends_a_garden_path(document, passage) or _is_in(_AND, text, segment, passage):
        return True
    if _is_letter_mentioned(text, passage):
        return True
    if is_noun_with_infinitive(document, segment, passage) or is_front_page(document, passage):
        return True
    if passage.type == "duplication" and (
        _is_in(_TWICE, text, segment, passage)
        or _is_of_numbers(document, passage)
        or _is_reduplicated(text, segment, passage)
    ):
        return True
    if passage.type == "untranslated" and is_borrowed(
        text[passage.start : passage.end], OTHER[document.language]
    ):
        return True
    return _is_french(text, passage) if document.language == "fr" else _is_english(segment, passage)


def _is_letter_mentioned(text: str, passage: Passage) -> bool:
    """Return whether a passage is but a letter in quotation marks: "the initial “a” is mute"."""
    opening, closing = _MENTIONED
    return (
        passage.end - passage.start == 1
        and opening.search(text, max(0, passage.start - 2), passage.start) is not None
        and closing.match(text, passage.end) is not None
    )


def _is_of_numbers(document: Document, passage: Passage) -> bool:
    """Return whether a passage is but words for numbers, of which one may come twice: "neuf mille neuf"."""
    words = _LETTERS.findall(document.text[passage.start : passage.end].lower())
    return NUMBER_WORDS[document.language].issuperset(words)


def _is_reduplicated(text: str, segment: Segment, passage: Passage) -> bool:
    """Return whether a passage is in a name or a call that is one word twice: "Walla Walla", "hop hop"."""
    return any(
        again.start() < passage.end and passage.start < again.end()
        for again in _AGAIN.finditer(text, segment.start, segment.end)
        if again["once"].lower() in interjections()
        or (again.start() > segment.start and all(word.istitle() for word in WORD.findall(again.group())))
    )


def _is_in(phrases: re.Pattern[str], text: str, segment: Segment, passage: Passage) -> bool:
    """Return whether a passage is in a turn of phrase ("la crème de la crème", "rock ’n’ roll")."""
    return any(
        phrase.start() < passage.end and passage.start < phrase.end()
        for phrase in phrases.finditer(text, segment.start, segment.end)
    )


def _ends_a_garden_path(document: Document, passage: Passage) -> bool:
    """Return whether a verb surprises behind a participle of its subject ("le prix annoncé a …")."""
    if passage.type != "word-order":
        return False
    tags = document.tags or ()
    verb = next((tag for tag in tags if tag.end == passage.end), None)
    if verb is None or verb.pos not in ("VERB", "AUX") or verb.confidence < EVEN:
        return False
    subjects = {tag.start for tag in tags if tag.relation == "nsubj"}
    before = [tag for tag in tags if tag.start < verb.start and tag.relation == "acl"]
    return any(tag.head in subjects and tag.head < min(tag.start, passage.start) for tag in before)


def _is_french(text: str, passage: Passage) -> bool:
    """Return whether a French passage is in the reformed spelling, or agrees in a way that is seldom seen.

    That is a capital without its accent, the end of "trente et une", a plural that "on" has when it stands
    for "nous", the verb of a title in the plural ("Les Misérables reste"), a conjunction ("vu que"), a noun
    set beside another ("les complémentaires santé"), a part of a prison sentence ("dont deux ferme"), and an
    adjective like an infinitive ("ce robot ménager").
    """
    excerpt = text[passage.start : passage.end]
    if reformed(excerpt) or _is_without_accent(excerpt):
        return True
    before = text[max(0, passage.start - BEFORE) : passage.start]
    if passage.type == "agreement" and (_is_colour(text, passage) or _agrees(excerpt, before)):
        return True
    known = readings(excerpt, "fr") if passage.type == "lexical" and "-" in excerpt else ()
    if known and not is_known(excerpt, "fr"):
        return True  # "coupe-feu", of which the detector has seen the parts
    if _HAVE_TO.fullmatch(excerpt) or (passage.type in _OF_NUMBER and _is_of_quantity(excerpt, before)):
        return True
    if (
        passage.type in _SMALL_TYPES
        and excerpt.lower() in _FULL
        and _is_never_elided_before(text, passage.end)
    ):
        return True
    if excerpt == "une":
        return bool(_TENS.search(before[-CARDINAL:]))
    after = text[passage.end : passage.end + AFTER]
    is_it = excerpt.lower() == "est" and before.lower().endswith(("c'", "c’"))
    if is_it and _PLURAL.match(text, passage.end):
        return True
    if excerpt in _INVARIABLE or (excerpt == "vu" and after.startswith((" que ", " qu’", " qu'"))):
        return True
    if _MY_VIEW.search(before) or (passage.type == "word-order" and _COMPOUND.fullmatch(excerpt)):
        return True
    tags = [reading.tags for reading in readings(excerpt, "fr")]
    if any("plur" in tag_set and not tag_set.isdisjoint(("adj", "pastpart")) for tag_set in tags):
        return bool(_WE.search(before))
    if any(tag_set >= _THIRD for tag_set in tags):
        title = _PLURAL_TITLE.search(before)
        of_title = title is not None and not _OF_A_PLACE.search(title["noun"])
        return of_title or (excerpt == "ferme" and bool(_SENTENCE_TIME.search(before)))
    return any("inf" in tag_set for tag_set in tags) and _follows_its_noun(tags, before)


def _is_never_elided_before(text: str, end: int) -> bool:
    """Return whether nothing is elided before the next word, though a vowel begins it: "la onzième"."""
    following = _NEXT_WORD.match(text, end)
    if following is None:
        return False
    word = following["word"].lower()
    return word.startswith(_NUMBERS_IN_FULL) or any(
        "aspirated" in reading.tags for reading in readings(word, "fr")
    )


def _is_without_accent(word: str) -> bool:
    """Return whether a word lacks but the accent of its capital: "Ca" for "Ça"."""
    accented = (capital.lower() + word[1:] for capital in _ACCENTED.get(word[:1], ""))
    return not in_dictionary(word.lower(), "fr") and any(
        in_dictionary(spelling, "fr") for spelling in accented
    )


def _is_colour(text: str, passage: Passage) -> bool:
    """Return whether a passage holds a part of a colour that never agrees."""
    around = (max(0, passage.start - LONGEST_COLOUR), passage.end + LONGEST_COLOUR)
    return any(
        colour.start() < passage.end and passage.start < colour.end()
        for colour in _COLOUR.finditer(text, *around)
    )


def _is_of_quantity(excerpt: str, before: str) -> bool:
    """Return whether a passage is a verb in the singular, or its auxiliary, behind a quantity."""
    is_singular = any(reading.tags >= _THIRD for reading in readings(excerpt.lower(), "fr"))
    return is_singular and _QUANTITY.search(before) is not None


def _agrees(word: str, before: str) -> bool:
    """Return whether a word is an adjective that agrees with the noun before it, and with what is before."""
    words = _LETTERS.findall(before)[-2:]
    if len(words) < 2 or not before.endswith(f"{words[1]} "):
        return False
    first, noun = ([reading.tags for reading in readings(each, "fr")] for each in words)
    determiner = [tags for tags in first if not tags.isdisjoint(("det", "adj"))]
    shapes = [
        reading.tags & _SHAPE
        for reading in readings(word, "fr")
        if not reading.tags.isdisjoint(("adj", "pastpart"))
    ]
    return bool(noun) and any(
        all("noun" in tags and shape <= tags for tags in noun)
        and (not determiner or any(shape <= tags or tags.isdisjoint(_SHAPE) for tags in determiner))
        for shape in shapes
        if shape
    )


def _follows_its_noun(tags: Sequence[frozenset[str]], before: str) -> bool:
    """Return whether a word may be the adjective of the noun right before it."""
    noun = _LAST_WORD.search(before)
    shapes = [tag_set & _SHAPE for tag_set in tags if "adj" in tag_set]
    return noun is not None and any(
        "noun" in reading.tags and any(shape <= reading.tags for shape in shapes)
        for reading in readings(noun[0].strip(), "fr")
    )


def _is_english(segment: Segment, passage: Passage) -> bool:
    """Return whether an English passage is a noun like a modal, loanwords with their accents, or agrees.

    That is the verb of somebody whose name looks like a plural ("Spiers also believes"), a subjunctive, or a
    noun with its adjective behind it ("attorneys general").
    """
    if has_noun_like_modal(segment, passage) or agrees_as_group(segment, passage):
        return True
    excerpt = segment.text[passage.start - segment.start : passage.end - segment.start]
    before = segment.text[: passage.start - segment.start]
    is_base = any("base" in reading.tags for reading in readings(excerpt, "en"))
    if is_base and passage.type in _OF_FORM and _SUBJUNCTIVE.search(before):
        return True
    if any(
        turn.start() < passage.end - segment.start and passage.start - segment.start < turn.end()
        for turn in _ADJECTIVE_BEHIND.finditer(segment.text)
    ):
        return True
    if _NAME_IN_S.search(before) and any("third" in reading.tags for reading in readings(excerpt, "en")):
        return True
    words = WORD.findall(segment.text, passage.start - segment.start, passage.end - segment.start)
    accented = [not word.isascii() for word in words]
    is_english_word = [in_dictionary(without_accents(word), "en") for word in words]
    # "Crème brûlée": English has one of the words, and comes by the other with it.
    return (all(accented) and any(is_english_word)) or (
        any(accented) and all(is_english_word) and passage.type == "untranslated"
    )
