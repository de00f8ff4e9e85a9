"""The engine of worker processes on this machine."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from aligner.engine.alone import Losses, work_alone
from aligner.engine.batches import BATCH, BATCHES_AHEAD, Result, Substitute, Task, Work, batches
from aligner.engine.collecting import collect_seldom
from aligner.engine.starting import begin, signals_waiting
from aligner.engine.threads import one_thread_from_now_on

logger = logging.getLogger(__name__)

MOST_LOSSES = 2
"""Pools that may break over a batch before its tasks are worked on alone: the first may have been killed
for something else, and where workers are many it is not known over which batch one died."""
MOST_PROCESSES = 61 if sys.platform == "win32" else 1024
"""Processes at once; Windows waits for no more, and no machine gains by more."""


def _begin() -> None:
    begin()
    collect_seldom()
    one_thread_from_now_on()


@dataclass(slots=True)
class Batch:
    """A batch at work, and what it was given, in case its worker dies."""

    work: Callable[[Sequence[Any]], Sequence[Any]]
    tasks: Sequence[Any]
    future: Future[Sequence[Any]]
    substitute: Substitute[Any, Any] | None = None
    losses: int = 0
    results: Sequence[Any] | None = None


class Processes:
    """Worker processes of this machine, started when they are first needed.

    ``work``, tasks and results must pickle.
    """

    shares_files = True

    def __init__(self, jobs: int) -> None:
        self._jobs = min(jobs, MOST_PROCESSES)
        self._pool: ProcessPoolExecutor | None = None
        self._stopped: list[ProcessPoolExecutor] = []  # one that nobody holds forgets to cancel
        self._losses = Losses()

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def map(
        self,
        work: Work[Task, Result],
        tasks: Iterable[Task],
        size: int = BATCH,
        substitute: Substitute[Task, Result] | None = None,
    ) -> Iterator[Result]:
        """Spread batches over the processes; those of a process that dies are given to another."""
        waiting: deque[Batch] = deque()
        try:
            for batch in batches(tasks, size):
                waiting.append(Batch(work, batch, self._submit(work, batch), substitute))
                if len(waiting) > self._jobs * BATCHES_AHEAD:
                    yield from self._first(waiting)
            while waiting:
                yield from self._first(waiting)
        finally:
            if waiting:  # nobody wants the rest
                self._stop()

    def _submit(self, work: Work[Task, Result], batch: Sequence[Task]) -> Future[Sequence[Result]]:
        while True:
            if self._pool is None:
                # "spawn": a forked child would inherit the locks of the numeric libraries' threads.
                with signals_waiting():  # this starts the process that clears up after us
                    self._pool = ProcessPoolExecutor(
                        self._jobs,
                        mp_context=multiprocessing.get_context("spawn"),
                        initializer=_begin,
                    )
            try:
                with signals_waiting():  # this starts workers, one a batch until there are enough
                    return self._pool.submit(work, batch)
            except BrokenProcessPool:
                self._stop()

    def _first(self, waiting: deque[Batch]) -> Sequence[Any]:
        """Wait for the first batch; if a worker died, have all batches done again that got lost."""
        first = waiting[0]
        while first.results is None:
            try:
                first.results = first.future.result()
            except BrokenProcessPool:
                self._recover(waiting)
        waiting.popleft()
        return first.results

    def _recover(self, waiting: Iterable[Batch]) -> None:
        """Have lost batches done again: alone, those that may have killed more than one worker."""
        logger.warning("a worker process died; its work is done again")
        self._stop()
        lost_batches = [batch for batch in waiting if batch.results is None and _is_lost(batch.future)]
        # Work begins in the order of the batches: the workers had the first, and ends may be on their way.
        for batch in lost_batches[: 2 * self._jobs]:
            batch.losses += 1
        for batch in lost_batches:
            if batch.losses < MOST_LOSSES:
                batch.future = self._submit(batch.work, batch.tasks)
            else:
                results = work_alone(batch.work, batch.tasks)
                batch.results = self._losses.replaced(batch.tasks, results, batch.substitute)

    def _stop(self) -> None:
        if self._pool is not None:
            # Futures that were cancelled here would trip its thread if a worker dies meanwhile.
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._stopped.append(self._pool)
            self._pool = None


def _is_lost(future: Future[Sequence[Any]]) -> bool:
    return not future.done() or future.cancelled() or isinstance(future.exception(), BrokenProcessPool)
