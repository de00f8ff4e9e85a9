"""Scores an article, or the beads of a pair, with a detector, and stores the scores in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.detector.protocol import Analysis, Detector, WordScores, WordTags
from aligner.model import LANGUAGES, Alignment, Bead, Document, Language, Segment, WordScore
from aligner.text.masks import OPAQUE
from aligner.text.prose import Prose, alignment_as_read, as_read, prose_of

MAX_CHARACTERS = 10_000
"""Characters of a segment, or of a bead's side, up to which it is scored: what is longer is no sentence, and
would be read for long to no purpose."""


def score_article(document: Document, detector: Detector) -> Document:
    """Return the article with the ``words`` and ``tags`` of its titles and sentences."""
    texts: list[str] = []
    languages: list[Language] = []
    segments = []
    prose = prose_of(document)
    for segment in as_read(document).aligned_segments:
        if segment.language != "other" and len(segment.text) <= MAX_CHARACTERS:
            texts.append(segment.text)
            languages.append(segment.language)
            segments.append(segment)
    analyses = detector.analyse(texts, languages)
    words = (
        replace(word, start=word.start + segment.start, end=word.end + segment.start)
        for segment, analysis in zip(segments, analyses, strict=True)
        for word in analysis.words
    )
    return replace(document, words=tuple(_in_source(words, prose)), tags=_tags(segments, analyses, prose))


def _tags(segments: Sequence[Segment], analyses: Sequence[Analysis], prose: Prose) -> WordTags | None:
    """Return the tags of the words of an article where they are in the source."""
    tags = []
    for segment, analysis in zip(segments, analyses, strict=True):
        if analysis.tags is None:
            return None
        for tag in analysis.tags:
            first, last = tag.start + segment.start, tag.end + segment.start
            if OPAQUE not in prose.text[first:last]:
                start, end = prose.source(first, last)
                head = prose.source_start(tag.head + segment.start)
                tags.append(replace(tag, start=start, end=end, head=head))
    return tuple(tags)


def score_alignment(alignment: Alignment, detector: Detector) -> Alignment:
    """Return the alignment with the scores of each bead whose two sides are in their languages."""
    beads, read = list(alignment.beads), alignment_as_read(alignment).beads
    proses = [prose_of(article) for article in (alignment.pair.fr, alignment.pair.en)]
    indices = [index for index, bead in enumerate(read) if _can_be_scored(bead)]
    sides = [[_joined_text(read[i].side(language)) for i in indices] for language in LANGUAGES]
    for index, scores in zip(indices, detector.score_pairs(*sides), strict=True):
        fr, en = (
            tuple(_in_source(_in_segments(read[index].side(language), words), prose))
            for language, words, prose in zip(LANGUAGES, scores, proses, strict=True)
        )
        bead = beads[index]
        beads[index] = replace(bead, evidence=replace(bead.evidence, scores_fr=fr, scores_en=en))
    return replace(alignment, beads=tuple(beads))


def _in_source(words: Iterable[WordScore], prose: Prose) -> Iterator[WordScore]:
    """Yield words of prose with their offsets in the source, without signs in the place of markup."""
    for word in words:
        if OPAQUE not in prose.text[word.start : word.end]:
            start, end = prose.source(word.start, word.end)
            yield replace(word, start=start, end=end)


def _can_be_scored(bead: Bead) -> bool:
    return all(
        bead.side(language)
        and all(segment.language == language for segment in bead.side(language))
        and sum(len(segment.text) for segment in bead.side(language)) <= MAX_CHARACTERS
        for language in LANGUAGES
    )


def _joined_text(segments: Sequence[Segment]) -> str:
    return " ".join(segment.text for segment in segments)


def _in_segments(segments: Sequence[Segment], scores: WordScores) -> Iterator[WordScore]:
    """Yield words of the joined segments, each with its offsets in the document."""
    number, first = 0, 0
    for word in scores:
        while word.start - first >= len(segments[number].text):
            first += len(segments[number].text) + 1
            number += 1
        move = segments[number].start - first
        yield replace(word, start=word.start + move, end=word.end + move)
