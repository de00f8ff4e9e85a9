"""`bench` measures on any folder of gold data; `train` says what it misses."""

import json
from pathlib import Path

import pytest

from tests.cli.articles import GLUED, aligner, write_pair


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A pair with two words run together on its French side."""
    folder = write_pair(tmp_path / "corpus")
    (folder / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    return folder


def bench(name: str, data: Path) -> list[dict[str, object]]:
    run = aligner("bench", name, "--data", data, "--format", "jsonl")
    assert run.exit_code == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_bench_pair(corpus: Path) -> None:
    (corpus / "gold.csv").write_text("fr,en\npasserelle.txt,footbridge.txt\n", encoding="utf-8")
    (row,) = bench("pair", corpus)
    assert (row["gold"], row["f1"]) == (1, 1.0)


def test_bench_align(tmp_path: Path) -> None:
    for genre in ("news", "tales"):
        text = tmp_path / genre / "one"
        text.mkdir(parents=True)
        (text / "fr.txt").write_text("Il pleut sur la ville.\nOn rentre à la maison.\n", encoding="utf-8")
        (text / "en.txt").write_text("It rains on the town.\nWe go back home.\n", encoding="utf-8")
        (text / "gold.tsv").write_text("0\t0\n1\t1\n", encoding="utf-8")
    rows = bench("align", tmp_path)
    assert [row["table"] for row in rows] == ["news", "news", "tales", "tales"]
    assert all(row["strict_f1"] == 1 for row in rows)


def test_bench_demo(corpus: Path) -> None:
    start = GLUED.index("troisde")
    fault = {"path": "passerelle.txt", "start": start, "end": start + 7, "code": "EXT101", "also": []}
    gold = {
        "languages": {"passerelle.txt": "fr", "footbridge.txt": "en"},
        "pairs": [{"fr": "passerelle.txt", "en": "footbridge.txt", "kind": "translation", "group": "a"}],
        "beads": {},
        "faults": [fault | {"excerpt": "troisde"}],
    }
    (corpus / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    rows = {row["name"]: row for row in bench("demo", corpus) if "name" in row}
    assert [rows[name]["f1"] for name in ("languages", "pairs", "EXT101")] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["align"], "name its gold data"),
        (["demo", "--data", "nowhere"], "nowhere is no folder"),
        (["demo", "pair", "--data", "."], "--data goes with one NAME"),
        (["speling"], "speling"),
        (["grade", "--worst", "3"], "--sentences and --worst go with detector"),
        (["detector", "--worst", "3", "--format", "jsonl"], "--worst goes with --format table"),
        (["detector", "--data", "."], "wmt20-mqm-dev.en-fr.jsonl: training data not found"),
    ],
)
def test_bench_without_data(args: list[str], said: str) -> None:
    run = aligner("bench", *args)
    assert run.exit_code == 2
    assert said in run.stderr


@pytest.mark.parametrize("model", ["encoder", "lexicon", "morphology", "splitter"])
def test_train_without_its_data(tmp_path: Path, model: str) -> None:
    run = aligner("train", model, "--data", tmp_path, "--out", tmp_path / "out")
    assert run.exit_code == 2
    assert "--data" in run.stderr
