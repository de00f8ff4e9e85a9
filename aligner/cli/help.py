"""The texts of `--help`, in the language of the user."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import click

from aligner.cli.language import COMMAND_LINE, asked, french_usage

_EXTRA = re.compile(r"(?:(?P<text>.*?)  )?\[(?P<extra>[^\]]*)\]", re.DOTALL)
"""A text, and what click says behind it of the values that an option takes."""
_BEFORE = re.compile(r" (?=[:;?!])")
_EXTRAS: Mapping[str, str] = {
    "default: ": "par défaut\u00a0: ",
    "required": "obligatoire",
    "; ": "\u00a0; ",
}
_HEADINGS: Mapping[str, str] = {"Commands": "Commandes", "Options": "Options"}


class _French(click.HelpFormatter):
    """Writes a page of help in French; what has no French text stays English."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, french_usage(args), french_usage(prefix or "Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(f"{_HEADINGS.get(heading, heading)}\u00a0")

    def write_text(self, text: str) -> None:
        """Write what a command does, paragraph by paragraph."""
        super().write_text("\n\n".join(map(_french, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write the list of options, or that of commands."""
        french = [(french_usage(name), _with_extra(text)) for name, text in rows]
        super().write_dl(french, col_max, col_spacing)


class _Context(click.Context):
    """A context whose pages of help are in the language of the user."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what writes the page of help."""
        if asked(self.meta.get(COMMAND_LINE, ())) == "en":
            return super().make_formatter()
        return _French(width=self.terminal_width, max_width=self.max_content_width)


class WordedGroup(click.Group):
    """A group that speaks the language of the user, and says in full what each command does."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the command line, which says in what language to answer, before any of it is read."""
        ctx.meta.setdefault(COMMAND_LINE, tuple(args))
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, which answers in the language of the user."""
        command = super().get_command(ctx, cmd_name)
        return worded_command(command) if command else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands."""
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in commands.items() if command])


def worded_command(command: click.Command) -> click.Command:
    """Make a command's help follow the language of the user."""
    command.context_class = _Context
    return command


def _with_extra(text: str) -> str:
    """Return an option's text in French, with what click adds of the values that it takes."""
    match = _EXTRA.fullmatch(text)
    if match is None:
        return _french(text)
    extra = match["extra"]
    for english, french in _EXTRAS.items():
        extra = extra.replace(english, french)
    return f"{_french(match['text'])}  [{extra}]" if match["text"] else f"[{extra}]"


def _french(text: str) -> str:
    """Return a paragraph in French, or as it is if it has no French."""
    return _texts().get(" ".join(text.split()), text)


# Saves 2 ms an option.
@cache
def _texts() -> dict[str, str]:
    rooms: Mapping[str, Mapping[str, Any]] = tomllib.loads(
        files("aligner.cli").joinpath("data", "help_fr.toml").read_text("utf-8")
    )
    return {
        english: _BEFORE.sub("\u00a0", french) for room in rooms.values() for english, french in room.items()
    }
