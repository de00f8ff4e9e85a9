"""The `aligner` command: a group whose commands are loaded only when called, and its exit codes."""

from __future__ import annotations

import contextlib
import difflib
import errno
import importlib
import io
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from aligner.cli.help import WordedGroup, worded_command
from aligner.cli.language import asked, language, worded
from aligner.cli.once import given_once
from aligner.engine.collecting import collect_seldom
from aligner.engine.threads import one_thread_from_now_on
from aligner.model import LANGUAGES, InputError, Language
from aligner.text.visible import in_log, one_line
from aligner.version import version

BAD_INPUT = 2
INTERNAL_FAULT = 3
INTERRUPTED = 130
TERMINATED = 143
BROKEN_PIPE = 141  # what a shell reports for a program that SIGPIPE ended

MENDABLE: Mapping[int, str] = {
    errno.EACCES: "",
    errno.EPERM: "",
    errno.EROFS: "",
    errno.ENOTDIR: "",
    errno.ELOOP: "",
    errno.EIO: "",
    errno.ENOSPC: "make room, and run the same command again: it goes on from here",
    errno.EDQUOT: "make room, and run the same command again: it goes on from here",
    errno.EFBIG: "this system limits the size of a file (ulimit -f)",
    errno.ENAMETOOLONG: "name a shorter one",
    errno.EMFILE: "this system limits the number of open files (ulimit -n)",
    errno.ENFILE: "too many files are open on this machine",
    errno.ENOMEM: "free some memory, or try fewer --jobs",
    errno.EAGAIN: "this system limits the number of processes (ulimit -u)",
}
"""Errors of the system that the user can fix, and we cannot, with what to do where it is not obvious."""

COMMANDS: Mapping[str, tuple[str, str]] = {
    "audit": ("aligner.cli.audit:audit", "Pair, align and check articles; write the report folder."),
    "check": ("aligner.cli.check:check", "The gate: audit, and fail if too much is found."),
    "pair": ("aligner.cli.pair:pair", "Find the articles that tell the same story."),
    "align": ("aligner.cli.align:align", "Align the sentences of one pair."),
    "lint": ("aligner.cli.lint:lint", "Check articles individually."),
    "fix": ("aligner.cli.fix:fix", "Apply the suggestions that are certain, or marked as right."),
    "init": ("aligner.cli.init:init", "Write a commented aligner.toml, and a workflow for CI."),
    "review": ("aligner.cli.review:review", "Mark what a report found, on a local page."),
    "checks": ("aligner.cli.checks:checks", "List all checks."),
    "explain": ("aligner.cli.explain:explain", "Say what a check finds, with examples."),
    "rule": ("aligner.cli.explain:explain", "The same as checks and explain in one."),
    "grade": ("aligner.cli.grade:grade", "Score aligned rows for quality and flag suspect words."),
    "score": ("aligner.cli.score:score", "Score a text against a reference with chrF, BLEU and TER."),
    "diff": ("aligner.cli.diff:diff", "Say what changed between two reports."),
    "export": ("aligner.cli.export:export", "Write the aligned sentences of a report that are fit to keep."),
    "bench": ("aligner.cli.bench:bench", "Measure against gold data."),
    "train": ("aligner.cli.train:train", "Rebuild or adapt a shipped model."),
}
"""Name -> where the command is, and its line of help (so that `--help` loads none of them)."""


class Terminated(BaseException):
    """The process was asked to end: what it has begun is cleared away on the way out."""


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """Make SIGTERM and SIGHUP end the run as Ctrl-C does, unless they are handled already."""

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # the first one is enough
        raise Terminated

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    redirected = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in redirected:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in redirected:
            signal.signal(number, signal.SIG_DFL)


