"""One file with two ears: what it says of a text alone, and of two beside each other."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from aligner.lab.train.detector.fit import fit
from aligner.lab.train.detector.network import Network, freeze
from aligner.lab.train.detector.shipping import BLOCK, Ears, Words, evened, export
from tests.lab.train.test_fit import BAD, SCHEDULE, network, rows

SHARED = 1
ALONE, BESIDE = [0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1]
IDS = [1, BAD, 2, 3, BAD, 5]


def ears() -> Ears:
    """Two networks of two layers that were trained on other things above the first layer."""
    made = []
    for count in (40, 400):
        net = network(2, width=BLOCK)
        words = net.body.embeddings.word_embeddings.weight
        words.data = Words(words)(torch.arange(len(words))[None])[0]  # as the pretrained ones came
        words.requires_grad_(False)
        freeze(net, SHARED)
        fit(net, rows(count), SCHEDULE)
        made.append(net)
    return Ears(made[0], made[1], SHARED)


def said(net: Network, sides: Sequence[int]) -> list[np.ndarray]:
    ids = torch.tensor([IDS])
    with torch.no_grad():
        heads = net.float().eval()(ids, torch.ones_like(ids), torch.tensor([list(sides)]))
    return [head.numpy() for head in heads]


def test_each_ear_hears_what_is_its_own(tmp_path: Path) -> None:
    both = ears()
    export(both, rows(20), tmp_path)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))
    for sides, net in ((ALONE, both.alone), (BESIDE, both.beside)):
        given = {"input_ids": [IDS], "attention_mask": [[1] * len(IDS)], "token_type_ids": [list(sides)]}
        scores = session.run(
            ["wrong", "edited", "types"], {name: np.array(v, np.int64) for name, v in given.items()}
        )
        for mine, true in zip(scores, said(net, sides), strict=True):
            assert mine.shape == true.shape
            assert np.abs(mine - true).max() < 0.25, "int8 is not far from float32"
    assert np.abs(said(both.alone, ALONE)[0] - said(both.beside, ALONE)[0]).max() > 1, "they do differ"


def test_what_is_evened_out_says_the_same() -> None:
    net = ears().beside
    for mine, true in zip(said(evened(net, rows(20)), BESIDE), said(net, BESIDE), strict=True):
        assert mine == pytest.approx(true, abs=1e-4)


def test_frozen_layers_stay_as_they_are() -> None:
    before, both = network(2, width=BLOCK).state_dict(), ears()
    kept = both.alone.state_dict(), both.beside.state_dict()
    for name in before:
        if name.startswith(("body.embeddings.", "body.encoder.layer.0.")):
            assert torch.allclose(kept[0][name], kept[1][name])


def test_word_vectors_of_four_bits_are_kept() -> None:
    """Each block has a step of its own; the number farthest from 0 lies eight steps away."""
    rng = np.random.default_rng(5)
    steps = rng.integers(-8, 8, (20, 3, BLOCK))
    steps[:, :, 7] = -8
    sizes = (rng.random((20, 3, 1)) - 0.5).astype(np.float16).astype(np.float32)
    sizes[4, 1] = 0.0
    table = torch.from_numpy((steps * sizes).astype(np.float32)).flatten(1)
    ids = torch.tensor([[3, 4, 19], [0, 3, 1]])
    assert torch.equal(Words(table)(ids), table[ids])


def test_other_word_vectors_are_rounded_to_the_next_step() -> None:
    table = torch.randn((10, 2 * BLOCK), generator=torch.manual_seed(1))
    off = (Words(table)(torch.arange(10)[None])[0] - table).reshape(10, 2, BLOCK).abs()
    largest = table.reshape(10, 2, BLOCK).abs().amax(2)
    # Sixteen steps reach from -8 to 7 of them: on the other side of 0 the farthest is cut off by one.
    assert (off.amax(2) <= largest / 8 * 1.01).all()
    assert float(off.mean()) < float(table.abs().mean()) / 8
