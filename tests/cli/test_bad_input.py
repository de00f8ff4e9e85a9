"""Input as it comes: each fault is named with its file, the articles beside it are audited all the same."""

import csv
import json
import os
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.articles import ENGLISH, FRENCH, aligner, write_pair

BINARY = bytes(range(256)) * 40
JAPANESE = "駅前の新しい図書館が土曜日に開館した。市長は子どもたちに来てほしいと話した。\n" * 8


def skipped(report: Path) -> dict[str, str]:
    """Reasons by the name of the file."""
    with (report / "skipped.csv").open(encoding="utf-8", newline="") as lines:
        return {Path(row["path"]).name: row["reason"] for row in csv.DictReader(lines)}


def audited(report: Path) -> list[str]:
    with (report / "documents.csv").open(encoding="utf-8", newline="") as lines:
        return [row["path"] for row in csv.DictReader(lines)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_pair(tmp_path / "corpus")


def audit(corpus: Path) -> Result:
    return aligner("audit", corpus, "--out", corpus.parent / "report", "--select", "EXT")


def assert_skipped(corpus: Path, name: str, said: str) -> None:
    """The bad file is listed and named on stderr, the pair beside it is audited, and the run succeeds."""
    run = audit(corpus)
    assert run.exit_code == 0, run.output
    reasons = skipped(corpus.parent / "report")
    assert list(reasons) == [name]
    assert said in reasons[name]
    assert name in run.stderr
    assert said in run.stderr
    assert len(audited(corpus.parent / "report")) == 2
    assert json.loads((corpus.parent / "report" / "summary.json").read_text())["counts"]["pairs"] == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t\n", "empty"),
        ("binary.txt", BINARY, "binary"),
        ("toshokan.txt", JAPANESE.encode(), "not French or English"),
        ("toshokan16.txt", JAPANESE.encode("utf-16"), "not French or English"),
    ],
)
def test_file_that_is_no_article(corpus: Path, name: str, content: bytes, said: str) -> None:
    (corpus / name).write_bytes(content)
    assert_skipped(corpus, name, said)


