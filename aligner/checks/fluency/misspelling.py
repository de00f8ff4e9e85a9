"""FLU408: a word that no dictionary has, one letter away from one that all have."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.checks.fluency._explained import BROKEN_TEXT
from aligner.checks.tokens import runs_of, unknown_words
from aligner.lexicon.corrections import intended, reformed
from aligner.lexicon.dictionary import is_word
from aligner.lexicon.morphology import readings
from aligner.model import Context, Document, Hit, Language

SHORTEST, LONGEST = 5, 30
"""Letters of a word that is looked up: shorter ones are too often signs or slang, longer ones codes."""
CONFIDENCE = 0.85
"""Of 12 findings in 110,000 words of French news, 10 were right; there were none in as many of English."""
MAX_FINDINGS = 10
"""Findings in an article: where more words are unknown, it is written in another way, not misspelled."""

_LETTERS = "a-zà-öø-ÿœ"
_WORD = re.compile(
    # behind nothing that it could be a part of, or behind a short word that is elided
    rf"(?:(?<![\w@#/.’'\-_&\])])|(?<=[’'])(?<!\w{{5}}[’']))[{_LETTERS}]+(?![\w@/_’'(\[]|[.\-&]\w)"
)


@article_check(
    "FLU408",
    "misspelling",
    title={"en": "Misspelling", "fr": "Faute d'orthographe"},
    category="spelling",
    cause="editorial",
    severity="minor",
    explained_by=(*BROKEN_TEXT, "ACC307", "EXT102", "EXT106", "FLU402", "FLU404", "FLU406", "FLU407"),
    messages={
        "misspelled": {
            "en": "“{text}” seems to be misspelled; perhaps “{better}” is meant.",
            "fr": "« {text} » semble mal orthographié ; peut-être faut-il lire « {better} ».",
        },
    },
)
def misspelling(document: Document, context: Context) -> Iterator[Hit]:
    """A word is in no dictionary, and one letter away from a common one.

    Finds: a word in small letters that occurs once in the article and in no dictionary of French or English,
        if one letter is wrong, missing, too many or exchanged with the next, and it is clear which word is
        meant: the only one that comes into question, or by far the most frequent.
    Matters: readers take it for carelessness, and searches and translations miss the word.
    Bad: The new stadium will cost far more, the goverment said.
    Good: The new stadium will cost far more, the government said.
    False positives: rare words, slang, and words of a third language.
    Measured: 10 of 12 findings in 110,000 words of French news were right, none was found in as many words of
        English; in `corpora/garbled` (half of the training part, and dev) 90 garbled and 1 of 9,250 correct.
    """
    text, language = document.text, document.language
    unknown = {
        word for word in unknown_words(text, language) if SHORTEST <= len(word) <= LONGEST and word.islower()
    }
    if not unknown:
        return
    runs = runs_of(text)
    starts = [runs.starts[place] for place in sorted(runs.places_of(unknown))]
    places = [
        match
        for segment in document.segments
        if segment.role != "boilerplate" and segment.language == language
        for start in starts[bisect_left(starts, segment.start) : bisect_left(starts, segment.end)]
        if (match := _WORD.match(text, start, segment.end)) and match.group() in unknown
    ]
    times = Counter(match.group() for match in places)
    hits = []
    for match in places:
        word = match.group()
        if times[word] > 1 or _is_spelled_so(word, language) or _is_among_strangers(match, text, unknown):
            continue
        if better := intended(word, language):
            values = {"text": word, "better": better}
            hits.append(
                Hit("misspelled", *match.span(), values=values, confidence=CONFIDENCE, suggestion=better)
            )
    if len(hits) <= MAX_FINDINGS:
        yield from hits


def _is_spelled_so(word: str, language: Language) -> bool:
    return is_word(word, language) or bool(readings(word, language)) or (language == "fr" and reformed(word))


def _is_among_strangers(match: re.Match[str], text: str, unknown: set[str]) -> bool:
    """Return whether a word next to this one is unknown too: both are of another language."""
    before = text[max(0, match.start() - 40) : match.start()].split()[-1:]
    after = text[match.end() : match.end() + 40].split()[:1]
    return any(neighbour.strip("«»“”\"'’,;:.!?()") in unknown for neighbour in (*before, *after))
