"""Which rules of grammar are tried on a sentence, and from which of its words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aligner.checks.fluency._needs import NeedsIndex, needs_of, places_of
from aligner.checks.fluency._terms import element

COUNTS = {"the": 1000, "cat": 5, "dog": 6}


def starts(pattern: Sequence[str], *words: str) -> list[int]:
    places = places_of([frozenset(word.split()) for word in words])
    return list(places.starts(needs_of([element(text, {}) for text in pattern], COUNTS)))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (["word:the"], [0, 3]),
        (["word:the", "is:noun"], [0]),
        (["word:the", "cap ?", "is:noun"], [0, 3]),
        (["!word:a", "word:cat|dog"], [0, 2]),
        (["(edge|mark)", "word:the"], [0, 2]),
        (["(!is:prep)", "(edge|mark)", "word:the"], [0, 1]),
        (["is:verb", "is:verb"], []),
        (["cap"], [0, 1, 2, 3]),
    ],
)
def test_a_pattern_starts_where_what_it_needs_is_in_place(pattern: list[str], expected: list[int]) -> None:
    assert starts(pattern, "w:the", "w:cat t:noun", "w:eats t:verb", "w:the w:dog") == expected


def test_the_rarest_is_looked_for_first() -> None:
    needs = needs_of([element(text, {}) for text in ("word:the", "is:noun", "word:dog", "word:cat")], COUNTS)
    assert [offset for offset, _ in needs.at] == [3, 2, 0, 1]
    assert needs.rarest() == {"w:cat"}


def test_rules_are_tried_where_all_their_needs_are_met() -> None:
    patterns = (["word:the", "cap ?", "word:cat"], ["word:cat"], ["cap"], ["word:dog"], ["is:noun|adj"])
    index = NeedsIndex([needs_of([element(text, {}) for text in each], COUNTS) for each in patterns])
    assert list(index.candidates(frozenset(("w:cat",)))) == [1, 2]
    assert list(index.candidates(frozenset(("w:cat", "w:the", "t:adj")))) == [0, 1, 2, 4]
    assert index.keys == {"w:the", "w:cat", "w:dog", "t:noun", "t:adj"}
