"""`aligner review`: a local page on which a person marks what a report found."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import start_logging, ui_option
from aligner.model import Language

if TYPE_CHECKING:
    from aligner.settings.review import Review


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--review",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the marks are kept (default: review.jsonl in the report).",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port to serve on (default: a free one)."
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--summary", is_flag=True, help="Only print how often each check was right.")
@ui_option
def review(report: Path, file: Path | None, port: int, no_open: bool, summary: bool, ui: Language) -> None:
    """Mark the findings of the folder REPORT as right, false or fixed, and put pairs and sentences right.

    Serves a page on this machine only, until it is finished there or with Ctrl-C. Every mark is saved at
    once in review.jsonl; beside it, reviewed-pairs.csv and reviewed-beads.jsonl are for --pairs and
    --beads. An audit into the same folder takes all marks into account; others with --review REPORT,
    and `aligner fix PATH... --review REPORT` applies the suggestions marked as right.
    """
    import os

    from aligner.report.reader import Report
    from aligner.reporters.labels import label
    from aligner.review.content import Content
    from aligner.review.saving import Saving
    from aligner.review.server import ReviewServer
    from aligner.settings.review import EMPTY, FILE, read_review
    from aligner.text.visible import printable_path

    start_logging(verbose=False)
    source = Report(report)
    file = file or report / FILE
    saving = Saving(file)
    marks = read_review(file) if os.path.lexists(file) else EMPTY
    if summary:
        _print_precision(marks, ui)
        return

    content = Content(source, ui)
    with ReviewServer(content, content.renewed(marks), saving, port) as server:
        click.echo(label("review_at", ui, address=server.address), err=True)
        if not no_open:
            webbrowser.open(server.address)
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            click.echo("", err=True)
        _print_precision(server.review, ui)
        names = {"report": printable_path(str(report)), "file": printable_path(str(file))}
        if server.review != EMPTY:
            click.echo(label("marks_for_gate", ui, **names), err=True)
        if number := len(server.review.applicable):
            click.echo(label("marks_for_fix", ui, n=number, report=names["file"]), err=True)


def _print_precision(marks: Review, ui: Language) -> None:
    """Print how often each check was right among the findings marked."""
    from aligner.reporters.labels import label, number

    rows = [
        (code, str(figures.right), str(figures.false), number(figures.right / sum(figures), ui, 2))
        for code, figures in marks.precision.items()
    ]
    if rows:
        heads = [label(key, ui) for key in ("check", "right", "false", "share_right")]
        click.echo(plain_table(heads, rows))
    else:
        click.echo(label("nothing_marked", ui))
