"""Keep French and English versions of the same articles in step.

``audit``, ``pair``, ``align``, ``lint`` and ``grade`` do from Python what the commands of these names do;
what they give has ``.to_frame()`` for pandas and shows itself in a notebook. Importing this module loads
neither models nor pandas; what a function needs is loaded when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.api import Aligned, Findings, Grades, Pairs, align, audit, grade, lint, pair
    from aligner.model import InputError
    from aligner.report.reader import Report

__all__ = [
    "Aligned",
    "Findings",
    "Grades",
    "InputError",
    "Pairs",
    "Report",
    "align",
    "audit",
    "grade",
    "lint",
    "pair",
]

_HOMES = {"InputError": "aligner.model", "Report": "aligner.report.reader"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name == "__version__":
        from aligner.version import version

        return version()
    if name not in __all__:
        raise AttributeError(f"module 'aligner' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES.get(name, "aligner.api")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
