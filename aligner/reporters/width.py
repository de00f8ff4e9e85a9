"""The width of a table on the terminal."""

from __future__ import annotations

import shutil

DEFAULT_WIDTH = 100
"""Width in columns where no terminal says its own."""
WIDEST = 400
"""Columns that are filled at most: some environments say any number, and a table is padded with blanks."""


def terminal_width() -> int:
    """Return the width of the terminal in columns, as far as a table fills it."""
    return min(shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns, WIDEST)
