"""Alignment of real sentences with the shipped encoder."""

from __future__ import annotations

import pytest

from aligner.alignment import align_all, align_documents
from aligner.alignment.similarity import calibrated
from aligner.encoders import Encoder, load
from aligner.model import Alignment, DocumentPair
from aligner.text.structure import make_document


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


def align(encoder: Encoder, fr: list[str], en: list[str]) -> Alignment:
    documents = (make_document("fr.txt", "\n\n".join(fr), {}), make_document("en.txt", "\n\n".join(en), {}))
    return align_documents(DocumentPair(*documents, 1.0, 1.0, "translation", 1), encoder)


FR = [
    "Le conseil municipal a voté hier la fermeture de la piscine du quartier nord.",
    "Les travaux de rénovation auraient coûté plus de trois millions d'euros.",
    "Une pétition contre cette décision a déjà recueilli douze mille signatures.",
    "Le maire promet un nouveau bassin, mais pas avant quatre ans.",
]
EN = [
    "The city council voted yesterday to close the swimming pool in the northern district.",
    "Renovation work would have cost more than three million euros.",
    "A petition against the decision has already gathered twelve thousand signatures.",
    "The mayor promises a new pool, but not for another four years.",
]


def kinds(alignment: Alignment) -> list[str]:
    return [bead.kind for bead in alignment.beads]


def test_faithful_translation_is_one_to_one(encoder: Encoder) -> None:
    alignment = align(encoder, FR, EN)
    assert kinds(alignment) == ["1-1"] * 4
    assert min(bead.similarity for bead in alignment.beads) > 0.8


def test_pairs_aligned_together_have_the_beads_of_each_alone(encoder: Encoder) -> None:
    both = [
        (FR[k:] + FR[:k] * (k % 2), EN[: k % 3] + EN[2:] + ["Nobody asked why."] * (k % 4)) for k in range(4)
    ]
    alone = [align(encoder, fr, en) for fr, en in both * 5]
    together = list(align_all([alignment.pair for alignment in alone], encoder))
    assert together == alone
    assert len({len(alignment.beads) for alignment in together}) > 1


@pytest.mark.parametrize("missing", range(4))
def test_a_missing_sentence_stands_alone(encoder: Encoder, missing: int) -> None:
    alignment = align(encoder, FR, EN[:missing] + EN[missing + 1 :])
    assert [bead.fr[0].text for bead in alignment.beads if not bead.en] == [FR[missing]]


def test_two_sentences_that_became_one(encoder: Encoder) -> None:
    joined = [
        EN[0],
        EN[1][:-1] + ", and a petition against the decision has already gathered twelve thousand signatures.",
        EN[3],
    ]
    assert kinds(align(encoder, FR, joined)) == ["1-1", "2-1", "1-1"]


def test_a_moved_passage_is_linked(encoder: Encoder) -> None:
    alignment = align(encoder, FR, [*EN[1:], EN[0]])
    assert [(alignment.beads[i].fr[0].text, alignment.beads[j].en[0].text) for i, j in alignment.moved] == [
        (FR[0], EN[0])
    ]


def test_single_sentences(encoder: Encoder) -> None:
    assert kinds(align(encoder, FR[:1], EN[:1])) == ["1-1"]


def test_similarity_is_calibrated_and_monotone() -> None:
    import numpy as np

    low, middle, high = calibrated(np.array([-1.0, 0.35, 1.0]))
    assert 0 <= low < middle < high <= 1
