"""`aligner grade --report` and `--fit`: what each threshold would drop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.grading import Grade
from aligner.grading.thresholds import EXAMPLES, drops, fitted
from tests.cli.articles import aligner

PAIRS = [
    ("Le chien dort.", "The dog is asleep."),
    ("Il pleut sur Brest depuis lundi.", "It has been raining in Brest since Monday."),
    ("Le maire a démissionné hier.", "The mayor resigned yesterday."),
    ("La gare ouvrira en mars.", "The station will open in March."),
]
WRONG = ("Il neige à Lille.", "Click here to buy two hundred rubber ducks today.")


def write(path: Path, rows: list[tuple[str, str]]) -> Path:
    path.write_text("fr\ten\n" + "".join(f"{fr}\t{en}\n" for fr, en in rows), encoding="utf-8")
    return path


def grades(*scores: float | None) -> list[Grade]:
    return [Grade(number, f"fr {number}", f"en {number}", score) for number, score in enumerate(scores)]


def test_a_row_counts_for_every_threshold_above_it() -> None:
    low, high = drops(grades(0.05, 0.2, 0.2, 0.35, 0.9, None), (0.3, 0.2))
    assert (low.threshold, low.dropped, low.total) == (0.2, 2, 6)
    assert (high.threshold, high.dropped) == (0.3, 4)
    assert [row.index for row in low.examples] == [0, 5]
    assert [row.index for row in high.examples] == [1, 2]


def test_examples_are_the_nearest_to_the_threshold() -> None:
    (drop,) = drops(grades(*(k / 100 for k in range(40))), (0.5,))
    assert [row.index for row in drop.examples] == [39, 38, 37][:EXAMPLES]
    assert drops([], (0.5,))[0].total == 0


def test_fitted_thresholds_keep_their_share() -> None:
    clean = grades(*(k / 200 for k in range(200)), None)
    found = fitted(clean, (0.99, 0.5))
    assert found == {2 / 200: 0.99, 100 / 200: 0.5}
    assert fitted(grades(0.4), (0.99,)) == {0.4: 1.0}
    assert fitted(grades(0.7, 0.7, 0.7), (0.5,)) == {0.7: 1.0}
    with pytest.raises(ValueError, match="no row"):
        fitted(grades(None))


def test_the_report_shows_what_would_go(tmp_path: Path) -> None:
    rows = write(tmp_path / "rows.tsv", [*PAIRS, WRONG])
    lines = aligner("grade", rows, "--no-detector", "--report", "--format", "jsonl").stdout.splitlines()
    table = [json.loads(line) for line in lines]
    dropped = [row["dropped"] for row in table]
    assert dropped == sorted(dropped)
    first = next(row for row in table if row["dropped"])
    assert (first["dropped"], [row["index"] for row in first["examples"]]) == (1, [4])
    run = aligner("grade", rows, "--no-detector", "--report", "--ui", "en")
    assert run.exit_code == 0, run.stderr
    line, example = run.stdout.split(f"score below {first['threshold']:.4f}: ")[1].splitlines()[:2]
    assert line == "1 row dropped (20%)"
    assert "rubber ducks" in example
    french = aligner("grade", rows, "--no-detector", "--report", "--ui", "fr").stdout
    assert "note inférieure à 0,1000" in french


def test_thresholds_come_from_a_clean_sample(tmp_path: Path) -> None:
    rows, clean = write(tmp_path / "rows.tsv", [*PAIRS, WRONG]), write(tmp_path / "clean.tsv", PAIRS)
    run = aligner("grade", rows, "--no-detector", "--fit", clean, "--format", "jsonl")
    assert run.exit_code == 0, run.stderr
    first = json.loads(run.stdout.splitlines()[0])
    assert (first["dropped"], first["total"], first["clean"]) == (1, 5, 1.0)
    assert "100% of the clean sample kept" in aligner(
        "grade", rows, "--no-detector", "--fit", clean, "--ui", "en"
    ).stdout.replace("\n", " ")
    empty = write(tmp_path / "empty.tsv", [])
    assert aligner("grade", rows, "--no-detector", "--fit", empty).exit_code == 2
    assert aligner("grade", rows, "--no-detector", "--fit", tmp_path / "none.tsv").exit_code == 2


def test_the_help_says_what_a_score_means() -> None:
    said = " ".join(aligner("grade", "--help").output.split())
    assert "often get .3 to .9" in said
    assert "threshold from --fit CLEAN.tsv or --report" in said
