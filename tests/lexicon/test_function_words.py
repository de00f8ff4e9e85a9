"""The table of function words: each word once, marks on words that it has, and the sets made from it."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from aligner.lexicon.function_words import FUNCTION, ONLY, OPENERS, WEIGHED, Mark, marked, rows
from aligner.lexicon.words import is_known
from aligner.model import LANGUAGES, OTHER, Language


def every_word(language: Language) -> list[str]:
    return [
        word for more in (False, True) for row in rows(language, beyond_core=more).values() for word in row
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_in_one_row_and_is_a_word(language: Language) -> None:
    words = every_word(language)
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert [word for word in words if not is_known(word, language)] in ([], ["aujourd"])


@pytest.mark.parametrize("mark", get_args(Mark))
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_words_of_the_table_are_marked(language: Language, mark: Mark) -> None:
    assert marked(language, mark) <= set(every_word(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_one_language_alone_are_no_function_words_of_the_other(language: Language) -> None:
    assert not ONLY[language] & FUNCTION[OTHER[language]]


def test_sets_are_what_their_marks_say() -> None:
    assert {"la", "mes"} <= ONLY["fr"]
    assert "son" in FUNCTION["fr"] - ONLY["fr"]
    assert {"jours", "deux"} <= WEIGHED["fr"] - FUNCTION["fr"]
    assert "afin" not in WEIGHED["fr"]
    assert {"Où", "Hier"} <= OPENERS["fr"]
    assert {"However", "The"} <= OPENERS["en"]
