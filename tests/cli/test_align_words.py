"""`aligner align --words`."""

from __future__ import annotations

from pathlib import Path

from aligner import align
from tests.cli.articles import aligner


def test_words_of_every_bead_are_linked(tmp_path: Path) -> None:
    fr, en = tmp_path / "chat.txt", tmp_path / "cat.txt"
    fr.write_text("Le chat dort.\nIl pleut sur Brest.\n", encoding="utf-8")
    en.write_text("The cat sleeps.\nIt is raining in Brest.\n", encoding="utf-8")
    run = aligner("align", fr, en, "--presegmented", "--words")
    assert run.exit_code == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "Le chat dort .\tThe cat sleeps .\t0-0 1-1 2-2"
    assert len(lines) == 2
    many = tmp_path / "pairs.csv"
    many.write_text(f"fr,en\n{fr},{en}\n", encoding="utf-8")
    run = aligner("align", "--pairs", many, "--presegmented", "--words", "--out", tmp_path / "out")
    assert run.exit_code == 0, run.stderr
    assert (tmp_path / "out" / "1.words").read_text(encoding="utf-8").splitlines() == lines
    assert aligner("align", fr, en, "--words", "--format", "tmx").exit_code == 2


def test_words_from_python_are_those_of_the_command(tmp_path: Path) -> None:
    text = "Le chat dort. Il pleut sur Brest.", "The cat sleeps. It is raining in Brest."
    linked = align(*text, texts=True).words()
    assert str(linked[0]) == "Le chat dort .\tThe cat sleeps .\t0-0 1-1 2-2"
    for each in linked:
        assert all(i < len(each.fr) and j < len(each.en) for i, j in each.links)
