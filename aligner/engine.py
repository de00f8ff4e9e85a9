"""Where the work runs: in this process, or in worker processes; results come back in order either way."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.model import Alignment, Context, Document, Finding

Task = TypeVar("Task")
Result = TypeVar("Result")

CHUNK = 16  # tasks sent to a worker at once: a few articles, so that sending costs less than checking
CHUNKS_AHEAD = 4  # chunks waiting for each worker; more would only hold finished results in memory


def run(work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int = 1) -> Iterator[Result]:
    """Yield the result of ``work`` on each task, in the order of the tasks, over ``jobs`` processes.

    With ``jobs`` above 1, ``work``, tasks and results must pickle. What ``work`` raises is raised here.
    """
    if jobs == 1:
        yield from map(work, tasks)
        return
    # "spawn": a forked child would inherit the locks of the numeric libraries' threads.
    context = multiprocessing.get_context("spawn")
    # Ctrl-C is for the parent, which ends its workers; they would only show tracebacks.
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    ) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for chunk in _chunks(tasks):
                waiting.append(pool.submit(_work_on, work, chunk))
                if len(waiting) > jobs * CHUNKS_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _work_on(work: Callable[[Task], Result], tasks: list[Task]) -> list[Result]:
    return [work(task) for task in tasks]


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    rest = iter(tasks)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def check(
    codes: tuple[str, ...], context: Context, min_confidence: float, subject: Document | Alignment
) -> list[Finding]:
    """Check one article or pair.

    It stands here, and takes codes, for the worker processes: a check does not pickle, and they need
    not load what pairing and alignment need.
    """
    checks = select(codes)
    if isinstance(subject, Document):
        return check_document(subject, checks, context, min_confidence=min_confidence)
    return check_alignment(subject, checks, context, min_confidence=min_confidence)
