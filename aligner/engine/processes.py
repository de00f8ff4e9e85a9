"""The engine of worker processes on this machine."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from aligner.engine.batches import BATCH, BATCHES_AHEAD, Result, Task, Work, batches
from aligner.model import InputError

logger = logging.getLogger(__name__)

MOST_LOSSES = 5
"""Times that dead workers are replaced in one run: what kills them will then kill them again."""

MOST_PROCESSES = 61 if sys.platform == "win32" else 1024
"""Processes at once; Windows waits for no more, and no machine gains by more."""

COLLECT_AFTER = (50_000, 50, 100)
"""Thresholds of the collector, in objects: what is made here has hardly any cycles, and to look for them as
often as by default takes 4 % of the time of the checks."""


def collect_seldom() -> None:
    """Make this process run the cyclic garbage collector less often."""
    gc.set_threshold(*COLLECT_AFTER)


def _begin() -> None:
    # Ctrl-C is for the parent, which ends its workers; they would only show tracebacks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a worker has nothing to clear up
    collect_seldom()


@dataclass(slots=True)
class Batch:
    """A batch at work, and what it was given, in case its worker dies."""

    work: Callable[[Sequence[Any]], Sequence[Any]]
    tasks: Sequence[Any]
    future: Future[Sequence[Any]]


class Processes:
    """Worker processes of this machine, started when they are first needed.

    ``work``, tasks and results must pickle.
    """

    shares_files = True

    def __init__(self, jobs: int) -> None:
        self._jobs = min(jobs, MOST_PROCESSES)
        self._pool: ProcessPoolExecutor | None = None
        self._losses = 0

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def map(self, work: Work[Task, Result], tasks: Iterable[Task], size: int = BATCH) -> Iterator[Result]:
        """Spread batches over the processes; those of a process that dies are given to another."""
        waiting: deque[Batch] = deque()
        try:
            for batch in batches(tasks, size):
                waiting.append(Batch(work, batch, self._submit(work, batch)))
                if len(waiting) > self._jobs * BATCHES_AHEAD:
                    yield from self._first(waiting)
            while waiting:
                yield from self._first(waiting)
        finally:
            for left in waiting:
                left.future.cancel()

    def _submit(self, work: Work[Task, Result], batch: Sequence[Task]) -> Future[Sequence[Result]]:
        while True:
            if self._pool is None:
                # "spawn": a forked child would inherit the locks of the numeric libraries' threads.
                self._pool = ProcessPoolExecutor(
                    self._jobs,
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=_begin,
                )
            try:
                return self._pool.submit(work, batch)
            except BrokenProcessPool:
                self._replace()

    def _first(self, waiting: deque[Batch]) -> Sequence[Any]:
        """Wait for the first batch; if its worker died, have all batches done again that got lost."""
        while True:
            try:
                results = waiting[0].future.result()
            except BrokenProcessPool:
                self._replace()
                for batch in waiting:
                    if not batch.future.done() or batch.future.cancelled() or batch.future.exception():
                        batch.future = self._submit(batch.work, batch.tasks)
                continue
            waiting.popleft()
            return results

    def _replace(self) -> None:
        self._losses += 1
        if self._losses > MOST_LOSSES:
            raise InputError(
                f"worker processes died {self._losses} times, perhaps for want of memory: try fewer --jobs"
            )
        logger.warning("a worker process died; its work is done again")
        self._stop()

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
