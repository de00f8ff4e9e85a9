"""`aligner checks`: the table of all checks, for people, for the README and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from aligner.model import Check

HEADINGS = ("code", "name", "looks at", "severity", "default", "precision", "alarms", "finds")
"""``precision``: share of the judged findings that are right; ``alarms``: findings for 1,000 words of text by
people; both as ``aligner bench checks`` measured them."""


@click.command()
@click.option("--format", "form", type=click.Choice(("table", "markdown", "jsonl")), default="table")
def checks(form: str) -> None:
    """List all checks: code, name, what each looks at, severity, on or off by default, what it finds.

    Precision is the share of judged findings that are right, alarms are findings for 1,000 words of text
    written by people, both measured with `aligner bench checks`.
    """
    from aligner.checks.registry import CHECKS

    rows = [row(check) for check in CHECKS]
    if form == "jsonl":
        text = "\n".join(
            json.dumps(dict(zip(HEADINGS, row, strict=True)), ensure_ascii=False) for row in rows
        )
    elif form == "markdown":
        text = markdown_table(HEADINGS, rows)
    else:
        text = plain_table(HEADINGS, rows)
    click.echo(text)


def row(check: Check) -> tuple[str, ...]:
    """Give one check as a row under HEADINGS."""
    from aligner.checks.measured import NOTHING, measured

    figures = measured().get(check.code, NOTHING)
    state = "on" if check.default else "off"
    finds = check.doc.strip().partition("\n")[0]
    return (
        check.code,
        check.name,
        check.scope,
        check.severity,
        state,
        figures.precision,
        figures.rate,
        finds,
    )


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a table in Markdown; a bar inside a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a table in columns of spaces, the last column as long as it likes."""
    lines = [[heading.upper() for heading in headings], *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings) - 1)]
    return "\n".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]
        ).rstrip()
        for line in lines
    )
