"""A network of a few numbers learns, and goes on where it was interrupted."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import transformers
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from aligner.lab.train.detector.fit import Schedule, fit
from aligner.lab.train.detector.network import TYPES, Network, average, batches, save
from aligner.lab.train.detector.pieces import NO_TYPE, Row
from aligner.model import InputError

BAD = 7
SCHEDULE = Schedule(learning_rate=2e-3, head_rate=1e-2, budget=64, checkpoint_every=5)


def network(layers: int = 1, width: int = 16) -> Network:
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=12,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=16,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return Network(transformers.BertModel(config, add_pooling_layer=False))


def rows(count: int) -> list[Row]:
    rng = np.random.default_rng(3)
    made = []
    for _ in range(count):
        ids = rng.integers(0, 12, int(rng.integers(4, 10))).astype(np.int32)
        bad = (ids == BAD).astype(np.int8)
        weight = np.ones(len(ids), np.float32)
        types = np.where(bad > 0, TYPES.index("lexical"), NO_TYPE).astype(np.int16)
        made.append(Row(ids, np.zeros(len(ids), np.int8), bad, bad, weight, weight, types))
    return made


def scores(net: Network, ids: Sequence[int]) -> list[float]:
    given = torch.tensor([list(ids)])
    with torch.no_grad():
        wrong, _, _ = net(given, torch.ones_like(given), torch.zeros_like(given))
    return [float(x) for x in wrong[0]]


def test_it_learns_which_piece_is_bad() -> None:
    net = network()
    fit(net, rows(400), SCHEDULE)
    odds = scores(net, [1, BAD, 2, 3])
    assert odds[1] > max(odds[0], odds[2], odds[3]) + 1


def test_an_interrupted_run_goes_on_and_ends_alike(tmp_path: Path) -> None:
    whole, parted = network(), network()
    fit(whole, rows(200), SCHEDULE)
    fit(parted, rows(200), replace(SCHEDULE, stop=10), tmp_path / "kept.pt")
    again = network()
    fit(again, rows(200), SCHEDULE, tmp_path / "kept.pt")
    assert scores(again, [1, BAD, 4]) == pytest.approx(scores(whole, [1, BAD, 4]), abs=0.05)


def test_batches_hold_every_row_once_and_keep_to_the_budget() -> None:
    lengths = [3, 9, 5, 5, 8, 2, 7]
    made = batches(lengths, 16, np.random.default_rng(0))
    assert sorted(i for batch in made for i in batch) == list(range(7))
    assert all(len(batch) * max(lengths[i] for i in batch) <= 16 for batch in made)


def test_the_mean_of_two_networks(tmp_path: Path) -> None:
    first, second = network(), network()
    fit(second, rows(40), SCHEDULE)
    tokenizer = Tokenizer(WordLevel({"a": 0}, unk_token="a"))
    for name, net in (("first", first), ("second", second)):
        save(net, tokenizer, tmp_path / name)
    mean, _ = average([tmp_path / "first", tmp_path / "second"])
    for one, other, both in zip(
        first.state_dict().values(), second.state_dict().values(), mean.state_dict().values(), strict=True
    ):
        assert torch.allclose(both, (one + other) / 2, atol=1e-6)


def test_networks_of_two_forms_have_no_mean(tmp_path: Path) -> None:
    tokenizer = Tokenizer(WordLevel({"a": 0}, unk_token="a"))
    save(network(), tokenizer, tmp_path / "one")
    save(network(layers=2), tokenizer, tmp_path / "two")
    with pytest.raises(InputError, match="another form"):
        average([tmp_path / "one", tmp_path / "two"])
