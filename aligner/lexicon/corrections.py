"""The word that a misspelled one was meant to be, where hardly another comes into question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.words import is_known, lexicon
from aligner.model import Language

LETTERS = {"fr": "abcdefghijklmnopqrstuvwxyzàâçèéêëîïôùûœ", "en": "abcdefghijklmnopqrstuvwxyz"}
_GRAVE = re.compile(r"è(?=[bcdfghjklmnpqrstvxz]+e)")
_DOUBLED = re.compile(r"(.)\1+")
_CIRCUMFLEX = {"i": "î", "u": "û"}
MIN_LETTERS = 4
"""Letters of a word that is corrected: of shorter ones too many are one letter apart."""
MIN_OCCURRENCES = 20
"""Occurrences of a word, in the text that the lexicon counts, to be proposed."""
LONG, KNOWN, WELL_KNOWN = 7, 2, 100
"""Letters of a word that has few neighbours; occurrences of what it may be meant to be, and of what a
shorter one may."""
VERY_LONG = 9
"""Letters of a word that is compared with those of the dictionary that nothing counts."""
CLEARLY = 8
"""How many times as often as the next it must occur (of 4,500 words with a slip at random, four in five then
get a proposal, and 98 in 100 of these are right)."""


def correction(word: str, language: Language) -> str | None:
    """Return the one known word that is a single edit away from ``word``, if it clearly is the likeliest.

    None for anything but a word in lower case, and for one that is known, too short, or close to several.
    """
    if len(word) < MIN_LETTERS or not (word.isalpha() and word.islower()) or is_known(word, language):
        return None
    counts = lexicon(language)
    candidates = {
        candidate: counts.get(candidate, 0) for candidate in _one_letter_off(word, LETTERS[language])
    }
    return _clearly_likeliest(candidates, MIN_OCCURRENCES)


def intended(word: str, language: Language) -> str | None:
    """Return the dictionary word that an unknown word was meant to be; None where that is not clear.

    It is a single edit away, and many times as frequent as any other that is. Another last letter makes
    rather a new word ("rhetorics", "supremacism") than a misspelled one.
    """
    counts = lexicon(language)
    near = set(_one_letter_off(word, LETTERS[language]))
    candidates = {candidate: counts[candidate] for candidate in near if candidate in counts}
    if not candidates:
        return _rare_one(word, near, language)
    first = _clearly_likeliest(candidates, KNOWN if len(word) >= LONG else MIN_OCCURRENCES)
    if first and len(word) < LONG and candidates[first] < WELL_KNOWN:
        # Rare words, which the dictionary alone has, come into question too.
        is_one_of_several = any(other in counts or in_dictionary(other, language) for other in near - {first})
        first = None if is_one_of_several else first
    if first and word[:-1] == first[: len(word) - 1] and len(first) <= len(word) and word[-1] != word[-2]:
        first = None
    return first or _rare_one(word, near, language)


def _rare_one(word: str, near: Iterable[str], language: Language) -> str | None:
    """Return the one word of the dictionary that differs by a doubled letter or by two exchanged ones.

    ``near`` are the words one edit away.
    """
    if len(word) < VERY_LONG:
        return None
    listed = [other for other in near if _is_slip_of_hand(word, other) and in_dictionary(other, language)]
    return listed[0] if len(listed) == 1 else None


def _is_slip_of_hand(word: str, near: str) -> bool:
    if len(near) == len(word):
        return sorted(near) == sorted(word)
    return _DOUBLED.sub(r"\1", near) == _DOUBLED.sub(r"\1", word)


def _clearly_likeliest(candidates: Mapping[str, int], least: int) -> str | None:
    """Return the word that occurs ``least`` times and ``CLEARLY`` times as often as the next, if one does."""
    first, *runners_up = sorted(candidates, key=lambda candidate: (-candidates[candidate], candidate))
    next_best = candidates[runners_up[0]] if runners_up else 0
    return first if candidates[first] >= max(least, CLEARLY * next_best) else None


def reformed(word: str) -> bool:
    """Return whether ``word`` is in the French spelling of 1990, which drops the circumflex of i and u.

    "disparaitre" and "aout" are as right as "disparaître" and "août", "cèdera" as "cédera".
    """
    counts = lexicon("fr")
    if (grave := _GRAVE.sub("é", word)) != word and (grave in counts or in_dictionary(grave, "fr")):
        return True
    traditional = (
        word[:i] + _CIRCUMFLEX[letter] + word[i + 1 :]
        for i, letter in enumerate(word)
        if letter in _CIRCUMFLEX
    )
    # A rare form is in the dictionary alone.
    return any(
        counts.get(spelling, 0) > counts.get(word, 0)
        or (word not in counts and in_dictionary(spelling, "fr"))
        for spelling in traditional
    )  # but "sur" is not "sûr"


def _one_letter_off(word: str, letters: str) -> Iterator[str]:
    """Yield words one edit away (Norvig 2007, "How to write a spelling corrector"), not the word itself."""
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters if letter != tail[0])
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]
