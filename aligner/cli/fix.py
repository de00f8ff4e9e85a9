"""`aligner fix`: applies the suggestions that are certain."""

from __future__ import annotations

from pathlib import Path

import click

from aligner.cli.options import common_options
from aligner.model import Skipped
from aligner.settings import Settings
from aligner.storage.whole import write_whole


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--diff/--write", "only_diff", default=True, help="Print a unified diff (default), or change the files."
)
@common_options("detecting", "selecting")
def fix(paths: tuple[str, ...], only_diff: bool, settings: Settings) -> None:
    """Apply suggestions that are certain to the .txt and .md files of every PATH.

    Without --select, those of checks whose measured precision is at least .98. Code, addresses and
    quotations are never touched; encoding and line ends stay. A second run changes nothing.
    """
    from aligner.run.fixing import fix_files
    from aligner.text.visible import one_line, printable_path

    files = changes = 0
    for item in fix_files(paths, settings):
        if isinstance(item, Skipped):
            click.echo(f"{printable_path(item.path)}: not fixed: {one_line(item.reason)}", err=True)
            continue
        files += 1
        changes += len(item.findings)
        if only_diff:
            click.echo(item.diff(), nl=False)
        else:
            write_whole(Path(item.path), [item.data])
    done = "would be applied" if only_diff else "applied"
    fixes = "1 suggestion" if changes == 1 else f"{changes} suggestions"
    click.echo(f"{fixes} {done} in {files} file{'s' * (files != 1)}", err=only_diff)
