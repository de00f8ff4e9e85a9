"""Signals wait until a process is started; Ctrl-C does not reach it, and it can be ended before it begins."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from aligner.engine.starting import SIGNALS, ending, signals_waiting

SLEEPING = [sys.executable, "-c", "print(1, flush=True); import time; time.sleep(60)"]
BEGUN = [
    sys.executable,
    "-c",
    "from aligner.engine.starting import begin; begin(); import time; time.sleep(60)",
]


class EndedError(Exception):
    """What our handler raises."""


def end(number: int, frame: object) -> None:
    raise EndedError


def send_to_process(number: int) -> None:
    """Send ourselves a signal, and wait until another thread has taken it, if there is one that may."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    ours.settimeout(0.5)
    before = signal.set_wakeup_fd(theirs.fileno())
    try:
        os.kill(os.getpid(), number)
        with contextlib.suppress(TimeoutError):
            ours.recv(1)
    finally:
        signal.set_wakeup_fd(before)
        ours.close()
        theirs.close()


@pytest.fixture(autouse=True)
def handled() -> Iterator[None]:
    """Signals are handled here, whatever the tests were started by."""
    before = {number: signal.signal(number, end) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    "send",
    [send_to_process, signal.raise_signal],
    ids=["to the process", "to the thread"],
)
@pytest.mark.parametrize("number", sorted(SIGNALS))
def test_a_signal_waits_for_the_end_of_the_block(number: int, send: Callable[[int], object]) -> None:
    passed = []
    with pytest.raises(EndedError), signals_waiting():
        passed = [send(number)]
    assert len(passed) == 1
    assert signal.getsignal(number) is end
    assert number not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_fault_in_the_block_restores_everything() -> None:
    with pytest.raises(ZeroDivisionError), signals_waiting():
        raise ZeroDivisionError
    assert {signal.getsignal(number) for number in SIGNALS} == {end}


@pytest.mark.parametrize("command", [SLEEPING, BEGUN], ids=["before it begins", "as soon as it begins"])
def test_a_child_begins_in_peace(command: list[str]) -> None:
    path = os.pathsep.join(place for place in sys.path if place)
    with signals_waiting():
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
        )
    child.send_signal(signal.SIGINT)  # as Ctrl-C does, half-way through its imports
    if command is SLEEPING:
        assert child.stdout
        assert child.stdout.readline() == b"1\n"
    else:
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=60) == -signal.SIGTERM
    child.kill()
    assert child.communicate()[1] == b""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (3, "exit code 3"),
        (-signal.SIGABRT, "SIGABRT"),
        (-signal.SIGKILL, "SIGKILL, possibly out of memory"),
        (-99, "signal 99"),
    ],
)
def test_every_end_is_worded(code: int, words: str) -> None:
    assert ending(code) == words
