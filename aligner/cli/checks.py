"""`aligner checks`: the table of all checks, for people, for the README and for programs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from aligner.cli.options import ui_option
from aligner.model import TEXT_KINDS, Check, InputError, Language
from aligner.text.visible import printable_path

NARROW = 80
"""Columns of a table where no terminal says its own."""
TABLE_START = "<!-- checks: written by `aligner checks --write FILE` -->"
TABLE_END = "<!-- end of checks -->"
HEADINGS = ("code", "name", "looks at", "severity", "default", *TEXT_KINDS, "rate", "finds")
"""Under each kind of text the share of the judged findings that are right; ``rate``: findings per 1,000 words
of text by people; both as ``aligner bench checks`` measured them."""


@click.command()
@click.option("--format", "form", type=click.Choice(("table", "markdown", "jsonl")), default="table")
@click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Update the table between its marks in a Markdown file.",
)
@ui_option
def checks(form: str, write: Path | None, ui: Language) -> None:
    """List all checks: code, name, what each looks at, severity, on or off by default, what it finds.

    With --format markdown and jsonl, precision by kind of text as well, the share of judged findings that are
    right, and the rate, findings per 1,000 words of text written by people.
    """
    from aligner.checks.registry import CHECKS
    from aligner.reporters.explained import table

    rows = [row(check) for check in CHECKS]
    if write is not None:
        write_table(write, markdown_table(HEADINGS, rows))
        return
    if form == "jsonl":
        text = "\n".join(
            json.dumps(dict(zip(HEADINGS, row, strict=True)), ensure_ascii=False) for row in rows
        )
    elif form == "markdown":
        text = markdown_table(HEADINGS, rows)
    else:
        text = table(CHECKS, ui, shutil.get_terminal_size((NARROW, 24)).columns)
    click.echo(text)


def write_table(file: Path, table: str) -> None:
    """Put the table between its marks in a Markdown file. Raises InputError where they are missing."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from error
    start, end = text.find(TABLE_START), text.find(TABLE_END)
    if not 0 <= start < end:
        raise InputError(f"{file}: no table to update: it needs the lines {TABLE_START} and {TABLE_END}")
    text = f"{text[: start + len(TABLE_START)]}\n{table}\n{text[end:]}"
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror or error}") from error


def row(check: Check) -> tuple[str, ...]:
    """Return one check as a row under HEADINGS."""
    from aligner.checks.explanation import explanation
    from aligner.checks.measured import NO_FIGURES, measured

    figures = measured().get(check.code, NO_FIGURES)
    state = "on" if check.default else "off"
    finds = explanation(check, "en").summary
    return (
        check.code,
        check.name,
        check.scope,
        check.severity,
        state,
        *(figures.of((kind,)).precision for kind in TEXT_KINDS),
        figures.rate,
        finds,
    )


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a table in Markdown; a bar inside a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a table in columns of spaces, the last column as long as it likes."""
    lines = [
        [heading.upper() for heading in headings],
        *([printable_path(cell) for cell in row] for row in rows),
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings) - 1)]
    return "\n".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]
        ).rstrip()
        for line in lines
    )
