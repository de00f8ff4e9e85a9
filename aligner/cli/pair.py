"""`aligner pair`: which articles tell the same story, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import common_options, out_option, write_result
from aligner.cli.progress import progress_bar
from aligner.model import Alignment, Pairing
from aligner.settings import Settings

COLUMNS = ("fr_path", "en_path", "score", "margin", "kind", "coverage_fr", "coverage_en")
"""The first columns of a report's pairs.csv."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(("table", "csv", "jsonl")), default="table", show_default=True
)
@out_option
@common_options
def pair(paths: tuple[str, ...], form: str, out: Path | None, settings: Settings) -> None:
    """Find the articles of every PATH that tell the same story: files, folders, or - for standard input."""
    from aligner import encoders
    from aligner.run import pipeline

    with progress_bar(settings.ui, quiet=settings.quiet) as progress:
        corpus = pipeline.read(paths, stdin=sys.stdin.buffer, progress=progress)
        encoder = encoders.load(settings.encoder, settings.cache)
        pairing = pipeline.pair(corpus, settings, encoder, progress=progress)
    write_result(render(pairing, form), out)


def render(pairing: Pairing, form: str) -> str:
    """Format the pairs, by the paths of their articles."""
    from aligner.report.records import csv_line

    rows = sorted((row(alignment) for alignment in pairing.alignments), key=lambda row: row[:2])
    if form == "jsonl":
        return "\n".join(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows)
    if form == "csv":
        return "".join(csv_line(values) for values in (COLUMNS, *rows))
    unpaired = [(left.document.path, left.reason, left.best_candidate) for left in pairing.unpaired]
    tables = [plain_table(COLUMNS, [tuple(map(str, row)) for row in rows])] if rows else []
    tables += [plain_table(("unpaired", "reason", "best candidate"), unpaired)] if unpaired else []
    return "\n\n".join(tables)


def row(alignment: Alignment) -> tuple[str | float, ...]:
    """Give one pair as a row under COLUMNS."""
    from aligner.report.scores import coverage

    pair = alignment.pair
    shares = (round(coverage(alignment, language), 4) for language in ("fr", "en"))
    return pair.fr.path, pair.en.path, round(pair.score, 4), round(pair.margin, 4), pair.kind, *shares
