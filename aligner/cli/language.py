"""The language of what is said before, or without, any settings: errors of usage, warnings, help."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import click

from aligner.model import LANGUAGES, InputError, Language

COMMAND_LINE = "aligner.command-line"
"""Key of a click context for the words after the name of the program."""


class _French(click.UsageError):
    """An error of usage, in French."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write how the command is called, and what is wrong."""
        click.echo(self.message, file=file, err=file is None)


def language() -> Language:
    """Return the language of the command that runs; that of the user's locale where none does."""
    context = click.get_current_context(silent=True)
    return asked(context.meta.get(COMMAND_LINE, ()) if context else ())


def asked(arguments: Sequence[str]) -> Language:
    """Return the language that a command line asks for, right or wrong as it may be.

    That is ``--ui``, else what its settings say, else the user's locale.
    """
    from aligner.settings.load import load_ui, locale_language  # only here: --help needs no settings

    choice = _value(arguments, "--ui")
    for language in LANGUAGES:
        if choice == language:
            return language
    config = _value(arguments, "--config")
    try:
        of_settings = load_ui(Path(config) if config else None)
    except (InputError, OSError, ValueError):  # which the command will say
        of_settings = None
    return of_settings or locale_language(os.environ)


def _value(arguments: Sequence[str], option: str) -> str | None:
    """Return the value that an option has on a command line, the last one."""
    value = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option:
            value = arguments[place + 1] if place + 1 < len(arguments) else None
        elif argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
    return value


def worded(error: click.ClickException, ui: Language) -> click.ClickException:
    """Return an error of usage as it is said in a language."""
    if ui == "en" or not isinstance(error, click.UsageError) or isinstance(error, _French):
        return error
    from aligner.reporters.messages import in_language

    lines = []
    if (context := error.ctx) is not None:
        lines.append(french_usage(context.get_usage()))
        if names := context.help_option_names:
            lines += [in_language(f"Try '{context.command_path} {names[0]}' for help.", ui), ""]
    text = in_language(f"Error: {error.format_message()}", ui)
    if isinstance(error, click.MissingParameter):
        text = french_usage(text)
    return _French("\n".join([*lines, text]))


def french_usage(usage: str) -> str:
    """Return the line that says how a command is called, with French names for what goes there."""
    usage = usage.replace("Usage:", "Utilisation\u00a0:")
    return _NAME.sub(lambda name: _NAMES.get(name[0], name[0]), usage)


_NAME = re.compile(r"(?<![\w-])[A-Z]{3,}(?: RANGE)?(?!\w)")
_NAMES = {
    "ADDRESS": "ADRESSE",
    "ARGS": "ARGUMENTS",
    "BITEXT": "BITEXTE",
    "CLEAN": "PROPRE",
    "COMMAND": "COMMANDE",
    "DIR": "DOSSIER",
    "FILE": "FICHIER",
    "HYPOTHESIS": "HYPOTHÈSE",
    "INTEGER": "ENTIER",
    "INTEGER RANGE": "ENTIER",
    "NAME": "NOM",
    "NEW": "NOUVEAU",
    "OLD": "ANCIEN",
    "PATH": "CHEMIN",
    "REF": "RÉVISION",
    "REFERENCE": "RÉFÉRENCE",
    "REGEX": "MOTIF",
    "REPORT": "RAPPORT",
    "TEXT": "TEXTE",
}
"""Names of arguments on the command line: English -> French."""
