"""Every message that the code has for people is known in French, and comes out whole."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import pytest

from aligner.reporters.messages import in_language, known
from tests.reporters.messages_in_code import templates
from tests.rows import each_row

DATA = tomllib.loads(files("aligner.reporters").joinpath("data", "messages_fr.toml").read_text("utf-8"))
BY_HAND = ("command-line", "usage", "system")
"""Rooms that hold texts of libraries and of the system, which no code of ours spells."""


@cache
def in_code() -> list[tuple[str, str]]:
    return sorted(templates())


def test_every_message_has_a_french_one() -> None:
    assert len(in_code()) > 200
    missing = [f"{where}: {template}" for where, template in in_code() if not known(template)]
    assert not missing, "give their French in aligner/reporters/data/messages_fr.toml: " + "; ".join(missing)


@pytest.mark.parametrize("room", DATA)
def test_the_french_one_has_the_same_values(room: str) -> None:
    for english, french in DATA[room].items():
        assert english.count("{") >= french.count("{"), english
        assert " :" not in english, english
        assert "'" not in french.replace("{", "'", 0) or "'" in english, french  # typographic apostrophes


@each_row("where template", in_code, lambda where, template: f"{where} {template}")
def test_no_english_is_left(where: str, template: str) -> None:
    said = template.replace("{}", "X7")
    worded = in_language(said, "fr")
    assert worded != said
    assert worded.count("X7") >= min(template.count("{}"), 1)
    assert in_language(said, "en") == said


@pytest.mark.parametrize(
    ("message", "french"),
    [
        (
            "aligner: error: a b.txt: cannot be read: Permission denied",
            "aligner : erreur : a b.txt : lecture impossible : accès refusé",
        ),
        (
            "x/war or peace.txt: the file is empty; fill it or leave it out",
            "x/war or peace.txt : le fichier est vide ; remplissez-le ou retirez-le",
        ),
        (
            "aligner: error: own.toml: gate: fail_on must be one of minor, major, not 'grave'",
            "aligner : erreur : own.toml : gate : fail_on doit être l’une des valeurs minor, "
            "major, et non 'grave'",
        ),
        (
            "not a Parquet file: reading it ends pyarrow (exit code 3); write it again",
            "ce n’est pas un fichier Parquet : sa lecture arrête pyarrow (code de sortie 3) ; "
            "écrivez-le de nouveau",
        ),
        (
            "worker processes die before they begin (SIGKILL, possibly out of memory): free some memory",
            "les processus de travail s’arrêtent avant de commencer (SIGKILL, peut-être faute de mémoire) : "
            "libérez de la mémoire",
        ),
        (
            "aligner: WARNING: y.txt: skipped: cannot be read: is a directory; "
            "check its permissions, or leave it out",
            "aligner : avertissement : y.txt : non lu : lecture impossible : c’est un dossier ; "
            "vérifiez ses droits d’accès, ou retirez-le",
        ),
        (
            "there is no check 'EXT999'; did you mean EXT109?",
            "il n’y a pas de contrôle 'EXT999' ; vouliez-vous dire EXT109 ?",
        ),
        (
            "Error: Invalid value for '--ui': 'de' is not one of 'fr', 'en'.",
            "Erreur : Valeur non valable pour '--ui' : 'de' ne fait pas partie des choix : 'fr', 'en'.",
        ),
        ("words of nobody: and more", "words of nobody: and more"),
        ("the file is empty", "the file is empty"),
    ],
)
def test_messages_within_messages(message: str, french: str) -> None:
    assert in_language(message, "fr").replace("\u00a0", " ") == french
    assert in_language(message, "fr").count("\u00a0") >= french.count(" :") + french.count(" ;")


def test_a_long_message_takes_no_time() -> None:
    long = "a: " * 1_300
    assert in_language(long, "fr") == long
    assert in_language("x: cannot be read: " * 200, "fr")
    assert in_language(";,(" * 1_300, "fr")
