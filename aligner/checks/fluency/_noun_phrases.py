"""Subjects that end in a verb, and words that are seldom nouns, which the detector takes for faults."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.checks.suspects import Passage
from aligner.lexicon.morphology import readings
from aligner.model import Document, Segment, WordTag

_MODAL_NOUNS = frozenset(("will", "might", "can"))
"""Nouns that are auxiliaries without a determiner before them."""
_VERBS = frozenset(("VERB", "AUX"))
_OWNING = frozenset(("his", "her", "their", "its", "my", "our", "your", "a", "the", "this", "that", "no"))


def is_noun_with_infinitive(document: Document, segment: Segment, passage: Passage) -> bool:
    """Return whether an English passage is in a subject that ends in an infinitive, or is its verb.

    "The sailor's will to win impressed": a noun that no verb is before, "to" and an infinitive, and right
    behind them a verb in the past.
    """
    if document.language != "en" or not document.tags:
        return False
    tags = [tag for tag in document.tags if segment.start <= tag.start < segment.end]
    words = [document.text[tag.start : tag.end].lower() for tag in tags]
    for place, word in enumerate(words[:-2]):
        if word != "to" or place == 0:
            continue
        noun, verb = tags[place - 1], tags[place + 2]
        if not (noun.start < passage.end and passage.start < verb.end):
            continue
        has_verb_before = any(tag.pos in _VERBS for tag in tags[: place - 1])
        if not has_verb_before and _is_noun(tags, words, place - 1) and _follows(words, place + 1):
            return True
    return False


def _is_noun(tags: Sequence[WordTag], words: Sequence[str], place: int) -> bool:
    """Return whether a word is a noun, "will" too where something owns it."""
    if words[place] in _MODAL_NOUNS:
        before = words[place - 1] if place else ""
        return before in _OWNING or before.endswith(("’s", "'s", "’", "'")) or tags[place].pos == "NOUN"
    return tags[place].pos == "NOUN"


def _follows(words: Sequence[str], place: int) -> bool:
    """Return whether a word is an infinitive, and the next one a verb in the past."""
    infinitive = any({"verb", "base"} <= reading.tags for reading in readings(words[place], "en"))
    return infinitive and any(
        {"verb", "past"} <= reading.tags for reading in readings(words[place + 1], "en")
    )


def is_front_page(document: Document, passage: Passage) -> bool:
    """Return whether a French passage is but the front page of a newspaper: "à la une du journal"."""
    tags = [tag for tag in document.tags or () if passage.start <= tag.start < passage.end]
    if document.language != "fr" or not 1 <= len(tags) <= 2:
        return False
    last = tags[-1]
    start = last.start if last.pos == "NOUN" else last.head
    return any(
        tag.pos == "NOUN" and tag.start == start and document.text[tag.start : tag.end].lower() == "une"
        for tag in document.tags or ()
    )
