"""A progress bar on stderr for work that lasts, seen only by a person at a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from aligner.model import Language

PATIENCE = 1.0  # seconds of work before a bar is shown
STAGES: Mapping[str, Mapping[Language, str]] = {
    "read": {"en": "Reading", "fr": "Lecture"},
    "pair": {"en": "Pairing", "fr": "Appariement"},
    "align": {"en": "Aligning", "fr": "Alignement"},
    "check": {"en": "Checking", "fr": "Vérification"},
    "grade": {"en": "Grading", "fr": "Notation"},
    "write": {"en": "Writing", "fr": "Écriture"},
}


@contextmanager
def progress_bar(ui: Language, *, quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """Yield a callback ``(stage, done, total)`` that draws progress bars on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}
    begun = time.monotonic()

    def show(stage: str, done: int, total: int | None) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(STAGES[stage][ui], total=total)
        bar.update(tasks[stage], completed=done, total=total)
        if not bar.live.is_started and time.monotonic() - begun > PATIENCE:
            bar.start()

    try:
        yield show
    finally:
        bar.stop()
