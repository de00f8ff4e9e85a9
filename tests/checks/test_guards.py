"""What a check looks for before a slow pattern is in everything that the pattern matches."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks.extraction import boilerplate, encoding, glued_words, markup_remains
from aligner.checks.fluency import _marks, case_break
from aligner.checks.fluency._terms import is_open_ended, signs_beside_open
from aligner.detector.words import word_spans

GUARDED: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "furniture": (boilerplate._INSIDE, lambda text: any(sign in text for sign in boilerplate._SIGNS)),
    "number": (glued_words._BEFORE_NUMBER, glued_words._DIGIT_BEHIND_LETTERS.search),
    "age": (glued_words._AGE, glued_words._DIGIT_BEHIND_LETTERS.search),
    "cut": (case_break._CUT, case_break._STOP_INSIDE.search),
    "lost": (encoding._LOST, encoding._LOSS.search),
    "sign": (encoding._NO_LETTER, encoding._SIGN.search),
    "misread": (encoding._MOJIBAKE, encoding._MISREAD.search),
    "after a number": (glued_words._NUMBER, glued_words._LETTERS_BEHIND_DIGIT.search),
    "two marks": (_marks._DOUBLED, _marks._TWO_MARKS.search),
    "quotation": (_marks._UNMARKED, _marks._QUOTED.search),
    "code": (markup_remains._REMAINS, lambda text: any(sign in text for sign in markup_remains._SIGNS)),
    "invisible": (encoding._INVISIBLE, encoding._ANY_UNSEEN.search),
}


@pytest.mark.parametrize("name", GUARDED)
@given(data=st.data())
def test_a_text_that_a_pattern_matches_passes_its_guard(name: str, data: st.DataObject) -> None:
    pattern, guard = GUARDED[name]
    text = data.draw(st.from_regex(pattern))
    assert guard(text) or not pattern.search(text)


@given(st.text("ae.(/*-· \x80\ufffd", max_size=12))
def test_a_sign_is_beside_every_word_that_is_open_ended(text: str) -> None:
    signs = signs_beside_open(text)
    for first, last in word_spans(text):
        if is_open_ended(text, first, last):
            assert last in signs or first - 1 in signs
