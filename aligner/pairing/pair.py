"""The whole of pairing, in memory: gists, who belongs to whom, and the alignment of every pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from aligner.alignment import with_evidence
from aligner.alignment.align import Vectors, align_segments, vectors
from aligner.encoders.protocol import Encoder
from aligner.model import Alignment, Document, DocumentPair, Pairing, Unpaired
from aligner.pairing.gist import gist
from aligner.pairing.kind import kind
from aligner.pairing.match import LeftOver, Link, match

Progress = Callable[[int, int], None]

ENCODED_AT_ONCE = 256
"""Articles handed to the encoder together, which costs it less than one at a time."""


def pair_documents(
    documents: Sequence[Document],
    encoder: Encoder,
    known: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
    wanted: Callable[[str], bool] | None = None,
) -> Pairing:
    """Pair and align articles of both languages.

    ``known`` are pairs of article keys (French, English) that are taken as they are. ``progress``
    is told (done, total) after each alignment. With ``wanted``, only pairs of which it holds an
    article's key are aligned; the others have no beads. Raises InputError for a known pair that names an
    article that was not read, or one of the wrong language.
    """
    embedded = embed(documents, encoder)
    gists = [gist(document, found) for document, found in zip(documents, embedded, strict=True)]
    decided = match(gists, lambda i: (embedded[i].plain, embedded[i].lengths), known)
    alignments = []
    for number, link in enumerate(decided.links):
        pair = linked(link, documents)
        if wanted is None or wanted(pair.fr.path) or wanted(pair.en.path):
            alignments.append(align_pair(pair, embedded[link.fr], embedded[link.en], encoder))
        else:
            alignments.append(Alignment(pair, ()))
        if progress:
            progress(number + 1, len(decided.links))
    return Pairing(tuple(alignments), tuple(unpaired(left, documents) for left in decided.left))


def embed(documents: Sequence[Document], encoder: Encoder) -> list[Vectors]:
    """The vectors of every article's title and body segments."""
    found = []
    for start in range(0, len(documents), ENCODED_AT_ONCE):
        articles = [document.aligned_segments for document in documents[start : start + ENCODED_AT_ONCE]]
        together = vectors([segment for article in articles for segment in article], encoder)
        end = 0
        for article in articles:
            begin, end = end, end + len(article)
            rows = slice(begin, end)
            found.append(
                Vectors(
                    together.sums[rows], together.weights[rows], together.plain[rows], together.lengths[rows]
                )
            )
    return found


def linked(link: Link, documents: Sequence[Document]) -> DocumentPair:
    """The pair of a link; its kind is known when it is aligned."""
    fr, en = documents[link.fr], documents[link.en]
    return DocumentPair(fr, en, link.score, link.margin, "translation", link.group)


def unpaired(left: LeftOver, documents: Sequence[Document]) -> Unpaired:
    """An article left over, with its reason."""
    rival = "" if left.rival is None else documents[left.rival].path
    return Unpaired(documents[left.index], left.reason, rival, left.score)


def align_pair(pair: DocumentPair, fr: Vectors, en: Vectors, encoder: Encoder) -> Alignment:
    """Align two articles from their vectors, and say what kind of pair they are."""
    alignment = align_segments(pair, fr, en)
    return with_evidence(replace(alignment, pair=replace(pair, kind=kind(alignment))), encoder)
