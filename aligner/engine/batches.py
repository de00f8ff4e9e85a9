"""The interface of engines: a function works on batches of tasks, results in the order of the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Sequence[Task]], Sequence[Result]]
"""A function that works on a batch of tasks; one result each, in their order."""
Substitute = Callable[[Task, Exception], Result]
"""Gives the result of a task over which workers die."""

BATCH = 16  # tasks sent to a worker at once: a few articles, so that sending costs less than checking
BATCHES_AHEAD = 4  # batches waiting for each worker; more would only hold finished results in memory


class Engine(Protocol):
    """Has functions work on many tasks."""

    @property
    def shares_files(self) -> bool:
        """True if the workers see what is written here."""
        ...

    def map(
        self,
        work: Work[Task, Result],
        tasks: Iterable[Task],
        size: int = BATCH,
        substitute: Substitute[Task, Result] | None = None,
    ) -> Iterator[Result]:
        """Yield the result of every task, in the order of the tasks; what ``work`` raises is raised here.

        ``size`` tasks are handed over together. A task that kills the workers that get it has the result
        that ``substitute`` gives; without it, InputError is raised.
        """
        ...


class Here:
    """The engine that is this process."""

    shares_files = True

    def map(
        self,
        work: Work[Task, Result],
        tasks: Iterable[Task],
        size: int = BATCH,
        substitute: Substitute[Task, Result] | None = None,  # noqa: ARG002 (there is nobody left to give it)
    ) -> Iterator[Result]:
        """Work on one batch after the other."""
        for batch in batches(tasks, size):
            yield from work(batch)


def batches(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """Cut tasks into batches."""
    remaining = iter(tasks)
    while batch := list(islice(remaining, size)):
        yield batch
