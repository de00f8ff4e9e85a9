"""Two files that a person has put side by side: aligned, or one scored against the other."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from aligner.alignment import Known, align_all, align_documents
from aligner.alignment.align import ALIGNED_AT_ONCE
from aligner.alignment.links import Link, pharaoh, tokenised, word_links
from aligner.model import Alignment, Document, DocumentPair, InputError, Language
from aligner.readers.articles import check_paths, read_article, read_presegmented
from aligner.reporters.bitext import units
from aligner.run.tasks import load_encoder
from aligner.settings import Settings
from aligner.text.structure import make_document

logger = logging.getLogger(__name__)

_NAMES = {"fr": "French", "en": "English"}


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus score: its value 0..100 (TER: edits per 100 words, lower is better) and its signature."""

    name: str
    value: float
    signature: str


def align(
    fr: str, en: str, settings: Settings, *, presegmented: bool = False, known: Known | None = None
) -> Alignment:
    """Align the sentences of two articles; with ``presegmented``, of two files with one sentence a line.

    What is ``known`` is taken as it is. Raises InputError if one cannot be read, both are in one language,
    or what is known does not fit.
    """
    return _align([read_pair(fr, en, presegmented=presegmented)], settings, known)[0]


Sides = tuple[Document, Document]


def read_pair(fr: str, en: str, *, presegmented: bool = False) -> Sides:
    """Read two articles to be aligned. Raises InputError as ``align`` does."""
    check_paths([fr, en])
    if presegmented:
        return _with_sentences(read_presegmented(fr, "fr"), read_presegmented(en, "en"))
    return _with_sentences(*_in_order(read_article(fr), read_article(en)))


def align_many(pairs: Iterable[Sides], settings: Settings) -> Iterator[Alignment]:
    """Align many pairs of articles, some at a time, as they are read."""
    remaining = iter(pairs)
    while batch := list(islice(remaining, ALIGNED_AT_ONCE)):
        yield from _align(batch, settings)


def read_texts(fr: str, en: str) -> Sides:
    """Make articles of two texts to be aligned. Raises InputError as ``align`` does."""
    texts: tuple[tuple[Language, str], ...] = (("fr", fr), ("en", en))
    first, second = (make_document(language, text, {"format": "txt"}, language) for language, text in texts)
    return _with_sentences(*_in_order(first, second))


MOST_SCORED = 5_000
"""Words of a segment that is scored: TER compares each with each, in a table of 1 GB from there on."""


class LinkedWords(NamedTuple):
    """The words and marks of both sides of a bead, and the links (French, English) between them, from 0."""

    fr: tuple[str, ...]
    en: tuple[str, ...]
    links: tuple[Link, ...]

    def __str__(self) -> str:
        """French tokens, TAB, English tokens, TAB, links as ``0-0 1-2`` (Pharaoh format)."""
        return "\t".join((" ".join(self.fr), " ".join(self.en), pharaoh(self.links)))


def linked_words(alignment: Alignment) -> Iterator[LinkedWords]:
    """Yield the words of each bead with two sides, and their links; by the shipped encoder's vectors."""
    encoder = load_encoder()
    for unit in units(alignment):
        fr, en = tokenised(unit.fr), tokenised(unit.en)
        yield LinkedWords(tuple(fr), tuple(en), tuple(word_links(fr, en, encoder)))


def _in_order(fr: Document, en: Document) -> tuple[Document, Document]:
    """Return the French article first. Raises InputError for two in one language."""
    if fr.language == en.language:
        raise InputError(f"{fr.path} and {en.path} are both in {_NAMES[fr.language]}")
    if fr.language == "fr":
        return fr, en
    logger.warning("%s is in English and %s in French: taken the other way round", fr.path, en.path)
    return en, fr


def _with_sentences(fr: Document, en: Document) -> Sides:
    for side in (fr, en):
        if not side.aligned_segments:
            raise InputError(f"{side.path}: no sentence to align")
    return fr, en


def _align(pairs: Sequence[Sides], settings: Settings, known: Known | None = None) -> list[Alignment]:
    encoder = load_encoder(settings.encoder, settings.cache)
    return list(align_all([pair_of(*sides) for sides in pairs], encoder, [known] * len(pairs)))


def score(
    hypothesis: str, reference: str, settings: Settings, *, presegmented: bool = False
) -> tuple[Score, ...]:
    """Score a text against a reference in the same language, sentence by sentence after aligning them.

    With ``presegmented``, line i answers line i and nothing is aligned. Raises InputError if one
    cannot be read, the languages differ, or the numbers of lines do.
    """
    check_paths([hypothesis, reference])
    if presegmented:
        lines = [[s.text for s in read_presegmented(path, "en").segments] for path in (hypothesis, reference)]
        if len(lines[0]) != len(lines[1]) or not lines[0]:
            raise InputError(f"{hypothesis} has {len(lines[0])} lines and {reference} {len(lines[1])}")
        return score_texts(*lines)
    left, right = read_article(hypothesis), read_article(reference)
    if left.language != right.language:
        raise InputError(
            f"{hypothesis} is in {_NAMES[left.language]} and {reference} in {_NAMES[right.language]}: "
            "these scores compare texts in one language"
        )
    # The aligner calls its two sides fr and en; to the encoder both are vectors of the same space.
    alignment = align_documents(pair_of(left, right), load_encoder(settings.encoder, settings.cache))
    texts = [[" ".join(s.text for s in side) for side in (bead.fr, bead.en)] for bead in alignment.beads]
    return score_texts([pair[0] for pair in texts], [pair[1] for pair in texts])


def pair_of(fr: Document, en: Document, group: int = 0) -> DocumentPair:
    """Pair two documents that a person has put side by side: a pair without rival."""
    return DocumentPair(fr, en, score=1.0, margin=1.0, kind="translation", group=group)


def score_texts(hypothesis: Sequence[str], reference: Sequence[str]) -> tuple[Score, ...]:
    """Compute chrF, BLEU and TER of a hypothesis against one reference, segment by segment.

    Both have n texts, the i-th answering the i-th; an empty text means a segment that has no
    answer and costs what its other side is long. Raises ValueError if the lengths differ or are 0, InputError
    for a segment of more than MOST_SCORED words.
    """
    from sacrebleu.metrics import BLEU, CHRF, TER

    if len(hypothesis) != len(reference) or not hypothesis:
        raise ValueError(f"{len(hypothesis)} hypothesis and {len(reference)} reference segments")
    for number, texts in enumerate(zip(hypothesis, reference, strict=True), 1):
        if (words := max(len(text.split()) for text in texts)) > MOST_SCORED:
            raise InputError(f"segment {number} has {words} words, too many for TER: cut it into sentences")
    scores = []
    for metric in (CHRF(), BLEU(), TER()):
        score = metric.corpus_score(list(hypothesis), [list(reference)])
        scores.append(Score(str(score.name), float(score.score), str(metric.get_signature())))
    return tuple(scores)
