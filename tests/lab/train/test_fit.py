"""A network of a few numbers learns, and goes on where it was interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from aligner.lab.train.detector import OF_START, blend
from aligner.lab.train.detector.fit import Schedule, fit
from aligner.lab.train.detector.network import Network, batches
from aligner.lab.train.detector.rows import Row
from tests.lab.train.small import BAD, network, rows


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Let torch use one thread: on so few numbers, several wait for each other longer than they compute."""
    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(usual)


def chunk(number: int) -> list[list[Row]]:
    some = rows(60, seed=number)
    return [some[at : at + 12] for at in range(0, len(some), 12)]


def schedule(count: int) -> Schedule:
    return Schedule(count, learning_rate=3e-3, head_rate=1e-2, warm_up=2, mean=0.9)


def nothing(_: Network, __: int) -> None:
    """Report nothing."""


def odds(net: Network, ids: Sequence[int]) -> list[float]:
    given = torch.tensor([list(ids)])
    with torch.no_grad():
        scores = net(given, torch.ones_like(given), torch.zeros_like(given))
    return [float(each) for each in scores.wrong[0]]


def test_it_learns_which_piece_is_wrong_and_what_the_tags_are(tmp_path: Path) -> None:
    net = network()
    fit(net, chunk, schedule(90), tmp_path / "checkpoint.pt", nothing)
    found = odds(net, [4, BAD, 5, 6])
    assert found[1] > max(found[0], found[2], found[3]) + 1
    ids = torch.tensor([[4, 5, 9]])
    tags = net(ids, torch.ones_like(ids), torch.zeros_like(ids)).tags[..., :20].argmax(-1)
    assert tags.tolist() == [[4, 5, 9]]


def test_an_interrupted_run_goes_on_and_ends_alike(tmp_path: Path) -> None:
    class InterruptedRunError(Exception):
        pass

    def break_off(number: int) -> list[list[Row]]:
        if number == 2:
            raise InterruptedRunError
        return chunk(number)

    whole, parted, again = network(), network(), network()
    fit(whole, chunk, schedule(20), tmp_path / "whole.pt", nothing)
    with pytest.raises(InterruptedRunError):
        fit(parted, break_off, schedule(20), tmp_path / "parted.pt", nothing)
    fit(again, chunk, schedule(20), tmp_path / "parted.pt", nothing)
    assert odds(again, [4, BAD, 5]) == odds(whole, [4, BAD, 5])
    assert odds(again, [4, BAD, 5]) != odds(network(), [4, BAD, 5])


def test_shared_layers_stay_as_they_are(tmp_path: Path) -> None:
    before, net = network().state_dict(), network()
    fit(net, chunk, schedule(5), tmp_path / "checkpoint.pt", nothing)
    changed = {name for name, value in net.state_dict().items() if not torch.equal(value, before[name])}
    assert not any(n.startswith(("body.embeddings.", "body.encoder.layer.0.")) for n in changed)
    assert any(name.startswith("body.encoder.layer.1.") for name in changed)


def test_figures_are_of_the_mean_and_training_goes_on_from_what_was_learned(tmp_path: Path) -> None:
    seen: list[tuple[int, list[float]]] = []

    def report(net: Network, done: int) -> None:
        seen.append((done, odds(net.eval(), [4, BAD])))

    net = network()
    fit(net, chunk, schedule(15), tmp_path / "c.pt", report)
    assert [done for done, _ in seen] == [0, 15]
    assert seen[-1][1] == odds(net, [4, BAD]), "the end is the mean"


def test_batches_hold_every_row_once_and_keep_to_the_budget() -> None:
    lengths = [3, 9, 5, 5, 8, 2, 7]
    found = batches(lengths, 16, np.random.default_rng(0))
    assert sorted(i for batch in found for i in batch) == list(range(7))
    assert all(len(batch) * max(lengths[i] for i in batch) <= 16 for batch in found)


def test_what_is_shipped_is_a_mean_of_the_start_and_of_what_was_learned() -> None:
    net, before = network(), network().state_dict()
    learned = {name: value + 1.0 for name, value in before.items() if value.is_floating_point()}
    net.load_state_dict(learned, strict=False)
    blend(net, before)
    for name, value in net.state_dict().items():
        if name in learned:
            assert torch.allclose(value, before[name] + (1 - OF_START), atol=1e-6)
