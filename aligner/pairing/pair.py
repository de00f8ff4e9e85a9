"""The whole of pairing, in memory: profiles, who belongs to whom, and the alignment of every pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.alignment import Known, align_all, with_evidence
from aligner.encoders.protocol import Encoder
from aligner.model import Alignment, Document, DocumentPair, Unpaired
from aligner.pairing.kind import kind
from aligner.pairing.match import Link, Unmatched


@dataclass(frozen=True, slots=True)
class Pairing:
    """The result of pairing: the alignments of all pairs, and every unpaired article, with its reason."""

    alignments: tuple[Alignment, ...]
    unpaired: tuple[Unpaired, ...]


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


def align_pairs(
    pairs: Sequence[DocumentPair], encoder: Encoder, known: Sequence[Known | None] = ()
) -> list[Alignment]:
    """Align the articles of pairs for the checks, and say what kind of pair each is.

    ``known`` is of each pair, if anything.
    """
    return [
        replace(with_evidence(alignment, encoder), pair=replace(alignment.pair, kind=kind(alignment)))
        for alignment in align_all(pairs, encoder, known)
    ]
