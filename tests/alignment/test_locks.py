"""Beads and breaks that are known in advance."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import Known, align_documents
from aligner.alignment.locks import standing_alone
from aligner.encoders import load
from aligner.model import DocumentPair, InputError
from aligner.text.structure import make_document

ENCODER = load()
FR = [
    "Chapitre un.",
    "Le boulanger ouvre son four avant l'aube.",
    "Sa fille porte le pain au village.",
    "Il neige depuis trois jours.",
    "Chapitre deux.",
    "Le facteur n'est pas venu ce matin.",
    "On parle d'une avalanche sur la route du col.",
    "Le maire a fait fermer l'école.",
]
EN = [
    "Chapter one.",
    "The baker lights his oven before dawn.",
    "His daughter takes the bread to the village.",
    "It has been snowing for three days.",
    "Chapter two.",
    "The postman did not come this morning.",
    "There is talk of an avalanche on the road to the pass.",
    "The mayor has had the school closed.",
]


def beads(
    known: Known | None, fr: list[str] = FR, en: list[str] = EN
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    documents = (make_document(f"{k}.txt", "\n\n".join(side), {}) for k, side in (("fr", fr), ("en", en)))
    left, right = documents
    assert len(left.segments) == len(fr)
    assert len(right.segments) == len(en)
    alignment = align_documents(DocumentPair(left, right, 1.0, 1.0, "translation", 1), ENCODER, known)
    return [
        (tuple(left.segments.index(s) for s in bead.fr), tuple(right.segments.index(s) for s in bead.en))
        for bead in alignment.beads
    ]


def test_nothing_known_changes_nothing() -> None:
    assert beads(Known()) == beads(None) == [((k,), (k,)) for k in range(8)]


def test_beads_put_right_stay_and_the_rest_is_aligned_around_them() -> None:
    found = beads(Known((((2, 3), (2, 3)), ((5,), (6,)))))
    assert ((2, 3), (2, 3)) in found
    assert ((5,), (6,)) in found
    assert ((), (5,)) in found
    assert ((0,), (0,)) in found
    assert ((7,), (7,)) in found


def test_segments_known_to_have_no_counterpart_stand_alone() -> None:
    found = beads(Known((((3,), ()), ((), (6,)))))
    assert ((3,), ()) in found
    assert ((), (6,)) in found
    assert found[:3] == [((k,), (k,)) for k in range(3)]


def test_no_bead_crosses_a_break() -> None:
    # the avalanche is told in the first chapter of the English version only
    en = [*EN[:4], EN[6], *EN[4:6], EN[7]]
    found = beads(Known(breaks="^Chap"), en=en)
    assert ((4,), (5,)) in found
    for fr, english in found:
        assert len({k >= 4 for k in fr} | {k >= 5 for k in english}) == 1


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (Known((((0,), (3,)), ((2,), (1,)))), "order"),
        (Known((((0,), (0,)), ((0,), (1,)))), "order"),
        (Known((((0, 2), (0,)),)), "do not follow each other"),
        (Known((((0,), (8,)),)), "no sentence 8"),
        (Known((((12,), ()),)), "no sentence 12"),
        (Known(breaks="^Chapitre"), "2 French and 0 English"),
        (Known((((3, 4), (3, 4)),), "^Chap"), "order"),
    ],
)
def test_what_cannot_be_is_said(known: Known, message: str) -> None:
    with pytest.raises(InputError, match=message):
        beads(known)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_segments_taken_out_leave_a_path(data: st.DataObject) -> None:
    steps = data.draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=6)
    )
    path = [(0, 0)]
    for a, b in steps:
        path.append((path[-1][0] + a, path[-1][1] + b))
    n, m = path[-1]
    fr, en = (frozenset(data.draw(st.sets(st.integers(0, k - 1)))) if k else frozenset() for k in (n, m))
    out = standing_alone(path, {"fr": fr, "en": en})
    assert out[0] == path[0]
    assert out[-1] == path[-1]
    for (i0, j0), (i1, j1) in itertools.pairwise(out):
        assert (i0, j0) != (i1, j1)
        assert i0 <= i1
        assert j0 <= j1
        if fr & set(range(i0, i1)):
            assert (i1 - i0, j1 - j0) == (1, 0)
        if en & set(range(j0, j1)):
            assert (i1 - i0, j1 - j0) == (0, 1)
