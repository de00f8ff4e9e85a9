"""`check --format sarif` says what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.reporters import sarif
from tests.cli.articles import ENGLISH, FRENCH, GLUED, aligner

RULES = ("--no-detector", "--no-cache", "--select", "EXT101")


def test_the_command_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 1)
    monkeypatch.chdir(tmp_path)
    for name, text in {"a": GLUED, "b": GLUED + "\nEncore.", "c": ENGLISH, "d": FRENCH}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    run = aligner("check", ".", *RULES, "--format", "sarif=x.sarif")
    assert run.exit_code == 1, run.output
    assert "sarif: 1 results are left out" in run.stderr
    assert len(json.loads((tmp_path / "x.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1
