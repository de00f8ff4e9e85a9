"""Where the public data beside the project is; tests that want it skip where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("ALIGNER_DATA", ROOT.parent / "shared" / "data"))


def data(*parts: str) -> Path:
    """A file or folder of the shared data; skips the test where it is not there."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"the shared data is not on this machine ({'/'.join(parts)}); ALIGNER_DATA names its folder"
        )
    return path
