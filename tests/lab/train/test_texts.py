"""What the detector learns from: marks of passages, documents kept back, differences of corrections."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from aligner.lab.datasets.garbled import Passage
from aligner.lab.train.detector.rows import UNKNOWN, text_rows
from aligner.lab.train.detector.texts import (
    DOUBT,
    Text,
    differences,
    documents,
    is_kept_back,
    passage_texts,
    sentence_of,
    shown,
)
from aligner.lab.train.detector.tokens import Mark
from tests.lab.train.small import tokenizer


def passage(kind: str, garbled: str | None, *spans: tuple[int, int]) -> Passage:
    return Passage("en-1", kind, "She admires the bridge.", garbled, spans, None, "train")


def test_a_passage_is_two_texts_and_tricky_correct_text_one() -> None:
    garbled, correct = passage_texts(passage("verb", "She admire the bridge.", (4, 10)), "en")
    assert garbled.marks == (Mark(4, 10, "verb-form"),)
    assert (correct.text, correct.marks, correct.weight) == ("She admires the bridge.", (), 1.0)
    assert [text.marks for text in passage_texts(passage("correct", None), "en")] == [()]
    (beside, _) = passage_texts(passage("wrong-sense", "She admires the deck.", (16, 20)), "en")
    assert beside.weight == DOUBT


@pytest.mark.parametrize(
    ("span", "word"), [((4, 9), "bridge"[:5]), ((3, 3), "bridge"), ((10, 10), "bridge"), ((11, 11), ".")]
)
def test_a_gap_is_marked_at_the_word_behind_it_or_before_the_end(span: tuple[int, int], word: str) -> None:
    start, end = shown(span, "The bridge.")
    assert "The bridge."[start:end] == word


def test_rows_mark_the_pieces_of_marked_words() -> None:
    text = Text("She admire it", "en", (Mark(4, 10, "verb-form"),))
    (row,) = text_rows([text], tokenizer("She", "admire", "it"))
    assert row.wrong.tolist() == [UNKNOWN, 0, 1, 0, UNKNOWN]
    assert row.side == 1
    assert row.garbled == 1
    (correct,) = text_rows([Text("She", "en")], tokenizer("She"))
    assert correct.garbled == 0


def test_documents_are_kept_back_by_their_first_line(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("\nTitle\nA line.\n\n\nOther\n\n", encoding="utf-8")
    assert list(documents(file)) == [("Title", "A line."), ("Other",)]
    many = [(f"Title {n}", "text") for n in range(2000)]
    assert 0.03 < sum(map(is_kept_back, many)) / len(many) < 0.07
    assert is_kept_back(many[7]) == is_kept_back((*many[7][:1], "another text"))


def test_a_sentence_is_whole() -> None:
    rng = random.Random(1)
    line = "The council has voted to close the old bridge. share this"
    found = {sentence_of(line, "en", rng) for _ in range(20)}
    assert found <= {None, "The council has voted to close the old bridge."}
    assert len(found) == 2 or None not in found
    assert sentence_of("Share", "en", rng) is None


def test_differences_are_what_the_correction_lacks() -> None:
    assert differences("She admire it.", "She admires it.", "en") == (Mark(4, 10, ""),)
    lost = differences("She has it to.", "She has it to do.", "en")
    assert [(mark.start, mark.end) for mark in lost] == [(13, 14)]
    assert differences("Same.", "Same.", "en") == ()
