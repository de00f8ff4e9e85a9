"""The frequency with which Python's garbage collector looks for cycles."""

from __future__ import annotations

import atexit
import gc

COLLECT_AFTER = (50_000, 50, 100)
"""Thresholds of the collector, in objects: what is made here has hardly any cycles, and to look for them as
often as by default takes 4 % of the time of the checks."""


def collect_seldom() -> None:
    """Make this process run the cyclic garbage collector less often, and not at its end.

    The memory of a process that ends is free at once: a last look at all objects takes 0.1 s.
    """
    gc.set_threshold(*COLLECT_AFTER)
    atexit.register(gc.disable)
