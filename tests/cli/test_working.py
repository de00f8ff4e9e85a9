"""Every command that takes --jobs and --scheduler works where they say; `aligner pair` among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aligner.engine import Here, cluster, processes
from tests.cli.articles import aligner, write_pair

RULES = ("--no-detector", "--select", "EXT101")
COMMANDS = {
    "audit": ("audit", "articles", "--out", "report", *RULES),
    "check": ("check", "articles", *RULES),
    "grade": ("grade", "rows.tsv", "--no-detector"),
    "lint": ("lint", "articles", *RULES),
    "pair": ("pair", "articles"),
}
NOBODY = "tcp://127.0.0.1:1"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_pair(tmp_path / "articles")
    (tmp_path / "rows.tsv").write_text("fr\ten\nIl pleut.\tIt is raining.\n" * 40, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_these_are_all_that_take_them() -> None:
    from aligner.cli.main import COMMANDS as EVERY

    takes = {name for name in EVERY if "--jobs" in aligner(name, "--help").stdout}
    assert takes - {"bench"} == set(COMMANDS)  # which measures on data that are not here


@pytest.mark.parametrize("name", COMMANDS)
def test_jobs_are_that_many_processes(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def work(self: processes.Processes, *args: Any, **options: Any) -> Iterator[Any]:
        asked.append(self._jobs)
        yield from Here().map(*args, **options)

    monkeypatch.setattr(processes.Processes, "map", work)
    one = aligner(*COMMANDS[name], "--no-cache")
    assert not asked
    three = aligner(*COMMANDS[name], "--no-cache", "--jobs", "3")
    assert set(asked) == {3}
    assert (three.exit_code, three.stdout) == (one.exit_code, one.stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_scheduler_that_is_not_there(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    result = aligner(*COMMANDS[name], "--no-cache", "--scheduler", NOBODY)
    assert result.exit_code == 2, result.output
    assert NOBODY in result.stderr


def test_pairs_are_those_of_two_processes(folder: Path) -> None:
    forms = ("pair", "articles", "--no-cache", "--format", "csv")
    assert aligner(*forms, "--jobs", "2").stdout == aligner(*forms).stdout != ""
