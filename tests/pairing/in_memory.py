"""The whole of pairing for a few articles in memory, as a run does it with its store."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.align import embed
from aligner.encoders.protocol import Encoder
from aligner.model import Document
from aligner.pairing.match import match
from aligner.pairing.pair import Pairing, align_pairs, linked, unpaired
from aligner.pairing.profile import article_profile


def pair_documents(
    documents: Sequence[Document], encoder: Encoder, known: Sequence[tuple[str, str]] = ()
) -> Pairing:
    """Pair and align articles of both languages; ``known`` are pairs of keys that are taken as they are."""
    embedded = embed(documents, encoder)
    profiles = [article_profile(document, found) for document, found in zip(documents, embedded, strict=True)]
    decided = match(profiles, lambda i: (embedded[i].plain, embedded[i].lengths), known)
    alignments = align_pairs([linked(link, documents) for link in decided.links], encoder)
    return Pairing(tuple(alignments), tuple(unpaired(left, documents) for left in decided.unmatched))
