"""Settings of a run: options of the command line over a configuration file over defaults."""

from __future__ import annotations

from aligner.settings.gate import Gate, Reading, Suppression
from aligner.settings.load import (
    Settings,
    load_settings,
    locale_language,
    read_rows,
    with_options,
    with_review_of,
)

__all__ = [
    "Gate",
    "Reading",
    "Settings",
    "Suppression",
    "load_settings",
    "locale_language",
    "read_rows",
    "with_options",
    "with_review_of",
]
