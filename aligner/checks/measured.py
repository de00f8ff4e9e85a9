"""What `aligner bench checks` measured of each check, as it ships with the checks.

The file is written by ``aligner bench checks --data DIR --write FILE`` and read by ``aligner checks``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FILE = "measured.json"


class Measured(NamedTuple):
    """Findings in dirty text that were judged, how many were right, and the rate in correct text.

    ``per_1000`` counts findings per 1,000 words written by people, or is None where the check never ran.
    """

    judged: int
    right: int
    per_1000: float | None

    @property
    def precision(self) -> str:
        """Like ``0.95 of 20``, or '' where nothing was judged."""
        return f"{self.right / self.judged:.2f} of {self.judged}" if self.judged else ""

    @property
    def rate(self) -> str:
        """Like ``0.07``, or '' where the check never ran."""
        return "" if self.per_1000 is None else f"{self.per_1000:.2f}" if self.per_1000 else "0"


NOTHING = Measured(0, 0, None)


@cache
def measured() -> Mapping[str, Measured]:
    """Return the figures by code; a check newer than the figures has none."""
    text = files("aligner.checks").joinpath("data", FILE).read_text(encoding="utf-8")
    return {code: Measured(**row) for code, row in json.loads(text).items()}
