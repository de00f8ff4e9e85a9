"""`aligner audit`: the main job, from a mixed folder to the report folder and a summary."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aligner.cli.options import GROUPS, common_options, exit_code, fail_on_option, show_option, title_option
from aligner.cli.progress import progress_bar
from aligner.model import Severity
from aligner.settings import Settings
from aligner.settings.gate import FailOn
from aligner.text.visible import printable_path, without_commands


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports/latest"),
    show_default=True,
    metavar="DIR",
    help="The report folder to write.",
)
@click.option(
    "--previous",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="An older report folder, to show what has changed since.",
)
@fail_on_option
@show_option
@title_option
@click.option("--open", "show_page", is_flag=True, help="Open the report in the browser.")
@common_options(*GROUPS)
def audit(
    paths: tuple[str, ...],
    out: Path,
    previous: Path | None,
    fail_on: FailOn | None,
    show: Severity | None,
    show_page: bool,
    settings: Settings,
) -> int:
    """Pair, align and check the articles of every PATH: files, folders, or - for standard input.

    Writes a report folder (for people: its index.html) and a summary on the terminal.
    """
    from aligner.reporters.labels import label
    from aligner.run import pipeline
    from aligner.settings.review import EMPTY, FILE

    if settings.review == EMPTY and (out / FILE).is_file() and not settings.quiet:
        marks = printable_path(str(out / FILE))
        click.echo(label("reviewed", settings.ui, file=marks), err=True)
    with progress_bar(settings.ui, quiet=settings.quiet) as progress:
        report = pipeline.audit(
            paths, settings, out, previous=previous, stdin=sys.stdin.buffer, progress=progress
        )
    if show or not settings.quiet:
        from aligner.reporters import terminal  # only here: it takes 50 ms to load

        if show:
            click.echo(without_commands(terminal.findings(report, settings.ui, show, fail_on)), nl=False)
        if not settings.quiet:
            click.echo(without_commands(terminal.summary(report, settings.ui)), nl=False)
    if show_page:
        click.launch((report.path / "index.html").resolve().as_uri())
    return exit_code(report.findings(), fail_on)
