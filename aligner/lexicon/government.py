"""What verbs and adjectives govern: the prepositions that never follow one, and the one that does.

Counted in news by ``aligner.lab.train.government``; nothing here knows a single verb. A *governor* is a verb
("v:renoncer"), a reflexive verb ("r:opposer") or an adjective ("a:capable"); a *slot* is a preposition
and what follows it: a noun with its determiner ("de+n"), an infinitive ("à+i"), an English "-ing" ("of+g").
Where no preposition is, the slot is "-+n" or "-+i".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from aligner.lexicon.function_words import word_set
from aligner.lexicon.morphology import Reading
from aligner.lexicon.words import lines_of
from aligner.model import LANGUAGES, Language

PREPOSITIONS: Mapping[Language, Mapping[str, str]] = {
    "fr": {"à": "à", "au": "à", "aux": "à", "de": "de", "d'": "de"}
    | {word: word for word in "sur contre avec pour par dans en vers chez envers".split()},
    "en": {
        word: word
        for word in "of to at on for from with about against in into by over than as upon onto toward".split()
    },
}
"""The prepositions of a language by their forms; "du" and "des" are articles as often."""
INFINITIVES: Mapping[Language, tuple[str, ...]] = {"fr": ("à", "de"), "en": ("to",)}
_DETERMINERS: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "le la les l' un une ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes plusieurs "
        "quelques chaque"
    ),
    "en": word_set(
        "the a an his her its their our my your this these those several many some any every each"
    ),
}
_CLITICS = word_set("le la les l' se s' lui leur y en me m' te t' nous vous ne n' pas plus")
_REFLEXIVE, _OF_US = word_set("se s'"), word_set("me m' te t' nous vous")
_SUBJECTS = word_set("je tu nous vous")
_SKIPPED: Mapping[Language, frozenset[str]] = {
    "fr": word_set("pas plus jamais toujours aussi encore également"),
    "en": word_set("not also still never"),
}
"""Words between a governor and its preposition."""
BEHIND_GOVERNORS: Mapping[Language, frozenset[str]] = {
    language: _SKIPPED[language].union(PREPOSITIONS[language]) for language in LANGUAGES
}
"""Words that a word must have behind it to have a slot."""
_BEFORE = 3
"""Words before a French verb among which its reflexive pronoun is: "s'est toujours opposé"."""
_VERBS = frozenset(("verb", "pastpart"))
_NOT_VERBS = ("noun", "adj", "adv", "prep", "det", "pron", "conj", "name", "num")
_MOSTLY_VERBS = word_set("être avoir pouvoir devoir savoir faire dire")
_CLAUSE = 8
"""Words before a governor among which one may stand for its complement."""
_STANDING_FOR = word_set(
    "dont où que qu' qui auquel auxquels auxquelles duquel desquels desquelles laquelle lequel lesquels "
    "lesquelles y en lui leur comme si ainsi comment combien quoi which whom that what where who when how"
)
"""Words that stand for a complement, or put the subject behind the verb: "dont bénéficient les élèves"."""
NO_PREPOSITION = "-"
"""In the place of a preposition in a slot that has none."""


class Token(NamedTuple):
    """A word of a sentence in lower case, whether it has a capital, and all that it may be."""

    lower: str
    capital: bool
    readings: tuple[Reading, ...]

    def may_be(self, *tags: str) -> bool:
        """Return whether some reading has one of the tags."""
        return any(not reading.tags.isdisjoint(tags) for reading in self.readings)


class Slot(NamedTuple):
    """A slot behind a governor, and the place of its preposition, or of what follows without one."""

    name: str
    place: int


# Saves 4 ms a call, one call for each word of an article.
@cache
def government(language: Language) -> Mapping[tuple[str, str], str]:
    """Map a governor and a slot that never follows it to the preposition, or the slot, that does."""
    rows = (line.split() for line in lines_of(f"government_{language}.txt.gz"))
    return {(governor, slot): right for governor, slot, right in rows}


# Saves 0.1 ms a call, one call a sentence.
@cache
def governing(language: Language) -> frozenset[str]:
    """Return the lemmas, or forms, of the words in the table."""
    return frozenset(governor.partition(":")[2] for governor, _ in government(language))


def governors(tokens: Sequence[Token], place: int, language: Language) -> Iterator[str]:
    """Yield what the word at a place may be that governs something."""
    token = tokens[place]
    if token.capital and place:
        return
    if language == "en":
        if token.may_be("verb", "pastpart"):
            yield from {f"v:{r.lemma}" for r in token.readings if not r.tags.isdisjoint(_VERBS)}
        if token.may_be("adj", "pastpart"):
            yield f"a:{token.lower}"
        return
    kind = "r" if _is_reflexive(tokens, place) else "v"
    yield from {f"{kind}:{r.lemma}" for r in token.readings if not r.tags.isdisjoint(_VERBS)}
    yield from {f"a:{r.lemma}" for r in token.readings if "adj" in r.tags}


def _is_reflexive(tokens: Sequence[Token], place: int) -> bool:
    before = [token.lower for token in tokens[max(0, place - _BEFORE) : place]]
    if not _REFLEXIVE.isdisjoint(before):
        return True
    return before[-1:] != [] and before[-1] in _OF_US and before[-2:-1] != [] and before[-2] in _SUBJECTS


def slot(tokens: Sequence[Token], place: int, language: Language) -> Slot | None:
    """Return the slot behind the word at a place; None where neither preposition, noun nor verb follows."""
    first = place + 1
    while first < len(tokens) and tokens[first].lower in _SKIPPED[language]:
        first += 1
    if first + 1 >= len(tokens):
        return None
    word = PREPOSITIONS[language].get(tokens[first].lower)
    if word is None:
        kind = _bare(tokens, place, first, language)
        return Slot(f"{NO_PREPOSITION}+{kind}", first) if kind else None
    return Slot(f"{word}+{_follows(tokens, first, language)}", first)


def _bare(tokens: Sequence[Token], place: int, first: int, language: Language) -> str:
    """Return what follows without a preposition: "n" a noun with its determiner, "i" an infinitive."""
    verb = first
    if language == "fr":
        while verb < len(tokens) - 1 and tokens[verb].lower in _CLITICS:
            verb += 1
    infinitive = tokens[verb]
    is_noun_too = infinitive.may_be(*_NOT_VERBS) and infinitive.lower not in _MOSTLY_VERBS
    if infinitive.may_be("inf" if language == "fr" else "base") and not is_noun_too:
        return "i"
    if tokens[first].lower not in _DETERMINERS[language]:
        return ""
    before = {token.lower for token in tokens[max(0, place - _CLAUSE) : first]}
    return "n" if before.isdisjoint(_STANDING_FOR) else ""


def _follows(tokens: Sequence[Token], first: int, language: Language) -> str:
    """Return what follows a preposition: n a noun, C a capital, d a figure, i or g a verb, x anything."""
    behind = tokens[first + 1]
    verb = first + 1
    if language == "fr":
        while verb < len(tokens) - 1 and tokens[verb].lower in _CLITICS:
            verb += 1
    is_verb = tokens[verb].may_be("inf" if language == "fr" else "base")
    if tokens[first].lower in ("au", "aux"):
        return "n"
    if behind.lower in _DETERMINERS[language]:
        is_pronoun = language == "fr" and verb > first + 1 and is_verb and not tokens[verb].may_be("noun")
        return "i" if is_pronoun else "n"
    if behind.lower[0].isdigit():
        return "d"
    if behind.capital:
        return "C"
    if language == "en" and behind.may_be("prespart"):
        return "g"
    is_infinitive = PREPOSITIONS[language][tokens[first].lower] in INFINITIVES[language] and is_verb
    return (
        "i" if is_infinitive and (verb > first + 1 or language == "en" or not behind.may_be("noun")) else "x"
    )
