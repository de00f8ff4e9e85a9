"""Where the work runs: in this process, or in worker processes; results come back in order either way."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.detector import Detector, hear_alignment, hear_article, load
from aligner.model import Alignment, Check, Context, Document, Finding

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


class Hearing(NamedTuple):
    """Which detector is to be used, and where it keeps what it heard, if anywhere."""

    name: str
    cache: Path | None


def check(
    codes: tuple[str, ...],
    context: Context,
    min_confidence: float,
    hearing: Hearing | None,
    subject: Document | Alignment,
) -> list[Finding]:
    """Check one article or pair, which is heard first where a check asks for it; None hears nothing.

    It stands here, and takes codes, for the worker processes: a check does not pickle, and they need
    not load what pairing and alignment need.
    """
    checks = chosen(codes)
    if isinstance(subject, Document):
        if hearing and _is_wanted(checks, "article"):
            subject = hear_article(subject, ears(hearing))
        return check_document(subject, checks, context, min_confidence=min_confidence)
    if hearing and _is_wanted(checks, "bead"):
        subject = hear_alignment(subject, ears(hearing))
    return check_alignment(subject, checks, context, min_confidence=min_confidence)


@lru_cache(maxsize=1)
def ears(hearing: Hearing) -> Detector:
    """The detector, loaded once in each process."""
    return load(hearing.name, hearing.cache)


@lru_cache(maxsize=4)
def chosen(codes: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks of these codes, looked up once in each process."""
    return select(codes)


def _is_wanted(checks: Iterable[Check], scope: str) -> bool:
    return any(check.hears and check.scope == scope for check in checks)
