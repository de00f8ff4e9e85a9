"""The index of anchors finds every row that a plain search finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from aligner.checks.anchors import AnchorIndex, matches_at

WORDS = st.sampled_from("un deux trois quatre cinq six".split())


@given(st.lists(st.frozensets(WORDS, max_size=3)), st.frozensets(WORDS))
def test_candidates_are_the_rows_with_an_anchor_in_the_text(
    rows: list[frozenset[str]], text: frozenset[str]
) -> None:
    index = AnchorIndex([*enumerate(rows)], lambda row: row[1])
    assert index.candidates(text) == [row for row in enumerate(rows) if not row[1] or row[1] & text]
    assert all(row[1] & text == {*anchors} for row, anchors in index.anchored(text))


@given(st.text("ab "))
def test_matches_at_all_places_are_those_of_a_search(text: str) -> None:
    pattern = re.compile("ab?a|b+")
    found = matches_at(pattern, text, range(len(text)))
    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]
