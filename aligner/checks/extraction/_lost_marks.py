"""Words whose hyphen or apostrophe was lost: "audelà", "laccord", "interferondependent", "didnt"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from aligner.checks.tables import search
from aligner.checks.tokens import Sieve, runs_of, vocabulary
from aligner.lexicon.dictionary import in_dictionary, is_word
from aligner.lexicon.function_words import FUNCTION, word_set
from aligner.lexicon.lists import hyphenated
from aligner.lexicon.words import is_known, lexicon
from aligner.model import LANGUAGES, OTHER, Language

COMMON = 20
"""Occurrences in the lexicon from which what is left without the elided letter is a word."""
MIN_LETTERS = 4
"""Letters of that word, unless it is one that the letter is often elided before."""
SHORTEST_FIRST = 5
"""Letters of the word before an adjective that English joins to it by a hyphen."""

_ELIDED = ("qu", "l", "d", "j", "m", "n", "s", "t", "c")
_VOWELS = "aeiouyhàâéèêëîïôûœ"
_BEFORE: Mapping[str, frozenset[str]] = {
    "c": word_set("est était"),
    "j": word_set("ai avais étais aurais"),
    "n": word_set("ont avait était"),
    "s": word_set("est était"),
    "qu": word_set("il ils un une on elles"),
}
"""Short words, and those that only some elided words precede."""
_NOUNS_FOLLOW = frozenset(("l", "d", "qu"))
_HYPHENED_ADJECTIVES = word_set(
    "dependent resistant specific induced mediated related funded backed owned controlled driven "
    "oriented speaking educated"
)
"""Adjectives that follow a noun behind a hyphen and are not written in one word with it."""
_ENDINGS = tuple(sorted(_HYPHENED_ADJECTIVES))
_FIRST_PARTS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("vice", "sous", "demi", "quasi", "arrière", "après", "avant"),
    "en": ("well", "self", "ill", "half"),
}
"""Parts of words that a hyphen follows, if it is no other word."""
JOINED_SINCE_1990 = word_set(
    "sage-femme sages-femmes chauve-souris haut-parleur haut-parleurs hauts-parleurs porte-clés "
    "porte-monnaie porte-voix passe-passe croche-pied volte-face ping-pong pique-nique pique-niquer "
    "plates-bandes terre-plein"
)
"""French words that the spelling of 1990 joins, as it does those in "contre", "entre" and "extra"."""
_JOINED_PREFIXES = ("contre-", "entre-", "extra-")
_NAME_ENDINGS = tuple(
    sorted(word_set("based born backed led speaking educated owned funded controlled style"))
)
"""Adjectives that follow a name behind a hyphen ("London-based")."""
MIN_NAME_OCCURRENCES = 20
_CONTRACTED: Mapping[str, int] = {
    **dict.fromkeys(
        word_set(
            "didnt doesnt isnt wasnt couldnt wouldnt shouldnt arent werent hasnt havent hadnt dont mustnt "
            "neednt"
        ),
        -1,
    ),
    **dict.fromkeys(word_set("youre theyre weve theyve youve"), -2),
    **dict.fromkeys(word_set("thats whats theres wheres"), -1),
}
"""English contractions without their apostrophe, and where it belongs."""


Mark = Literal["hyphen", "apostrophe"]
_SIGNS: Mapping[Mark, str] = {"hyphen": "-", "apostrophe": "’"}


class LostMark(NamedTuple):
    """A word at ``start:end`` that lost a mark before ``cut``; ``right`` is the word with it."""

    start: int
    cut: int
    end: int
    mark: Mark
    right: str


def lost_marks(text: str, language: Language) -> Iterator[LostMark]:
    """Yield the words of an article that are none without a hyphen or an apostrophe."""
    if language == "en":
        marks = [*_in_words(text, _of_english)]
        if marks:
            french = {match.start() for match, _ in search("accuracy/leftover_phrases", text, "en")}
            yield from (mark for mark in marks if mark.start not in french)  # "dont two"
        return
    elided = [*_in_words(text, _elision)]
    lower = any(text[mark.start].islower() for mark in elided)
    # A name may look like one ("Langlais"): a capital counts where lower-case letters show that marks were
    # lost.
    yield from (mark for mark in elided if lower or text[mark.start].islower())
    yield from _in_words(text, _of_french)


def _in_words(text: str, find: Callable[[str], LostMark | None]) -> Iterator[LostMark]:
    """Yield what is found in the words of a text, each spelling looked at once."""
    found = {word: mark for word in _sieve(find).passing(vocabulary(text)) if (mark := find(word))}
    for token in runs_of(text).tokens_of(found.keys()):
        mark = found[token.text]
        yield mark._replace(start=token.start, cut=token.start + mark.cut, end=token.end)


# Saves all that a sieve remembers.
@cache
def _sieve(find: Callable[[str], LostMark | None]) -> Sieve:
    return Sieve(find)


def _hyphen(word: str, language: Language) -> LostMark | None:
    """Find a word that is one with a hyphen alone: a listed one, or one of a first part that takes it."""
    if not _may_lose(word, language):
        return None
    lower = word.lower()
    if right := _without_hyphen(language).get(lower):
        return LostMark(0, right.index("-"), len(word), "hyphen", word[0] + right[1:])
    first = next(filter(lower.startswith, _FIRST_PARTS[language]), None)
    if first and len(lower) - len(first) >= MIN_LETTERS:
        last = lower[len(first) :]
        if (
            lexicon(language).get(last, 0) >= COMMON
            and last not in FUNCTION[language]
            and not any(in_dictionary(lower, code) for code in LANGUAGES)
        ):
            return _lost_mark(word, len(first), "hyphen")
    return None


def _may_lose(word: str, language: Language) -> bool:
    """Return whether a word is written as no brand nor name is ("RedState", "Lowkey")."""
    return word.islower() or (language == "fr" and word[1:].islower())


def _of_french(word: str) -> LostMark | None:
    return _hyphen(word, "fr")


def _of_english(word: str) -> LostMark | None:
    lower = word.lower()
    if offset := _CONTRACTED.get(lower, 0):
        return _lost_mark(word, len(lower) + offset, "apostrophe")
    if hyphen := _hyphen(word, "en"):
        return hyphen
    if word.istitle() and (last := next(filter(word.endswith, _NAME_ENDINGS), None)):
        name = word[: -len(last)]
        is_name = lexicon("en").get(name, 0) >= max(MIN_NAME_OCCURRENCES, lexicon("en").get(name.lower(), 0))
        return _lost_mark(word, len(name), "hyphen") if is_name and not is_word(lower, "en") else None
    last = next((e for e in _ENDINGS if lower.endswith(e)), None) if lower.endswith(_ENDINGS) else None
    if last and word.islower():
        first = lower[: -len(last)]
        long = len(first) >= SHORTEST_FIRST and in_dictionary(first, "en")
        if long and not is_word(lower, "en"):
            return _lost_mark(word, len(first), "hyphen")
    return None


def _lost_mark(word: str, cut: int, mark: Mark) -> LostMark:
    return LostMark(0, cut, len(word), mark, f"{word[:cut]}{_SIGNS[mark]}{word[cut:]}")


def _elision(word: str) -> LostMark | None:
    if not (word.islower() or word.istitle()):
        return None
    cut = _elided_letters(word.lower())
    return _lost_mark(word, cut, "apostrophe") if cut else None


def _elided_letters(word: str) -> int:
    """Return how many letters of ``word`` are an elided word that lost its apostrophe; 0 if none."""
    if not word.startswith(_ELIDED):
        return 0
    for elided in _ELIDED:
        stem = word[len(elided) :]
        if not word.startswith(elided) or not stem or stem[0] not in _VOWELS:
            continue
        is_frequent = stem in _BEFORE.get(elided, ())
        is_common = lexicon("fr").get(stem, 0) >= COMMON
        can_be_noun = is_common and elided in _NOUNS_FOLLOW and len(stem) >= MIN_LETTERS
        if not is_frequent and not (can_be_noun and in_dictionary(stem, "fr")):
            continue
        if any(is_known(word, code) for code in LANGUAGES) or is_word(word, "fr"):
            return 0
        return len(elided)
    return 0


# Saves 10 ms a call, 10,000 calls in an audit of corpora/stories.
@cache
def _without_hyphen(language: Language) -> Mapping[str, str]:
    """Return words by what is left without their hyphens, where that is no word itself."""
    words = {word.replace("-", ""): word for word in hyphenated(language)}
    return {joined: word for joined, word in words.items() if not _is_also_joined(joined, word, language)}


def _is_also_joined(joined: str, word: str, language: Language) -> bool:
    """Return whether a word is right without its hyphen too, or where it comes from ("weekend")."""
    if in_dictionary(joined, language) or word in JOINED_SINCE_1990 or word.startswith(_JOINED_PREFIXES):
        return True
    is_own = all(in_dictionary(part, language) for part in word.split("-"))
    return in_dictionary(joined, OTHER[language]) and not is_own
