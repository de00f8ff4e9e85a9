"""Keeps the output of a command from replacing its input."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from aligner.model import InputError
from aligner.readers.formats import file_format
from aligner.storage.marks import REPORT_FILES

OPTIONS = frozenset({"pairs", "terms", "beads", "review", "clean", "config"})
"""Parameters of options that name a file that is read."""
FOLDERS = "paths"
"""The parameter of arguments whose folders are read."""


def require_no_input(out: Path) -> None:
    """Raise InputError for a file that the running command reads, or that is in a folder that it reads."""
    context = click.get_current_context(silent=True)
    if context is None or not out.is_file():
        return
    real = Path(os.path.realpath(out))
    for name, source in _input_paths(context):
        place = Path(os.path.realpath(source))
        of_report = place == real.parent and real.name in REPORT_FILES
        is_inside = of_report or (name == FOLDERS and place in real.parents and file_format(str(real)))
        if place == real or is_inside:
            raise InputError(f"{out}: is what this command reads; name another file for what it writes")


def _input_paths(context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield what a command is given to read, with the name of the parameter."""
    for parameter in context.command.params:
        if isinstance(parameter, click.Argument) or parameter.name in OPTIONS:
            value = context.params.get(parameter.name or "")
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, str | Path) and "\0" not in str(item):
                    yield str(parameter.name), str(item)
