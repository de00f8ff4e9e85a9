"""`aligner fix`: applies the suggestions that are certain, or those that a person marked as right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.options import common_options, out_option, write_result
from aligner.model import InputError, Skipped
from aligner.settings import Settings

if TYPE_CHECKING:
    from aligner.model import Language
    from aligner.run.marked import Left
    from aligner.run.rewriting import Fixed


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--diff/--write", "only_diff", default=True, help="Print a unified diff (default), or change the files."
)
@out_option
@common_options(
    "detecting",
    "selecting",
    "review",
    wordings={
        "review": "A report, or its review.jsonl: apply what was marked as right there, and nothing else."
    },
)
def fix(paths: tuple[str, ...], only_diff: bool, out: Path | None, settings: Settings) -> int:
    """Apply suggestions that are certain to the .txt and .md files of every PATH.

    Without --select, those of checks whose measured precision is at least .98; with --review, those of the
    findings that you marked as right, as long as the text around them is the same. Code, addresses and
    quotations are never touched; encoding, line ends, links, rights and owner stay. A second run changes
    nothing. A file that is read-only, or changes meanwhile, is left as it is (exit code 2).

    On standard output, characters that would steer a terminal or a build are spelled out; with --out FILE
    the diff is a patch byte for byte.
    """
    from aligner.reporters.labels import label
    from aligner.run.fixing import fix_files
    from aligner.run.marked import Left, fix_marked

    if out is not None and not only_diff:
        raise click.UsageError("--out takes the diff, and --write makes none")
    ui = settings.ui
    review: str | None = click.get_current_context().params["review"]
    less_certain: Counter[str] = Counter()
    left = Left()
    items = fix_files(paths, settings, less_certain) if review is None else fix_marked(paths, settings, left)
    fixed, failed = _apply(items, ui, only_diff=only_diff, show=out is None)
    if out is not None:
        write_result("".join(item.diff() for item in fixed), out)
    if review is not None and not only_diff:
        _mark_as_fixed(Path(review), fixed)
    changes = sum(len(item.codes) for item in fixed)
    summary = label("n_would_fix" if only_diff else "n_applied", ui, n=changes)
    click.echo(label("in_files", ui, done=summary, n=len(fixed)), err=only_diff)
    for line in (*_less_certain(less_certain, ui), *_not_applied(left, ui)):
        click.echo(line, err=only_diff)
    return 2 if failed else 0


def _apply(
    items: Iterator[Fixed | Skipped], ui: Language, *, only_diff: bool, show: bool
) -> tuple[list[Fixed], int]:
    """Write the files, or show what would change; return those fixed, and the number of those that failed."""
    fixed: list[Fixed] = []
    failed = 0
    for item in items:
        if isinstance(item, Skipped):
            _say_not_fixed(item.path, item.reason, ui)
            continue
        if not only_diff:
            try:
                item.write()
            except InputError as error:
                _say_not_fixed(item.path, str(error).removeprefix(f"{item.path}: "), ui)
                failed += 1
                continue
        elif show:
            click.echo(item.diff(printable=True), nl=False)
        fixed.append(item)
    return fixed, failed


def _say_not_fixed(path: str, reason: str, ui: Language) -> None:
    from aligner.reporters.labels import label
    from aligner.reporters.messages import in_language
    from aligner.text.visible import one_line, printable_path

    reason = one_line(in_language(reason, ui))
    click.echo(label("not_fixed", ui, path=printable_path(path), reason=reason), err=True)


def _mark_as_fixed(review: Path, fixed: list[Fixed]) -> None:
    from aligner.review.saving import add_marks

    if marks := [mark for item in fixed for mark in item.marks]:
        add_marks(review, marks)


def _less_certain(codes: Counter[str], ui: Language) -> Iterator[str]:
    from aligner.reporters.labels import label

    if codes:
        yield label("n_less_certain", ui, n=codes.total(), codes=",".join(sorted(codes)))


def _not_applied(left: Left, ui: Language) -> Iterator[str]:
    from aligner.reporters.labels import label

    if left.without_suggestion:
        yield label("n_without_suggestion", ui, n=left.without_suggestion)
    if left.elsewhere:
        yield label("n_elsewhere", ui, n=left.elsewhere)
