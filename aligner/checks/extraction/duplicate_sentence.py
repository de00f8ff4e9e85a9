"""EXT105: a sentence or a title that occurs twice in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.model import Context, Document, Hit, Segment
from aligner.text.words import WORD

FEWEST_WORDS = 7
"""Words of a sentence that is not repeated by chance (tuned on masakhanews: "The investigation
continues."); where it has a number, those without a capital: programmes and lists repeat their entries."""

_SMALL_WORD = re.compile(r"\b[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*")
_NOT_WORD = re.compile(r"\W+")


@article_check(
    "EXT105",
    "duplicate-sentence",
    title={"en": "Sentence repeated", "fr": "Phrase répétée"},
    category="duplication",
    cause="extraction",
    severity="minor",
    messages={
        "sentence": {
            "en": "This sentence is already in the article, word for word.",
            "fr": "Cette phrase se trouve déjà dans l'article, mot pour mot.",
        },
        "title": {
            "en": "The title is repeated.",
            "fr": "Le titre est répété.",
        },
    },
)
def duplicate_sentence(document: Document, context: Context) -> Iterator[Hit]:
    """The same sentence occurs twice in the article, or the title is doubled.

    Finds: a sentence of seven words or more that repeats an earlier one, punctuation and case aside; a
        title that is there twice.
    Matters: a standfirst, a caption or a pull quote was taken for text, and the reader reads it twice.
    Bad: The mayor will resign on Friday, she said. [...] The mayor will resign on Friday, she said.
    Good: The mayor will resign on Friday, she said. [...] Her deputy will take over.
    False positives: rows of a translation memory are left alone; refrains, and questions that a questionnaire
        or an interview asks again.
    Measured: 4 of 4 judged findings were right, in machine translations, masakhanews and the demo; a
        programme and a list that say so twice are left alone since. Of sentences put in twice among the last
        ones of articles of masakhanews 88 % are found.
    """
    if "rows" in document.metadata:
        return  # a translation memory holds a sentence as often as it was met
    first: dict[str, Segment] = {}
    for segment in document.aligned_segments:
        wording = _NOT_WORD.sub(" ", segment.text).strip().casefold()
        earlier = first.setdefault(wording, segment)
        if earlier is segment:
            continue
        if segment.role == "title" or earlier.role == "title":
            yield Hit("title", segment.start, segment.end)
        elif _is_long(segment.text):
            yield Hit("sentence", segment.start, segment.end)


def _is_long(text: str) -> bool:
    words = _SMALL_WORD if any(sign.isdigit() for sign in text) else WORD
    return len(words.findall(text)) >= FEWEST_WORDS
