"""Starts processes that a signal to all of ours, as Ctrl-C sends one, does not meet half-started.

A process of Python that is met while it imports shows a traceback; so does one whose parent is ended before
it has told it what to do. Signals wait until a process is started, and Ctrl-C never reaches it: that is for
the parent, which ends what it has started.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import BinaryIO

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
SIGNALS = frozenset(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Signals that ask a process to end."""


@contextlib.contextmanager
def signals_waiting() -> Iterator[None]:
    """Let signals wait for the end of the block; what is started in it begins with them blocked."""
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        received.append(number)

    # A mask is for one thread, and is what a child inherits; others may still take the signal for us.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    is_main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.getsignal(number) for number in SIGNALS if is_main}
    replaced = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number in replaced:
        signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in received:
            signal.raise_signal(number)


def begin() -> None:
    """In a process that was started so: leave Ctrl-C to its parent, and end where it is asked to."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


@contextlib.contextmanager
def child(
    command: Sequence[str], request: object, *, errors: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that finds our modules, and give it something to unpickle; it is gone at the end.

    ``errors`` is where its standard error goes, as for ``subprocess.Popen``.
    """
    path = os.pathsep.join(place for place in sys.path if place)
    with signals_waiting():
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": path},
        )
    assert process.stdin
    assert process.stdout
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin:
            pickle.dump(request, process.stdin)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.stdout.close()
        process.wait()


def send(answers: BinaryIO, answer: object) -> None:
    """In such a process: send the parent something to unpickle."""
    pickle.dump(answer, answers)
    answers.flush()


def ending(code: int) -> str:
    """Describe how a process ended, by its exit code: negative for the signal that killed it."""
    if code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
    # SIGKILL is what the system sends where memory runs out.
    return f"{name}, possibly out of memory" if name == "SIGKILL" else name
