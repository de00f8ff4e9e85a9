"""One file with two ears: what it says of a text alone, and of two beside each other."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from aligner.training.detector.fit import fit
from aligner.training.detector.network import Network, freeze
from aligner.training.detector.shipping import Ears, evened, export
from tests.training.test_fit import BAD, SCHEDULE, network, rows

SHARED = 1
ALONE, BESIDE = [0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1]
IDS = [1, BAD, 2, 3, BAD, 5]


def ears() -> Ears:
    """Two networks of two layers that were trained on other things above the first layer."""
    made = []
    for count in (40, 400):
        net = network(layers=2)
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
        heard = session.run(
            ["wrong", "edited", "types"], {name: np.array(v, np.int64) for name, v in given.items()}
        )
        for mine, true in zip(heard, said(net, sides), strict=True):
            assert mine.shape == true.shape
            assert np.abs(mine - true).max() < 0.25, "int8 is not far from float32"
    assert np.abs(said(both.alone, ALONE)[0] - said(both.beside, ALONE)[0]).max() > 1, "they do differ"


def test_what_is_evened_out_says_the_same() -> None:
    net = ears().beside
    for mine, true in zip(said(evened(net, rows(20)), BESIDE), said(net, BESIDE), strict=True):
        assert mine == pytest.approx(true, abs=1e-4)


def test_frozen_layers_stay_as_they_are() -> None:
    before, both = network(layers=2).state_dict(), ears()
    kept = both.alone.state_dict(), both.beside.state_dict()
    for name in before:
        if name.startswith(("body.embeddings.", "body.encoder.layer.0.")):
            assert torch.allclose(kept[0][name], kept[1][name])
