"""Signals wait until a process is started; Ctrl-C does not reach it, and it can be ended before it begins."""

import os
import signal
import subprocess
import sys

import pytest

from aligner.engine.starting import signals_waiting

SLEEPING = [sys.executable, "-c", "print(1, flush=True); import time; time.sleep(60)"]
BEGUN = [
    sys.executable,
    "-c",
    "from aligner.engine.starting import begin; begin(); import time; time.sleep(60)",
]


def test_a_signal_waits_for_the_end_of_the_block() -> None:
    passed = []
    with pytest.raises(KeyboardInterrupt), signals_waiting():
        passed = [os.kill(os.getpid(), signal.SIGINT), signal.raise_signal(signal.SIGINT)]
    assert len(passed) == 2
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_fault_in_the_block_restores_everything() -> None:
    with pytest.raises(ZeroDivisionError), signals_waiting():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


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
