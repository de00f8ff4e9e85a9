"""`aligner grade`: one line a row, in the order of the input."""

import json
from pathlib import Path

import pytest

from tests.cli.articles import aligner
from tests.detector.tiny import write_detector

TABLE = "fr\ten\nUn chien zz dort.\tA dog is asleep.\n\tOnly here.\nIl pleut.\tThe cat has two names.\n"
KEYS = "index fr en score adequacy fluency_fr fluency_en codes tokens_fr tokens_en".split()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_detector(tmp_path / "tiny")


def test_json_lines_keep_the_contract(tmp_path: Path, model: Path) -> None:
    (tmp_path / "rows.tsv").write_text(TABLE, encoding="utf-8")
    run = aligner("grade", tmp_path / "rows.tsv", "--detector", model, "--format", "jsonl")
    assert run.exit_code == 0, run.stderr
    first, empty, other = map(json.loads, run.stdout.splitlines())
    assert list(first) == KEYS
    assert [first["index"], empty["index"], other["index"]] == [0, 1, 2]
    start, end, p = first["tokens_en"][1]
    assert (first["en"][start:end], 0 <= p <= 1) == ("dog", True)
    assert (empty["fr"], empty["score"]) == ("", 0.0)
    assert other["adequacy"] < first["adequacy"], "it tells something else"


def test_a_table_has_a_row_for_each(tmp_path: Path, model: Path) -> None:
    (tmp_path / "rows.tsv").write_text(TABLE, encoding="utf-8")
    run = aligner("grade", tmp_path / "rows.tsv", "--detector", model, "--out", tmp_path / "out" / "g.tsv")
    assert run.exit_code == 0, run.stderr
    header, *rows = (tmp_path / "out" / "g.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == "index score adequacy fluency_fr fluency_en codes fr en".split()
    assert [len(row.split("\t")) for row in rows] == [8, 8, 8]


def test_jobs_change_nothing(tmp_path: Path, model: Path) -> None:
    (tmp_path / "rows.tsv").write_text(TABLE + TABLE.partition("\n")[2] * 20, encoding="utf-8")
    one, two = (
        aligner("grade", tmp_path / "rows.tsv", "--detector", model, "--format", "jsonl", "--jobs", n).stdout
        for n in ("1", "2")
    )
    assert one == two
    assert len(one.splitlines()) == 63


def test_standard_input_is_a_table_or_a_text(model: Path) -> None:
    table = aligner("grade", "-", "--detector", model, "--format", "jsonl", stdin=TABLE.encode())
    assert [json.loads(line)["en"] for line in table.stdout.splitlines()][1] == "Only here."
    text = aligner("grade", "-", "--detector", model, "--format", "jsonl", stdin=b"Il a zz.\nElle dort.")
    first, second = map(json.loads, text.stdout.splitlines())
    assert (first["en"], first["adequacy"]) == (None, None)
    assert first["fluency_fr"] < second["fluency_fr"]


def test_without_a_detector(tmp_path: Path) -> None:
    (tmp_path / "rows.tsv").write_text(TABLE, encoding="utf-8")
    run = aligner("grade", tmp_path / "rows.tsv", "--no-detector", "--format", "jsonl")
    first = json.loads(run.stdout.splitlines()[0])
    assert (first["fluency_fr"], first["tokens_fr"]) == (None, [])
    assert 0 < first["score"] < 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere.tsv"], "no such file"),
        (["rows.tsv", "rows.tsv", "rows.tsv"], "takes a bitext, or two texts FR EN, or one"),
        (["rows.tsv", "--detector", "."], "no detector there"),
    ],
)
def test_wrong_use_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.tsv").write_text(TABLE, encoding="utf-8")
    run = aligner("grade", *args)
    assert run.exit_code == 2
    assert said in run.stderr
