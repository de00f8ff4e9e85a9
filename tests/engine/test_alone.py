"""Tasks that kill what works on them cost themselves, and are named with what became of their process."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from aligner.engine import LostTaskError, open_engine
from aligner.engine.alone import MOST_LOST, Lost, work_alone
from aligner.model import InputError

KILLERS = (3, 7, 40)


def deadly(killers: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """Double numbers; some end the process without a word."""
    for number in numbers:
        if number in killers:
            os._exit(0 if number % 2 else 9)
    return [2 * number for number in numbers]


def deadly_once(mark: Path, numbers: Sequence[int]) -> list[int]:
    """Die over the first number that comes."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in numbers]


def noisy(numbers: Sequence[int]) -> list[int]:
    sys.stdout.write("not an answer")
    sys.stdout.flush()
    return list(numbers)


class UnsendableError(Exception):
    """An error that cannot be pickled back."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__("words")


def failing(numbers: Sequence[int]) -> list[int]:
    raise UnsendableError(1, 2)


def bad_input(numbers: Sequence[int]) -> list[int]:
    raise InputError("no such thing")


def substitute(number: int, error: Exception) -> int:
    assert isinstance(error, LostTaskError)
    return -number


def test_a_task_that_kills_its_process_is_named() -> None:
    results = work_alone(partial(deadly, KILLERS), [1, 3, 4, 40, 5])
    assert [result for result in results if not isinstance(result, Lost)] == [2, 8, 10]
    assert results[1] == Lost("2 processes died over it (exit code 0)")
    assert results[3] == Lost("2 processes died over it (exit code 9)")


def test_a_task_has_a_second_chance(tmp_path: Path) -> None:
    assert work_alone(partial(deadly_once, tmp_path / "mark"), [1, 2]) == [2, 4]


def test_what_a_task_prints_is_no_result() -> None:
    assert work_alone(noisy, [1, 2]) == [1, 2]


def test_errors_come_back() -> None:
    with pytest.raises(RuntimeError, match="UnsendableError: words"):
        work_alone(failing, [1])
    with pytest.raises(InputError, match="no such thing"):
        work_alone(bad_input, [1])


def test_processes_that_cannot_even_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.engine.alone._CHILD", [sys.executable, "-c", "import os; os._exit(1)"])
    with pytest.raises(InputError, match=r"die before they begin \(exit code 1\)"):
        work_alone(noisy, [1])


def test_a_task_that_kills_workers_costs_itself() -> None:
    with open_engine(2) as engine:
        results = list(engine.map(partial(deadly, KILLERS), range(60), substitute=substitute))
        assert results == [-n if n in KILLERS else 2 * n for n in range(60)]


def test_without_a_result_in_its_place_the_run_ends() -> None:
    with open_engine(2) as engine, pytest.raises(InputError, match="die over 1 tasks"):
        list(engine.map(partial(deadly, KILLERS), range(20)))


def test_too_many_losses_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_LOST >= 100
    monkeypatch.setattr("aligner.engine.alone.MOST_LOST", 1)
    with open_engine(2) as engine, pytest.raises(InputError, match="die over 2 tasks"):
        list(engine.map(partial(deadly, KILLERS), range(20), substitute=substitute))
