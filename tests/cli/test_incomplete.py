"""What a check says that is not complete, and that every count of findings says what it counts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from aligner.report.reader import Report
from tests.cli.articles import GLUED, aligner, write_pair

RULES = ("--no-detector", "--no-cache", "--select", "EXT101")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_pair(Path("articles"))
    Path("articles/empty.txt").touch()
    return Path("articles")


@pytest.mark.parametrize(("options", "unread"), [((), ["articles/empty.txt"]), (("--allow-skipped",), [])])
def test_a_gate_that_is_not_complete_is_not_passed(
    corpus: Path, options: tuple[str, ...], unread: list[str]
) -> None:
    run = aligner("check", corpus, *RULES, "--format", "json", "--out", "report", *options)
    gate = json.loads(run.stdout)["gate"]
    assert (gate["passed"], gate["unread"], gate["failures"]) == (not unread, unread, [])
    assert Report(Path("report")).summary["gate"] == gate
    page = Path("report/index.html").read_text("utf-8")
    assert ("Gate: incomplete: 1 file could not be checked: articles/empty.txt" in page) == bool(unread)
    assert ("Gate: passed" in page) == (not unread)
    assert ('class="gate failed"' in page) == bool(unread)


def test_a_gate_fails_and_is_not_complete(corpus: Path) -> None:
    (corpus / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    aligner("check", corpus, *RULES, "--out", "report")
    page = Path("report/index.html").read_text("utf-8")
    assert "Gate: failed: 1 finding at least major<br>Gate: incomplete: 1 file" in page


@pytest.mark.parametrize("command", ["audit", "lint"])
def test_to_fail_on_nothing(corpus: Path, command: str) -> None:
    (corpus / "passerelle.txt").write_text(GLUED, encoding="utf-8")
    for fail_on, code in (("major", 1), ("none", 0)):
        assert aligner(command, corpus, *RULES, "--fail-on", fail_on).exit_code == code
    assert aligner("audit", corpus, *RULES, "--fail-on", "none", "--show", "major").exit_code == 0


def test_counts_of_findings_agree_or_say_what_they_count(corpus: Path) -> None:
    text = GLUED.replace("La passerelle qui", "La passerelle passerelle qui").replace(
        "samedi matin", "samedimatin"
    )
    (corpus / "passerelle.txt").write_text(text, encoding="utf-8")
    Path("aligner.toml").write_text(
        '[[suppress]]\ncode = "EXT101"\nexcerpt = "troisde"\nreason = "A test."\n'
    )
    run = aligner("audit", corpus, "--no-detector", "--no-cache", "--select", "EXT", "--out", "report")
    report = Report(Path("report"))
    counted = sum(finding.counts for finding in report.findings())
    every = len(list(report.findings()))
    assert 0 < counted < every
    said = f"{counted} findings · 1 suppressed · findings.csv has {every} rows, these included"
    assert said.replace("1 findings", "1 finding") in run.stdout
    page = Path("report/index.html").read_text("utf-8")
    assert f"1 suppressed · findings.csv has {every} rows, these included" in page
    with Path("report/findings.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["counts"] for row in rows].count("True") == counted
    assert len(rows) == every == sum(row.findings for row in report.documents())
    assert sum(row.minor + row.major + row.critical for row in report.documents()) == counted
