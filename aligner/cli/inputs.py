"""What a command writes never takes the place of what it reads."""

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
    """Raise InputError for a file that the command at work was given to read, or that is in such a folder."""
    context = click.get_current_context(silent=True)
    if context is None or not out.is_file():
        return
    real = Path(os.path.realpath(out))
    for name, given in _given(context):
        place = Path(os.path.realpath(given))
        of_report = place == real.parent and real.name in REPORT_FILES
        inside = of_report or (name == FOLDERS and place in real.parents and file_format(str(real)))
        if place == real or inside:
            raise InputError(f"{out}: is what this command reads; name another file for what it writes")


def _given(context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield what a command is given to read, with the name of the parameter."""
    for parameter in context.command.params:
        if isinstance(parameter, click.Argument) or parameter.name in OPTIONS:
            value = context.params.get(parameter.name or "")
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, str | Path) and "\0" not in str(each):
                    yield str(parameter.name), str(each)
