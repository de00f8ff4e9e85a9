"""The whole of pairing, in memory: profiles, who belongs to whom, and the alignment of every pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.alignment import Known, with_evidence
from aligner.alignment.align import Vectors, align_segments, vectors
from aligner.encoders.protocol import Encoder
from aligner.model import Alignment, Document, DocumentPair, Unpaired
from aligner.pairing.kind import kind
from aligner.pairing.match import Link, Unmatched
from aligner.text.prose import as_read

ENCODED_AT_ONCE = 256
"""Articles handed to the encoder together, which costs it less than one at a time."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The result of pairing: the alignments of all pairs, and every unpaired article, with its reason."""

    alignments: tuple[Alignment, ...]
    unpaired: tuple[Unpaired, ...]


def embed(documents: Sequence[Document], encoder: Encoder) -> list[Vectors]:
    """Compute the vectors of every article's title and body segments."""
    article_vectors = []
    for start in range(0, len(documents), ENCODED_AT_ONCE):
        batch = documents[start : start + ENCODED_AT_ONCE]
        articles = [as_read(document).aligned_segments for document in batch]
        batch_vectors = vectors([segment for article in articles for segment in article], encoder)
        end = 0
        for article in articles:
            begin, end = end, end + len(article)
            article_vectors.append(batch_vectors.part(slice(begin, end)))
    return article_vectors


def linked(link: Link, documents: Sequence[Document]) -> DocumentPair:
    """Return the pair of a link; its kind is known once it is aligned."""
    fr, en = documents[link.fr], documents[link.en]
    return DocumentPair(fr, en, link.score, link.margin, "translation", link.group)


LEAST_NEAR = 0.005
"""Score below which the nearest article is shown as 0.00, and not worth naming."""


def unpaired(left: Unmatched, documents: Sequence[Document]) -> Unpaired:
    """Return an unpaired article with its reason."""
    rival = "" if left.rival is None or left.score < LEAST_NEAR else documents[left.rival].path
    return Unpaired(documents[left.index], left.reason, rival, left.score)


def align_pair(
    pair: DocumentPair, fr: Vectors, en: Vectors, encoder: Encoder, known: Known | None = None
) -> Alignment:
    """Align two articles from their vectors, and say what kind of pair they are."""
    alignment = align_segments(pair, fr, en, encoder, known)
    alignment = replace(alignment, pair=replace(pair, kind=kind(alignment)))
    return with_evidence(alignment, encoder)
