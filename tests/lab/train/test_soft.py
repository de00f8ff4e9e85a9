"""Labels of real translations, softened by what a network says of them."""

from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import nn

from aligner.lab.train.detector.examples import Example, Side
from aligner.lab.train.detector.network import Network
from aligner.lab.train.detector.pieces import Row, rows
from aligner.lab.train.detector.soft import SOFT, SOURCE, UNSURE, softened
from aligner.lab.train.detector.tokens import UNSURE as NOBODY_KNOWS
from aligner.lab.train.detector.tokens import Mark

WORDS = ["le", "pont", "ferme", "the", "bridge", "closes", "close", "farm"]
PIECES = ("<s>", "</s>", "<unk>", *(f"▁{word}" for word in WORDS))
TOKENIZER = Tokenizer(models.Unigram([(piece, -1.0) for piece in PIECES], unk_id=2))
TOKENIZER.pre_tokenizer = pre_tokenizers.Metaspace()
SOURCE_TEXT = Side("le pont ferme", edited=0.0)


class Ear(nn.Module):
    """Says of every piece the same, and the more the more pieces a row has."""

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, sides: torch.Tensor) -> tuple[Any, ...]:
        odds = (mask.sum(1, keepdim=True) - 8.0).expand(ids.shape)
        return odds, odds, odds


def made(*examples: Example) -> list[Row]:
    ear: Network = Ear()  # type: ignore[assignment]
    return softened(rows(examples, TOKENIZER), ear, TOKENIZER)


def sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def test_a_label_is_mostly_what_a_person_said_and_the_unsure_is_what_the_network_says() -> None:
    marks = (Mark(4, 10, ""), Mark(11, 16, NOBODY_KNOWS))
    (row,) = made(Example(SOURCE_TEXT, Side("the bridge close", marks), "wce"))
    p = sigmoid(len(row.ids) - 8)
    assert np.allclose(row.bad[5:8], [SOFT * p, 1 - SOFT + SOFT * p, p])
    assert row.edited[5:8].tolist() == [1.0, 1.0, UNSURE]
    assert row.edited[[0, 4, 8]].tolist() == [0.0, 0.0, 0.0], "what opens and ends a side is no word"


def test_a_source_is_told_the_same_beside_every_translation() -> None:
    short, long = Side("the bridge closes"), Side("the farm bridge closes")
    one, other = made(Example(SOURCE_TEXT, short, "wce"), Example(SOURCE_TEXT, long, "wce"))
    mean = (sigmoid(len(one.ids) - 8) + sigmoid(len(other.ids) - 8)) / 2
    for row in (one, other):
        assert np.allclose(row.bad[1:4], mean)
        assert row.edited[1:4].tolist() == [SOURCE] * 3


def test_of_a_spoiled_source_nothing_is_told_to_the_head_that_hears_edits() -> None:
    spoiled = Side("le farm ferme", (Mark(3, 7, "lexical"),), edited=0.0)
    (row,) = made(Example(spoiled, Side("the bridge closes"), "wce"))
    assert row.bad[1:4].tolist() == [0.0, 1.0, 0.0]
    assert row.edited[1:4].tolist() == [0.0] * 3


def test_of_two_translations_beside_one_another_both_are_softened() -> None:
    (row,) = made(Example(Side("le pont ferme"), Side("the bridge close", (Mark(4, 10, ""),)), "machine"))
    p = sigmoid(len(row.ids) - 8)
    assert np.allclose(row.bad[[1, 2, 3, 5, 6, 7]], SOFT * p + (1 - SOFT) * np.array([0, 0, 0, 0, 1, 0]))
    assert row.edited[[1, 2, 3, 5, 6, 7]].tolist() == [1.0] * 6


def test_where_nobody_edited_nothing_changes() -> None:
    example = Example(SOURCE_TEXT, Side("the bridge farm", edited=0.0), "")
    (before,), (after,) = rows([example], TOKENIZER), made(example)
    assert all(np.array_equal(getattr(after, name), getattr(before, name)) for name in Row.__slots__)
