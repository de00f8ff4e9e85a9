"""ACC307: words of the other language left over inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from aligner.checks.accuracy._languages import borrowed_spans, language_of
from aligner.checks.accuracy._taken_over import taken_over
from aligner.checks.base import article_check
from aligner.checks.tables import search
from aligner.checks.tokens import Sieve, Token, tokens, vocabulary
from aligner.lexicon.dictionary import in_dictionary
from aligner.lexicon.function_words import ONLY, marked
from aligner.lexicon.lists import english_in_french, french_in_english
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import lexicon
from aligner.model import LANGUAGES, OTHER, BeadView, Context, Document, Hit, Language, Span

# Tuned on masakhanews and newstest2008-2012.
_LEFT_OVER: Mapping[Language, frozenset[str]] = {
    language: marked(OTHER[language], "unborrowed") for language in LANGUAGES
}
"""Function words of the other language that no French (or English) sentence borrows."""
_LONGEST_RUN = 12
_COMMON: Mapping[Language, int] = {"en": 5, "fr": 10}
"""Occurrences from which a word is well known in its language."""
_MOST_OWN: Mapping[Language, float] = {"en": 1 / 20, "fr": 0}
"""What the article's language may have of them: French counts have some English quotations in them."""
_GAPS_BEFORE = frozenset((" ", ", "))
_GAPS_AFTER = frozenset((" ", ", ", ". "))
_MIN_LETTERS = 4
"""Letters of a word that only the other language has (tuned on 5 million words of English news)."""


def _in_bead(view: BeadView, context: Context) -> Iterator[Hit]:
    """Yield what is on the other side word for word, and is not reported without it."""
    for language in LANGUAGES:
        document = view.alignment.pair.fr if language == "fr" else view.alignment.pair.en
        text = document.text
        for start, end in taken_over(view, language):
            cited = _is_quoted(text, start) or _GLOSSED.match(text, end)
            if not cited and not any(a < end and start < b for a, b in _spans(text, language)):
                yield Hit("words", start, end, values={"text": text[start:end]}, language=language)


@article_check(
    "ACC307",
    "leftover-words",
    title={"en": "Words left in the other language", "fr": "Mots restés dans l’autre langue"},
    category="untranslated",
    cause="translation",
    severity="minor",
    explained_by=("ACC304", "ACC305", "ACC306", "EXT101", "EXT103", "EXT104", "FLU403", "FLU404"),
    explained_in_bead_by=("ALN204",),
    messages={
        "words": {
            "en": "“{text}” was left in the other language.",
            "fr": "« {text} » est resté dans l'autre langue.",
        },
    },
    find_in_bead=_in_bead,
)
def leftover_words(document: Document, context: Context) -> Iterator[Hit]:
    """A few words of the other language were left over in a sentence.

    Finds: function words that are never borrowed ("the", "of", "which" in French; "selon", "dans" in English)
        between words of the article's own language, with the words of their language around them; a word that
        only the other language has ("the mairie", "a péage"); in French, a common one that news does not use.
        With the other side beside it, words that are there in a row ("the chef a ouvert a restaurant").
    Matters: a piece of the sentence was not translated.
    Bad: Le conseil a voté the budget de la ville.
    Good: Le conseil a voté le budget de la ville.
    False positives: names, titles of works and quotations are left alone by their capitals and marks.
    Measured: 3 findings in 1.6 million words of masakhanews, newstest, ntrex and newsdiscuss, of which 2 were
        right and 1 was a gloss.
    """
    language: Language = document.language
    text = document.text
    spans = _spans(text, language)
    borrowed = list(borrowed_spans(text, OTHER[language])) if spans else []
    for start, end in spans:
        if any(first < end and start < last for first, last in borrowed):
            continue
        if not _is_quoted(text, start) and not _GLOSSED.match(text, end):
            yield Hit("words", start, end, values={"text": text[start:end]})


def _spans(text: str, language: Language) -> list[Span]:
    """Return the spans that an article alone shows to be in the other language."""
    spans = [match.span() for match, _ in search("accuracy/leftover_phrases", text, language)]
    for new_spans in (
        _runs(text, language),
        _single_words(text) if language == "fr" else _french_words(text),
    ):
        spans += [span for span in new_spans if not any(a <= span[0] < b for a, b in spans)]
    return spans


def _single_words(text: str) -> Iterator[Span]:
    """Yield the English words, each alone among French ones, that French does not have."""
    english = frozenset(_words_only_in("en").passing(vocabulary(text)))
    words = tokens(text) if english else ()
    for before, token, after in zip(words, words[1:], words[2:], strict=False):
        if token.text not in english:
            continue
        gap_before, gap_after = text[before.end : token.start], text[token.end : after.start]
        is_adjacent = gap_before in _OPENS and gap_after in _GAPS_AFTER
        is_plain = before.text.islower() and (after.text.islower() or gap_after != " ")
        is_lone = "en" not in (language_of(before.text), language_of(after.text))
        if is_adjacent and is_plain and is_lone:
            yield token.start, token.end


