"""The loop closed once on the demo: audit, review, fix, audit again, and the gate lets it through."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

import aligner
from aligner.review.server import ReviewServer
from aligner.settings.review import EMPTY, read_review
from tests.cli.articles import aligner as command

DEMO = Path(__file__).parent.parent.parent / "corpora" / "demo"
ARTICLES = ("tessaline-levee-de-fonds", "sensor-startup", "greve-au-port", "port-strike", "tramway-conseil")
OPTIONS = ("--no-detector", "--no-cache")
WAIVED: Mapping[str, str] = {
    "Un rassemblement": "local news that the English readers were not given, on purpose",
    "Deux élus": "cut for length in English",
}
"""How passages begin that the reviewer calls right as they are, and why."""
BY_HAND: Mapping[str, Mapping[str, str]] = {
    "sensor-startup": {
        "pour surveiller l’eau du robinet": "to keep a constant watch on tap water",
        "Founded in 2021": "Founded in 2012",
        "The operation led by": "The operation is led by",
        "explain Inès": "explains Inès",
        "before the water reaches the tap.": "before the water reaches the tap.”",
        "dont two thirds": "two thirds of them",
        "It is still profitable": "It is not profitable yet",
        "2.4 million": "2.4 billion",
        "replacement their": "replacement of their",
        "Testrad": "Testard",
        "Tessaline répond que ses données sont publiques et vérifiées chaque mois par un laboratoire "
        "agréé.": (
            "Tessaline replies that its data are public and checked every month by an approved laboratory."
        ),
        "aims to the Spain and Portugal it, where it count open two subsidiary the year next": (
            "is now aiming at Spain and Portugal, where it plans to open two subsidiaries next year"
        ),
        "The firm was also shortlisted last year for a regional innovation prize, which went to a maker of "
        "electric boats.\n\n": "",
    },
}
"""What the reviewer corrects where there is no suggestion."""


def mark_everything(server: ReviewServer, poll_interval: float = 0.5) -> None:
    """Do what a person does on the page: judge every serious finding."""
    for found in server.content.all(EMPTY)["findings"]:
        reason = next((why for begins, why in WAIVED.items() if found["excerpt"].startswith(begins)), "")
        mark = {"kind": "finding", "verdict": "false" if reason else "right", "reason": reason}
        if found["severity"] != "minor" and not found["suspicion"]:
            server.mark({**mark, "fingerprint": found["fingerprint"], "code": found["code"]})
    for pair in server.content.all(EMPTY)["pairs"]:
        server.mark({"kind": "pair", "fr": pair["fr"], "en": pair["en"], "verdict": "right"})


def test_audit_review_fix_and_audit_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("demo").mkdir()
    for name in ARTICLES:
        shutil.copy(DEMO / f"{name}.txt", "demo")
    assert command("audit", "demo", "--out", "report", *OPTIONS).exit_code == 0
    before = aligner.Report("report").summary
    assert command("check", "demo", *OPTIONS).exit_code == 1

    monkeypatch.setattr(ReviewServer, "serve_forever", mark_everything)
    run = command("review", "report", "--no-open")
    assert run.exit_code == 0, run.output
    marks = read_review(Path("report/review.jsonl"))
    assert {s.reason for s in marks.suppressions} == set(WAIVED.values())
    assert sum(figures.right for figures in marks.precision.values()) > 8

    assert "aligner fix PATH... --review report/review.jsonl" in run.stderr
    assert command("fix", "demo", "--write", "--no-detector").exit_code == 0
    run = command("fix", "demo", "--write", "--review", "report")
    assert (run.exit_code, run.stdout.splitlines()[0]) == (0, "4 suggestions applied in 3 files"), run.output
    assert "Inès" in Path("demo/sensor-startup.txt").read_text("utf-8")
    assert "120 communes" in Path("demo/tessaline-levee-de-fonds.txt").read_text("utf-8")
    for name, edits in BY_HAND.items():
        path = Path(f"demo/{name}.txt")
        text = path.read_text("utf-8")
        for wrong, right in edits.items():
            assert wrong in text, wrong
            text = text.replace(wrong, right)
        path.write_text(text, encoding="utf-8")

    run = command("audit", "demo", "--out", "report", *OPTIONS)
    assert (run.exit_code, "report/review.jsonl" in run.stderr) == (0, True)
    report = aligner.Report("report")
    assert [f.excerpt[:12] for f in report.findings() if f.counts and f.severity != "minor"] == []
    assert report.summary["counts"]["suppressed"] >= len(WAIVED)
    assert report.summary["score"] > before["score"]
    assert command("check", "demo", *OPTIONS).exit_code == 1
    run = command("check", "demo", *OPTIONS, "--review", "report/review.jsonl")
    assert (run.exit_code, run.stdout.splitlines()[-1]) == (0, "Gate: passed"), run.output
