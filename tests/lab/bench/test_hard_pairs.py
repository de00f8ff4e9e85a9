"""Articles that are hard to pair: how they are made, and how they are paired beside simpler ways."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from aligner import encoders
from aligner.alignment.align import embed
from aligner.lab.bench.hard_articles import HALF, NEAR_MISS, PAIRS_PER_KIND, VERSIONS, hard_articles
from aligner.lab.bench.hard_pairs import (
    best_pairs,
    character_grams,
    mean_vectors,
    measures,
    windows_both_ways,
)
from aligner.model import InputError
from aligner.text.structure import make_document
from tests.shared_data import data

TEXTS = {
    "fr": ("Le port de Marseille rouvre.\n\nLes dockers reprennent.", "La neige tombe.\n\nIl fait froid."),
    "en": ("The port of Marseille reopens.\n\nThe dockers are back.", "Snow is falling.\n\nIt is cold."),
}


def test_every_score_puts_the_right_pair_first() -> None:
    sides = []
    for language, texts in TEXTS.items():
        documents = [make_document(f"{language}{k}", text, {}) for k, text in enumerate(texts)]
        sides.append(list(zip(documents, embed(documents, encoders.load()), strict=True)))
    for score in (mean_vectors, character_grams, windows_both_ways):
        found = score(*sides)
        assert found[0, 0] > found[0, 1]
        assert found[0, 0] > found[1, 0]


def test_other_ways_get_the_best_threshold() -> None:
    scores = np.array([[0.9, 0.1, 0.8], [0.2, 0.3, 0.1]], np.float32)
    assert best_pairs(["a", "b"], ["x", "y", "z"], scores, {("a", "x")}) == {("a", "x")}
    assert best_pairs(["a", "b"], ["x", "y", "z"], scores, {("a", "x"), ("a", "z")}) == {
        ("a", "x"),
        ("a", "z"),
    }


def test_data_that_lack_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="novels"):
        hard_articles(tmp_path)


def test_articles_are_the_same_every_time() -> None:
    first, second = (hard_articles(data("dev")) for _ in range(2))
    assert first == second
    kinds = Counter(first.gold.values())
    assert (kinds[HALF], kinds[NEAR_MISS], kinds[VERSIONS]) == (
        PAIRS_PER_KIND,
        PAIRS_PER_KIND,
        2 * PAIRS_PER_KIND,
    )
    assert first.distractors == 400
    names = {document.path for document in first.documents}
    assert len(names) == len(first.documents)
    assert {name for pair in first.gold for name in pair} <= names


def test_hard_articles_are_paired() -> None:
    rates, kinds = measures(data("dev"), encoders.load())
    assert rates[0]["f1"] >= 0.98
    assert all(rates[0]["f1"] > row["f1"] + 0.04 for row in rates[1:])
    assert kinds[0]["abridged"] == "15 of 15"
