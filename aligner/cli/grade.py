"""`aligner grade`: text that is aligned already, or one text, graded row by row."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.options import common_options, out_option, write_lines
from aligner.cli.progress import progress_bar
from aligner.model import LANGUAGES, Language
from aligner.settings import Settings

if TYPE_CHECKING:
    from aligner.grading import Grade

COLUMNS = ("index", "score", "adequacy", "fluency_fr", "fluency_en", "codes", "fr", "en")


@click.command()
@click.argument("bitext", nargs=-1, required=True, metavar="BITEXT")
@click.option("--format", "form", type=click.Choice(("tsv", "jsonl")), default="tsv", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of one text alone (default: as it reads).")
@out_option
@common_options("detecting", "selecting", "terms", "working")
def grade(
    bitext: tuple[str, ...], form: str, language: Language | None, out: Path | None, settings: Settings
) -> None:
    """Say of every row of BITEXT how fit it is to be kept, from 0 to 1, and why not.

    BITEXT is a .tsv with columns fr and en, a .tmx, two texts FR EN with one segment per line, one text of
    one language, or - for standard input. The order is that of the input.
    """
    from aligner.grading import grade_rows, read_rows

    rows = read_rows(bitext, language=language, stdin=sys.stdin.buffer)
    grades = grade_rows(rows, settings)
    lines = json_lines(grades) if form == "jsonl" else tab_separated(grades)
    # Rows that run over a terminal show how far it is.
    quiet = settings.quiet or (out is None and sys.stdout.isatty())
    with progress_bar(settings.ui, quiet=quiet) as progress:
        write_lines(_watched(lines, progress), out)


def json_lines(grades: Iterable[Grade]) -> Iterator[str]:
    """Format grades, a JSON object each."""
    for each in grades:
        yield json.dumps(asdict(each), ensure_ascii=False)


def tab_separated(grades: Iterable[Grade]) -> Iterator[str]:
    """Format grades, a row each under COLUMNS, never quoted: white space in a text becomes one space."""
    yield "\t".join(COLUMNS)
    for each in grades:
        cells = ("" if value is None else value for value in (getattr(each, name) for name in COLUMNS))
        yield "\t".join(",".join(cell) if isinstance(cell, tuple) else _cell(str(cell)) for cell in cells)


def _cell(text: str) -> str:
    return " ".join(text.split())


def _watched(lines: Iterable[str], progress: Callable[[str, int, int | None], None]) -> Iterator[str]:
    for done, line in enumerate(lines, 1):
        yield line
        progress("grade", done, None)
