"""Prepositions that never follow a verb or an adjective, and those that it never goes without.

Which those are was counted in news (``aligner.lexicon.government``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from aligner.checks.evidence import Claim, Finder
from aligner.checks.fluency._grammar import sentences_of
from aligner.checks.fluency._rules import words_named
from aligner.checks.fluency._terms import Word, elides
from aligner.lexicon.function_words import word_set
from aligner.lexicon.government import (
    BEHIND_GOVERNORS,
    NO_PREPOSITION,
    PREPOSITIONS,
    Slot,
    Token,
    governing,
    government,
    governors,
    slot,
)
from aligner.model import Document, Hit, Language, WordTag

GOVERNMENT, MISSING = Finder("tree", "government"), Finder("tree", "government, missing", 0.85)
_AHEAD = 8
"""Words behind a wrong preposition among which the right one may follow: "opposé sur le fond à la loi"."""
_NOUN_PHRASE = 3
"""Words behind a preposition among which the noun of its phrase is."""
_SURE = 0.9
_GOVERNING = ("VERB", "AUX", "ADJ")
_CLOSING = frozenset(("»", "”", '"', "’", ","))
_BEFORE = 5
"""Words up to a governor among which its preposition may stand."""
_BARE = ("DET", "PRON", "VERB", "AUX", "ADV")
"""Parts of speech with which a complement without a preposition begins."""
_OF_OBJECTS = ("obj", "obl", "nmod")
_ADVERBIAL = word_set(
    "base terme terrain fois manière façon côté fait instant période sujet plan scène place sol plateau site "
    "antenne chaîne page compte autre même autant abord suite fin lumière occasion demande faveur lieu "
    "réseaux réseau bord début cours point tour fur pied exception instar égard aide intérieur extérieur "
    "arrière avant unanimité long bout tête image radio télévision télé micro presse photo vidéo chemin "
    "endroit route voie marché dos ensemble total départ ordre loin près "
    "end beginning start level way stage home work school once least first last all same rate cost "
    "expense hands behalf basis ground grounds side road spot phone air field tune date own accord course "
    "age front back present large length times no any year month week day night morning evening afternoon "
    "hour minute moment peu season summer winter spring autumn weekend decade century"
)
"""Words of phrases that say when, where or how, and may follow any verb."""
_CONTRACTED = {("à", "le"): "au", ("à", "les"): "aux", ("de", "le"): "du", ("de", "les"): "des"}
_ARTICLES = {form: article for (word, article), form in _CONTRACTED.items() if word == "à"}
"""The articles in contracted forms; "du" and "des" are articles themselves as often."""


def government_claims(document: Document) -> Iterator[Claim]:
    """Yield governors with the wrong preposition behind them, or none, with the right one as a suggestion."""
    for sentence in sentences_of(document):
        words = sentence.words if sentence.is_complete else ()
        for first, last, right, is_missing in wrong_prepositions(words, document.language):
            start, end = words[first].start, words[last].end
            before = document.text[start : words[last].start]
            better = (_completed_words if is_missing else _correct_words)(before, words[last], right)
            values = {"text": document.text[start:end], "better": better}
            key, finder = ("missing", MISSING) if is_missing else ("better", GOVERNMENT)
            yield Claim(finder, Hit(key, start, end, values, suggestion=better), sentence.circumstances)


class WrongPreposition(NamedTuple):
    """Places of a governor and of its wrong preposition, or of a word that lacks one; the right one."""

    governor: int
    last: int
    right: str
    is_missing: bool


def wrong_prepositions(words: Sequence[Word], language: Language) -> Iterator[WrongPreposition]:
    """Yield where a governor has a preposition that is not its own, or none."""
    table, behind = government(language), BEHIND_GOVERNORS[language]
    places = [
        place
        for place, (word, after) in enumerate(pairwise(words))
        if (after.lower in behind or after.tag.pos in _BARE) and _may_govern(word, language)
    ]
    tokens = [_token(word) for word in words] if places else []
    for place in places:
        found = slot(tokens, place, language)
        if found is None:
            continue
        names = [*governors(tokens, place, language)]
        is_missing = found.name.startswith(NO_PREPOSITION)
        is_verb = is_missing and _is_verb(words[place].tag, language)
        if is_verb or any(name.startswith("r:") for name in names):  # "s'est opposé" is no adjective
            names = [name for name in names if not name.startswith("a:")]
        rights = [table.get((name, found.name)) for name in names]
        right = next(filter(None, rights), None)
        if not right or None in rights:
            continue
        if is_missing:
            may_be_right = _may_go_without(words, place, found, right, language)
        else:
            may_be_right = _may_follow(words, found, right, language)
        if not may_be_right:
            yield WrongPreposition(place, found.place, right, is_missing)


def _is_verb(tag: WordTag, language: Language) -> bool:
    """Return whether a governor is surely no adjective."""
    is_finite = language == "fr" or "VerbForm=Fin" in tag.features
    return is_finite and tag.pos == "VERB" and tag.confidence >= _SURE


def _token(word: Word) -> Token:
    """Return a word as it was counted; what is surely an infinitive is nothing else ("lire")."""
    is_infinitive = "VerbForm=Inf" in word.tag.features and word.tag.confidence >= _SURE
    return Token(word.lower, word.text[:1].isupper(), word.readings if is_infinitive else word.possible)


def _may_govern(word: Word, language: Language) -> bool:
    """Return whether a word is in the table, and certainly no noun."""
    if governing(language).isdisjoint((word.lower, *(reading.lemma for reading in word.possible))):
        return False
    if not any("noun" in reading.tags for reading in word.possible):
        return True
    return word.tag.pos in _GOVERNING and word.tag.confidence >= _SURE


def _may_follow(words: Sequence[Word], found: Slot, right: str, language: Language) -> bool:
    """Return whether a phrase says when, where or how, or the right preposition follows."""
    right = right.partition("+")[0]
    ahead = [PREPOSITIONS[language].get(word.lower) for word in words[found.place + 1 :][:_AHEAD]]
    if right in ahead or (found.name == "to+i" and right == "to"):
        return True
    return found.name.endswith("+n") and _is_adverbial(words[found.place + 1 :][:_NOUN_PHRASE], language)


def _is_adverbial(phrase: Sequence[Word], language: Language) -> bool:
    adverbial = _ADVERBIAL | words_named(language, "time")
    return not adverbial.isdisjoint(word.lower for word in phrase)


def _may_go_without(words: Sequence[Word], place: int, found: Slot, right: str, language: Language) -> bool:
    """Return whether what follows without a preposition may be something else than a complement."""
    phrase = words[found.place : found.place + _NOUN_PHRASE + 1]
    if place and words[place - 1].text in _CLOSING:
        return True  # "'We heard nothing,' respond the clerks"
    if found.name.endswith("+i"):
        verb = next((word for word in phrase if word.tag.pos in ("VERB", "AUX")), None)
        return verb is None or "VerbForm=Inf" not in verb.tag.features
    before = words[max(0, found.place - _BEFORE) : found.place]
    prepositions = ["à" if word.text == "A" else PREPOSITIONS[language].get(word.lower) for word in before]
    if right.partition("+")[0] in prepositions:
        return True  # "à toi appartient le reste"
    noun = next((i for i, word in enumerate(phrase) if word.tag.pos == "NOUN"), None)
    if noun is None or phrase[noun].tag.relation not in _OF_OBJECTS:
        return True
    return _is_adverbial(phrase[: noun + 1], language)


def _correct_words(before: str, wrong: Word, right: str) -> str:
    """Return the governor with the right preposition; a verb behind it is left to the reader."""
    word = right.partition("+")[0]
    article = _ARTICLES.get(wrong.lower)
    if article is None:
        return f"{before}{word}"
    return f"{before}{_CONTRACTED.get((word, article), f'{word} {article}')}"


def _completed_words(before: str, after: Word, right: str) -> str:
    """Return the governor and what follows, with the preposition between them."""
    word = right.partition("+")[0]
    if contracted := _CONTRACTED.get((word, after.lower)):
        return f"{before}{contracted}"
    return f"{before}{'d’' if word == 'de' and elides(after) else word + ' '}{after.text}"
