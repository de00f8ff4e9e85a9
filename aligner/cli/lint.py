"""`aligner lint`: the checks that need one article only, each article alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aligner.cli.options import common_options, exit_code, fail_on_option, out_option, write_result
from aligner.cli.progress import progress_bar
from aligner.settings import Settings
from aligner.settings.gate import FailOn


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(("text", "jsonl")), default="text", show_default=True)
@out_option
@fail_on_option
@common_options("detecting", "selecting", "working", "review")
def lint(
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    fail_on: FailOn | None,
    settings: Settings,
) -> int:
    """Check the articles of every FILE individually: files, folders, or - for standard input."""
    from aligner.reporters import findings
    from aligner.run import pipeline

    with progress_bar(settings.ui, quiet=settings.quiet) as progress:
        stdin = sys.stdin.buffer
        documents, issues = pipeline.lint(paths, settings, stdin=stdin, progress=progress)
    write_result(findings.render(issues, documents, form, settings.ui), out, for_people=form == "text")
    return exit_code(issues, fail_on)
