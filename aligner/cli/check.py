"""`aligner check`: the gate for continuous integration, an audit whose exit code says whether it passes."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from aligner.cli.options import (
    GROUPS,
    common_options,
    fail_on_option,
    show_option,
    title_option,
    write_result,
)
from aligner.cli.progress import progress_bar
from aligner.model import LANGUAGES, InputError, Language, Severity
from aligner.settings import Settings
from aligner.settings.content import content_of
from aligner.settings.gate import ANY_SIDE, FailOn
from aligner.settings.repository import nearest
from aligner.storage.whole import write_whole

if TYPE_CHECKING:
    from aligner.gate.selection import Selection
    from aligner.report.outcome import Outcome

FAILED, INCOMPLETE = 1, 2
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab", "xliff")
BY_LINE = frozenset({"text", "github"})
"""Formats that may share standard output."""
TO_FILES = frozenset({"xliff"})
"""Formats that go to a file only."""

Target = tuple[str, Path | None]


def _targets(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> list[Target]:  # noqa: ARG001
    """Read every ``FORMAT`` or ``FORMAT=FILE``; without a file, a format goes to standard output."""
    targets: list[Target] = []
    for value in values:
        form, equals, file = value.partition("=")
        if form not in FORMATS:
            raise click.BadParameter(f"{form!r} is not one of {', '.join(FORMATS)}")
        if (equals or form in TO_FILES) and not file:
            raise click.BadParameter(f"{value!r} names no file")
        targets.append((form, Path(file) if file else None))
    return targets


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "formats",
    callback=_targets,
    multiple=True,
    default=("text",),
    show_default=True,
    metavar="FORMAT[=FILE]",
    help=f"One or more of {', '.join(FORMATS)}; repeatable.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where the gate fails.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Known findings do not fail."
)
@click.option("--no-baseline", is_flag=True, help="Leave .aligner-baseline.json alone.")
@click.option("--write-baseline", is_flag=True, help="Make what is found now the baseline; exit with 0.")
@click.option("--since", metavar="REF", help="Check the articles changed since a git revision.")
@click.option("--files-from", metavar="FILE", help="Check the articles listed in FILE (-: standard input).")
@click.option(
    "--fail-on-behind",
    type=click.Choice((*LANGUAGES, ANY_SIDE)),
    help="Exit with 1 where the version in that language lacks what the other has.",
)
@click.option("--allow-skipped", is_flag=True, help="Do not fail for files that are not read.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write a report as well."
)
@fail_on_option
@show_option
@title_option
@common_options(*GROUPS)
def check(
    paths: tuple[str, ...],
    formats: list[Target],
    exit_zero: bool,
    baseline: Path | None,
    no_baseline: bool,
    write_baseline: bool,
    since: str | None,
    files_from: str | None,
    fail_on_behind: Literal["fr", "en", "any"] | None,
    allow_skipped: bool,
    out: Path | None,
    fail_on: FailOn | None,
    show: Severity | None,
    settings: Settings,
) -> int:
    """Audit the articles of every PATH, and exit with 1 if what is found passes the limits set.

    The limits are --fail-on (major where nothing is said) and those of the table tool.aligner.gate.
    Findings that .aligner-baseline.json, or --baseline, knows do not fail. With --since or --files-from
    only some articles are checked; all the others still serve for pairing.
    Exits with 2 where a file cannot be read.
    """
    from aligner.checks.registry import select
    from aligner.gate.baseline import DEFAULT_NAME, baseline_text, others_in, read_baseline
    from aligner.report.outcome import Verdict
    from aligner.reporters.labels import label
    from aligner.run import pipeline
    from aligner.text.visible import printable_path

    _refuse(paths, formats, since, files_from, write_baseline=write_baseline)
    limits = {"fail_on": fail_on, "fail_on_behind": fail_on_behind}
    overrides: dict[str, Any] = {name: value for name, value in limits.items() if value is not None}
    settings = replace(settings, gate=replace(settings.gate, **overrides))
    notes_file = _notes_file(paths, formats, settings)
    file = None if no_baseline else _baseline_file(baseline, settings)
    accepted = read_baseline(file) if file and not write_baseline else None
    selection = _selection(paths, since, files_from, settings.read.ignore)
    with progress_bar(settings.ui, quiet=settings.quiet) as progress:
        outcome = pipeline.check(
            paths,
            settings,
            selection=selection,
            baseline=accepted,
            out=out,
            allow_skipped=allow_skipped,
            stdin=sys.stdin.buffer,
            progress=progress,
        )
    if write_baseline:  # all is accepted: nothing fails, and no line says so
        outcome = replace(outcome, verdict=Verdict(outcome.verdict.fail_on))
        formats = [target for target in formats if target != ("text", None)]
    _write(outcome, formats, settings, notes_file, show or "minor", silent=write_baseline)
    if write_baseline:
        file = file or Path(DEFAULT_NAME)
        codes = {check.code for check in select(settings.select, settings.ignore)}
        retained = others_in(file, {article.path for article in outcome.checked}, codes)
        write_result(baseline_text(outcome.findings, file, retained), file)
        if not settings.quiet:
            count = sum(finding.counts for finding in outcome.findings)
            click.echo(label("n_written", settings.ui, n=count, file=printable_path(str(file))), err=True)
        return 0
    return _exit_code(outcome, exit_zero=exit_zero)


def _refuse(
    paths: tuple[str, ...],
    formats: list[Target],
    since: str | None,
    files_from: str | None,
    *,
    write_baseline: bool,
) -> None:
    """Refuse options that do not go together."""
    if since is not None and files_from is not None:
        raise click.UsageError("--since and --files-from each choose the articles: give one of them")
    if write_baseline and (since is not None or files_from is not None):
        raise click.UsageError("--write-baseline needs all articles: leave out --since and --files-from")
    if "-" in paths and (since is not None or files_from is not None):
        raise click.UsageError("--since and --files-from choose among files: standard input is none")
    to_stdout = [form for form, file in formats if file is None]
    if len(to_stdout) > 1 and not set(to_stdout) <= BY_LINE:
        raise click.UsageError("two formats for standard output: name a file for one, as in sarif=out.sarif")


def _baseline_file(path: Path | None, settings: Settings) -> Path | None:
    """Return the file of known findings: the one named, the one of the settings, or the nearest."""
    from aligner.gate.baseline import DEFAULT_NAME

    if path or settings.gate.baseline:
        return path or Path(str(settings.gate.baseline))
    return nearest((DEFAULT_NAME,), Path())


def _selection(
    paths: tuple[str, ...], since: str | None, files_from: str | None, ignore: Sequence[str]
) -> Selection | None:
    from aligner.gate.changes import changed
    from aligner.gate.selection import listed

    if since is not None:
        return changed(since, paths, ignore)
    if files_from is None:
        return None
    try:
        data = sys.stdin.buffer.read() if files_from == "-" else content_of(Path(files_from))
    except OSError as error:
        raise InputError(f"{files_from}: cannot be read: {error.strerror or error}") from error
    return listed(data)


def _notes_file(paths: tuple[str, ...], formats: Collection[Target], settings: Settings) -> str:
    """Return the file that notes are put into, '' where nobody asks for notes."""
    if not any(form == "xliff" for form, _ in formats):
        return ""
    from aligner.reporters.translation_notes import checked_file

    return checked_file(paths, settings.read.ignore)


def _write(
    outcome: Outcome,
    formats: Collection[Target],
    settings: Settings,
    notes_file: str,
    show: Severity,
    *,
    silent: bool,
) -> None:
    """Write every format; unless ``silent``, stderr says what was read where no text on stdout does."""
    from aligner.reporters import sarif, verdict
    from aligner.text.visible import without_commands

    for form, file in formats:
        if form == "sarif":
            text = _render(outcome, form, settings, show)
            write_result(text, file)
            if omission := sarif.left_out(text):
                click.echo(f"aligner: sarif: {omission}", err=True)
        elif form == "xliff" and file is not None:
            from aligner.reporters.translation_notes import render

            write_whole(file, [render(outcome.findings, notes_file, settings.ui)])
        else:
            write_result(_render(outcome, form, settings, show), file, for_people=form == "text")
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary_file and any(form == "github" for form, _ in formats):
        _append_summary(outcome, settings.ui, Path(summary_file))
    if not (silent or settings.quiet or ("text", None) in formats):
        for line in verdict.summary(outcome, settings.ui):
            click.echo(without_commands(line), err=True)


def _append_summary(outcome: Outcome, ui: Language, file: Path) -> None:
    """Add to the page of a GitHub job, whose other steps write to the same file."""
    from aligner.reporters.annotations import step_summary

    try:
        with file.open("ab") as page:
            page.write(step_summary(outcome, ui).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror or error}") from error


def _render(outcome: Outcome, form: str, settings: Settings, show: Severity) -> str:
    from aligner.checks.registry import select
    from aligner.report.places import View
    from aligner.reporters import annotations, junit, sarif, verdict

    ui = settings.ui
    view = View.of(outcome.checked if outcome.selection else None)
    new = [finding for finding in outcome.findings if not finding.baselined]
    if form == "json":
        return verdict.record(outcome)
    if form == "sarif":
        return sarif.render(outcome.findings, select(settings.select, settings.ignore), ui, view)
    if form == "junit":
        return junit.render(
            outcome.findings, [article.path for article in outcome.checked], outcome.verdict.fails, ui
        )
    if form == "github":
        return annotations.github(new, outcome.verdict.fails, ui, view)
    if form == "gitlab":
        return annotations.gitlab(new, ui, view)
    return verdict.text(outcome, ui, show)


def _exit_code(outcome: Outcome, *, exit_zero: bool) -> int:
    if outcome.unread:
        return INCOMPLETE
    return 0 if outcome.verdict.passed or exit_zero else FAILED
