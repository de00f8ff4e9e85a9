"""The pages in a real browser, where there is one: their own script runs, and nothing of an article does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.reporters.folder import Report, ReportWriter
from tests.reporters import samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
ATTACK = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def rendered(page: Path, profile: Path) -> str:
    """The page's document as the browser has it after its scripts have run."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_policy_lets_our_own_script_run(tmp_path: Path, report: Report) -> None:
    dom = rendered(report.path / "index.html", tmp_path / "profile")
    assert '<form class="filter" data-shown=' in dom  # no longer hidden
    assert '<button type="button">Match</button>' in dom


def test_nothing_in_an_article_runs(tmp_path: Path) -> None:
    fr = samples.document("fr/" + ATTACK, "fr", [(ATTACK, "title"), ATTACK, "\0 \u202e " + "mot" * 50_000])
    en = samples.document("en", "en", [ATTACK, ATTACK, "x"], title=ATTACK)
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(fr, [samples.finding(fr, ATTACK, suggestion=ATTACK)])
        writer.add_document(en)
        writer.add_alignment(samples.alignment(fr, en, [([i], [i]) for i in range(3)]))
        report = writer.finish({"model": ATTACK})
    for page in sorted(report.path.rglob("*.html")):
        dom = rendered(page, tmp_path / "profile")
        assert "<title>taken" not in dom
        assert "&lt;script&gt;document.title" in dom
