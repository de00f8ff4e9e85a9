"""EXT103: a word cut in two by a space, a hyphen of a line's end, or spaced letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from aligner.checks.base import article_check
from aligner.checks.tokens import Sieve, Token, runs_of, vocabulary
from aligner.lexicon.function_words import FUNCTION
from aligner.lexicon.lists import hyphenated
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import lexicon
from aligner.model import Context, Document, Hit, Language

COMMON = 12
"""Occurrences in the lexicon from which the two parts make a word (tuned on masakhanews, newstest2008-2012
and on
words of newstest cut at random)."""
FAR_MORE = 50
"""Least ratio of the frequency of the whole to that of the rarer half."""
RARE = 300
"""Occurrences up to which a word may be a half of another one."""
SHORTEST_WORD = 6
"""Letters of a word that two parts may make."""

_JOINTS = frozenset("’'-.@&/")
_HYPHEN = re.compile(
    r"(?<![\w’'-])(?P<first>[a-zà-öø-ÿœ]{2,})-[ \u00a0]\n?(?P<last>[a-zà-öø-ÿœ]{2,})(?![\w’'-])"
)
# What no match of the patterns beside can be without: most articles hold none of it.
_HYPHEN_SPACE = re.compile(r"-[ \u00a0](?<=\w..)")
_APOSTROPHE_SPACE = re.compile(r"[’'](?:[ \u00a0](?=\w)|(?<=[ \u00a0].)(?=\w))|[’']t(?<=[ \u00a0]n.t)")
_ELISION = re.compile(
    r"(?<![\w’'])(?P<first>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)(?:[’'][ \u00a0]|[ \u00a0][’']))"
    r"(?P<last>[aàâæeéèêëiîïoôœuùûüyh][^\W\d_]+)",
    re.IGNORECASE,
)
"""An elided word before a vowel or an h: "j’ sais pas" is speech, "Guns N’ Roses" a name."""
_CONTRACTION = re.compile(r"(?<![\w’'])(?P<first>[a-z]{2,}[ \u00a0])(?P<last>n[’']t)(?!\w)")
_SEMI_PREFIX = re.compile(
    r"(?<![\w’'-])(?P<first>vice|non|ex|anti|demi|mi|self|well|semi|grand|arrière|quasi|beau|belle|petit|co|pré|post"
    r"|avant|après|sous|multi|inter|contre)-[ \u00a0](?P<last>[a-zà-öø-ÿœ]{3,})(?![\w’'-])"
)
_HYPHENATED = re.compile(
    r"(?<![\w-])(?:[a-zà-öø-ÿœ]+-)*[a-zà-öø-ÿœ]+(?:-[ \u00a0]|[ \u00a0]-)"
    r"[a-zà-öø-ÿœ]+(?:-[a-zà-öø-ÿœ]+)*(?![\w’'-])",
    re.IGNORECASE,
)
_SPACE_HYPHEN = re.compile(r"[ \u00a0]-(?=\w)")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){4,}[^\W\d_](?!\w)")


@article_check(
    "EXT103",
    "split-words",
    title={"en": "Word cut in two", "fr": "Mot coupé en deux"},
    category="whitespace",
    cause="extraction",
    severity="minor",
    explained_by=("ACC304", "ACC305", "EXT101"),
    messages={
        "space": {
            "en": "A word is cut in two: “{text}” should be “{word}”.",
            "fr": "Un mot est coupé en deux : « {text} » devrait être « {word} ».",
        },
        "letters": {
            "en": "The letters of a word are spaced out: “{text}”.",
            "fr": "Les lettres d'un mot sont séparées : « {text} ».",
        },
    },
)
def split_words(document: Document, context: Context) -> Iterator[Hit]:
    """A word is cut in two by a space or by the hyphen of a lost line end.

    Finds: an unknown bit of text that makes a well-known word with the next one ("ann once"), a hyphen with a
        space after it inside a word ("govern- ment", "vice- president"), a space beside an apostrophe
        ("l’ école", "does n’t"), and spaced letters.
    Matters: neither half is a word; search, spelling and translation fail on both.
    Bad: The mayor made an ann ouncement on the govern- ment plan.
    Good: The mayor made an announcement on the government plan.
    False positives: words of another language or a foreign name before a short word.
    Measured: 5 findings in 1.5 million words of masakhanews, newstest, ntrex and paracrawl, of which 3 were
        right and the others are fixed. Of words of newstest cut at random 77 % are found.
    """
    language, text = document.language, document.text
    for first, last in _halves(text, language):
        if _is_split(text, first, last, language):
            yield _hit("space", text, first.start, last.end, first.text + last.text)
    hyphens = _HYPHEN_SPACE.search(text) is not None
    for match in _HYPHEN.finditer(text) if hyphens else ():
        word = match["first"] + match["last"]
        if lexicon(language).get(word, 0) >= COMMON and match["last"] not in FUNCTION[language]:
            yield _hit("space", text, *match.span(), word)
    for match in _SEMI_PREFIX.finditer(text) if hyphens else ():
        if match["last"] in lexicon(language) and match["last"] not in FUNCTION[language]:
            yield _hit("space", text, *match.span(), f"{match['first']}-{match['last']}")
    for match in _HYPHENATED.finditer(text) if hyphens or _SPACE_HYPHEN.search(text) else ():
        word = "".join(match.group().split())
        is_one = word.lower() in hyphenated(language) or readings(word.lower(), language)
        if is_one and not _SEMI_PREFIX.match(text, match.start()):
            yield _hit("space", text, *match.span(), word)
    pattern = _ELISION if language == "fr" else _CONTRACTION
    for match in pattern.finditer(text) if _APOSTROPHE_SPACE.search(text) else ():
        yield _hit("space", text, *match.span(), "".join(match.group().split()))
    for match in _SPACED.finditer(text):
        word = match.group().replace(" ", "")
        if word.islower() or word.lower() in lexicon(language):  # "A B C D" heads the columns of a table
            yield _hit("letters", text, *match.span(), word)


def _halves(text: str, language: Language) -> Iterator[tuple[Token, Token]]:
    """Yield neighbours, one of them rare, that are a known word together."""
    runs, counts = runs_of(text), lexicon(language)
    rare = frozenset(_rare_words(language).passing(vocabulary(text)))
    for number, (first, last) in enumerate(pairwise(runs.spelled)):
        if (first in rare or last in rare) and counts.get((first + last).lower(), 0) >= COMMON:
            yield runs.token(number), runs.token(number + 1)


# Saves all that a sieve remembers.
@cache
def _rare_words(language: Language) -> Sieve:
    """Find words that may be part of another one: rare, and never a name."""
    counts = lexicon(language)
    return Sieve(lambda word: max(counts.get(word.lower(), 0), counts.get(word.capitalize(), 0)) < RARE)


def _is_split(text: str, first: Token, last: Token, language: Language) -> bool:
    """Return whether both halves of a known word, separated by a space only, are far less known than it."""
    counts, word = lexicon(language), (first.text + last.text).lower()
    joined_count = counts.get(word, 0)
    rarer = min(counts.get(first.text.lower(), 0), counts.get(last.text, 0))
    return (
        not (rarer and (first.text in FUNCTION[language] or last.text in FUNCTION[language]))
        and joined_count > FAR_MORE * rarer
        and len(word) >= SHORTEST_WORD
        and text[first.end : last.start] == " "
        and (first.text + last.text).islower()
        and min(len(first.text), len(last.text)) > 1
        and text[first.start - 1 : first.start] not in _JOINTS
        and text[last.end : last.end + 1] not in _JOINTS
    )


def _hit(key: str, text: str, start: int, end: int, word: str) -> Hit:
    return Hit(key, start, end, values={"text": text[start:end], "word": word}, suggestion=word)
