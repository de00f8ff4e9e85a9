"""Prepositions that never follow a verb or an adjective which has another one, as counted in news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.checks.evidence import Claim, Finder
from aligner.checks.fluency._grammar import sentences_of
from aligner.checks.fluency._rules import words_named
from aligner.checks.fluency._terms import Word
from aligner.lexicon.function_words import word_set
from aligner.lexicon.government import (
    BEHIND_GOVERNORS,
    PREPOSITIONS,
    Token,
    governing,
    government,
    governors,
    slot,
)
from aligner.model import Document, Hit, Language

GOVERNMENT = Finder("tree", "government")
_AHEAD = 8
"""Words behind a wrong preposition among which the right one may follow: "opposé sur le fond à la loi"."""
_NOUN_PHRASE = 3
"""Words behind a preposition among which the noun of its phrase is."""
_SURE = 0.9
_GOVERNING = ("VERB", "AUX", "ADJ")
_ADVERBIAL = word_set(
    "base terme terrain fois manière façon côté fait instant période sujet plan scène place sol plateau site "
    "antenne chaîne page compte autre même autant abord suite fin lumière occasion demande faveur lieu "
    "réseaux réseau bord début cours point tour fur pied exception instar égard aide intérieur extérieur "
    "arrière avant unanimité long bout tête image radio télévision télé micro presse photo vidéo chemin "
    "endroit route voie marché dos ensemble total départ ordre loin près "
    "end beginning start level way stage home work school once least first last all same rate cost "
    "expense hands behalf basis ground grounds side road spot phone air field tune date own accord course "
    "age front back present large length times no any"
)
"""Words of phrases that say when, where or how, and may follow any verb."""
_CONTRACTED = {"au": "le", "aux": "les"}


def government_claims(document: Document) -> Iterator[Claim]:
    """Yield governors with the wrong preposition behind them, with the right one as a suggestion."""
    for sentence in sentences_of(document):
        words = sentence.words if sentence.is_complete else ()
        for first, last, right in wrong_prepositions(words, document.language):
            start, end = words[first].start, words[last].end
            better = _correct_words(document.text[start : words[last].start], words[last], right)
            values = {"text": document.text[start:end], "better": better}
            hit = Hit("better", start, end, values, suggestion=better)
            yield Claim(GOVERNMENT, hit, sentence.circumstances)


def wrong_prepositions(words: Sequence[Word], language: Language) -> Iterator[tuple[int, int, str]]:
    """Yield the places of governors and their wrong prepositions, with what is right."""
    table, behind = government(language), BEHIND_GOVERNORS[language]
    places = [
        place
        for place, (word, after) in enumerate(pairwise(words))
        if after.lower in behind and _may_govern(word, language)
    ]
    tokens = [Token(word.lower, word.text[:1].isupper(), word.possible) for word in words] if places else []
    for place in places:
        found = slot(tokens, place, language)
        if found is None:
            continue
        names = [*governors(tokens, place, language)]
        if any(name.startswith("r:") for name in names):  # "s'est opposé" is no adjective
            names = [name for name in names if not name.startswith("a:")]
        rights = [table.get((name, found.name)) for name in names]
        right = next(filter(None, rights), None)
        if right and None not in rights and not _may_follow(words, found.place, found.name, right, language):
            yield place, found.place, right


def _may_govern(word: Word, language: Language) -> bool:
    """Return whether a word is in the table, and certainly no noun."""
    if governing(language).isdisjoint((word.lower, *(reading.lemma for reading in word.possible))):
        return False
    if not any("noun" in reading.tags for reading in word.possible):
        return True
    return word.tag.pos in _GOVERNING and word.tag.confidence >= _SURE


def _may_follow(words: Sequence[Word], place: int, name: str, right: str, language: Language) -> bool:
    """Return whether a phrase says when, where or how, or the right preposition follows."""
    right = right.partition("+")[0]
    ahead = [PREPOSITIONS[language].get(word.lower) for word in words[place + 1 : place + 1 + _AHEAD]]
    if right in ahead or (name == "to+i" and right == "to"):
        return True
    phrase = {word.lower for word in words[place + 1 : place + 1 + _NOUN_PHRASE]}
    adverbial = _ADVERBIAL | words_named(language, "time")
    return name.endswith("+n") and not phrase.isdisjoint(adverbial)


def _correct_words(before: str, wrong: Word, right: str) -> str:
    """Return the governor with the right preposition; a verb behind it is left to the reader."""
    word = right.partition("+")[0]
    article = _CONTRACTED.get(wrong.lower)
    if article is None:
        return f"{before}{word}"
    if word == "de":
        return f"{before}{'du' if article == 'le' else 'des'}"
    return f"{before}{word} {article}"
