"""What the detector learns from comes in chunks that depend on the seed and the number alone."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import cast

import pytest

from aligner.lab.datasets.garbled import Passage
from aligner.lab.train.detector import stream
from aligner.lab.train.detector.generate import Generator
from aligner.lab.train.detector.rows import UNKNOWN
from aligner.lab.train.detector.stream import Sources, Stream
from aligner.lab.train.detector.tagger import Tag, Tagger
from aligner.lab.train.detector.texts import News, Text
from aligner.lab.train.detector.tokens import tokenise
from aligner.lab.train.detector.trees import Banks, Tree, Word
from aligner.lab.train.detector.word_statistics import LanguageStatistics
from aligner.model import LANGUAGES, Language
from tests.lab.train.small import tokenizer

SENTENCE = "The council has voted to close the old bridge."


def tagger(text: str, language: Language) -> list[Tag]:
    return [Tag("ADP", {}, "case", -1) for _ in tokenise(text, language)]


def generator() -> Generator:
    own = LanguageStatistics(Counter(), Counter(), 1, {}, {}, {}, frozenset(), {})
    distractors = {language: [SENTENCE] for language in LANGUAGES}
    return Generator(dict.fromkeys(LANGUAGES, own), distractors, cast("Tagger", tagger))


def sources() -> Sources:
    passages: list[tuple[Language, Passage]] = []
    for n in range(30):
        correct, garbled = f"She sees bridge {n}.", f"She see bridge {n}."
        passages.append(("en", Passage(f"en-{n}", "verb", correct, garbled, ((4, 7),), None, "train")))
    news = {language: News([("A title", SENTENCE)], []) for language in LANGUAGES}
    tree = Tree("It is", "en", (Word(0, 2, (0,) * 11, 1), Word(3, 5, (0,) * 11, -1)))
    trees = {language: [tree] for language in LANGUAGES}
    everyday = {language: ["How are you today, my friend?"] for language in LANGUAGES}
    return Sources(tuple(passages), news, everyday, [Text("He go.", "en")], Banks(trees, trees), [])


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch) -> Stream:
    monkeypatch.setattr(stream, "CHUNK", dict.fromkeys(stream.CHUNK, 10))
    return Stream(sources(), generator(), tokenizer("The", "bridge"), 5)


def test_the_same_seed_and_number_give_the_same_chunk(flow: Stream) -> None:
    def shown(number: int, seed: int = 5) -> list[list[list[int]]]:
        other = Stream(flow.sources, flow.generator, flow.tokenizer, seed)
        return [[row.ids.tolist() for row in batch] for batch in other.chunk(number)]

    assert shown(2) == shown(2)
    assert shown(2) != shown(3)
    assert shown(2) != shown(2, seed=6)


def test_every_passage_comes_once_before_any_comes_again(flow: Stream) -> None:
    def drawn(number: int) -> list[str]:
        return [p.id for _, p in flow._turn(flow.sources.passages, number, 10, "passages")]

    first = [each for number in range(3) for each in drawn(number)]
    assert len(set(first)) == 30
    assert sorted(first) == sorted(each for number in range(3, 6) for each in drawn(number))


def test_a_chunk_has_faults_correct_texts_and_trees(flow: Stream) -> None:
    rows = [row for batch in flow.chunk(0) for row in batch]
    kinds = Counter(row.garbled for row in rows)
    assert kinds[UNKNOWN] == 20
    assert kinds[1] >= 10
    assert kinds[0] >= 10
    assert {row.side for row in rows} == {0, 1}


def test_apostrophes_are_exchanged_now_and_then_and_marks_stay() -> None:
    text = Text("l'eau", "fr")
    found = {stream._typeset(text, random.Random(n)).text for n in range(30)}
    assert found == {"l'eau", "l’eau"}
    assert stream._typeset(replace(text, text="eau"), random.Random(1)).text == "eau"
