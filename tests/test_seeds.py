"""The story on real scraped articles: paired, aligned, and the broken passages found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.report.writer import Report
from aligner.run import pipeline
from aligner.settings import Settings
from tests.shared_data import data


@pytest.fixture(scope="module")
def seeds() -> Path:
    return data("dev", "seeds")


@pytest.fixture(scope="module")
def gold(seeds: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((seeds / "gold.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="module")
def report(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return pipeline.audit([str(seeds)], Settings(), tmp_path_factory.mktemp("seeds") / "report")


def test_languages_and_pairs(report: Report, gold: dict[str, Any]) -> None:
    assert {Path(d.path).name: d.language for d in report.documents()} == gold["languages"]
    assert [[Path(p.fr_path).name, Path(p.en_path).name] for p in report.pairs()] == gold["pairs"]
    assert len(list(report.unpaired())) == 1


def test_every_sentence_pair_is_a_bead(report: Report, gold: dict[str, Any]) -> None:
    beads = list(report.beads())
    for fr, en in gold["beads"]:
        assert any(fr in bead.fr_text and en in bead.en_text for bead in beads), fr


def test_broken_passages_are_found_and_sound_ones_are_not(
    report: Report, gold: dict[str, Any], seeds: Path
) -> None:
    findings = [f for f in report.findings() if f.demoted_by is None]
    for name, passages in gold["garbled"].items():
        text = (seeds / name).read_text("utf-8")
        spans = [(f.start, f.end) for f in findings if Path(f.path).name == name]
        for passage in passages:
            start = text.index(passage)
            assert any(a < start + len(passage) and b > start for a, b in spans), passage
    for name, passages in gold["sound"].items():
        text = (seeds / name).read_text("utf-8")
        flagged = [f for f in findings if Path(f.path).name == name]
        for passage in passages:
            start = text.index(passage)
            assert not [f.code for f in flagged if f.start < start + len(passage) and f.end > start]
