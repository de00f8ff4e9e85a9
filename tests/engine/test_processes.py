"""The engine: results in order, wherever the work is done; faults come through; dead workers cost time."""

import os
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from aligner.engine import BATCH, BATCHES_AHEAD, open_engine


def doubled(numbers: Sequence[int]) -> list[int]:
    return [2 * number for number in numbers]


def inverted(numbers: Sequence[int]) -> list[float]:
    return [1 / number for number in numbers]


def killed_once(marks: Path, deaths: int, numbers: Sequence[int]) -> list[int]:
    """Double numbers, but let the first few processes that get here die."""
    for death in range(deaths):
        try:
            (marks / str(death)).touch(exist_ok=False)
        except FileExistsError:
            continue
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(numbers)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    with open_engine(jobs) as engine:
        assert list(engine.map(doubled, range(200))) == doubled(range(200))
        assert list(engine.map(doubled, range(20))) == doubled(range(20))


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_task_no_result(jobs: int) -> None:
    with open_engine(jobs) as engine:
        assert list(engine.map(doubled, [])) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_comes_through(jobs: int) -> None:
    with open_engine(jobs) as engine, pytest.raises(ZeroDivisionError):
        list(engine.map(inverted, [1, 0, 2]))


def test_tasks_are_not_all_taken_at_once() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    with open_engine(2) as engine:
        next(engine.map(doubled, tasks()))
    assert taken <= BATCH * (2 * BATCHES_AHEAD + 2)


def test_the_work_of_a_dead_process_is_done_again(tmp_path: Path) -> None:
    with open_engine(2) as engine:
        assert list(engine.map(partial(killed_once, tmp_path, 1), range(100))) == doubled(range(100))
