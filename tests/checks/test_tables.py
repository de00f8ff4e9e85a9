"""Rows of a table are found near the words that they need as they are anywhere in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks.tables import _rows, search
from aligner.model import LANGUAGES, Language

TABLES = ("accuracy/leftover_phrases", "accuracy/literal_names", "fluency/lost_words")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_row_is_found_as_anywhere(name: str, language: Language, data: st.DataObject) -> None:
    rows = _rows(name, language).rows
    drawn = data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=6))
    wordings = [data.draw(st.from_regex(rf"(?i:\w|’|)(?:{row.pattern})[ -]?")) for row in drawn]
    text = data.draw(st.sampled_from((" ", ", ", "\n"))).join(wordings)
    everywhere = [(found.span(), row.meant) for row in rows for found in row.regex.finditer(text)]
    assert [(found.span(), meant) for found, meant in search(name, text, language)] == everywhere


def test_every_match_of_an_example_is_found_once() -> None:
    text = "Il a fait cela au lieu la ville, et afin investir au lieu une maison."
    assert [found.group() for found, _ in search("fluency/lost_words", text, "fr")] == [
        "afin investir",
        "au lieu la ville",
        "au lieu une maison",
    ]
