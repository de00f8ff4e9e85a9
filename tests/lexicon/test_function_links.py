"""The table of function words and their counterparts."""

from __future__ import annotations

from aligner.lexicon.function_links import function_links, joins, linked_english


def test_the_table_is_in_small_letters_and_without_doubles() -> None:
    for french, english in function_links().items():
        assert french == french.lower()
        assert "’" not in french
        assert len(set(english)) == len(english)
    assert {word.lower() for word in linked_english()} == linked_english()


def test_every_join_has_words() -> None:
    for kind in ("contracted", "comparing", "comparative", "auxiliary", "particle"):
        assert joins(kind)
    assert set(joins("contracted")) <= set(function_links())
