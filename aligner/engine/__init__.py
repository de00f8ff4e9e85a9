"""Engines: this process, worker processes, or a Dask cluster; the same results, in order."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from aligner.engine.alone import LostTaskError
from aligner.engine.batches import BATCH, BATCHES_AHEAD, Engine, Here, Task, Work

__all__ = ["BATCH", "BATCHES_AHEAD", "Engine", "Here", "LostTaskError", "Task", "Work", "open_engine"]


def open_engine(
    jobs: int = 1, scheduler: str | None = None, folder: Path | None = None
) -> AbstractContextManager[Engine]:
    """Open the engine that the settings ask for.

    ``folder`` holds the files that workers of a cluster may read, if they see it. Raises InputError for a
    cluster that cannot be used.
    """
    if scheduler is not None:
        from aligner.engine.cluster import Cluster

        return Cluster(scheduler, folder)
    if jobs == 1:
        return nullcontext(Here())
    from aligner.engine.processes import Processes  # only here: what it needs takes 50 ms to load

    return Processes(jobs)
