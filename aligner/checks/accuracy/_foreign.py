"""Passages in the other language than their article's."""

from __future__ import annotations

from aligner.checks.accuracy._languages import (
    Evidence,
    all_words,
    is_borrowed,
    small_words,
    unquoted,
    without_borrowed,
)
from aligner.model import LANGUAGES, OTHER, BeadView, Language, Segment

# Tuned on masakhanews, on newstest2008-2012 and on sentences of one side of it put into the other.
FEWEST_SMALL_WORDS = 2
"""Function words of the other language that a passage needs."""
SMALL_SHARE = 0.2
"""Their share of the words of the passage."""
OWN_SHARE = 0.2
"""Words of the article's own language that are borne, as a share of the other's."""
FEWEST_WORDS = 3
"""Words known in the other language alone that a passage with fewer function words needs."""
FEWEST_QUOTED = 8
"""Words of a passage with a quotation in it: shorter ones are titles of works, slogans and interjections."""
WORD_SHARE = 0.5
"""Their share of the words without a capital."""
LONGEST_SAYING = 12
"""Words of a passage that may be a saying borrowed whole."""
_UNTRANSLATED = "untranslated"


def is_untranslated(view: BeadView) -> bool:
    """Return whether a side of a bead is in the language of the other: nothing there renders anything."""
    if _UNTRANSLATED not in view.results:
        view.results[_UNTRANSLATED] = any(
            is_in(segment, OTHER[language]) for language in LANGUAGES for segment in view.bead.side(language)
        )
    return bool(view.results[_UNTRANSLATED])


def is_in(segment: Segment, language: Language) -> bool:
    """Return whether a passage is in one language, though its article is in the other.

    It must be so even without the phrases that the other language has borrowed.
    """
    if not _reads_as(segment, segment.text, language):
        return False
    own_text = without_borrowed(segment.text, language)
    return own_text == segment.text or _reads_as(segment, own_text, language)


def _reads_as(segment: Segment, text: str, language: Language) -> bool:
    article_language = OTHER[language]
    evidence = small_words(text)
    if evidence.of(article_language) > OWN_SHARE * max(evidence.of(language), FEWEST_SMALL_WORDS / OWN_SHARE):
        return False
    if segment.role == "title" and all_words(text).of(article_language):
        return False
    if evidence.words <= LONGEST_SAYING and is_borrowed(text, language):
        return False
    frame_text = unquoted(text)
    if frame_text != text:
        frame = all_words(frame_text)
        if (
            frame.of(article_language)
            or (frame.words and not frame.of(language))
            or evidence.words < FEWEST_QUOTED
        ):
            return False
    if _is_enough(evidence, language, article_language, FEWEST_SMALL_WORDS, SMALL_SHARE):
        return True
    return segment.language == language and _is_enough(
        all_words(text), language, article_language, FEWEST_WORDS, WORD_SHARE
    )


def _is_enough(
    evidence: Evidence, language: Language, article_language: Language, minimum: int, share: float
) -> bool:
    count = evidence.of(language)
    return (
        count >= minimum
        and count >= share * evidence.words
        and evidence.of(article_language) <= OWN_SHARE * count
    )
