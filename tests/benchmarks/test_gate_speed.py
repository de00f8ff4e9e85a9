"""CPU time of the gate on three changed articles among 1,000 pairs. `pytest -m benchmark -o log_cli=true
-o log_cli_level=INFO` prints it; the goal is under 5 s warm."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

import pytest

from aligner.lab.datasets.corpora import Pair, europarl, news
from tests.gate.repository import commit_all
from tests.shared_data import ROOT, data

pytestmark = pytest.mark.benchmark

PAIRS = 1_000
SENTENCES = 20
PARAGRAPH = 4
CHANGED = ("fr/0100.txt", "fr/0500.txt", "en/0900.txt")
MOST_OF_COLD = 0.75
"""Share of a cold run that a warm one may take: a ratio, since machines differ."""

logger = logging.getLogger(__name__)


def write_corpus(folder: Path, training_data: Path) -> None:
    """Cut 1,000 pairs from news, then from debates; commit them; glue words together in three articles."""
    lines = chain(*news(training_data), europarl(training_data))
    for language in ("fr", "en"):
        (folder / language).mkdir(parents=True)
    for number in range(PAIRS):
        _write_pair(folder, f"{number:04}.txt", list(islice(lines, SENTENCES)))
    commit_all(folder)
    for name in CHANGED:
        text = (folder / name).read_text(encoding="utf-8")
        glued = text.replace(" de la ", " dela ").replace(" of the ", " ofthe ")
        (folder / name).write_text(glued, encoding="utf-8")


def _write_pair(folder: Path, name: str, pairs: Sequence[Pair]) -> None:
    for side, language in enumerate(("fr", "en")):
        sentences = [pair[side] for pair in pairs]
        paragraphs = [" ".join(sentences[i : i + PARAGRAPH]) for i in range(0, len(sentences), PARAGRAPH)]
        (folder / language / name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def seconds_of_check(folder: Path) -> float:
    """User and system time of one run in a process of its own, git's included."""
    command = [sys.executable, "-m", "aligner.cli.main", "check", ".", "--since", "HEAD", "--ui", "en"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.returncode == 1, run.stderr
    assert all(name in run.stdout for name in CHANGED)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_check_of_three_changed_articles_among_1000_pairs(tmp_path: Path) -> None:
    write_corpus(tmp_path, data("train"))
    cold = seconds_of_check(tmp_path)
    warm = min(seconds_of_check(tmp_path) for _ in range(2))
    logger.info("%.1f s warm, %.1f s cold", warm, cold)
    assert warm < MOST_OF_COLD * cold
