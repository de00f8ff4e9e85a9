"""One thread for numpy's products while we work: our matrices are small, and threads wait for each other."""

from __future__ import annotations

import os
import sys
from contextlib import ContextDecorator
from functools import lru_cache
from threading import Lock
from typing import Any

VARIABLE = "OPENBLAS_NUM_THREADS"
"""Read by OpenBLAS when numpy is loaded, and never again."""

_LOCK = Lock()
_open: list[Any] = []
"""One entry for each call that runs now; the first is what gives the caller its threads back."""


class OneThread(ContextDecorator):
    """A context, or a decorator, in which numpy multiplies with one thread.

    With two threads on two busy cores, 205 articles took 2.4 times the CPU time, 16 of 20 seconds of it spent
    waiting. What a program had set before is back when the last of the calls that overlap ends.
    """

    def __enter__(self) -> None:
        with _LOCK:
            _open.append(None if _open else _limit_to_one())

    def __exit__(self, *_: object) -> None:
        with _LOCK:
            limits = _open.pop()
            if limits is not None:
                limits.restore_original_limits()


def one_thread_from_now_on() -> None:
    """Have this process multiply with one thread, unless whoever started it said with how many."""
    if VARIABLE in os.environ:
        return
    os.environ[VARIABLE] = "1"
    if "numpy" in sys.modules:
        _limit_to_one()


def _limit_to_one() -> Any:
    import numpy  # noqa: F401 - what is loaded later would not be found
    import threadpoolctl  # noqa: F401 - counts among the modules

    return _controller(len(sys.modules)).limit(limits=1, user_api="blas")


# Saves 0.3 ms a call of the API: libraries are looked for anew only when something has been imported.
@lru_cache(maxsize=1)
def _controller(modules: int) -> Any:  # noqa: ARG001
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
