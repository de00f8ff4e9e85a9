"""The engine: results in order, whatever number of processes; faults come through."""

import operator
from functools import partial

import pytest

from aligner import engine


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    double = partial(operator.mul, 2)
    assert list(engine.run(double, range(200), jobs)) == [2 * n for n in range(200)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_task_no_result(jobs: int) -> None:
    assert list(engine.run(abs, [], jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_comes_through(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(engine.run(partial(operator.truediv, 1), [1, 0, 2], jobs))


def test_tasks_are_not_all_taken_at_once() -> None:
    taken = 0

    def tasks():
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = engine.run(abs, tasks(), 2)
    next(results)
    results.close()
    assert taken <= engine.CHUNK * (2 * engine.CHUNKS_AHEAD + 2)
