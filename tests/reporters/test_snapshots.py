"""Every format of the gate as it is on disk, byte for byte: a change of one is a change of its file.

``UPDATE_SNAPSHOTS=1 pytest tests/reporters/test_snapshots.py`` writes the files anew, to be read before they
are committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import aligner
from aligner.model import Skipped
from aligner.report.outcome import Checked, Known, Outcome, Read, Stale
from aligner.report.places import View
from aligner.reporters import junit, sarif, verdict
from aligner.reporters.annotations import github, gitlab
from aligner.settings import Gate
from tests.gate.verdicts import judge
from tests.reporters import samples
from tests.reporters.conftest import SIGNATURE
from tests.reporters.test_ci_formats import CHECKS

SNAPSHOTS = Path(__file__).parent / "snapshots"
ARTICLES = (samples.HARBOUR_FR, samples.HARBOUR_EN, samples.MARKET)
BASE = [*samples.HARBOUR_FINDINGS, *samples.HARBOUR_PAIR_FINDINGS, *samples.MARKET_FINDINGS]
FOUND = (replace(BASE[0], suppressed=True), replace(BASE[1], baselined=True), *BASE[2:])
NEW = tuple(finding for finding in FOUND if not finding.baselined)
GATE = Gate(
    max=(("total", 1),),
    max_per_1000_words=(("ACC", 2.5),),
    min_article_score=90,
    min_corpus_score=95,
    max_unpaired=0.1,
)


def outcome() -> Outcome:
    """What a check has to say that met with everything that can be said."""
    checked = tuple(Checked(article.path, 40, article.path) for article in ARTICLES)
    skipped = (Skipped("notes.bin", "not a text: it holds NUL bytes"),)
    return Outcome(
        Read(articles=4, words=160, pairs=1, unpaired=2, skipped=skipped),
        checked,
        FOUND,
        judge(FOUND, ARTICLES, {samples.MARKET.path}, GATE),
        selection="origin/main",
        others=3,
        skipped=skipped,
        gone=(Known("en/harbour.txt", "ACC308", "41"),),
        stale=(Stale("suppress, table 1", "EXT1", "fr/old.txt", "a name"),),
        baselined=1,
        baseline=".aligner-baseline.json",
        signature=SIGNATURE,
    )


FORMATS: dict[str, Callable[[], str]] = {
    "text.en.txt": lambda: verdict.text(outcome(), "en"),
    "text.fr.txt": lambda: verdict.text(outcome(), "fr"),
    "outcome.json": lambda: verdict.record(outcome()),
    "findings.sarif": lambda: sarif.render(FOUND, CHECKS, "en", View()),
    "junit.xml": lambda: junit.render(
        FOUND, [article.path for article in ARTICLES], outcome().verdict.fails, "en"
    ),
    "github.txt": lambda: github(NEW, outcome().verdict.fails, "en", View()),
    "gitlab.json": lambda: gitlab(NEW, "en", View()),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_what_it_was(name: str) -> None:
    made = FORMATS[name]().replace(aligner.__version__, "VERSION")
    file = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(made, encoding="utf-8", newline="")
    assert made == file.read_bytes().decode("utf-8")
