"""Runs work that may crash or hang in a process of its own, item by item.

Libraries in C++ can abort on damaged files, and a pattern of the user's can search for ever: neither may take
a run with it. A plain child, as in ``alone``: workers of a Dask cluster may not have others.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, TypeVar

from aligner.engine.starting import begin, child, ending, send

Item = TypeVar("Item")

MAX_BATCH = 32
"""Items sent together at most."""
MAX_BATCH_BYTES = 1_000_000
"""Bytes from which on items are sent."""
_CHILD = [sys.executable, "-c", "from aligner.engine.apart import serve; serve()"]
_END = "end"


class DiedError(Exception):
    """The process ended before its work did; ``out_of_time`` where it used up its time."""

    def __init__(self, reason: str, *, out_of_time: bool) -> None:
        super().__init__(reason)
        self.out_of_time = out_of_time


def apart(
    work: Callable[..., Iterable[Item]], *args: object, seconds: int | None = None, memory: int | None = None
) -> Generator[Item, None, None]:
    """Yield what ``work`` yields in a process of its own; all of it must pickle.

    The process may use ``seconds`` of CPU and ``memory`` bytes, by default as much as it wants. What ``work``
    raises is raised here; MemoryError beyond ``memory``, and DiedError if the process ends in another way.
    """
    request = (work, args, seconds, memory)
    # What the library says on standard error is there for its authors.
    with child(_CHILD, request, errors=subprocess.DEVNULL) as process:
        assert process.stdout
        while True:
            try:
                answer = pickle.load(process.stdout)
            except (EOFError, pickle.UnpicklingError):
                code = process.wait()
                raise DiedError(ending(code), out_of_time=-code == getattr(signal, "SIGXCPU", None)) from None
            if isinstance(answer, BaseException):
                raise answer
            if answer == _END:
                return
            yield from answer


def serve() -> None:
    """Do the work that comes by standard input, and send what it yields to standard output."""
    begin()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    work, args, seconds, memory = pickle.load(sys.stdin.buffer)
    _limit(seconds, memory)
    with contextlib.suppress(BrokenPipeError):  # the parent wants no more
        try:
            for batch in _in_batches(work(*args)):
                send(answers, batch)
            send(answers, _END)
        except BrokenPipeError:
            raise
        except Exception as error:
            send(answers, sendable(error))


def _in_batches(items: Iterable[Any]) -> Iterator[list[bytes]]:
    """Yield the items in lists: one by one, they would wait more than they travel."""
    batch: list[Any] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(pickle.dumps(item))
        if len(batch) == MAX_BATCH or size > MAX_BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


def _limit(seconds: int | None, memory: int | None) -> None:
    import resource  # POSIX only

    if seconds is not None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        ends = int(usage.ru_utime + usage.ru_stime) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (ends, ends + 5))
    if memory is not None:
        with contextlib.suppress(ValueError, OSError):  # a system without such a limit
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def sendable(error: Exception) -> Exception:
    """Return an error as it is, or its words where it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
