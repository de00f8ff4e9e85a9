"""A fault in one article, pair or check costs that one: it is listed as skipped, and the run goes on."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aligner.run import corpus, fixing, pipeline, results, session, tasks
from aligner.settings import Settings
from tests.cli.articles import aligner, write_pair

BAD = "passerelle.txt"
GOOD = "footbridge.txt"


class UnforeseenError(RuntimeError):
    """What nobody foresaw."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pair(tmp_path / "corpus")


def failing(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, on: Callable[..., bool]) -> None:
    """Let a function raise for some arguments."""
    real = getattr(module, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if on(*args, **kwargs):
            raise UnforeseenError("out of order <object at 0x7f31c0ffee>")
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, wrapped)


def audited(folder: Path, *options: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Audit, and return the articles that were read and what was skipped, with the reasons."""
    out = folder.parent / "report"
    run = aligner("audit", folder, "--out", out, "--no-detector", *options)
    assert run.exit_code == 0, run.output
    assert "internal fault" not in run.output

    def rows(name: str) -> list[dict[str, str]]:
        with (out / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    skipped = [(Path(row["path"]).name, row["reason"]) for row in rows("skipped.csv")]
    for name, reason in skipped:
        assert f"{name}: skipped: " in run.stderr
        assert "UnforeseenError: out of order <object>" in reason
        assert "report it" in reason
        assert "test_containing.py:" in reason
    return [Path(row["path"]).name for row in rows("documents.csv")], skipped


def test_an_article_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, corpus, "read_data", lambda path, data: path.endswith(BAD))
    read, skipped = audited(folder)
    assert read == [GOOD]
    assert [path for path, _ in skipped] == [BAD]


def test_a_container_that_breaks_the_reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "more.jsonl").write_text('{"text": "x"}\n')
    failing(monkeypatch, corpus, "unread_articles", lambda path, **_: path.endswith("more.jsonl"))
    read, skipped = audited(folder)
    assert read == [GOOD, BAD]
    assert [path for path, _ in skipped] == ["more.jsonl"]


def test_a_check_that_raises_for_an_article(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(document: Any, checks: Any, **_: Any) -> bool:
        return document.path.endswith(BAD) and any(check.code == "EXT102" for check in checks)

    failing(monkeypatch, tasks, "check_document", raises)
    (folder / BAD).write_text((folder / BAD).read_text().replace("dans trois de", "dans troisde"))
    read, skipped = audited(folder)
    assert read == [GOOD, BAD]
    assert [path for path, _ in skipped] == [BAD]
    assert "EXT102 could not be run" in skipped[0][1]
    codes = (folder.parent / "report" / "findings.jsonl").read_text()
    assert "EXT101" in codes  # the other checks were run


def test_checks_that_raise_for_a_pair(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, tasks, "check_alignment", lambda *_, **__: True)
    read, skipped = audited(folder)
    assert read == [GOOD, BAD]
    assert [path for path, _ in skipped] == [GOOD, BAD]
    assert all("beside" in reason for _, reason in skipped)


def test_a_pair_that_cannot_be_aligned(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, tasks, "align_in_memory", lambda *_: True)
    read, skipped = audited(folder)
    assert read == [GOOD, BAD]
    assert [path for path, _ in skipped] == [GOOD, BAD]
    assert all("could not be aligned" in reason for _, reason in skipped)


def test_an_article_that_cannot_be_embedded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, tasks, "article_profile", lambda document, _: document.text.startswith("La"))
    read, skipped = audited(folder)
    assert read == [GOOD, BAD]
    assert [path for path, _ in skipped] == [BAD]
    assert "could not be paired" in skipped[0][1]


def test_a_check_of_the_corpus_that_raises(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, results, "check_corpus", lambda *_, **__: True)
    read, skipped = audited(folder)
    assert read == [GOOD, BAD]
    assert len(skipped) == 1


def test_a_page_that_cannot_be_rendered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, tasks, "render_pages", lambda *_: True)
    audited(folder)
    (page,) = (folder.parent / "report" / "pairs").iterdir()
    assert "UnforeseenError: out of order" in page.read_text("utf-8")
    assert page.name in (folder.parent / "report" / "index.html").read_text("utf-8")


def test_other_commands_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, tasks, "check_document", lambda document, *_, **__: document.path.endswith(BAD))
    run = aligner("lint", folder, "--no-detector")
    assert run.exit_code == 0, run.output
    assert f"{BAD}: skipped: " in run.stderr
    failing(monkeypatch, tasks, "align_in_memory", lambda *_: True)
    run = aligner("pair", folder, "--no-detector")
    assert run.exit_code == 0, run.output
    assert f"{BAD}: skipped: " in run.stderr
    failing(monkeypatch, fixing, "_fix_text", lambda document, _: document.path.endswith(BAD))
    run = aligner("fix", folder, "--no-detector")
    assert run.exit_code != 3, run.output
    assert "could not be fixed" in run.output


def test_the_gate_does_not_pass_what_was_not_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert aligner("check", folder, "--fail-on", "critical", "--no-detector").exit_code == 0
    failing(monkeypatch, tasks, "check_alignment", lambda *_, **__: True)
    assert aligner("check", folder, "--fail-on", "critical", "--no-detector").exit_code == 2


def test_a_fault_is_not_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "is_large", lambda *_: True)
    settings = Settings(cache=tmp_path / "cache", detector=None)
    with monkeypatch.context() as broken:
        failing(broken, tasks, "check_document", lambda *_, **__: True)
        failing(broken, tasks, "align_in_memory", lambda *_: True)
        failing(broken, tasks, "article_profile", lambda document, _: document.text.startswith("La"))
        report = pipeline.audit([str(folder)], settings, tmp_path / "first")
        assert list(report.skipped())
    report = pipeline.audit([str(folder)], settings, tmp_path / "second")
    assert not list(report.skipped())
    assert len(list(report.pairs())) == 1
