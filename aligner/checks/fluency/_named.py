"""What looks like a name, a title or a brand's own spelling among the words that the detector suspects."""

from __future__ import annotations

import re

from aligner.checks.suspects import Passage
from aligner.lexicon.function_words import word_set
from aligner.lexicon.morphology import readings
from aligner.model import Document, Segment

TITLE = 4
"""Words with a capital that are a title where nothing is between them: names are mostly shorter."""

_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = frozenset(("s", "d", "l", "m", "km", "kg", "cm"))
"""Letters beside names and figures."""
_INNER_CAPITAL = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_IN_TITLES = word_set("of and in on to for with")
"""Small words that have a capital in a title alone ("Making Of")."""
_ARTICLES = word_set("the a an le la les l un une des du")


def is_of_names(text: str) -> bool:
    """Return whether names and figures are all that a segment has: an entry of a list ("Louise 4.")."""
    words = _LETTERS.findall(text)
    return not text.isupper() and all(word.istitle() or word in _SIGNS for word in words)


def is_named(text: str, segment: Segment, passage: Passage) -> bool:
    """Return whether a passage within a sentence seems to be a name, a title or a brand's own spelling.

    Half of its words have a capital, the first that is no article too: to the detector, "Carry On" is an
    order and "Notify" a verb. "contactSCOTLAND" is glued on purpose; what is not, EXT101 finds.
    """
    words = _LETTERS.findall(text, max(passage.start, segment.start + 1), passage.end)
    while words and words[0].lower() in _ARTICLES:
        del words[0]
    capitals = sum(word[0].isupper() and word != "I" for word in words)
    if any(word.istitle() and word.lower() in _IN_TITLES for word in words[1:]):
        return True
    titled = bool(words) and words[0][0].isupper() and words[0] != "I" and 2 * capitals >= len(words)
    return titled or (len(words) == 1 and bool(_INNER_CAPITAL.search(words[0])))


def is_in_title_case(text: str, passage: Passage) -> bool:
    """Return whether all words of a passage have a capital, as in the title of a film or of a song."""
    words = [word for word in _LETTERS.findall(text, passage.start, passage.end) if len(word) > 1]
    return len(words) >= TITLE and all(word[0].isupper() for word in words)


def is_name_or_group(document: Document, segment: Segment, passage: Passage) -> bool:
    """Return whether a passage within a sentence is a name, or a verb in the plural for one."""
    return is_named(document.text, segment, passage) or _may_be_of_group(document, passage)


def _may_be_of_group(document: Document, passage: Passage) -> bool:
    """Return whether an English verb may be in the plural for a name: "The High Breed claim that"."""
    text = document.text[passage.start : passage.end]
    plural = document.language == "en" and any(
        not reading.tags.isdisjoint(("base", "plur")) and "verb" in reading.tags
        for reading in readings(text, "en")
    )
    if not plural:
        return False
    tags = document.tags or ()
    own = next((tag for tag in tags if tag.start == passage.start), None)
    is_auxiliary = own is not None and own.relation in ("aux", "cop")
    verb = own.head if own and is_auxiliary else passage.start
    return any(tag.head == verb and tag.relation == "nsubj" and tag.pos == "PROPN" for tag in tags)
