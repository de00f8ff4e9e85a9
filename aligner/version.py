"""The version of this package, from its own metadata: said in one place, ``pyproject.toml``."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "aligner-fr-en"
PACKAGE = Path(__file__).parent
"""The folder of the installed package."""


@cache
def version() -> str:
    """Return the version that is installed."""
    return metadata.version(DISTRIBUTION)
