"""What a French newsroom reads on its terminal: usage, errors, warnings and tables are in French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aligner.cli.main import main
from tests.cli.articles import write_pair

ENGLISH = re.compile(
    r"\b(the|is|not|no|such|for|help|error|missing|usage|invalid|one of|try|did you|cannot|give)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    write_pair(Path("articles"))
    Path("vide.txt").touch()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="aligner")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


USAGE = {
    ("check",): "Utilisation : aligner check [OPTIONS] CHEMIN...\n"
    "Essayez « aligner check -h » pour obtenir de l’aide.\n\nErreur : Argument manquant : 'CHEMIN...'.\n",
    ("check", "--foo"): "L’option '--foo' n’existe pas.",
    ("--bar",): "Utilisation : aligner [OPTIONS] COMMANDE [ARGUMENTS]...",
    ("audti",): "Erreur : la commande 'audti' n’existe pas ; vouliez-vous dire audit ?",
    ("zzzzzz",): "Erreur : La commande 'zzzzzz' n’existe pas.",
    (
        "lint",
        "x",
        "--format",
        "pdf",
    ): "Valeur non valable pour '--format' : 'pdf' ne fait pas partie des choix",
    ("check", "x", "--fail-on"): "L’option '--fail-on' demande une valeur.",
    ("check", "x", "--quiet=1"): "L’option '--quiet' ne prend pas de valeur.",
    ("check", "x", "--jobs", "deux"): "'deux' n’est pas un nombre entier.",
    ("check", "x", "--format", "xml"): "'xml' ne fait pas partie des choix : text, json",
    ("export", "a", "--min-score", "2"): "2.0 est hors de l’intervalle 0<=x<=1.",
    ("check", "articles", "--since", "a", "--files-from", "b"): "choisissent tous deux les articles",
    ("explain", "a", "b"): "Argument en trop (b)",
}


@pytest.mark.parametrize("arguments", USAGE)
@pytest.mark.parametrize("how", ["settings", "locale"])
def test_usage(arguments: tuple[str, ...], how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "settings":
        Path("aligner.toml").write_text('ui = "fr"\n')
    else:
        monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    done = run(*arguments)
    assert (done.exit_code, USAGE[arguments] in plain(done.stderr)) == (2, True), done.stderr
    said = re.sub(r"'[^']*'|-\w+|articles|\[OPTIONS\]", "", plain(done.stderr))
    assert not ENGLISH.search(said), said


@pytest.mark.parametrize("arguments", [each for each in USAGE if each[0] in ("check", "lint", "explain")])
def test_usage_with_an_option(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(arguments[0], "--ui=fr", *arguments[1:])
    assert (done.exit_code, USAGE[arguments] in plain(done.stderr)) == (2, True), done.stderr
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert not plain(run(arguments[0], "--ui", "en", *arguments[1:]).stderr).startswith("Util")


ERRORS = {
    (
        "check",
        "nulle-part",
    ): "aligner : erreur : nulle-part : fichier ou dossier introuvable ; vérifiez l’orthographe",
    ("lint", "vide.txt"): "aucun article dans vide.txt",
    ("check", "articles", "--select", "EXT999"): "il n’y a pas de contrôle 'EXT999' ; vouliez-vous dire EXT",
    (
        "check",
        "articles",
        "--baseline",
        "rien",
    ): "rien : la référence ne peut pas être lue : fichier ou dossier introuvable",
    ("check", "articles", "--since", "HEAD"): "--since : articles n’est dans aucun dépôt git lisible",
    ("diff", "a", "b"): "aligner : erreur : a : ce n’est pas un dossier de rapport",
    (
        "check",
        "articles",
        "--config",
        "rien.toml",
    ): "rien.toml : lecture impossible : fichier ou dossier introuvable",
}


@pytest.mark.parametrize("arguments", ERRORS)
def test_errors(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--ui", "fr")
    assert (done.exit_code, ERRORS[arguments] in plain(done.stderr)) == (2, True), done.stderr


def test_wrong_settings_are_said_in_the_language_that_they_ask_for() -> None:
    Path("aligner.toml").write_text('ui = "fr"\njobs = 0\n')
    done = run("check", "articles")
    assert plain(done.stderr) == (
        "aligner : erreur : aligner.toml : jobs doit être un nombre entier à partir de 1, et non 0\n"
    )
    Path("aligner.toml").write_text('ui = "fr"\njobs =')
    assert "not valid TOML" in run("check", "articles").stderr  # nobody can read what it asks for


def test_warnings_and_reasons() -> None:
    done = run("check", ".", "--ui", "fr", "--no-detector", "--no-cache", "--select", "EXT101")
    assert "vide.txt : non lu : le fichier est vide ; remplissez-le ou retirez-le" in plain(done.stdout)
    done = run("pair", "articles/passerelle.txt", "--ui", "fr", "--no-cache")
    assert "aligner : avertissement : aucune paire parmi les articles lus (1)" in plain(done.stderr)


@pytest.mark.parametrize("ui", ["fr", "en"])
def test_the_table_of_checks_fits_a_terminal(ui: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = run("checks", "--ui", ui).stdout
    assert max(map(len, text.splitlines())) <= 80
    if ui == "fr":
        assert "EXT101 Mots collés" in re.sub(" +", " ", text)
        assert not re.search(r"\b(glued|major|minor|on|off|bead)\b", text)


def test_explained_in_french() -> None:
    text = plain(run("explain", "EXT101", "--ui", "fr").stdout)
    assert text.startswith("EXT101 Mots collés (glued-words)\n")
    assert re.search(r"^Précision : texte publié \d+ % sur \d+ jugés", text, re.MULTILINE)


def test_what_the_settings_ask_for_holds_for_commands_without_settings() -> None:
    Path("aligner.toml").write_text('ui = "fr"\n')
    assert "Mots collés" in run("explain", "EXT101").stdout
    assert plain(run("init", "--ci", "gitlab").stdout).startswith(
        "aligner.toml : existe déjà, laissé tel quel\n"
    )
