"""`aligner diff`: what changed between two report folders."""

from __future__ import annotations

import json
from pathlib import Path

import click

from aligner.cli.options import out_option, start_logging, ui_option, write_result
from aligner.model import Language


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@ui_option
@out_option
def diff(old: Path, new: Path, form: str, ui: Language, out: Path | None) -> None:
    """Compare the report folders OLD and NEW: findings new, fixed and remaining, pairs gained and lost."""
    from aligner.report.compare import change_record, compare
    from aligner.report.reader import Report
    from aligner.reporters.diff import text

    start_logging(verbose=False)
    change = compare(Report(old), Report(new))
    if form == "json":
        write_result(json.dumps(change_record(change), ensure_ascii=False, indent=2), out)
    else:
        write_result(text(change, ui), out, for_people=True)
