"""EXT103: a word cut in two by a space, a hyphen of a line's end, or spaced letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import check
from aligner.checks.function_words import FUNCTION
from aligner.checks.tokens import tokens
from aligner.model import Context, Document, Hit, Language
from aligner.text.lexicon import is_known, lexicon

COMMON = 50
"""Occurrences in the lexicon from which the two parts make a word (tuned on masakhanews, newstest2008-2012 and on
words of newstest cut at random)."""
SHORTEST_WORD = 6
"""Letters of a word that two parts may make."""

_HYPHEN = re.compile(r"(?<![\w’'-])(?P<first>[a-zà-öø-ÿœ]{2,})-[ \u00a0]\n?(?P<last>[a-zà-öø-ÿœ]{2,})(?![\w’'-])")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){4,}[^\W\d_](?!\w)")


@check(
    "EXT103",
    "split-words",
    scope="article",
    category="whitespace",
    cause="extraction",
    severity="minor",
    messages={
        "space": {
            "en": "A word is cut in two: “{text}” should be “{word}”.",
            "fr": "Un mot est coupé en deux : « {text} » devrait être « {word} ».",
        },
        "letters": {
            "en": "The letters of a word stand apart: “{text}”.",
            "fr": "Les lettres d'un mot sont séparées : « {text} ».",
        },
    },
)
def split_words(document: Document, context: Context) -> Iterator[Hit]:
    """A word is cut in two by a space or by the hyphen of a lost line end.

    Finds: an unknown bit of text that makes a well-known word with the next one ("ann once"), a hyphen with a
        space after it inside a word ("govern- ment"), and spaced letters.
    Matters: neither half is a word; search, spelling and translation fail on both.
    Bad: The mayor made an ann ouncement on the govern- ment plan.
    Good: The mayor made an announcement on the government plan.
    False alarms: words of another language or a foreign name before a short word.
    Measured: x
    """
    language = document.language
    seen = tokens(document.text)
    for first, last in zip(seen, seen[1:], strict=False):
        if (
            last.start == first.end + 1
            and document.text[first.end] == " "
            and _is_split(first.text, last.text, language)
            and document.text[first.start - 1 : first.start] not in tuple("’'-.@&/")
            and document.text[last.end : last.end + 1] not in tuple("’'-@")
        ):
            yield _hit("space", document.text, first.start, last.end, first.text + last.text)
    for found in _HYPHEN.finditer(document.text):
        word = found["first"] + found["last"]
        if lexicon(language).get(word, 0) >= COMMON and found["last"] not in FUNCTION[language]:
            yield _hit("space", document.text, *found.span(), word)
    for found in _SPACED.finditer(document.text):
        yield _hit("letters", document.text, *found.span(), found.group().replace(" ", ""))


def _is_split(first: str, last: str, language: Language) -> bool:
    """Whether at least one half is no word and both together are a well-known one."""
    if not last.islower() or len(first) + len(last) < SHORTEST_WORD or len(first) < 2 or len(last) < 2:
        return False
    known = lexicon(language)
    if known.get((first + last).lower(), 0) < COMMON:
        return False
    other: Language = "en" if language == "fr" else "fr"
    return any(not is_known(part, language) and not is_known(part, other) for part in (first, last))


def _hit(key: str, text: str, start: int, end: int, word: str) -> Hit:
    return Hit(key, start, end, values={"text": text[start:end], "word": word}, suggestion=word)
