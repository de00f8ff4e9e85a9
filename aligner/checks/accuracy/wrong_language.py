"""ACC305: a sentence in neither French nor English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from aligner.checks.base import article_check
from aligner.checks.tokens import unknown_words
from aligner.lexicon.words import lexicon
from aligner.model import Context, Document, Hit, Segment

# Tuned on masakhanews and newstest2008-2012, with sentences of Spanish, German and Italian of our own put in.
FEWEST_WORDS = 6
"""Words without a capital that a sentence must have to be judged."""
KNOWN_SHARE = 0.4
"""Share of them known in French, or in English, from which the sentence may be of that language."""
OTHER_SHARE = 0.6
"""Such a share where the text reads as another language: German has "am", "in" and "die" as English does."""
FEWEST_STRANGE = 3
"""Words that neither lexicon holds from which a sentence is judged that looks French or English."""
FEWEST_LETTERS = 20
"""Letters of another script that make a passage."""
QUOTED = 40
"""Such letters inside a sentence of either language, which may name a work in its own script."""

_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
    r"(?:[\s\d.,;:!?()«»“”\"'-]*[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])*"
)


@article_check(
    "ACC305",
    "wrong-language",
    title={"en": "Neither French nor English", "fr": "Ni français ni anglais"},
    category="untranslated",
    cause="translation",
    severity="major",
    explained_in_bead_by=("ALN204",),
    messages={
        "other": {
            "en": "This passage is neither French nor English.",
            "fr": "Ce passage n'est ni en français ni en anglais.",
        },
    },
)
def wrong_language(document: Document, context: Context) -> Iterator[Hit]:
    """A sentence is in neither French nor English.

    Finds: sentences whose words are mostly unknown to both lexicons, and passages in another script.
    Matters: the text of another article, or of another translation, got in.
    Bad: The mayor leaves on Friday. Su sucesor todavía no ha sido nombrado por el consejo.
    Good: The mayor leaves on Friday. Her successor has not been named yet.
    False positives: quotations of another language, and lists of foreign names.
    Measured: all of 4 findings in crawled and machine-translated text were right; a title in its own script
        is left alone since it was reported twice.
    """
    unknown = unknown_words(document.text, document.language)
    strange_words = {word for word in unknown if word.islower() and not _OTHER_SCRIPT.match(word)}
    for segment in document.aligned_segments:
        if _looks_foreign(segment, strange_words) and _is_unknown(segment, strange_words):
            yield Hit("other", segment.start, segment.end)
            continue
        for match in _OTHER_SCRIPT.finditer(segment.text):
            is_whole = len(match.group()) * 2 >= len(segment.text)
            if len(match.group()) >= (FEWEST_LETTERS if is_whole else QUOTED):
                yield Hit("other", segment.start + match.start(), segment.start + match.end())


def _looks_foreign(segment: Segment, strange_words: Set[str]) -> bool:
    if segment.language == "other" or len(strange_words) < FEWEST_STRANGE:
        return segment.language == "other"
    return sum(word in strange_words for word in _WORD.findall(segment.text)) >= FEWEST_STRANGE


def _is_unknown(segment: Segment, strange_words: Set[str]) -> bool:
    words = [word for word in _WORD.findall(segment.text) if word.islower() and len(word) > 1]
    if len(words) < FEWEST_WORDS:
        return False
    known_count = max(sum(lexicon(language).get(word, 0) > 10 for word in words) for language in ("fr", "en"))
    is_foreign = (
        segment.language == "other" and sum(word in strange_words for word in words) >= FEWEST_STRANGE
    )
    return known_count < (OTHER_SHARE if is_foreign else KNOWN_SHARE) * len(words)
