"""`aligner fix`: what is certain is put into the files, and nothing else changes."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest

from aligner.cli.init import template
from aligner.model import InputError, Skipped
from aligner.run.fixing import certain_codes, fix_files
from aligner.run.pipeline import lint
from aligner.run.rewriting import Fixed
from aligner.settings import Settings, load_settings
from tests.cli.articles import aligner

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
FRENCH = (
    "Le conseil a voté mardi la réfection du pont; les travaux commenceront en avril. "
    "Qui paiera? La région prendra à sa charge la moitié de la somme, a précisé le maire. "
)


def fixed(path: Path, **settings: Any) -> list[Fixed]:
    return [item for item in fix_files([str(path)], Settings(**settings)) if isinstance(item, Fixed)]


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_only_checks_that_are_nearly_always_right_fix_by_themselves() -> None:
    codes = certain_codes()
    assert {"EXT106", "TYP502"} <= set(codes)
    assert "EXT101" not in codes


def test_a_fix_keeps_encoding_and_line_ends(tmp_path: Path) -> None:
    text = f"{FRENCH}\r\n\r\n{FRENCH}\r\nLe rÃ©seau est coupé depuis lundi.\r\n"
    (item,) = fixed(write(tmp_path / "a.txt", b"\xef\xbb\xbf" + text.encode()))
    assert item.data.startswith(b"\xef\xbb\xbf")
    assert item.data.count(b"\r\n") == text.count("\r\n")
    assert "Le réseau est coupé" in item.after
    assert "pont\u202f;" in item.after
    (item,) = fixed(write(tmp_path / "b.txt", FRENCH.encode("cp1252")))
    assert item.data.decode("cp1252") == item.after
    assert "pont\xa0;" in item.after


def test_code_addresses_and_quotations_stay(tmp_path: Path) -> None:
    kept = "Elle a dit « Qui vient? » et a écrit `x? y: z` sur https://exemple.fr/a;b?c=d."
    (item,) = fixed(write(tmp_path / "a.md", f"{FRENCH}\n\n{kept}\n".encode()))
    assert item.after.endswith(f"{kept}\n")


@pytest.mark.parametrize("write_it", [True, False])
def test_the_demo_is_fixed_once(tmp_path: Path, write_it: bool) -> None:
    for path in DEMO.iterdir():
        if path.suffix in (".txt", ".md"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    run = aligner("fix", *(["--write"] if write_it else []), tmp_path)
    assert run.exit_code == 0
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert (after != before) is write_it
    if write_it:
        again = aligner("fix", tmp_path)
        assert again.stdout == ""
        assert "0 suggestions would be applied in 0 files" in again.stderr
    else:
        assert "+++" in run.stdout


def test_what_is_fixed_is_not_found_again_and_nothing_else_changes(tmp_path: Path) -> None:
    rng = random.Random(7)
    pieces = [FRENCH, "Le rÃ©seau est en panne. ", "Il neige! ", "On attend 3 000 visiteurs; c'est peu. "]
    for number in range(200):
        text = "".join(rng.choices(pieces, k=rng.randint(2, 6))) + rng.choice(("", "\n\nFin.\n"))
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8", newline="")
    settings = Settings(detector=None, select=certain_codes(), cache=None)
    _, before = lint([str(tmp_path)], settings)
    assert before
    for item in fixed(tmp_path):
        Path(item.path).write_bytes(item.data)
        assert letters(item.after) == letters(item.before.replace("rÃ©seau", "réseau"))
    _, after = lint([str(tmp_path)], settings)
    assert [finding.excerpt for finding in after if finding.suggestion] == []
    assert fixed(tmp_path) == []


def test_what_is_less_certain_is_counted_with_the_way_to_apply_it(tmp_path: Path) -> None:
    text = "The mayor opened the the bridge on Monday. Many people came to see it, and they cheered.\n"
    path = write(tmp_path / "a.txt", text.encode())
    run = aligner("fix", path)
    assert "0 suggestions would be applied in 0 files" in run.stderr
    assert "1 less certain one was left: --select EXT104 applies it" in run.stderr
    chosen = aligner("fix", "--select", "EXT104", "--write", path)
    assert "less certain" not in chosen.stderr + chosen.stdout
    assert "opened the bridge" in path.read_text("utf-8")
    assert "less certain" not in aligner("fix", path).stderr


def test_what_cannot_be_fixed_is_said(tmp_path: Path) -> None:
    write(tmp_path / "page.html", b"<p>Il neige!</p>")
    (skipped,) = fix_files([str(tmp_path)], Settings())
    assert isinstance(skipped, Skipped)
    assert "only .txt and .md" in skipped.reason
    with pytest.raises(InputError, match="need a pair"):
        list(fix_files([str(tmp_path)], Settings(select=("ACC308",))))


@pytest.mark.parametrize("options", [(), ("--review", "report")])
def test_a_folder_without_files_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("report").mkdir()
    write(Path("report/review.jsonl"), b"")
    run = aligner("fix", "empty", *options)
    assert (run.exit_code, "no article in empty" in run.stderr) == (2, True)


def test_settings_and_workflow_are_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = aligner("init", "--ci", "github", "articles")
    assert run.exit_code == 0
    assert "aligner check articles --since" in Path(".github/workflows/aligner.yml").read_text("utf-8")
    assert aligner("checks").exit_code == 0
    again = aligner("init")
    assert again.exit_code == 2
    assert "exists already" in again.stderr


def test_settings_in_french_hold_the_same_and_ask_for_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    english, french = (
        [line.partition(" #")[0].removeprefix("# ").rstrip() for line in template(name).splitlines()[1:]]
        for name in ("aligner.toml", "aligner_fr.toml")
    )
    assert french == [
        "",
        'ui = "fr"',
        *(re.sub("The brand.*", 'La marque s’écrit ainsi."', line) for line in english),
    ]
    assert aligner("init", "--ui", "fr").stdout == "aligner.toml écrit\n"
    assert load_settings().ui == "fr"


def test_workflows_are_written_beside_settings_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("aligner.toml").write_text("jobs = 2\n", encoding="utf-8")
    run = aligner("init", "--ci", "github", "--ci", "gitlab")
    assert run.exit_code == 0
    assert "aligner.toml: exists already, left as it is" in run.stdout
    assert Path("aligner.toml").read_text("utf-8") == "jobs = 2\n"
    for workflow in (Path(".github/workflows/aligner.yml"), Path(".gitlab/aligner.yml")):
        (edit,) = (line for line in run.stdout.splitlines() if line.startswith(f"{workflow}:"))
        line = workflow.read_text("utf-8").splitlines()[int(edit.split(":")[1]) - 1]
        assert "OWNER/aligner" in line
    # The cache of setup-python fails where no requirements.txt or pyproject.toml is.
    assert "cache: pip" not in Path(".github/workflows/aligner.yml").read_text("utf-8")
    assert aligner("init", "--ci", "github").exit_code == 2


def test_a_command_that_does_not_exist_names_the_nearest() -> None:
    run = aligner("audti", "x")
    assert run.exit_code == 2
    assert "did you mean audit?" in run.stderr


def test_a_file_that_is_fixed_stays_the_same_file(tmp_path: Path) -> None:
    """Links of either kind, rights and owner are those of before, as with an editor; what is left is none."""
    path = write(tmp_path / "a.txt", FRENCH.encode())
    path.chmod(0o640)
    (tmp_path / "other.txt").hardlink_to(path)
    (tmp_path / "link.txt").symlink_to("a.txt")
    old = path.stat()
    run = aligner("fix", "--write", tmp_path / "link.txt")
    assert (run.exit_code, "in 1 file" in run.stdout) == (0, True), run.output
    new = path.stat()
    assert (new.st_ino, new.st_mode, new.st_nlink, new.st_uid) == (old.st_ino, old.st_mode, 2, old.st_uid)
    assert new.st_mtime_ns > old.st_mtime_ns
    assert (tmp_path / "link.txt").is_symlink()
    assert "pont\u202f;" in (tmp_path / "other.txt").read_text("utf-8")
    assert {each.name for each in tmp_path.iterdir()} == {"a.txt", "other.txt", "link.txt"}


@pytest.mark.parametrize("ui", ["en", "fr"])
def test_a_file_that_is_read_only_or_changed_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ui: str
) -> None:
    closed, mended = (write(tmp_path / name, FRENCH.encode()) for name in ("closed.txt", "mended.txt"))
    edited = write(tmp_path / "edited.txt", FRENCH.encode())
    closed.chmod(0o444)
    really = Fixed.write

    def saved_before(item: Fixed) -> None:
        if item.path == str(edited):
            write(edited, b"Somebody works on this.")
        really(item)

    monkeypatch.setattr(Fixed, "write", saved_before)
    run = aligner("fix", "--write", tmp_path, "--ui", ui)
    assert run.exit_code == 2
    said = ("read-only", "has changed since") if ui == "en" else ("en lecture seule", "a changé depuis")
    assert all(reason in run.stderr for reason in said), run.stderr
    assert "1" in run.stdout
    assert closed.read_bytes() == FRENCH.encode()
    assert edited.read_bytes() == b"Somebody works on this."
    assert "pont\u202f;" in mended.read_text("utf-8")


def test_what_a_linked_file_held_comes_back_where_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt", FRENCH.encode())
    (tmp_path / "other.txt").hardlink_to(path)
    full = iter([OSError(28, "No space left on device"), None])

    def sync(handle: int) -> None:
        if error := next(full):
            raise error

    monkeypatch.setattr(os, "fsync", sync)
    run = aligner("fix", "--write", path)
    assert (run.exit_code, "No space left" in run.stderr) == (2, True)
    assert path.read_bytes() == FRENCH.encode()
