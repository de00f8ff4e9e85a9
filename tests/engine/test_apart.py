"""What may end or hang its process ends or hangs only its own."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from aligner.engine.apart import MAX_BATCH, DiedError, apart
from aligner.model import InputError

MIB = 2**20


def count(last: int) -> Iterator[int]:
    yield from range(last)


def large(last: int) -> Iterator[bytes]:
    for _ in range(last):
        yield b"a" * MIB


def noisy(last: int) -> Iterator[int]:
    sys.stdout.write("no answer")
    sys.stdout.flush()
    os.write(1, b"nor this")
    yield last


def aborting(last: int) -> Iterator[int]:
    yield from range(last)
    os.abort()


def leaving(last: int) -> Iterator[int]:
    yield last
    os._exit(last)


def refusing(last: int) -> Iterator[int]:
    yield from range(last)
    raise InputError("no such thing")


def busy(last: int) -> Iterator[int]:
    while True:
        last += 1
    yield last


def greedy(last: int) -> Iterator[int]:
    yield len(bytearray(last * MIB))


class UnsendableError(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__("words")


def odd(last: int) -> Iterator[int]:
    raise UnsendableError(1, last)
    yield last


@pytest.mark.parametrize("last", [0, 1, MAX_BATCH, 3 * MAX_BATCH + 1])
def test_items_come_in_order(last: int) -> None:
    assert list(apart(count, last)) == list(range(last))


def test_large_items_do_not_wait_for_each_other() -> None:
    items = apart(large, 100)
    assert len(next(items)) == MIB
    items.close()  # and the rest is not made


def test_what_is_printed_is_no_answer() -> None:
    assert list(apart(noisy, 3)) == [3]


@pytest.mark.parametrize(
    ("work", "error", "words"),
    [
        (aborting, DiedError, "SIGABRT"),
        (leaving, DiedError, "exit code 3"),
        (refusing, InputError, "no such thing"),
        (odd, RuntimeError, "words"),
    ],
)
def test_every_end_is_known(work: Callable[..., Iterator[int]], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        list(apart(work, 3))


def test_time_and_memory_end() -> None:
    with pytest.raises(DiedError) as died:
        list(apart(busy, 1, seconds=1))
    assert died.value.out_of_time
    with pytest.raises(MemoryError):
        list(apart(greedy, 2048, memory=1024 * MIB))
    assert list(apart(greedy, 16, seconds=60, memory=1024 * MIB)) == [16 * MIB]


def test_an_interruption_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            list(apart(busy, 1))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 20
