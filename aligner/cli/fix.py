"""`aligner fix`: applies the suggestions that are certain."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from aligner.cli.options import common_options, out_option, write_result
from aligner.model import InputError, Skipped
from aligner.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--diff/--write", "only_diff", default=True, help="Print a unified diff (default), or change the files."
)
@out_option
@common_options("detecting", "selecting")
def fix(paths: tuple[str, ...], only_diff: bool, out: Path | None, settings: Settings) -> int:
    """Apply suggestions that are certain to the .txt and .md files of every PATH.

    Without --select, those of checks whose measured precision is at least .98. Code, addresses and
    quotations are never touched; encoding, line ends, links, rights and owner stay. A second run changes
    nothing. A file that is read-only, or changes meanwhile, is left as it is (exit code 2).

    On standard output, characters that would steer a terminal or a build are spelled out; with --out FILE
    the diff is a patch byte for byte.
    """
    from aligner.reporters.labels import label
    from aligner.reporters.messages import in_language
    from aligner.run.fixing import fix_files
    from aligner.text.visible import one_line, printable_path

    if out is not None and not only_diff:
        raise click.UsageError("--out takes the diff, and --write makes none")
    ui = settings.ui
    patch = ""
    files = changes = failed = 0
    left: Counter[str] = Counter()

    def say_not_fixed(path: str, reason: str) -> None:
        reason = one_line(in_language(reason, ui))
        click.echo(label("not_fixed", ui, path=printable_path(path), reason=reason), err=True)

    for item in fix_files(paths, settings, left):
        if isinstance(item, Skipped):
            say_not_fixed(item.path, item.reason)
            continue
        if not only_diff:
            try:
                item.write()
            except InputError as error:
                say_not_fixed(item.path, str(error).removeprefix(f"{item.path}: "))
                failed += 1
                continue
        files += 1
        changes += len(item.findings)
        if out is not None:
            patch += item.diff()
        elif only_diff:
            click.echo(item.diff(printable=True), nl=False)
    if out is not None:
        write_result(patch, out)
    summary = label("n_would_fix" if only_diff else "n_applied", ui, n=changes)
    click.echo(label("in_files", ui, done=summary, n=files), err=only_diff)
    if left:
        codes = ",".join(sorted(left))
        click.echo(label("n_less_certain", ui, n=left.total(), codes=codes), err=only_diff)
    return 2 if failed else 0
