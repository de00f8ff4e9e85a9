"""Scores an article, or the beads of a pair, with a detector, and stores the scores in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.detector.protocol import Detector, WordScores
from aligner.model import LANGUAGES, Alignment, Bead, Document, Language, Segment, WordScore

LONGEST = 10_000
"""Characters of a segment, or of a bead's side, up to which it is scored: what is longer is no sentence, and
would be read for long to no purpose."""


def score_article(document: Document, detector: Detector) -> Document:
    """The article with its ``words``: those of its titles and sentences in French or English."""
    texts: list[str] = []
    languages: list[Language] = []
    segments = []
    for segment in document.aligned_segments:
        if segment.language != "other" and len(segment.text) <= LONGEST:
            texts.append(segment.text)
            languages.append(segment.language)
            segments.append(segment)
    scores = detector.score(texts, languages)
    words = (
        replace(word, start=word.start + segment.start, end=word.end + segment.start)
        for segment, of_segment in zip(segments, scores, strict=True)
        for word in of_segment
    )
    return replace(document, words=tuple(words))


def score_alignment(alignment: Alignment, detector: Detector) -> Alignment:
    """Return the alignment with the scores of each bead whose two sides are in their languages."""
    beads = list(alignment.beads)
    wanted = [index for index, bead in enumerate(beads) if _can_be_scored(bead)]
    sides = [[_joined(beads[i].side(language)) for i in wanted] for language in LANGUAGES]
    for index, (fr, en) in zip(wanted, detector.score_pairs(*sides), strict=True):
        bead = beads[index]
        scores = replace(
            bead.evidence, scores_fr=tuple(_placed(bead.fr, fr)), scores_en=tuple(_placed(bead.en, en))
        )
        beads[index] = replace(bead, evidence=scores)
    return replace(alignment, beads=tuple(beads))


def _can_be_scored(bead: Bead) -> bool:
    return all(
        bead.side(language)
        and all(segment.language == language for segment in bead.side(language))
        and sum(len(segment.text) for segment in bead.side(language)) <= LONGEST
        for language in LANGUAGES
    )


def _joined(segments: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def _placed(segments: Sequence[Segment], scores: WordScores) -> Iterator[WordScore]:
    """Words of the joined segments, each where it stands in the document."""
    number, first = 0, 0
    for word in scores:
        while word.start - first >= len(segments[number].text):
            first += len(segments[number].text) + 1
            number += 1
        move = segments[number].start - first
        yield replace(word, start=word.start + move, end=word.end + move)
