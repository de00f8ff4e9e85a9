"""The table of senses: every row is whole, and finds what it is for."""

from __future__ import annotations

from importlib.resources import files

import pytest

from aligner.checks.accuracy._senses import _words, wrong_senses

ROWS = files("aligner.checks.accuracy").joinpath("data/senses.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", ROWS)
def test_a_row_finds_its_wrong_word_and_not_its_right_one(line: str) -> None:
    english, wrong, shown_by, right = line.split("\t")
    meant, missed = _words(english, "en"), _words(wrong, "fr")
    context, better = _words(shown_by, "en"), _words(right, "fr")
    assert meant.whole
    assert missed.whole
    assert not meant.beginnings + missed.beginnings
    assert context.whole or context.beginnings
    assert better.whole or better.beginnings
    word = min(missed.whole)
    en = {min(meant.whole), min(context.whole | set(context.beginnings), key=len)}
    assert any(word in sense.wrong for sense in wrong_senses({word}, en))
    assert not any(
        word in sense.wrong and sense.better == right.split()[0].strip("=*")
        for sense in wrong_senses({word, min(better.whole | set(better.beginnings))}, en)
    )


def test_rows_are_unique() -> None:
    assert len(set(ROWS)) == len(ROWS)


def test_words_of_the_context_must_be_there() -> None:
    assert not list(wrong_senses({"banque"}, {"bank", "branch"}))
    assert [sense.better for sense in wrong_senses({"banque"}, {"bank", "river"})] == ["rive"]
