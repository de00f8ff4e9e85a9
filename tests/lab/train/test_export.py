"""The shipped model is read back, and shipped again: texts alone score alike, pairs the same."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch

from aligner.detector import default_folder
from aligner.detector.onnx import FILES
from aligner.lab.train.detector.export import OUTPUTS, evened, export
from aligner.lab.train.detector.network import COLUMNS
from aligner.lab.train.detector.rows import Row
from aligner.lab.train.detector.start import Start, read
from aligner.model import InputError
from tests.lab.train.small import network, rows

IDS = [0, 250, 1200, 77, 9000, 31, 2]
PAIR = [0, 0, 0, 0, 1, 1, 1]


@pytest.fixture(scope="module")
def start() -> Start:
    return read(default_folder())


@pytest.fixture(scope="module")
def shipped_again(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("again")
    sample = [Row(np.array(IDS), 0, np.zeros(7, np.int64), np.zeros(7, np.int64), 0, 1.0)]
    export(start.network, start.model, sample, folder)
    return folder


def run(folder: Path, sides: Sequence[int], outputs: Sequence[str]) -> list[Any]:
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    given = {"input_ids": [IDS], "attention_mask": [[1] * len(IDS)], "token_type_ids": [list(sides)]}
    found = session.run(list(outputs), {name: np.array(each, np.int64) for name, each in given.items()})
    return list(found)


def test_the_shipped_model_is_read_back(start: Start) -> None:
    wrong, types, tags, arcs = run(default_folder(), [1] * 7, ["wrong", "types", "tags", "arcs"])
    ids = torch.tensor([IDS])
    with torch.no_grad():
        scores = start.network(ids, torch.ones_like(ids), torch.ones_like(ids))
    assert np.abs(scores.wrong.numpy() - wrong).mean() < 0.3
    assert np.abs(scores.types.numpy() - types).mean() < 0.3
    assert np.abs(scores.arcs.numpy() - arcs).mean() < 0.3
    upos = scores.tags[..., : len(COLUMNS["UPOS"])].argmax(-1)
    assert (upos.numpy() == tags[..., 0]).mean() > 0.8


@pytest.mark.benchmark
def test_it_is_shipped_again(shipped_again: Path) -> None:
    before, after = (run(folder, [0] * 7, OUTPUTS) for folder in (default_folder(), shipped_again))
    assert [each.shape for each in before] == [each.shape for each in after]
    assert np.abs(before[0] - after[0]).mean() < 0.25, "int8 is not far from float32"
    assert (before[3] == after[3]).mean() > 0.9


@pytest.mark.benchmark
def test_pairs_stay_exactly_as_they_are(shipped_again: Path) -> None:
    for name in ("wrong", "edited", "types"):
        (before,), (after,) = (run(folder, PAIR, [name]) for folder in (default_folder(), shipped_again))
        assert np.array_equal(before, after)


def test_what_is_evened_out_says_the_same() -> None:
    net, sample = network().eval(), rows(20)
    ids = torch.tensor([[4, 7, 5, 9]])
    given = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    with torch.no_grad():
        for mine, true in zip(evened(net, sample)(*given), net(*given), strict=True):
            assert torch.allclose(mine, true, atol=1e-4)


def test_a_folder_without_a_detector_is_named(tmp_path: Path) -> None:
    for name in FILES[:-1]:
        shutil.copyfile(default_folder() / name, tmp_path / name)
    with pytest.raises(InputError, match=FILES[-1]):
        read(tmp_path)
