"""A small language model fills places of clean text; what is clearly less likely is marked as wrong."""

import numpy as np
import pytest
import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers

from aligner.training.detector.network import Network
from aligner.training.detector.pieces import NO_TYPE
from aligner.training.detector.plausible import Guesser, learn, lines, replaced, whole_words
from aligner.training.detector.plausible import _row as row_of

WORDS = ["le", "chat", "dort", "the", "cat", "sleeps", "Tom"]
PIECES = ["<s>", "<pad>", "</s>", "<unk>", *(f"▁{word}" for word in WORDS), "s", "."]
TEXTS = [("le chat dort le chat dort .", 0), ("the cat sleeps the cat sleeps .", 1)]


@pytest.fixture
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.Unigram([(piece, -1.0) for piece in PIECES], unk_id=3))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


@pytest.fixture
def guesser(tokenizer: Tokenizer) -> Guesser:
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(PIECES), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=32, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    made = Guesser(Network(transformers.BertModel(config, add_pooling_layer=False)))
    learn(made, lines(TEXTS * 300, tokenizer), tokenizer, seed=1, steps=120)
    return made


def test_whole_words_are_told_from_the_rest(tokenizer: Tokenizer) -> None:
    kinds = dict(zip(PIECES, whole_words(tokenizer), strict=True))
    assert kinds["▁chat"] == 1
    assert kinds["▁Tom"] == 2
    assert not kinds["s"]
    assert not kinds["."]
    assert not kinds["<s>"]


def test_other_words_are_marked_and_the_same_word_is_not(guesser: Guesser, tokenizer: Tokenizer) -> None:
    clean = lines(TEXTS * 200, tokenizer)
    known = {line.side: [int(i) for i in line.ids] for line in clean}
    wrong = sound = 0
    for line, bad, weight in replaced(guesser, clean, tokenizer, seed=2):
        assert len(line.ids) == len(bad) == len(weight)
        assert not (bad.astype(bool) & (weight == 0)).any(), "what is unsure is not called wrong"
        wrong += int(bad.sum())
        if [int(i) for i in line.ids] == known[line.side]:
            sound += 1
            assert not bad.any()
            assert weight.all()
    assert wrong > 20
    assert sound > 10


def test_a_row_has_its_ends_and_teaches_one_head(tokenizer: Tokenizer) -> None:
    line = lines(TEXTS, tokenizer)[1]
    bad, weight = np.zeros(len(line.ids), np.int8), np.ones(len(line.ids), np.float32)
    bad[2] = 1
    row = row_of(line, bad, weight, 0, 2)
    assert row.ids[0] == 0
    assert row.ids[-1] == 2
    assert row.garbled[3] == 1
    assert row.wrong.sum() == len(line.ids)
    assert not row.edited.any()
    assert set(row.sides) == {1}
    assert set(row.types) == {NO_TYPE}
