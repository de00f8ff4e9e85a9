"""Subjects that end in an infinitive, and the front page of a newspaper, are no garbled words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from aligner.checks.fluency._noun_phrases import is_front_page, is_noun_with_infinitive
from aligner.checks.suspects import Passage
from aligner.model import Document, Language, WordTag
from aligner.text.words import WORD
from tests.checks.build import article


def tagged(text: str, language: Language, parts: Mapping[str, str]) -> Document:
    tags = tuple(
        WordTag(match.start(), match.end(), parts.get(match.group(), "X"), "", "dep", match.start(), 0.9)
        for match in WORD.finditer(text)
    )
    return replace(article(text, language), tags=tags)


def passage(document: Document, words: str) -> Passage:
    start = document.text.index(words)
    return Passage(start, start + len(words), "verb-form", 0.95, 2, 10)


@pytest.mark.parametrize(
    ("text", "parts", "words", "expected"),
    [
        ("The old will to win impressed the fleet.", {"will": "NOUN"}, "to win impressed", True),
        ("Her will to live amazed the doctors.", {"will": "AUX"}, "to live amazed", True),
        ("His desire to win surprised us.", {"desire": "NOUN"}, "win surprised", True),
        ("The decision to leave shocked them.", {"decision": "NOUN"}, "leave", True),
        ("They will to win impressed the fleet.", {"They": "PRON", "will": "AUX"}, "to win", False),
        ("He told his friend to win impressed.", {"told": "VERB", "friend": "NOUN"}, "to win", False),
        ("The decision to leaving shocked them.", {"decision": "NOUN"}, "to leaving", False),
    ],
)
def test_a_subject_may_end_in_an_infinitive(
    text: str, parts: Mapping[str, str], words: str, expected: bool
) -> None:
    document = tagged(text, "en", parts)
    assert is_noun_with_infinitive(document, document.segments[0], passage(document, words)) is expected


@pytest.mark.parametrize(
    ("words", "part", "expected"), [("la une", "NOUN", True), ("une", "NOUN", True), ("la une", "DET", False)]
)
def test_a_front_page_is_a_noun(words: str, part: str, expected: bool) -> None:
    document = tagged("Son portrait fait la une du journal.", "fr", {"une": part})
    assert is_front_page(document, passage(document, words)) is expected
