"""Keeps a fault in one article or pair from taking down the run: it costs that one alone, and is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from aligner.engine import LostTaskError
from aligner.model import Check, Finding, InputError

Task = TypeVar("Task")
Result = TypeVar("Result")

OF_THE_RUN = (InputError, OSError, ImportError)
"""Errors that are no single article's: wrong settings, a full disk, a package that is missing."""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_MOST_WORDS = 300


def one_by_one(
    work: Callable[[Sequence[Task]], Sequence[Result]],
    tasks: Sequence[Task],
    substitute: Callable[[Task, Exception], Result],
) -> list[Result]:
    """Work on a batch; if that raises, on each task alone. ``substitute`` gives the result of one that fails.

    Errors that are no single task's (OF_THE_RUN) are raised.
    """
    try:
        return list(work(tasks))
    except OF_THE_RUN:
        raise
    except Exception as error:  # whatever a text may provoke
        if len(tasks) == 1:
            return [substitute(tasks[0], error)]
        return [result for task in tasks for result in one_by_one(work, [task], substitute)]


def run_checks(
    run: Callable[[Sequence[Check]], list[Finding]], checks: Sequence[Check]
) -> tuple[list[Finding], str]:
    """Run checks on one article or pair; return the findings, and what went wrong ("" if nothing did).

    A check that raises costs its own findings; the others are run without it.
    """
    try:
        return run(checks), ""
    except OF_THE_RUN:
        raise
    except Exception as error:
        faults = {check.code: fault for check in checks if (fault := _fault(run, check))}
        if not faults:  # none of them by itself
            return [], described("the checks could not be run", error)
        findings, _ = run_checks(run, [check for check in checks if check.code not in faults])
        return findings, "; ".join(faults.values())


def _fault(run: Callable[[Sequence[Check]], list[Finding]], check: Check) -> str:
    try:
        run([check])
    except OF_THE_RUN:
        raise
    except Exception as error:
        return described(f"{check.code} could not be run", error)
    return ""


def described(failure: str, error: Exception) -> str:
    """Describe what failed, why, and where in the code; equal failures give equal words."""
    if isinstance(error, LostTaskError):
        return f"{failure}: {error}"
    reason = _ADDRESS.sub("", " ".join(str(error).split()))[:_MOST_WORDS]
    places = extract_tb(error.__traceback__)
    place = f" ({Path(places[-1].filename).name}:{places[-1].lineno})" if places else ""
    problem = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    return f"{failure}: {problem}{place}; this is a bug in aligner, please report it"
