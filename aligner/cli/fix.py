"""`aligner fix`: applies the suggestions that are certain."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from aligner.cli.options import common_options, out_option, write_result
from aligner.model import Skipped
from aligner.settings import Settings
from aligner.storage.whole import write_whole


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--diff/--write", "only_diff", default=True, help="Print a unified diff (default), or change the files."
)
@out_option
@common_options("detecting", "selecting")
def fix(paths: tuple[str, ...], only_diff: bool, out: Path | None, settings: Settings) -> None:
    """Apply suggestions that are certain to the .txt and .md files of every PATH.

    Without --select, those of checks whose measured precision is at least .98. Code, addresses and
    quotations are never touched; encoding and line ends stay. A second run changes nothing.

    On standard output, characters that would steer a terminal or a build are spelled out; with --out FILE
    the diff is a patch byte for byte.
    """
    from aligner.run.fixing import fix_files
    from aligner.text.visible import one_line, printable_path

    if out is not None and not only_diff:
        raise click.UsageError("--out takes the diff, and --write makes none")
    patch = ""
    files = changes = 0
    left: Counter[str] = Counter()
    for item in fix_files(paths, settings, left):
        if isinstance(item, Skipped):
            click.echo(f"{printable_path(item.path)}: not fixed: {one_line(item.reason)}", err=True)
            continue
        files += 1
        changes += len(item.findings)
        if out is not None:
            patch += item.diff()
        elif only_diff:
            click.echo(item.diff(printable=True), nl=False)
        else:
            write_whole(Path(item.path), [item.data])
    if out is not None:
        write_result(patch, out)
    done = "would be applied" if only_diff else "applied"
    fixes = "1 suggestion" if changes == 1 else f"{changes} suggestions"
    click.echo(f"{fixes} {done} in {files} file{'s' * (files != 1)}", err=only_diff)
    if left:
        click.echo(_less_certain(left), err=only_diff)


def _less_certain(left: Counter[str]) -> str:
    codes = ",".join(sorted(left))
    if left.total() == 1:
        return f"1 less certain one was left: --select {codes} applies it"
    return f"{left.total()} less certain ones were left: --select {codes} applies them"
