"""What --help says: every text in both languages, in the language that a command line asks for."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from aligner.cli.main import COMMANDS, main

FRENCH = {
    english: french
    for room in tomllib.loads(
        files("aligner.cli").joinpath("data", "help_fr.toml").read_text("utf-8")
    ).values()
    for english, french in room.items()
}
ENGLISH = re.compile(
    r"\b(the|is|not|with|of|and|usage|default|required|commands|show|file|path)\b", re.IGNORECASE
)
OURS = re.compile(r"`[^`]*`|\[[^\]]*\]|--?\w[\w-]*|[\w./-]*\.\w+|[A-Z]{3,}")
"""Words of the command line, which are the same in both languages."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)


def page(*arguments: str) -> str:
    done = CliRunner().invoke(main, [*arguments, "--help"], prog_name="aligner")
    assert done.exit_code == 0, done.output
    return done.stdout


def commands(
    group: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from commands(command, (*path, name))


ALL = dict(commands(main))


def texts() -> Iterator[str]:
    yield from (line for _, line in COMMANDS.values())
    for command in ALL.values():
        yield from inspect.cleandoc(command.help or "").split("\n\n")
        for option in command.get_params(click.Context(command, help_option_names=["--help"])):
            if isinstance(option, click.Option) and option.help:
                yield option.help


def test_every_text_is_in_both_languages_and_none_is_left_over() -> None:
    said = {" ".join(text.split()) for text in texts()}
    assert sorted(said - set(FRENCH)) == []
    assert sorted(set(FRENCH) - said) == []


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_page_in_french_holds_no_english(path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    english = page(*path)
    assert english.startswith(f"Usage: {' '.join(('aligner', *path))} ")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    french = page(*path)
    assert french.startswith(f"Utilisation\u00a0: {' '.join(('aligner', *path))} ")
    names = "|".join(name for each in ALL for name in each)
    said = re.sub(rf"^  ({names})  ", "", OURS.sub("", french), flags=re.MULTILINE)
    assert not ENGLISH.search(said), ENGLISH.search(said)
    assert not re.search(" [:;?!]", re.sub(r"\[.*?\]", "", french, flags=re.DOTALL))
    assert max(map(len, french.splitlines())) <= 80
    assert page(*path, "--ui", "en") == english if path and path[0] != "train" else True


@pytest.mark.parametrize(
    "arguments", [("--ui", "fr"), ("--ui=fr", "check"), ("check", "--ui", "fr"), ("init", "--ui", "fr")]
)
def test_the_command_line_wins_over_the_locale(arguments: tuple[str, ...]) -> None:
    assert page(*arguments).startswith("Utilisation")


def test_settings_say_the_language_of_help() -> None:
    Path("aligner.toml").write_text('ui = "fr"\n')
    assert page().startswith("Utilisation")
    assert page("--ui", "en").startswith("Usage: ")


def test_the_language_asked_for_before_the_command_is_that_of_the_command() -> None:
    done = CliRunner().invoke(main, ["--ui", "fr", "check", "nulle-part"], prog_name="aligner")
    assert "fichier ou dossier introuvable" in done.stderr
    assert "Mots collés" in CliRunner().invoke(main, ["--ui", "fr", "explain", "EXT101"]).stdout


def test_what_an_option_takes_is_said_in_french() -> None:
    text = re.sub(r"\s+", " ", page("train", "--ui", "fr", "detector"))
    assert "--data DOSSIER Dossier des corpus d’entraînement. [obligatoire]" in text
    assert "[par défaut : 6200 ; x>=1]" in text
