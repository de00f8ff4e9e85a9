"""Runs with a detector: what the detector suspects is reported in words, and said to have been used."""

import json
from pathlib import Path

import pytest

from aligner.report.reader import Report
from aligner.run import pipeline
from aligner.run.tasks import loaded_detector
from aligner.settings import Settings
from tests.cli.articles import ENGLISH, FRENCH, aligner
from tests.detector.tiny import write_detector


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_detector(tmp_path / "tiny")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A pair: a word of the French is garbled, one of the English wrong beside the French."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "passerelle.txt").write_text(FRENCH.replace("trois", "trzzis"), encoding="utf-8")
    (folder / "footbridge.txt").write_text(ENGLISH.replace("cracks", "Azzaxxs"), encoding="utf-8")
    return folder


def scores(report: Path) -> list[tuple[str, str, str | None]]:
    found = Report(report).findings()
    return sorted((f.code, f.excerpt, f.demoted_by) for f in found if f.code in ("FLU406", "ACC320"))


def test_an_audit_hears_articles_and_beads(corpus: Path, model: Path, tmp_path: Path) -> None:
    run = aligner("audit", corpus, "--detector", model, "--out", tmp_path / "report", "--no-cache")
    assert run.exit_code == 0, run.stderr
    found = scores(tmp_path / "report")
    # What the article alone gives away is reported once.
    assert ("FLU406", "trzzis", None) in found
    assert ("FLU406", "Azzaxxs", None) in found
    assert ("ACC320", "Azzaxxs", "FLU406") in found
    assert Report(tmp_path / "report").summary["signature"]["detector"] == "tiny-tiny"


def test_without_a_detector_only_rules_speak(corpus: Path, tmp_path: Path) -> None:
    aligner("audit", corpus, "--no-detector", "--out", tmp_path / "report")
    assert scores(tmp_path / "report") == []
    assert Report(tmp_path / "report").summary["signature"]["detector"] == "none"


def test_processes_and_cache_change_nothing(corpus: Path, model: Path, tmp_path: Path) -> None:
    cache = ("--cache", tmp_path / "cache")
    for name, options in (("one", ()), ("cold", cache), ("warm", cache), ("two", ("--jobs", "2"))):
        run = aligner("audit", corpus, "--detector", model, "--out", tmp_path / name, *options)
        assert run.exit_code == 0, run.stderr
    texts = [(tmp_path / name / "findings.jsonl").read_bytes() for name in ("one", "cold", "warm", "two")]
    assert texts[0]
    assert len(set(texts)) == 1
    assert (tmp_path / "cache" / "scores.sqlite").is_file()


def test_workers_load_the_network_and_the_parent_does_not(corpus: Path, model: Path) -> None:
    loaded_detector.cache_clear()
    _, found = pipeline.lint([str(corpus)], Settings(detector=str(model), jobs=2, cache=None))
    assert {f.excerpt for f in found if f.code == "FLU406"} == {"trzzis", "Azzaxxs"}
    assert loaded_detector.cache_info().currsize == 0


def test_a_finding_is_told_in_words(corpus: Path, model: Path) -> None:
    shown = aligner("lint", corpus, "--detector", model, "--select", "FLU406", "--no-cache").stdout
    assert "The verb does not seem to have the right form or tense: “trzzis”." in shown


def test_a_missing_detector_ends_the_run_before_it_starts(corpus: Path, tmp_path: Path) -> None:
    run = aligner("audit", corpus, "--detector", tmp_path / "none", "--out", tmp_path / "report")
    assert run.exit_code == 2
    assert "--no-detector" in run.stderr
    assert aligner("lint", corpus, "--detector", tmp_path / "none", "--select", "EXT").exit_code == 0


def test_a_settings_file_may_do_without(corpus: Path, tmp_path: Path) -> None:
    config = tmp_path / "aligner.toml"
    config.write_text("detector = false\n", encoding="utf-8")
    run = aligner("lint", corpus, "--config", config, "--format", "jsonl")
    assert run.exit_code == 0, run.stderr
    assert not [row for row in map(json.loads, run.stdout.splitlines()) if row["code"] == "FLU406"]
