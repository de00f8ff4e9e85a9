"""The options that several commands share, and how they become settings and logging."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import click

from aligner.cli.inputs import require_no_input
from aligner.cli.language import language
from aligner.model import LANGUAGES, SEVERITY_WEIGHT, Finding, Language
from aligner.settings import Settings, load_settings
from aligner.settings.gate import NO_SEVERITY, FailOn
from aligner.settings.load import settings_file
from aligner.storage.whole import write_whole
from aligner.text.visible import in_log, printable_path, without_commands

Command = Callable[..., Any]
logger = logging.getLogger(__name__)

Group = Literal["detecting", "selecting", "terms", "encoding", "working", "pairs", "review"]
"""Groups of common options that a command reads, besides those that every command reads."""

_OPTIONS: dict[Group | None, tuple[partial[Command], ...]] = {
    "encoding": (
        partial(
            click.option,
            "--encoder",
            metavar="NAME",
            help="Any sentence-transformers name or folder (default: the bundled model).",
        ),
    ),
    "detecting": (
        partial(
            click.option,
            "--detector",
            metavar="DIR",
            help="A detector of your own (`aligner train detector`; default: the bundled one).",
        ),
        partial(click.option, "--no-detector", is_flag=True, help="Rules only: skip the neural detector."),
    ),
    "selecting": (
        partial(
            click.option, "--select", metavar="CODE,...", help="Run only these checks (prefixes allowed)."
        ),
        partial(
            click.option, "--ignore", metavar="CODE,...", help="Leave these checks out (prefixes allowed)."
        ),
        partial(
            click.option,
            "--min-confidence",
            type=float,
            metavar="P",
            help="Leave out findings below P (0 to 1).",
        ),
    ),
    "working": (
        partial(click.option, "--jobs", type=int, metavar="N", help="Worker processes on this machine."),
        partial(
            click.option,
            "--scheduler",
            metavar="ADDRESS",
            help="A Dask scheduler, whose workers do the work.",
        ),
    ),
    "pairs": (
        partial(click.option, "--pairs", metavar="FILE", help="CSV fr,en: known pairs, taken as they are."),
        partial(
            click.option,
            "--beads",
            metavar="FILE",
            help="JSONL pair,fr,en: beads corrected by hand, the rest is aligned around them.",
        ),
    ),
    "review": (
        partial(
            click.option,
            "--review",
            metavar="REPORT",
            help="A report, or its review.jsonl: the marks of `aligner review` are taken into account.",
        ),
    ),
    "terms": (partial(click.option, "--terms", metavar="FILE", help="CSV fr,en: the glossary."),),
    None: (
        partial(
            click.option,
            "--ui",
            type=click.Choice(LANGUAGES),
            help="Language of messages (default: your locale).",
        ),
        partial(
            click.option,
            "--cache",
            metavar="DIR",
            help="Cache folder: sentence vectors, word scores of the detector, the articles of a "
            "large corpus (default: .aligner-cache).",
        ),
        partial(
            click.option, "--no-cache", is_flag=True, help="Neither read the cache folder nor write to it."
        ),
        partial(
            click.option,
            "--config",
            metavar="FILE",
            help="Settings (default: aligner.toml or pyproject.toml, here or above in the git repository).",
        ),
        partial(
            click.option, "--quiet", "-q", is_flag=True, default=None, help="Print only results and errors."
        ),
        partial(
            click.option, "--verbose", "-v", is_flag=True, help="Log each step, and show where a fault is."
        ),
    ),
}
GROUPS: tuple[Group, ...] = get_args(Group)


def common_options(*groups: Group, wordings: Mapping[str, str] | None = None) -> Callable[[Command], Command]:
    """Add the common options of these groups to a command, and hand it ``settings`` in their place.

    The others are accepted, so that one list of options serves all commands, but neither shown in --help
    nor read. The settings come from the command line over the configuration file; wrong ones raise
    InputError. ``wordings`` are help texts by parameter, where an option does something else here.
    """
    unread = set(GROUPS) - set(groups)
    ignored = {_parameter(option) for group in unread for option in _OPTIONS[group]}

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_settings(
            *args: Any, config: str | None, verbose: bool, no_cache: bool, no_detector: bool, **values: Any
        ) -> Any:
            start_logging(verbose=verbose)
            common = {
                field.name: values.pop(field.name) for field in fields(Settings) if field.name in values
            }
            options = {name.replace("_", "-"): v for name, v in common.items() if name not in ignored}
            if no_cache:
                options["cache"] = False
            if no_detector and "detector" not in ignored:
                options["detector"] = False
            file = config if config is not None else settings_file(Path())
            settings = load_settings(file, options)
            if settings.quiet:
                start_logging(verbose=verbose, quiet=True)
            elif config is None and file is not None:
                _tell_settings(Path(file), settings.ui)
            return command(*args, settings=settings, **values)

        for group, options in reversed(_OPTIONS.items()):
            for option in reversed(options):
                help_text = (wordings or {}).get(_parameter(option), option.keywords["help"])
                with_settings = option(hidden=group in unread, help=help_text)(with_settings)
        return with_settings

    return decorate


def _tell_settings(file: Path, ui: Language) -> None:
    """Say which file of settings applies, where it is not the one in the working directory."""
    if len(file.parts) == 1:
        logger.debug("settings: %s", file)
        return
    from aligner.reporters.labels import label

    click.echo(label("settings_from", ui, file=printable_path(str(file))), err=True)


def _parameter(option: partial[Command]) -> str:
    """Return the parameter name that click makes of an option's first flag."""
    return str(option.args[0]).removeprefix("--").replace("-", "_")


