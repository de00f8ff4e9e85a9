"""`aligner bench`: what aligner finds, measured against gold data."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import common_options
from aligner.cli.progress import progress_bar
from aligner.settings import Settings

LONGEST_CELL = 80  # characters

Rows = Sequence[Mapping[str, Any]]
Tables = Iterator[tuple[str, Rows]]
"""Titles, each with its rows; all rows of a table have the same keys."""


def demo(data: Path | None, settings: Settings) -> Tables:
    """Audit the demo corpus (or one like it, with its gold.json) and compare the report with its gold."""
    from aligner import pipeline
    from aligner.evaluate.demo import load_gold, rows, score_demo

    corpus = data or Path("corpora/demo")
    gold = load_gold(corpus)
    with tempfile.TemporaryDirectory() as folder, progress_bar(settings.ui, quiet=settings.quiet) as progress:
        report = pipeline.audit([str(corpus)], settings, Path(folder) / "report", progress=progress)
        scores = score_demo(report.path, gold)
    yield "what was asked", rows(scores.tasks)
    yield "faults", rows(scores.faults)
    yield "faults by check", rows(scores.codes)
    keys = ("path", "start", "code", "excerpt")
    for title, cases in (
        ("faults missed", scores.missed),
        ("false alarms (major and critical)", scores.false_alarms),
        ("false alarms (minor)", scores.minor_false_alarms),
    ):
        yield f"{title}: {len(cases)}", [{key: case[key] for key in keys} for case in cases]


BENCHES: Mapping[str, Callable[[Path | None, Settings], Tables]] = {"demo": demo}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(tuple(BENCHES)), metavar="[NAME]...")
@click.option(
    "--data", type=click.Path(path_type=Path), metavar="DIR", help="Your own gold data of that kind."
)
@click.option("--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@common_options
def bench(names: tuple[str, ...], data: Path | None, form: str, settings: Settings) -> None:
    """Print the measured tables of every NAME (by default of all)."""
    for name in names or BENCHES:
        for title, rows in BENCHES[name](data, settings):
            if form == "jsonl":
                for row in rows:
                    click.echo(json.dumps({"bench": name, "table": title, **row}, ensure_ascii=False))
                continue
            click.echo(f"{name}: {title}")
            if rows:
                click.echo(plain_table(tuple(rows[0]), [tuple(map(cell, row.values())) for row in rows]))
            click.echo()


def cell(value: object) -> str:
    """Show a value on one short line: shares with three decimals, nothing for what is undefined."""
    if value is None:
        return ""
    text = f"{value:.3f}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
