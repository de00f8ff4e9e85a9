"""`aligner pair`: which articles tell the same story, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import common_options, out_option, write_result
from aligner.cli.progress import progress_bar
from aligner.settings import Settings

if TYPE_CHECKING:
    from aligner.pairing.pair import Pairing


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(("table", "csv", "jsonl")), default="table", show_default=True
)
@out_option
@common_options("encoding", "working", "pairs", "review")
def pair(paths: tuple[str, ...], form: str, out: Path | None, settings: Settings) -> None:
    """Find the articles of every PATH that tell the same story: files, folders, or - for standard input."""
    from aligner.run import pipeline

    with progress_bar(settings.ui, quiet=settings.quiet) as progress:
        pairing, _ = pipeline.pair(paths, settings, stdin=sys.stdin.buffer, progress=progress)
    write_result(render(pairing, form), out, for_people=form == "table")


def render(pairing: Pairing, form: str) -> str:
    """Format the pairs, by the paths of their articles."""
    from aligner.report.records import PAIR_COLUMNS, csv_line, pair_row

    rows = sorted((pair_row(alignment) for alignment in pairing.alignments), key=lambda row: row[:2])
    if form == "jsonl":
        return "\n".join(
            json.dumps(dict(zip(PAIR_COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows
        )
    if form == "csv":
        return "".join(csv_line(values) for values in (PAIR_COLUMNS, *rows))
    unpaired = [(left.document.path, left.reason, left.best_candidate) for left in pairing.unpaired]
    tables = [plain_table(PAIR_COLUMNS, [tuple(map(str, row)) for row in rows])] if rows else []
    tables += [plain_table(("unpaired", "reason", "best candidate"), unpaired)] if unpaired else []
    return "\n\n".join(tables)
