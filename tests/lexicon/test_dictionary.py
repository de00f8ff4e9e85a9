"""Which words exist, and the filter before the lists that take long to load."""

from __future__ import annotations

import random

import pytest

from aligner.lab.train.dictionary import simplemma_words
from aligner.lexicon.bloom import BITS, may_have, packed
from aligner.lexicon.dictionary import is_listed, is_word
from aligner.model import LANGUAGES, Language


@pytest.mark.parametrize(
    ("word", "exists"),
    [
        ("maison", True),
        ("Stockholm", True),
        ("nanosatellites", True),
        ("gamified", True),  # of simplemma alone
        ("uncowled", True),
        ("skin-dived", True),
        ("entr’aperçoive", True),
        ("wrong-hyphened", False),
        ("etdeux", False),
        ("marchby", False),
        ("unhappily", True),
        ("accuseed", False),  # no suffix that begins with a vowel is behind a silent "e"
        ("immediatly", False),
        ("legallly", False),
    ],
)
def test_words_exist_in_any_case(word: str, exists: bool) -> None:
    assert is_word(word, "en") is exists
    assert is_word(word.upper(), "en") is exists


def test_no_word_that_is_packed_is_denied_and_few_others_pass() -> None:
    words = {f"word{number}" for number in range(2_000)}
    bits = packed(words)
    assert len(bits) == len(words) * BITS // 8
    assert all(may_have(bits, word) for word in words)
    assert sum(may_have(bits, f"other{number}") for number in range(20_000)) < 40
    assert not may_have(packed(()), "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_filter_denies_no_word_of_the_installed_simplemma(language: Language) -> None:
    listed = sorted(word for word in simplemma_words(language) if word.islower())
    some = random.Random(0).sample(listed, 2_000)
    assert [word for word in some if not is_word(word, language)] == []
    assert not all(map(is_listed, some))
