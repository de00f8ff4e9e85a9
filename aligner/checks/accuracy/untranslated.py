"""ACC304: a sentence, paragraph or title that is in the other language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aligner.checks.accuracy._foreign import is_in
from aligner.checks.base import article_check
from aligner.model import OTHER, Context, Document, Hit, Segment
from aligner.text.language import identify
from aligner.text.splitting import split_paragraph
from aligner.text.words import WORD

# Tuned on masakhanews, on newstest2008-2012 and on sentences of one side of it put into the other.
ASIDE = 6
"""Words of a lone sentence among others below which it may be an aside left so on purpose."""

FEWEST_SENTENCES = 2
"""Sentences from which a row of a table is read one by one."""


@article_check(
    "ACC304",
    "untranslated",
    title={"en": "Left untranslated", "fr": "Resté non traduit"},
    category="untranslated",
    cause="translation",
    severity="major",
    explained_by=("ACC305",),
    explained_in_bead_by=("ALN204",),
    messages={
        "sentence": {
            "en": "This passage is not in the language of the article.",
            "fr": "Ce passage n'est pas dans la langue de l'article.",
        },
        "title": {
            "en": "The title is not in the language of the article.",
            "fr": "Le titre n'est pas dans la langue de l'article.",
        },
    },
)
def untranslated(document: Document, context: Context) -> Iterator[Hit]:
    """A sentence, a paragraph or a title is in the other language.

    Finds: whole sentences of English in a French article, and the other way round, by their function words.
        Sentences of one paragraph that follow each other are one finding.
    Matters: a part of the article was never translated.
    Bad: Le maire part vendredi. His deputy will take over until the spring.
    Good: Le maire part vendredi. Son adjoint le remplacera jusqu'au printemps.
    False positives: what is between quotation marks is left alone, so that a quoted sentence, slogan or
        title of a work does not fire, nor does a saying that both languages have ("C'est la vie."); a song
        or a tweet that is quoted without marks does. A lone sentence of few words is minor.
    Measured: 7 of 9 findings were right in 1.4 million words of masakhanews, newstest and ntrex, the others
        being sayings left in French on purpose. Of sentences of newstest put into the other side 97 % are
        found.
    """
    segments = _sentences(document)
    foreign = [is_in(segment, OTHER[document.language]) for segment in segments]
    for first, last in _runs(segments, foreign):
        opening, following = segments[first], segments[last + 1 : last + 2]
        if any(_is_gloss_of(segment, segments[last]) for segment in following):
            continue
        siblings = [
            s for s in (*segments[max(0, first - 1) : first], *following) if s.paragraph == opening.paragraph
        ]
        aside = first == last and bool(siblings) and len(WORD.findall(opening.text)) < ASIDE
        yield Hit(
            "title" if opening.role == "title" else "sentence",
            opening.start,
            segments[last].end,
            severity="minor" if aside else None,
        )


def _sentences(document: Document) -> Sequence[Segment]:
    """Return the segments of an article, and those of a table of aligned rows sentence by sentence."""
    segments = document.aligned_segments
    if "rows" not in document.metadata:
        return segments
    return [piece for segment in segments for piece in _pieces(segment)]


def _pieces(segment: Segment) -> list[Segment]:
    """Return the sentences of a row, or the row itself where a quotation runs over several of them."""
    language = None if segment.language == "other" else segment.language
    spans = split_paragraph(segment.text, language or "en")
    texts = [segment.text[start:end] for start, end in spans]
    if len(spans) < FEWEST_SENTENCES or any(_is_cut(text) for text in texts):
        return [segment]
    return [
        replace(
            segment,
            text=text,
            start=segment.start + start,
            end=segment.start + end,
            language=identify(text, language),
        )
        for text, (start, end) in zip(texts, spans, strict=True)
    ]


def _is_cut(text: str) -> bool:
    """Return whether a quotation begins or ends outside a passage."""
    return (
        text.count("«") != text.count("»") or text.count("“") != text.count("”") or text.count('"') % 2 == 1
    )


def _runs(segments: Sequence[Segment], foreign: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield first and last of the foreign segments of one paragraph that follow each other."""
    first = None
    for index, segment in enumerate(segments):
        if not foreign[index]:
            first = None
            continue
        first = index if first is None else first
        goes_on = index + 1 < len(segments) and foreign[index + 1]
        if not (goes_on and segments[index + 1].paragraph == segment.paragraph):
            yield first, index
            first = None


def _is_gloss_of(segment: Segment, example: Segment) -> bool:
    """Return whether a passage is in brackets behind one of the same paragraph, which is then an example."""
    text = segment.text.strip()
    return segment.paragraph == example.paragraph and text.startswith("(") and text.endswith((")", ")."))
