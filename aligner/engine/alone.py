"""Tasks one after the other in a process of their own, for batches over which a worker died.

The process sends every result as soon as it has it, so that the task over which it dies is known; that one
is tried again, and then given up. A plain child, and not one of ``multiprocessing``: workers of a Dask
cluster may not have such children.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.engine.apart import sendable
from aligner.engine.batches import Result, Substitute, Task, Work
from aligner.engine.starting import begin, child, ending, send
from aligner.model import InputError

TRIES = 2
"""Processes that may die over one task before it is given up: the first may have died for something else."""
MOST_STARTS = 3
"""Processes in a row that may die before they get to a task."""
MOST_LOST = 100
"""Tasks of a run that may be given up: where there are more, something else is wrong."""
_READY = "ready"
_CHILD = [sys.executable, "-c", "from aligner.engine.alone import serve; serve()"]


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of a task that was given up; ``reason`` says what became of its process."""

    reason: str


class LostTaskError(Exception):
    """A task killed every process that worked on it."""


class Losses:
    """Puts results in the place of those that are lost, as long as they are few."""

    def __init__(self) -> None:
        self._count = 0

    def replaced(
        self,
        tasks: Sequence[Task],
        results: Sequence[Result | Lost],
        substitute: Substitute[Task, Result] | None,
    ) -> list[Result]:
        """Return the results, ``substitute`` giving those that are lost.

        Raises InputError without it, or if more than MOST_LOST were lost in all.
        """
        completed: list[Result] = []
        for task, result in zip(tasks, results, strict=True):
            if isinstance(result, Lost):
                self._count += 1
                if substitute is None or self._count > MOST_LOST:
                    raise InputError(
                        f"worker processes die over {self._count} tasks, the last of them: {result.reason}; "
                        "try fewer --jobs"
                    )
                completed.append(substitute(task, LostTaskError(result.reason)))
            else:
                completed.append(result)
        return completed


def work_alone(work: Work[Task, Result], tasks: Sequence[Task]) -> list[Result | Lost]:
    """Work on every task alone; return their results, or Lost for those that kill what works on them.

    What ``work`` raises is raised here. Raises InputError if processes die before they get to a task.
    """
    results: list[Result | Lost] = []
    deaths = starts = 0
    while len(results) < len(tasks):
        before, ready = len(results), False
        with child(_CHILD, (work, tasks[before:])) as process:
            for answer in _answers(process):
                if not ready:
                    ready = True
                elif isinstance(answer, BaseException):
                    raise answer
                else:
                    results.append(answer[0])
        if len(results) == len(tasks):
            break
        starts = 0 if ready else starts + 1
        if starts == MOST_STARTS:
            raise InputError(
                f"worker processes die before they begin ({ending(process.returncode)}): free some memory"
            )
        deaths = 1 if len(results) > before else deaths + ready
        if deaths == TRIES:
            results.append(Lost(f"{TRIES} processes died over it ({ending(process.returncode)})"))
            deaths = 0
    return results


def _answers(process: subprocess.Popen[bytes]) -> Iterator[Any]:
    """Yield what a process sends, until it ends in whatever way; its exit code is then known."""
    assert process.stdout
    try:
        while True:
            yield pickle.load(process.stdout)
    except (EOFError, pickle.UnpicklingError):
        process.wait()


def serve() -> None:
    """Work on the tasks that come by standard input, and send the results to standard output."""
    begin()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    with contextlib.suppress(BrokenPipeError, EOFError):  # the parent is gone
        work, tasks = pickle.load(sys.stdin.buffer)
        send(answers, _READY)
        for task in tasks:
            try:
                results = work([task])
            except Exception as error:
                send(answers, sendable(error))
                return
            send(answers, list(results))
