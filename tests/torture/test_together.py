"""Runs side by side, very many files, and what the package says of the systems that it runs on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from tests.reading import read_articles
from tests.shared_data import ROOT
from tests.torture.further import RULES, write_articles

TINY = 100_000
SECONDS = 240
COMMAND = [sys.executable, "-c", "from aligner.cli.main import main; main()"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    write_articles(tmp_path)
    rules = [rule for rule in RULES if rule != "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    runs = [
        subprocess.Popen(
            [*COMMAND, "audit", "articles", "--cache", "kept", "--out", f"out{number}", *rules],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for number in range(2)
    ]
    for run in runs:
        _, said = run.communicate(timeout=300)
        assert (run.returncode, said) == (0, b"")
    first, *others = (contents(tmp_path / f"out{number}") for number in range(2))
    assert first
    assert all(other == first for other in others)


@pytest.mark.benchmark
def test_very_many_tiny_files_are_read_in_time(tmp_path: Path) -> None:
    for number in range(TINY):
        text = f"Le maire numéro {number} de la ville est content de ce pont.\n"
        (tmp_path / f"{number:06}.txt").write_text(text, encoding="utf-8")
    began = time.process_time()
    assert sum(1 for _ in read_articles([str(tmp_path)])) == TINY
    assert time.process_time() - began < SECONDS


def test_the_package_says_which_systems_it_runs_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    systems = [each for each in project["classifiers"] if each.startswith("Operating System")]
    assert systems == ["Operating System :: POSIX"]  # locks are those of fcntl
    assert "Linux or macOS" in (ROOT / "README.md").read_text(encoding="utf-8")
