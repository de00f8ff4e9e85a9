"""FLU403: a small word is missing, or one too many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.checks.base import check
from aligner.checks.function_words import FUNCTION
from aligner.checks.tokens import tokens
from aligner.model import Context, Document, Hit, Language
from aligner.text.lexicon import never_together

_SPACE_OR_ELISION = frozenset((" ", "\u00a0", "’", "'"))
_DETERMINERS: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        "le la les l un une des du au aux ce cette ces cet son sa ses leurs notre nos votre vos mon ma mes d".split()
    ),
    "en": frozenset("the a an our their my your its every".split()),
}
"""Words that call for a noun: what never follows them is known best."""
_NOUNS_TOO: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        "pas si plus très moi dit être faire fait avoir peu autre autres même y elle nous vous mais et".split()
    ),
    "en": frozenset(
        "i all how why who what which when where here many more most very say says said do".split()
    ),
}
"""Function words that may stand where a noun does ("the how and why", "la si fière équipe")."""
_PATTERNS: Mapping[Language, tuple[re.Pattern[str], ...]] = {
    "fr": tuple(
        re.compile(rf"(?<![\w’'-]){pattern}")
        for pattern in (
            r"de d[’'][a-zà-ÿ]+",
            r"afin (?!de\b|d[’']|que\b|qu[’']|[a-zé]+ment\b|toutefois|donc|aussi)[a-zà-ÿ]+",
            r"(?:grâce|par rapport|suite) (?:le|la|les|l[’']|un|une|ses|son|ces) ?[a-zà-ÿ]+",
            r"quant (?!à\b|au\b|aux\b)[a-zà-ÿ]+",
            r"en raison (?:le|la|les|l[’']|un|une|ses|son|ces) ?[a-zà-ÿ]+",
            r"(?:à cause|au lieu|à l[’']aide|en dehors|au cours|au sein|(?<!dès )(?<!puis )(?<!pour )lors) (?:la|les|l[’']|une?|ses|son|ces|cette) ?[a-zà-ÿ]+",
            r"il s[’']agit (?:une?|la|les) (?!plupart)[a-zà-ÿ]+",
            r"(?:avant|à condition|afin|pour) de qu(?:e\b|[’'])",
            r"jusqu[’'](?:le|la|les|l[’']) ?[a-zà-ÿ]+",
            r"(?:présidente?|gouvernement|armée|ministre) (?:États|Etats)-Unis",
        )
    ),
    "en": tuple(
        re.compile(rf"(?<![\w’'-]){pattern}")
        for pattern in (
            r"[Aa]ccording (?:the|an?|his|her|their|its|this|these|official|recent) [a-z]+",
            r"in order (?!to\b|that\b|for\b|and\b|of\b|not\b|by\b|with\b|in\b|at\b|or\b|on\b|when\b|is\b|was\b|first\b|as\b|but\b|from\b)[a-z]+",
            r"(?:is|are|was|were|be|been) able (?!to\b|and\b|or\b|in\b|but\b|at\b|by\b|only\b|even\b|not\b|enough\b)[a-z]+",
            r"(?:is|are|was|were|be|been|partly|mainly|largely) due (?:the|a|an|his|her|their|its|this) [a-z]+",
            r"(?:most|some|none|several) the [a-z]+",
            r"(?:in spite|on behalf|in front|by means|regardless|in favour|in charge|on top) "
            r"(?:the|his|her|their|its|an?|this) [a-z]+",
            r"prior (?:the|his|her|their|its) [a-z]+",
            r"(?:would|should|could|must|might) (?:is|are|was|were|has|been|does)\b",
            r"(?:don|doesn|didn|won) not\b",
        )
    ),
}  # fmt: skip


@check(
    "FLU403",
    "missing-function-word",
    scope="article",
    category="grammar",
    cause="translation",
    severity="major",
    messages={
        "apart": {
            "en": "“{text}” cannot stand like this: a word is missing, or there is one too many.",
            "fr": "« {text} » ne peut pas s'écrire ainsi : il manque un mot, ou il y en a un de trop.",
        },
        "accent": {
            "en": "“{text}” should be written “{mended}”.",
            "fr": "« {text} » s'écrit « {mended} » : c'est le participe du verbe devoir.",
        },
    },
)
def missing_function_word(document: Document, context: Context) -> Iterator[Hit]:
    """A preposition, an article or an auxiliary is missing, or one too many.

    Finds: small words next to each other that ten million words of French or English never put together, after a
        determiner ("the of", "des les"), and fixed phrases that lost their preposition ("afin investir",
        "according the report") or have it twice ("afin de d'investir").
    Matters: a word was dropped or left over by a machine translation or a hasty cut; the reader must guess.
    Bad: The firm hires in order improve its service, according the report.
    Good: The firm hires in order to improve its service, according to the report.
    False alarms: small words used as nouns ("le pour et le contre"); quotations of careless speech.
    Measured: x
    """
    language = document.language
    apart, leads = never_together(language), _DETERMINERS[language]
    seen = tokens(document.text)
    for before, second in zip(seen, seen[1:], strict=False):
        word = before.text
        if word in leads and second.text in apart.get(word, ()) and second.text in FUNCTION[language]:
            if second.text not in _NOUNS_TOO[language] and _is_phrase(
                document.text, before.start, second.end
            ):
                gap = document.text[before.end : second.start]
                if gap in _SPACE_OR_ELISION and (len(word) > 1 or word == "a" or gap in "’'"):
                    yield _hit(document.text, before.start, second.end)
    for pattern in _PATTERNS[language]:
        for found in pattern.finditer(document.text):
            yield _hit(document.text, *found.span())


def _is_phrase(text: str, start: int, end: int) -> bool:
    """Whether the two words are no part of a compound or of a longer elided word ("by-law", "quelqu'un")."""
    return (
        text[start - 1 : start] not in tuple("’'-") and text[end : end + 1] not in tuple("’'-") or start == 0
    )


def _hit(text: str, start: int, end: int) -> Hit:
    excerpt = text[start:end]
    if excerpt in ("du à", "du au", "du aux"):
        mended = excerpt.replace("du", "dû")
        return Hit(
            "accent",
            start,
            end,
            values={"text": excerpt, "mended": mended},
            suggestion=mended,
            severity="minor",
        )
    return Hit("apart", start, end, values={"text": excerpt})
