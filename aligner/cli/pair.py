"""`aligner pair`: which articles tell the same story, and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import common_options, out_option, write_result
from aligner.cli.progress import progress_bar
from aligner.model import LANGUAGES, Language
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
    write_result(render(pairing, form, settings.ui), out, for_people=form == "table")


def render(pairing: Pairing, form: str, ui: Language) -> str:
    """Format the pairs, by the paths of their articles; a table for people is in the language ``ui``."""
    from aligner.report.records import PAIR_COLUMNS, csv_line, pair_row
    from aligner.reporters.labels import label

    rows = sorted((pair_row(alignment) for alignment in pairing.alignments), key=lambda row: row[:2])
    if form == "jsonl":
        return "\n".join(
            json.dumps(dict(zip(PAIR_COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows
        )
    if form == "csv":
        return "".join(csv_line(values) for values in (PAIR_COLUMNS, *rows))
    unpaired = [
        (left.document.path, label(left.reason, ui), left.best_candidate) for left in pairing.unpaired
    ]
    heads = [label(key, ui) for key in ("fr", "en", "match", "margin", "kind")]
    heads += [f"{label('coverage', ui)} {language}" for language in LANGUAGES]
    tables = [plain_table(heads, [_cells(row, ui) for row in rows])] if rows else []
    heads = [label(key, ui) for key in ("unpaired_title", "reason", "candidate")]
    tables += [plain_table(heads, unpaired)] if unpaired else []
    return "\n\n".join(tables)


def _cells(row: Sequence[Any], ui: Language) -> tuple[str, ...]:
    """Return a row of ``PAIR_COLUMNS`` as people read it."""
    from aligner.reporters.labels import label, number, percent

    fr, en, score, margin, kind, *coverage = row
    figures = number(score, ui, 2), number(margin, ui, 2), label(f"{kind}_kind", ui)
    return (fr, en, *figures, *(percent(share, ui) for share in coverage))
