from __future__ import annotations

import pytest

from aligner.alignment.answers import is_same_answer
from aligner.model import Segment


def segment(text: str) -> tuple[Segment, ...]:
    return (Segment(text, 0, len(text), 0, "body", "fr"),)


@pytest.mark.parametrize(
    ("fr", "en", "same"),
    [
        ("Oui.", "Yes.", True),
        ("« Oui ! »", "“Yes!”", True),
        ("D’accord.", "OK.", True),
        ("Merci beaucoup !", "Thank you very much!", True),
        ("Oui.", "No.", False),
        ("Oui.", "The bridge is shut.", False),
        ("", "", False),
    ],
)
def test_answers(fr: str, en: str, same: bool) -> None:
    assert is_same_answer(segment(fr), segment(en)) is same


def test_an_empty_side_is_no_answer() -> None:
    assert not is_same_answer((), segment("Yes."))
