"""Capitals on common words in mid-sentence, where the words around them leave no place for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.lexicon.function_words import FUNCTION
from aligner.lexicon.morphology import readings
from aligner.lexicon.words import lexicon
from aligner.model import Language, Segment, Span

# Tuned on newstest2008-2012 and published text: 5 findings in 36,000 sentences, 4 of them right.
FEWEST_VERBS, FEWEST_NOUNS = 5, 100
"""Occurrences in lower case from which a verb, or a noun, is known well enough."""
NAME_SHARE: Mapping[str, float] = {"participle": 0.01, "past": 0.02, "plural": 0.02, "fr": 0.02, "en": 0.05}
"""Share of capitals away from sentence starts from which a word may be a name, by what is before it."""

_WORD = r"(?P<word>[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ]+)(?![\w’'&-])"
_ALONE = r"(?![ \u00a0][A-ZÀ-ÖØ-ÞŒ])"
_START = r"(?<![\w’'&/-])"
_GOES_ON = r"(?=[ \u00a0][a-zà-öø-ÿœ]|[,.;:!?…)])"
_OF_NAME = (
    r"(?![ \u00a0](?:de|du|des|of|for)[ \u00a0]|[ \u00a0]d['’]|"
    r"[ \u00a0](?:[a-zà-öø-ÿœ]+[ \u00a0])?(?:du|de la|in)[ \u00a0][A-ZÀ-ÖØ-ÞŒ])"
)
"""No continuation as in the name of a body: "Children in Need", "Normes numériques du GC"."""
_PATTERNS: Mapping[Language, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "fr": (
        (
            "participle",
            re.compile(
                rf"{_START}(?:a|ont|avait|avaient|aura|auront|est|sont|été|être|avoir)[ \u00a0]{_WORD}"
            ),
        ),
        ("plural", re.compile(rf"{_START}(?:aux|ces|nos|vos|ses|leurs)[ \u00a0]{_WORD}{_GOES_ON}{_OF_NAME}")),
        ("single", re.compile(rf"(?<=[a-zà-öø-ÿœ,] )une?[ \u00a0]{_WORD}{_GOES_ON}{_OF_NAME}")),
    ),
    "en": (
        (
            "participle",
            re.compile(rf"{_START}(?:has|have|had|is|are|was|were|been|be)[ \u00a0]{_WORD}{_ALONE}"),
        ),
        (
            "past",
            re.compile(
                rf"(?:(?<=^)|(?<=^[“\"'‘]))(?:[A-Z][a-z]+[ \u00a0]){{1,2}}{_WORD}"
                r"(?=[ \u00a0](?:the|an?|his|her|their|its|this|that)[ \u00a0][a-z])"
            ),
        ),
        (
            "plural",
            re.compile(
                rf"{_START}(?:to|by|from|with|these|those|some|many|his|her|their|its)[ \u00a0]"
                rf"{_WORD}{_GOES_ON}{_OF_NAME}"
            ),
        ),
        ("single", re.compile(rf"(?<=[a-z,] )an?[ \u00a0]{_WORD}{_GOES_ON}{_OF_NAME}")),
    ),
}
_FORMS: Mapping[str, frozenset[str]] = {
    "participle": frozenset(("pastpart", "verb")),
    "past": frozenset(("past", "verb")),
    "plural": frozenset(("noun", "plur")),
    "single": frozenset(("noun",)),
}
"""Tags that one reading of a word must have in each place."""

_GENDERS: Mapping[str, str] = {"un": "masc", "une": "fem"}


def common_capitals(segment: Segment, language: Language) -> Iterator[Span]:
    """Yield the words of a sentence that have a capital by mistake, as spans of the document."""
    for place, pattern in _PATTERNS[language]:
        for match in pattern.finditer(segment.text):
            determiner = segment.text[match.start() : match.start("word")].strip()
            first = segment.text[: match.start("word")].split()[-1].strip("“\"'‘").lower()
            if place == "past" and first in FUNCTION[language]:
                continue
            if determiner in _GENDERS and not _agrees(match["word"], _GENDERS[determiner]):
                continue
            if _is_common(match["word"], place, language):
                yield segment.start + match.start("word"), segment.start + match.end("word")


def _agrees(word: str, gender: str) -> bool:
    """Return whether a French noun has a gender: "une Golf" is a car."""
    return any(gender in reading.tags for reading in readings(word.lower(), "fr"))


def _is_common(word: str, place: str, language: Language) -> bool:
    counts, lower = lexicon(language), word.lower()
    tags = [reading.tags for reading in readings(lower, language)]
    if not any(_FORMS[place] <= tag_set for tag_set in tags):
        return False
    if place == "past" and any("noun" in tag_set for tag_set in tags):
        return False
    fewest = FEWEST_NOUNS if place in ("plural", "single") else FEWEST_VERBS
    share = NAME_SHARE[language if place == "single" else place]
    return counts.get(lower, 0) >= fewest and counts.get(word, 0) <= share * counts[lower]