def start_logging(*, verbose: bool, quiet: bool = False) -> None:
    """Send the package's log to stderr: warnings, everything with ``verbose``, only errors with ``quiet``.

    That ends with the command: the process, which may be a program's or a notebook's, is left as it was.
    """
    logger = logging.getLogger("aligner")
    for old in [handler for handler in logger.handlers if isinstance(handler, _StderrHandler)]:
        old.end()
    handler = _StderrHandler(logger)
    handler.setLevel(logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING)
    if verbose:
        logger.setLevel(logging.DEBUG)
    handler.setFormatter(_Formatter("aligner: %(levelname)s: %(message)s"))
    logger.addHandler(handler)


class _Formatter(logging.Formatter):
    """Shows what comes from input without what steers a terminal; a message is one line."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = printable_path(record.message)
        line = super().formatMessage(record)
        if record.levelno < logging.WARNING or language() == "en":
            return line
        from aligner.reporters.messages import in_language

        return in_language(line, "fr")

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return in_log(super().formatException(ei))


class _StderrHandler(logging.StreamHandler[Any]):
    """A handler of ours, which lasts as long as the command."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(sys.stderr)
        self._logger, self._level_before = logger, logger.level
        if context := click.get_current_context(silent=True):
            context.find_root().call_on_close(self.end)

    def end(self) -> None:
        """Restore the logger."""
        if self in self._logger.handlers:
            self._logger.removeHandler(self)
            self._logger.setLevel(self._level_before)


def write_result(text: str, out: Path | None, *, for_people: bool = False) -> None:
    """Write a command's result to the file ``out``, else to standard output, ending with one newline.

    What is ``for_people`` may hold lines that a build would take for commands: these are changed.
    """
    text = text if text.endswith("\n") or not text else text + "\n"
    if out is None:
        click.echo(without_commands(text) if for_people else text, nl=False)
    else:
        require_no_input(out)
        write_whole(out, [text.encode("utf-8", "backslashreplace")])


def write_lines(lines: Iterable[str], out: Path | None) -> None:
    """Write lines as they come to the file ``out``, else to standard output."""
    if out is None:
        for line in lines:
            click.echo(line)
    else:
        require_no_input(out)
        write_whole(out, (f"{line}\n".encode("utf-8", "backslashreplace") for line in lines))


def title_option(command: Command) -> Command:
    """Add ``--title TEXT``, the heading of a report."""
    return click.option("--title", metavar="TEXT", help="Heading of the report.")(command)


def ui_option(command: Command) -> Command:
    """Add ``--ui`` to a command that reads no other settings."""
    return click.option(
        "--ui",
        type=click.Choice(LANGUAGES),
        default=language,
        help="Language of messages (default: your locale).",
    )(command)


def out_option(command: Command) -> Command:
    """Add ``--out FILE``, None (standard output) where it is not given."""
    return click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Default: standard output.",
    )(command)


def fail_on_option(command: Command) -> Command:
    """Add ``--fail-on SEVERITY``, or "none"; None where it is not given."""
    return click.option(
        "--fail-on",
        type=click.Choice((*SEVERITY_WEIGHT, NO_SEVERITY)),
        help="Exit with 1 if a finding is at least that bad (none: only for other limits).",
    )(command)


def show_option(command: Command) -> Command:
    """Add ``--show SEVERITY``, None where it is not given."""
    return click.option(
        "--show",
        type=click.Choice(tuple(SEVERITY_WEIGHT)),
        help="Print the findings that are at least that bad, those that fail first.",
    )(command)


def exit_code(findings: Iterable[Finding], fail_on: FailOn | None) -> int:
    """Return 1 if a finding that counts is at least as severe as ``fail_on``, else 0."""
    if fail_on is None or fail_on == NO_SEVERITY:
        return 0
    least = SEVERITY_WEIGHT[fail_on]
    return int(any(f.counts and SEVERITY_WEIGHT[f.severity] >= least for f in findings))