_OPENS = frozenset((" ", ", ", "'", "’"))


def _french_words(text: str) -> Iterator[Span]:
    """Yield words that English lacks and French has, one or two in a row, between English words."""
    french = frozenset(_words_only_in("fr").passing(vocabulary(text)))
    words = tokens(text) if french else ()
    next_index = 0
    for index, token in enumerate(words):
        if index < next_index or token.text not in french:
            continue
        last = index
        if last + 1 < len(words) and text[token.end : words[last + 1].start] == " ":
            last += words[last + 1].text in french
        next_index = last + 1
        if _stands_in_own_text(text, words, index, last, "en"):
            yield token.start, words[last].end


# Saves all that a sieve remembers.
@cache
def _words_only_in(language: Language) -> Sieve:
    return Sieve(lambda word: _is_only_in(language, word))


def _is_only_in(language: Language, word: str) -> bool:
    """Return whether a word is well known in a language, and the other neither has nor borrows it."""
    other_language = OTHER[language]
    if len(word) < _MIN_LETTERS or not word.islower() or word in _loans(other_language):
        return False
    count = lexicon(language).get(word, 0)
    # English writes with a capital what French does not: its days, months and peoples are its own words.
    spellings = (word, word.capitalize()) if other_language == "en" else (word,)
    return (
        count >= _COMMON[language]
        and lexicon(other_language).get(word, 0) <= _MOST_OWN[language] * count
        and not any(in_dictionary(spelling, other_language) for spelling in spellings)
        and not readings(word, other_language)
        and (language == "en" or in_dictionary(word, language))  # English coins words: "roadmap", "lockdown"
    )


def _loans(language: Language) -> Collection[str]:
    """Return the words of the other language that news in this one uses."""
    return english_in_french() if language == "fr" else french_in_english()


_LOANS = frozenset(
    (
        "best of",
        "end of",
        "made in",
        "must have",
        "all inclusive",
        "time out",
        "on air",
        "and roll",
        "and blues",
    )
)
"""English phrases that French took over whole."""


def _runs(text: str, language: Language) -> Iterator[Span]:
    """Yield passages of the other language around a word that is never borrowed, inside the article's own."""
    other_language = OTHER[language]
    words = () if _LEFT_OVER[language].isdisjoint(vocabulary(text)) else tokens(text)
    next_index = 0
    for index, token in enumerate(words):
        if index >= next_index and token.text in _LEFT_OVER[language]:
            first, last = _run(text, words, index, other_language)
            next_index = last + 1
            loan = text[words[first].start : words[last].end].lower() in _LOANS
            if not loan and _stands_in_own_text(text, words, first, last, language):
                yield words[first].start, words[last].end


def _run(text: str, words: tuple[Token, ...], index: int, language: Language) -> tuple[int, int]:
    """Return first and last token of the words of the other language around the one at ``index``."""
    first = last = index
    while (
        first > 0
        and text[words[first - 1].end : words[first].start] == " "
        and _is_of(words[first - 1].text, language)
    ):
        first -= 1
    while (
        last + 1 < len(words)
        and text[words[last].end : words[last + 1].start] == " "
        and _is_of(words[last + 1].text, language)
    ):
        last += 1
    return first, last


def _is_of(word: str, language: Language) -> bool:
    return word in ONLY[language] or (word.islower() and language_of(word) == language)


def _stands_in_own_text(
    text: str, words: tuple[Token, ...], first: int, last: int, language: Language
) -> bool:
    """Return whether words of the article's own language, without a capital, are on both sides."""
    if last - first >= _LONGEST_RUN or first == 0 or last + 1 >= len(words):
        return False
    before, after = words[first - 1], words[last + 1]
    gap_before, gap_after = text[before.end : words[first].start], text[words[last].end : after.start]
    is_adjacent = gap_before in _GAPS_BEFORE and gap_after in _GAPS_AFTER
    is_plain = before.text.islower() and (after.text.islower() or gap_after != " ")
    return is_adjacent and is_plain and language in (language_of(before.text), language_of(after.text))


_GLOSSED = re.compile(r"(?: [\w’'-]+){0,2},? ?[(\[] ?[“«\"]")
"""A translation behind words that an article on language cites."""


def _is_quoted(text: str, place: int) -> bool:
    line = text.rfind("\n", 0, place) + 1
    before = text[max(line, place - 300) : place]
    return (
        before.count("«") > before.count("»")
        or before.count("“") > before.count("”")
        or before.count('"') % 2 == 1
    )
