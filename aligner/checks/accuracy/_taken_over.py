"""Words in a row that a translation has as the other side has them: "the chef a ouvert a new restaurant"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from aligner.checks.accuracy._languages import NAMES_OF_LANGUAGES, borrowed_spans, language_of
from aligner.checks.tokens import Token, tokens
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.function_words import FUNCTION, ONLY
from aligner.lexicon.lists import english_in_french, french_in_english
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import is_known
from aligner.model import OTHER, BeadView, Language, Segment, Span

FEWEST = 2
"""Words of a passage, and words of its article's own language that its sentence has beside it."""
LONGEST = 12
"""Words of a passage from which more than a piece of the sentence was left."""
_JOINTS = frozenset((" ", "\u00a0", "’", "'"))
_OPENS, _CLOSES = frozenset((" ", "\u00a0", "")), frozenset((" ", "\u00a0", ",", ".", ";", ":", "!", "?", ""))
"""What is around whole words, cited nowhere: not "avocat·e·s", nor what is in brackets."""
_KEPT = 20_000
"""Words whose language is remembered."""


def taken_over(view: BeadView, language: Language) -> Iterator[Span]:
    """Yield passages of the other language, word for word as they are on that side, inside a sentence."""
    other_language = OTHER[language]
    spoken = {pair for s in view.bead.side(other_language) for pair in _pairs(s.text, tokens(s.text))}
    if not spoken:
        return
    for segment in view.bead.side(language):
        for start, end in _passages(segment, spoken, language):
            yield segment.start + start, segment.start + end


def _pairs(text: str, words: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the words that touch each other, with a space or an apostrophe between them."""
    for one, two in pairwise(words):
        if text[one.end : two.start] in _JOINTS:
            yield one.text.lower(), two.text.lower()


def _passages(segment: Segment, spoken: set[tuple[str, str]], language: Language) -> Iterator[Span]:
    text, words = segment.text, tokens(segment.text)
    borrowed: list[Span] | None = None
    first = 0
    while first + 1 < len(words):
        last = first
        while last + 1 < len(words) and _goes_on(text, words[last], words[last + 1], spoken):
            last += 1
        run = words[first : last + 1]
        if len(run) >= FEWEST and _is_left(run, words, language):
            borrowed = [*borrowed_spans(text, OTHER[language])] if borrowed is None else borrowed
            start, end = run[0].start, run[-1].end
            is_whole = text[start - 1 : start] in _OPENS and text[end : end + 1] in _CLOSES
            if is_whole and not any(a < end and start < b for a, b in borrowed):
                yield start, end
        first = last + 1


def _goes_on(text: str, one: Token, two: Token, spoken: set[tuple[str, str]]) -> bool:
    """Return whether two words follow each other on both sides; a capital inside a sentence is a name's."""
    opens = one.start == 0 and not two.text[0].isupper()
    touching = text[one.end : two.start] in _JOINTS and two.text.islower()
    return touching and (one.text.islower() or opens) and (one.text.lower(), two.text.lower()) in spoken


def _is_left(run: Sequence[Token], words: Sequence[Token], language: Language) -> bool:
    """Return whether a passage is of the other language, in a sentence that is not."""
    if len(run) > LONGEST:
        return False
    lowered = [word.text.lower() for word in run]
    clear = [word for word in lowered if _is_only_in(OTHER[language], word)]
    # "Boulevard de la Liberté": small words alone are in the middle of a name.
    if FUNCTION[OTHER[language]].issuperset(lowered) and language == "en":
        return False
    if not clear or any(language_of(word) == language for word in lowered):
        return False
    if not NAMES_OF_LANGUAGES.isdisjoint(lowered):
        return False
    # French takes over many a noun of English ("un soft power"), but no small word.
    if language == "fr" and ONLY["en"].isdisjoint(lowered):
        return False
    own = sum(language_of(word.text.lower()) == language for word in words if word not in run)
    return own >= FEWEST


# Saves the look-ups of the words of a passage in four lists, for words that come again and again.
@lru_cache(maxsize=_KEPT)
def _is_only_in(language: Language, word: str) -> bool:
    """Return whether a language has a word that the other neither has nor borrows."""
    other_language = OTHER[language]
    loans = english_in_french() if other_language == "fr" else french_in_english()
    return (
        len(word) > 1
        and word not in loans
        and language_of(word) == language
        and is_known(word, language)
        and not in_dictionary(word, other_language)
        and not in_dictionary(word.capitalize(), other_language)
        and not readings(word, other_language)
    )
