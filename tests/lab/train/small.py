"""A network of a few numbers, its tokenizer, and rows in which one piece is wrong."""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig

from aligner.lab.train.detector.network import COLUMNS, SHARED, TYPES, Network, freeze, unlearned
from aligner.lab.train.detector.rows import UNKNOWN, Row

BAD = 7
PIECES = 12


def network(width: int = 32, layers: int = SHARED + 1) -> Network:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=PIECES,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=2 * width,
        max_position_embeddings=16,
    )
    net = unlearned(config)
    freeze(net, SHARED)
    return net


def rows(count: int, seed: int = 3) -> list[Row]:
    """Rows in which the piece ``BAD`` is wrong, and rows of trees in which a piece's number is its tag."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        ids = rng.integers(3, PIECES, int(rng.integers(4, 10)))
        nothing = np.full(len(ids), UNKNOWN)
        if number % 3:
            wrong = (ids == BAD).astype(np.int64)
            types = np.where(wrong, TYPES.index("lexical"), UNKNOWN)
            found.append(Row(ids, 0, wrong, types, int(wrong.any()), 1.0))
        else:
            tags = np.zeros((len(ids), len(COLUMNS)), np.int64)
            tags[:, 0] = ids
            found.append(Row(ids, 0, nothing, nothing, UNKNOWN, 0.0, tags, np.zeros(len(ids), np.int64)))
    return found


def tokenizer(*words: str) -> Tokenizer:
    """A tokenizer whose pieces are the words, and single letters."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *(f"▁{word}" for word in words)]
    pieces += ["▁", *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZé'’.,"]
    made = Tokenizer(models.Unigram([(piece, -1.0 * (len(piece) < 3) - 1) for piece in pieces], unk_id=3))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made