def test_one_line_of_40_megabytes(corpus: Path) -> None:
    with (corpus / "line.txt").open("wb") as file:
        for _ in range(40):
            file.write(b"word " * (2**20 // 5 + 1))
    assert_skipped(corpus, "line.txt", "longer than")


def test_link_that_leads_nowhere(corpus: Path) -> None:
    (corpus / "lost.txt").symlink_to(corpus / "nowhere.txt")
    assert_skipped(corpus, "lost.txt", "no such file")


def test_folder_named_like_an_article(corpus: Path) -> None:
    write_pair(corpus / "more.txt")
    run = audit(corpus)
    assert run.exit_code == 0
    assert len(audited(corpus.parent / "report")) == 4


def test_file_without_permission(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, whom no mode stops.
    secret = corpus / "secret.txt"
    secret.write_text(FRENCH, encoding="utf-8")
    really_open = os.open

    def refuse(path: str, *args: int, **kwargs: int) -> int:
        if path == str(secret):
            raise PermissionError(13, "Permission denied")
        return really_open(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    assert_skipped(corpus, "secret.txt", "permission denied")


def test_jsonl_with_a_broken_line(corpus: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": FRENCH.replace("Morvilliers", "Sermaize")}),
        '{"id": "b", "text": "La pluie',
        json.dumps({"id": "c", "text": ENGLISH.replace("Morvilliers", "Sermaize")}),
    ]
    (corpus / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run = audit(corpus)
    assert run.exit_code == 0
    paths = audited(corpus.parent / "report")
    assert {path.rpartition("/")[2] for path in paths} >= {"rows.jsonl#a", "rows.jsonl#c"}
    ((name, reason),) = skipped(corpus.parent / "report").items()
    assert name == "rows.jsonl#2"
    assert "JSON" in reason


def test_same_name_in_two_folders(tmp_path: Path) -> None:
    for folder, text in (("a", FRENCH), ("b", ENGLISH)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "article.txt").write_text(text, encoding="utf-8")
    run = aligner("audit", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "report")
    assert run.exit_code == 0
    assert audited(tmp_path / "report") == [f"{tmp_path}/a/article.txt", f"{tmp_path}/b/article.txt"]
    assert len(list((tmp_path / "report" / "pairs").iterdir())) == 1


def test_same_file_named_twice(corpus: Path) -> None:
    run = aligner("audit", corpus, corpus / "passerelle.txt", "--out", corpus.parent / "report")
    assert run.exit_code == 0
    assert len(audited(corpus.parent / "report")) == 2


@pytest.mark.parametrize("command", ["audit", "pair", "lint"])
def test_folder_without_articles(tmp_path: Path, command: str) -> None:
    (tmp_path / "photo.jpeg").write_bytes(BINARY)
    run = aligner(command, tmp_path)
    assert run.exit_code == 2
    assert run.stderr.startswith(f"aligner: error: no article in {tmp_path}: ")
    assert run.stdout == ""


@pytest.mark.parametrize("command", ["audit", "pair", "lint"])
def test_only_unreadable_files(tmp_path: Path, command: str) -> None:
    (tmp_path / "empty.txt").touch()
    run = aligner(command, tmp_path)
    assert run.exit_code == 2
    assert "empty.txt: skipped: " in run.stderr
    assert "none could be read" in run.stderr


@pytest.mark.parametrize("command", ["audit", "pair", "lint"])
def test_path_that_does_not_exist(corpus: Path, command: str) -> None:
    out = corpus.parent / "report"
    options = ("--out", out) if command == "audit" else ()
    run = aligner(command, corpus, corpus / "pasarelle.txt", *options)
    assert run.exit_code == 2
    assert f"{corpus}/pasarelle.txt: no such file" in run.stderr
    assert not out.exists()


def test_unknown_key_in_the_settings(corpus: Path) -> None:
    config = corpus.parent / "aligner.toml"
    config.write_text("ignroe = ['TYP']\n", encoding="utf-8")
    run = aligner("audit", corpus, "--config", config)
    assert run.exit_code == 2
    assert run.stderr == f"aligner: error: {config}: unknown key 'ignroe'; did you mean 'ignore'?\n"


def test_unknown_check(corpus: Path) -> None:
    run = aligner("audit", corpus, "--select", "EXT11X")
    assert run.exit_code == 2
    assert "EXT11X" in run.stderr


def test_no_check_left(corpus: Path) -> None:
    run = aligner("audit", corpus, "--select", "EXT", "--ignore", "EXT")
    assert run.exit_code == 2
    assert "no check" in run.stderr


def test_report_over_something_else(corpus: Path) -> None:
    run = aligner("audit", corpus, "--out", corpus)
    assert run.exit_code == 2
    assert str(corpus) in run.stderr
    assert len(list(corpus.iterdir())) == 2


def test_no_pair_is_said(tmp_path: Path) -> None:
    (tmp_path / "seul.txt").write_text(FRENCH, encoding="utf-8")
    run = aligner("audit", tmp_path, "--out", tmp_path / "report")
    assert run.exit_code == 0
    assert "no pair" in run.stderr


def test_checks_that_need_a_pair_without_one(tmp_path: Path) -> None:
    (tmp_path / "seul.txt").write_text(FRENCH, encoding="utf-8")
    run = aligner("audit", tmp_path, "--select", "ACC308", "--out", tmp_path / "report")
    assert run.exit_code == 2
    assert "nothing was checked" in run.stderr
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("command", ["audit", "check", "pair", "align"])
@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pkl", "0_Static/weights.pt"])
def test_a_model_that_could_run_code_is_refused(corpus: Path, command: str, name: str) -> None:
    model = corpus.parent / "model"
    (model / name).parent.mkdir(parents=True)
    (model / name).write_bytes(b"cos\nsystem\n(S'touch " + str(corpus / "taken").encode() + b"'\ntR.")
    paths = [corpus / "passerelle.txt", corpus / "footbridge.txt"] if command == "align" else [corpus]
    options: list[str | Path] = ["--out", corpus.parent / "report"] if command == "audit" else []
    run = aligner(command, *paths, *options, "--encoder", model, "--no-cache")
    assert run.exit_code == 2, run.output
    assert "pickle" in run.stderr
    assert not (corpus / "taken").exists()