class LazyGroup(WordedGroup):
    """Loads a command when it is asked for, and turns every ending into its exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a program, whatever has become of its standard streams."""
        _fill_standard_streams()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:  # of --help and --version, which come before any command
            sys.exit(_tell_system_error(error))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parse the command line; say what is wrong with it in the language that it asks for."""
        arguments = tuple(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.ClickException as error:
            raise worded(error, asked(arguments)) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name all commands, in the order of the story."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of that name."""
        if cmd_name not in COMMANDS:
            similar = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            if similar:
                raise click.UsageError(f"there is no command {cmd_name!r}; did you mean {similar[0]}?")
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return given_once(worded_command(command))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table of commands without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and end the process with the exit code that the contract names."""
        ctx.exit(self._exit_code(ctx))

    def _exit_code(self, ctx: click.Context) -> int:
        try:
            with _ending_in_order():
                code = super().invoke(ctx)
                sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except click.ClickException as error:  # bad usage
            error.message = in_log(error.message)  # type: ignore[misc]
            raise worded(error, language()) from None
        except (click.exceptions.Exit, click.Abort):
            raise  # click's own endings: --help
        except Terminated:
            _say("aligner: terminated")
            return TERMINATED
        except InputError as error:
            _say(f"aligner: error: {error}")
            return BAD_INPUT
        except KeyboardInterrupt:
            _say("aligner: interrupted")
            return INTERRUPTED
        except BrokenPipeError:  # the reader has gone (`| head`)
            _drop_output()
            return BROKEN_PIPE
        except OSError as error:
            return _tell_system_error(error)
        except MemoryError:
            _say("aligner: error: not enough memory; try fewer --jobs, or give fewer files at once")
            return BAD_INPUT
        except Exception as error:  # the one place that may: nobody shall meet a bare traceback
            return _tell_fault(error)


class _Closed(io.RawIOBase):
    """A closed standard input: reading it is an error, since an empty list of files would pass a gate."""

    def readable(self) -> bool:
        """Return that somebody may try."""
        return True

    def readinto(self, _: object) -> int:
        """Raise InputError."""
        raise InputError("standard input is closed; give it a file, or /dev/null")


def _fill_standard_streams() -> None:
    """Open closed standard streams on the null device, lest files get their numbers.

    What the encoding of standard output has no form for is spelled out, as in files.
    """
    handle = os.open(os.devnull, os.O_RDWR)
    while handle <= 2:
        handle = os.dup(handle)
    os.close(handle)
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_Closed()), encoding="utf-8")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (to the end)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Send the rest of standard output to the null device, lest the interpreter fails to flush it at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    """Write to standard error, if anybody can read it."""
    try:
        if language() == "fr":
            from aligner.reporters.messages import in_language

            text = in_language(text, "fr")
        click.echo(in_log(text), err=True)
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _tell_system_error(error: OSError) -> int:
    """Report an error of the system: a bug only where the user cannot do anything about it."""
    if error.errno == errno.ENOENT and error.filename is None:  # no folder to work in, no temporary one
        _say(f"aligner: error: {error.strerror}: is the working directory still there, and that of TMPDIR?")
        return BAD_INPUT
    if error.errno is None or error.errno not in MENDABLE:
        return _tell_fault(error)
    _drop_output()
    filename = [str(error.filename)] if error.filename else []
    hint = f" ({MENDABLE[error.errno]})" if MENDABLE[error.errno] else ""
    _say("aligner: error: " + ": ".join([*filename, error.strerror or type(error).__name__]) + hint)
    return BAD_INPUT


def _tell_fault(error: Exception) -> int:
    if logging.getLogger("aligner").isEnabledFor(logging.DEBUG):
        _say("".join(traceback.format_exception(error)))
        hint = "please report it with the lines above"
    else:
        hint = "run again with -v to see where, and please report it"
    reason = one_line(str(error))
    _say(f"aligner: internal fault: {type(error).__name__}: {reason} (a bug in aligner: {hint})")
    return INTERNAL_FAULT


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--ui", type=click.Choice(LANGUAGES), help="Language of messages (default: your locale).")
@click.version_option(version(), prog_name="aligner", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, ui: Language | None) -> None:
    """Keep French and English versions of the same articles in step.

    Reads a mixed folder, finds which articles tell the same story, lines up their sentences and
    points at every broken passage, with a reason.
    """
    if ui is not None:
        context.default_map = {name: {"ui": ui} for name in COMMANDS}
    one_thread_from_now_on()
    collect_seldom()


if __name__ == "__main__":
    main()
