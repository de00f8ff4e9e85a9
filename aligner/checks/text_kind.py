"""Of which kind the text at hand is, as far as the detector's scores tell.

How often a finding is right depends on what is read: the same check that is right nine times in ten on a
machine translation may be wrong nine times in ten in a newspaper. Whoever knows the kind says so in the
settings; else an article with enough sentences, hardly one of them garbled, counts as published.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from aligner.checks.suspects import PRIOR, SENTENCE, by_segment, own, sentence_probabilities
from aligner.model import LANGUAGES, Alignment, Document, Language, TextKind, WordScore

PUBLISHED = 0.06
"""Share of garbled sentences up to which an article counts as published: of an article without any, 12
sentences show that, for five are taken to have been seen before."""


def kind_of_article(document: Document) -> TextKind | None:
    """Return "published" for a clean article; None where it is none, too short, or was not scored."""
    segments = own(document.aligned_segments, document.language)
    scored = (words for _, words in by_segment(document.words or (), segments))
    return _kind([words for words in scored if words], document.language)


def kind_of_pair(alignment: Alignment) -> TextKind | None:
    """Return "published" for a pair of clean articles, by their scores beside each other."""
    kinds = {
        _kind([s for bead in alignment.beads if (s := bead.evidence.scores(language))], language)
        for language in LANGUAGES
    }
    return kinds.pop() if len(kinds) == 1 else None


def _kind(sentences: Sequence[Sequence[WordScore]], language: Language) -> TextKind | None:
    garbled, correct = PRIOR
    if len(sentences) + garbled + correct < garbled / PUBLISHED:
        return None
    suspected = math.fsum(sentence_probabilities(sentences, SENTENCE[language])) + garbled
    return "published" if suspected <= PUBLISHED * (len(sentences) + garbled + correct) else None
