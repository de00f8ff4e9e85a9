"""An article, pair or page that kills the worker on it costs itself alone, and is reported."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from aligner.report.reader import Report
from aligner.run import corpus, session, tasks
from aligner.run.tasks import PairTask, TaskConfig
from aligner.storage.codec import unpack_document
from tests.cli.articles import aligner, write_pair

DEADLY = "passerelle"
SAID = "2 processes died over it (exit code 9)"


def _die_over(something: object) -> None:
    if DEADLY in str(something):
        os._exit(9)


def reading(batch: Sequence[corpus.File]) -> Any:
    for file in batch:
        _die_over(file.path)
    return corpus.read_batch(batch)


def embedding(batch: Sequence[bytes]) -> Any:
    for article in batch:
        _die_over(unpack_document(article).path)
    return tasks.embed_articles(batch)


def checking(config: TaskConfig, batch: Sequence[bytes]) -> Any:
    for article in batch:
        _die_over(unpack_document(article).path)
    return tasks.check_articles(config, batch)


def aligning(config: TaskConfig, batch: Sequence[PairTask]) -> Any:
    for task in batch:
        _die_over(unpack_document(task.fr).path)
    return tasks.align_pairs(config, batch)


def rendering(batch: Sequence[Any]) -> Any:
    for page in batch:
        _die_over(page.row)
    return tasks.make_pages(batch)


STAGES: dict[str, tuple[Any, str, Callable[..., Any], set[str], str]] = {
    "read": (corpus, "read_batch", reading, {"passerelle.txt"}, "it could not be read"),
    "pair": (session, "embed_articles", embedding, {"passerelle.txt"}, "could not be paired"),
    "check": (session, "check_articles", checking, {"passerelle.txt"}, "could not be checked"),
    "align": (session, "align_pairs", aligning, {"passerelle.txt", "footbridge.txt"}, "could not be aligned"),
    "write": (session, "make_pages", rendering, set(), "could not be rendered"),
}
"""Stage -> where its work is, by what it is replaced, which files are skipped, and for which reason."""


@pytest.mark.parametrize(
    "stage", [pytest.param(s, marks=() if s == "align" else pytest.mark.benchmark) for s in STAGES]
)
def test_a_run_outlives_what_kills_its_workers(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pair(tmp_path / "corpus")
    module, name, work, skipped, words = STAGES[stage]
    monkeypatch.setattr(module, name, work)
    run = partial(aligner, "audit", folder, "--no-detector", "--no-cache", "--jobs", "2")
    result = run("--out", tmp_path / "report")
    assert result.exit_code == 0, result.output
    assert SAID in result.stderr
    assert words in result.stderr
    report = Report(tmp_path / "report")
    assert {Path(row.path).name for row in report.skipped()} == skipped
    read = {Path(row.path).name for row in report.documents()}
    assert read == {"footbridge.txt", "passerelle.txt"} - (skipped if stage == "read" else set())
    if stage == "align":
        gate = aligner("check", folder, "--no-detector", "--no-cache", "--jobs", "2")
        assert gate.exit_code == 2
