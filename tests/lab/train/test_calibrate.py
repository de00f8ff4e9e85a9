"""Odds become probabilities that hold on what was kept back."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.checks.suspects import Curve, sentence_probabilities
from aligner.lab.train.detector.calibrate import (
    ARTICLE,
    FINDING_THRESHOLD,
    FLAGGED,
    STEP,
    Words,
    cautious,
    sentence_curve,
    word_auc,
    word_curve,
    words,
)
from aligner.lab.train.detector.texts import Text
from aligner.lab.train.detector.tokens import Mark
from aligner.model import Language, WordScore


class Model:
    """A detector that is 88 % sure of "zz", and 1.8 % of the rest."""

    name = "model"

    def score(self, texts: list[str], languages: list[Language]) -> list[tuple[WordScore, ...]]:
        found = []
        for text in texts:
            at, scores = 0, []
            for word in text.split():
                scores.append(WordScore(at, at + len(word), 0.88 if word == "zz" else 0.018, "lexical"))
                at += len(word) + 1
            found.append(tuple(scores))
        return found

    def score_pairs(self, fr: list[str], en: list[str]) -> list[tuple[tuple[WordScore, ...], ...]]:
        raise NotImplementedError


TEXTS = [
    *[Text("the zz bridge", "en", (Mark(4, 6, "lexical"),))] * 3,
    Text("the old bridge", "en", (Mark(4, 7, "lexical"),)),
    *[Text("the old bridge", "en")] * 6,
    Text("the zz bridge", "en"),
]


def test_words_are_looked_up_in_the_marks_and_garbled_texts_count_as_in_life() -> None:
    found = words(Model(), TEXTS)  # type: ignore[arg-type]
    assert found.wrong.sum() == 4
    assert found.odds[1] == pytest.approx(np.log(0.88 / 0.12))
    garbled = found.weight[:12].sum()
    assert garbled / found.weight.sum() == pytest.approx(0.15)


def test_a_curve_gives_the_shares_that_were_seen() -> None:
    odds = np.array([2.0] * 100 + [-2.0] * 100)
    wrong = np.array([1.0] * 60 + [0.0] * 40 + [1.0] * 10 + [0.0] * 90)
    found = Words(odds, np.zeros(200), wrong, np.ones(200))
    slope, offset, _, _ = word_curve(found)
    shares = 1 / (1 + np.exp(-(slope * odds + offset)))
    assert shares[0] == pytest.approx(0.6, abs=0.01)
    assert shares[-1] == pytest.approx(0.1, abs=0.01)
    assert word_auc(found) == pytest.approx((60 * 90 + 0.5 * (60 * 40 + 10 * 90)) / (70 * 130))


def test_a_sentence_curve_says_how_much_its_words_speak_for_a_fault() -> None:
    curve = sentence_curve(Model(), TEXTS)  # type: ignore[arg-type]
    high = curve.slope * np.log(0.88 / 0.12 + 2 * 0.018 / 0.982) + curve.offset
    low = curve.slope * np.log(3 * 0.018 / 0.982) + curve.offset
    # "zz" is in three of four garbled texts and one of seven correct ones; no prior in it
    assert high == pytest.approx(np.log((3 / 4) / (1 / 7)), abs=0.05)
    assert low == pytest.approx(np.log((1 / 4) / (6 / 7)), abs=0.05)


def test_an_offset_is_lowered_until_few_correct_passages_are_flagged() -> None:
    correct = [Text("the zz bridge" if n == 7 else "the old bridge", "en") for n in range(ARTICLE)]
    generous = Curve(1.0, 3.0)

    def flagged(curve: Curve) -> float:
        scores = Model().score([text.text for text in correct], ["en"] * ARTICLE)
        found = [p >= FINDING_THRESHOLD for p in sentence_probabilities(scores, curve)]
        return sum(found) / len(found)

    curve = cautious(generous, Model(), correct)  # type: ignore[arg-type]
    assert flagged(generous) > FLAGGED >= flagged(curve)
    assert flagged(curve._replace(offset=curve.offset + STEP)) > FLAGGED
    assert cautious(curve, Model(), correct) == curve  # type: ignore[arg-type]
