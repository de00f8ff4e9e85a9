"""Keep French and English versions of the same articles in step.

``audit``, ``check``, ``pair``, ``align``, ``lint``, ``grade``, ``fix``, ``score``, ``explain``, ``diff``,
``export`` do from Python what the commands of these names do; tables that they return have ``.to_frame()``
for pandas and show themselves in a notebook. ``Aligner`` keeps options and models for many calls. Importing
this module loads neither models nor pandas; what a function needs is loaded when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.api.files import fix, score
    from aligner.api.functions import align, audit, check, grade, lint, pair
    from aligner.api.loaded import Aligner
    from aligner.api.options import Options
    from aligner.api.reports import diff, explain, export
    from aligner.api.tables import Aligned, Findings, Grades, Pairs, Units
    from aligner.model import InputError
    from aligner.report.reader import Report

__all__ = [
    "Aligned",
    "Aligner",
    "Findings",
    "Grades",
    "InputError",
    "Options",
    "Pairs",
    "Report",
    "Units",
    "align",
    "audit",
    "check",
    "diff",
    "explain",
    "export",
    "fix",
    "grade",
    "lint",
    "pair",
    "score",
]

_HOMES = {
    "Aligner": "aligner.api.loaded",
    "InputError": "aligner.model",
    "Options": "aligner.api.options",
    "Report": "aligner.report.reader",
    **dict.fromkeys(("fix", "score"), "aligner.api.files"),
    **dict.fromkeys(("diff", "explain", "export"), "aligner.api.reports"),
    **dict.fromkeys(("Aligned", "Findings", "Grades", "Pairs", "Units"), "aligner.api.tables"),
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name == "__version__":
        from aligner.version import version

        return version()
    if name not in __all__:
        raise AttributeError(f"module 'aligner' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES.get(name, "aligner.api.functions")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
