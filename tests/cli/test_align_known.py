"""`aligner align` with beads corrected by hand and breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.alignment import breaks
from tests.cli.articles import aligner

FR = "Partie 1\nLe chat dort.\nIl pleut sur Brest.\nPartie 2\nLe train est en retard.\n"
EN = "Part 1\nThe cat sleeps.\nIt is raining in Brest.\nPart 2\nThe train is late.\n"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    fr, en = tmp_path / "chat.txt", tmp_path / "cat.txt"
    fr.write_text(FR, encoding="utf-8")
    en.write_text(EN, encoding="utf-8")
    return fr, en


def lines(pair: tuple[Path, Path], *options: str | Path) -> list[str]:
    run = aligner("align", *pair, "--presegmented", "--format", "tsv", *options)
    assert run.exit_code == 0, run.stderr
    return [line.rpartition("\t")[0] for line in run.stdout.splitlines()]


def test_beads_of_a_file_are_locks(pair: tuple[Path, Path], tmp_path: Path) -> None:
    beads = tmp_path / "beads.jsonl"
    beads.write_text('{"fr": [1, 2], "en": [1, 2]}\n\n{"fr": [4], "en": []}\n', encoding="utf-8")
    assert lines(pair, "--beads", beads) == ["0\t0", "1 2\t1 2", "3\t3", "4\t", "\t4"]
    key = f"{pair[0]}|{pair[1]}"
    beads.write_text(f'{{"pair": "{key}", "fr": [1, 2], "en": [1, 2], "moved": false}}\n', encoding="utf-8")
    assert "1 2\t1 2" in lines(pair, "--beads", beads)


def test_breaks(pair: tuple[Path, Path]) -> None:
    assert lines(pair, "--break", "^Part") == [f"{k}\t{k}" for k in range(5)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"fr": [9], "en": [0]}', "no sentence 9"),
        ('{"fr": [-1], "en": [0]}', "beads.jsonl:1"),
        ('{"fr": [true], "en": [0]}', "beads.jsonl:1"),
        ('{"fr": [], "en": []}', "must hold a segment"),
        ('{"fr": [1, 1], "en": [0]}', "twice"),
        ("[]", "must be an object"),
        ("nothing", "not a bead"),
        ('{"pair": "a|b", "fr": [0], "en": [0]}', "no bead of this pair"),
    ],
)
def test_what_is_no_bead_ends_the_run(
    pair: tuple[Path, Path], tmp_path: Path, text: str, message: str
) -> None:
    beads = tmp_path / "beads.jsonl"
    beads.write_text(f"{text}\n", encoding="utf-8")
    run = aligner("align", *pair, "--beads", beads)
    assert run.exit_code == 2
    assert message in run.stderr


ENDLESS = (
    "(a+)+$",
    "(a|a)*$",
    "(?:a|aa)+$",
    "(a*)*b",
    r"(\w+\s?)+$",
    "(a?){40}a{40}b",
    "((a{1,100}){1,100}){1,100}$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(.*a){25}b",
    "(?=(a+)+b)",
    "(a|a)+" + "[bc]" * 60,
)
"""Patterns for which there are more ways to match than a machine can try."""


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_pattern_that_never_ends_is_named(
    pair: tuple[Path, Path], pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaks, "SECONDS", 1)
    for file in pair:
        file.write_text(file.read_text(encoding="utf-8") + "a" * 60 + "!\n", encoding="utf-8")
    run = aligner("align", *pair, "--presegmented", "--break", pattern)
    assert run.exit_code == 2, run.output
    assert pattern[:79] in run.stderr
    assert "more than 1 s" in run.stderr


@pytest.mark.parametrize("pattern", ["a{99999999999}", "(?P<a>", "(" * 50_000, "*", "[", "(?<=a+)b", "\\"])
def test_what_is_no_pattern(pair: tuple[Path, Path], pattern: str) -> None:
    run = aligner("align", *pair, "--break", pattern)
    assert run.exit_code == 2
    assert "--break" in run.stderr


def test_a_pattern_must_be_one_and_fit(pair: tuple[Path, Path]) -> None:
    assert aligner("align", *pair, "--break", "(").exit_code == 2
    assert "2 French and 0 English" in aligner("align", *pair, "--presegmented", "--break", "^Partie").stderr
    assert aligner("align", "--pairs", "x.csv", "--break", "a").exit_code == 2
