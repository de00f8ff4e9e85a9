"""Texts joined to one, and the table of how time grows with it."""

from __future__ import annotations

from aligner.lab.bench.alignment import Bead, Case, growth, joined
from aligner.model import Document, Language
from aligner.text.structure import make_document


def text(language: Language, lines: str) -> Document:
    return make_document(f"{language}.txt", lines, {}, language)


CASES = [
    Case(text("fr", "Il pleut.\n\nIl neige."), text("en", "It rains.\n\nIt snows."), ()),
    Case(text("fr", "Le chat dort."), text("en", "The cat sleeps."), ()),
]


def test_texts_are_joined_and_begun_again() -> None:
    case = joined(CASES, 4)
    assert [segment.text for segment in case.fr.segments] == [
        "Il pleut.",
        "Il neige.",
        "Le chat dort.",
        "Il pleut.",
    ]
    for document in (case.fr, case.en):
        assert all(document.text[s.start : s.end] == s.text for s in document.segments)


def test_every_size_has_a_row_and_all_but_the_first_an_exponent() -> None:
    aligned: list[int] = []

    def align(case: Case) -> list[Bead]:
        aligned.append(len(case.fr.segments))
        return []

    rows = growth(CASES, align, (2, 5))
    assert aligned == [1, 2, 5]
    assert [row["pairs_in_one_text"] for row in rows] == [2, 5]
    assert rows[0]["exponent"] is None
    assert isinstance(rows[1]["exponent"], float)
    assert growth(CASES, align, (4, 5)) == []
