"""EXT108: a paragraph that ends or begins in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from aligner.checks.base import article_check
from aligner.model import Context, Document, Hit, Language, Segment
from aligner.text.words import WORD

FEWEST_WORDS = 5
"""Words of a sentence that is no heading or label (tuned on masakhanews and ntrex)."""

_CUT: Mapping[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?:(?<!\w)(?:le|la|les|un|une|des|du|de|au|aux|et|ou|que|qui|dont|dans|par|pour|sur|avec|sans|"
        r"chez|en|ce|cette|ces|"
        r"son|sa|ses|leur|leurs|notre|votre|se|ne|mais|car|très|afin|selon|vers|entre|est|sont|ont|"
        r"avait|sera)|"
        r"(?<=\w)[ldnsjcm][’']|(?<=\w),|\w-)\Z"
    ),
    "en": re.compile(
        r"(?:(?<!\w)(?:the|a|an|and|or|which|whose|his|their|its|our|your|my|but|because|than|very|if|"
        r"while|between|"
        r"among|during|until)|(?<=\w),|\w-)\Z"
    ),
}
LONGEST_ENDING = 80  # characters
_NO_CUT = re.compile(
    r"[;,] ?(?:and|or|et|ou),?\Z|, (?:[A-ZÀ-Þ][\w-]+ )+(?:of|de|du)(?: the| la| le)?\Z|[(\[](?:[\w’']+)\Z"
)
"""Before the next item of a list, in an index ("Congo, Republic of the"), and "(the)"."""
_ITEM = re.compile(r"\s*(?:[*+•·-]|\d{1,3}[.)]|[a-z][.)]|\([a-z\d]{1,3}\)|<li>)\s")
_LOST_START = re.compile(
    # no name ("van der Poel"), no brand ("eBay"), no address, no item ("a) "), nothing that a mark follows
    r"(?!(?:d[eiu]|da|des|del|della|van|von|al|el|le|la|ter|bin|ibn)\b)"
    r"[a-zà-öø-ÿœ]+(?:[’'-][a-zà-öø-ÿœ]+)*[, ]"
)
_ENDED = re.compile(r"[.!?…][»”\"'’)\]\s\u00a0\u202f]*\Z")
SHARE = 0.2
"""Share of the paragraphs of an article that begin in lower case from which its author writes so."""
_CLOSERS = " \u00a0\u202f»”\"'’)]"


@article_check(
    "EXT108",
    "truncated-sentence",
    title={"en": "Sentence broken off", "fr": "Phrase tronquée"},
    category="truncation",
    cause="extraction",
    severity="major",
    messages={
        "cut": {
            "en": "The paragraph stops in the middle of a sentence, after “{text}”.",
            "fr": "Le paragraphe s'arrête au milieu d'une phrase, après « {text} ».",
        },
        "start": {
            "en": "The paragraph begins in the middle of a sentence, with “{text}”.",
            "fr": "Le paragraphe commence au milieu d'une phrase, par « {text} ».",
        },
    },
)
def truncated_sentence(document: Document, context: Context) -> Iterator[Hit]:
    """A paragraph stops, or begins, in the middle of a sentence.

    Finds: a last sentence of a paragraph that ends in a function word, a comma or a hyphen, where no sentence
        can end; a first sentence that begins in lower case and ends as one does, where nothing leads to it.
    Matters: the rest of the sentence, and perhaps more, is missing.
    Bad: The bridge will be shut until the end of the
    Good: The bridge will be shut until the end of the year.
    False positives: verse, and lines that a list goes on from; the items of a list are left alone.
    Measured: 25 of 27 judged findings were right, in crawled rows, machine translations and masakhanews.
    """
    body = [segment for segment in document.segments if segment.role != "boilerplate"]
    yield from _lost_starts(document, body)
    for segment, following in zip(body, (*body[1:], None), strict=False):
        if segment.role != "body" or (following is not None and following.paragraph == segment.paragraph):
            continue
        if following is not None and not following.text[:1].isupper():
            continue
        if _is_listed(document, segment) or (following is not None and _is_listed(document, following)):
            continue
        ending = segment.text.rstrip(_CLOSERS)
        match = _CUT[document.language].search(ending)
        if (
            match
            and not _NO_CUT.search(ending[-LONGEST_ENDING:])
            and sum(1 for _ in WORD.finditer(segment.text)) >= FEWEST_WORDS
        ):
            last = [*WORD.finditer(segment.text, 0, len(ending))][-1]
            start, end = segment.start + last.start(), segment.start + len(ending)
            yield Hit("cut", start, end, values={"text": document.text[start:end]})


def _lost_starts(document: Document, body: Sequence[Segment]) -> Iterator[Hit]:
    """Yield the first words of paragraphs that begin in the middle of a sentence."""
    firsts = [
        (before, segment)
        for before, segment in zip((None, *body), body, strict=False)
        if before is None or before.paragraph != segment.paragraph
    ]
    cut_segments = [
        segment
        for before, segment in firsts
        if segment.role == "body"
        and segment.language == document.language
        and _LOST_START.match(segment.text)
        and _ENDED.search(segment.text)
        and (before is None or before.role != "body" or _ENDED.search(before.text))
        and sum(1 for _ in WORD.finditer(segment.text)) >= FEWEST_WORDS
        and not _is_listed(document, segment)
    ]
    if len(cut_segments) <= max(1, SHARE * len(firsts)):
        for segment in cut_segments:
            end = segment.start + len(segment.text.split(" ", 1)[0].rstrip(","))
            # Copies of a page lose the first letters of many paragraphs: each is soon guessed.
            values = {"text": document.text[segment.start : end]}
            yield Hit("start", segment.start, end, values=values, severity="minor")


def _is_listed(document: Document, segment: Segment) -> bool:
    """Return whether a segment is in an item of a list, where "and" or a comma may end it, or in a rubric."""
    start = document.text.rfind("\n", 0, segment.start) + 1
    rubric = document.text.startswith("-", start) and segment.text.rstrip().endswith("-")
    return rubric or _ITEM.match(document.text, start) is not None
