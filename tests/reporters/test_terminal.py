from __future__ import annotations

import re
from pathlib import Path

import pytest

from aligner.model import Language
from aligner.report.writer import Report, ReportWriter
from aligner.reporters.html import write_pages
from aligner.reporters.terminal import WORST_PAIRS, summary
from tests.reporters import samples


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_summary_says_what_was_read_and_found_and_where_the_report_is(report: Report) -> None:
    shown = plain(summary(report, "en", width=120))
    assert "3 articles (2 fr, 1 en) · 103 words · 1 pair · 1 without counterpart · 1 file of a type" in shown
    assert "Corpus score  20.8  (fr 53.8, en 6.1)" in shown
    assert re.search(r"Translation +1 +1 +0", shown)
    assert re.search(r"EXT101 glued-words +2 +19\.42", shown)
    assert re.search(r"Le port rouvre après la tempête +translation +0\.93 +77% +69\.8 +5", shown)
    assert shown.splitlines()[-1] == f"Report  {report.path / 'index.html'}"


@pytest.mark.parametrize("ui", ["en", "fr"])
def test_tables_keep_to_the_width(report: Report, ui: Language) -> None:
    lines = plain(summary(report, ui, width=72)).splitlines()
    tables = [line for line in lines if " · " not in line and str(report.path) not in line]
    assert max(map(len, tables)) <= 72


def test_only_the_worst_pairs_are_shown_gravest_first(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "out") as writer:
        for i in range(WORST_PAIRS + 5):
            fr = samples.document(f"f{i:02}", "fr", [(f"Sujet {i:02}", "title"), "mot " * 100])
            en = samples.document(f"e{i:02}", "en", [(f"Story {i:02}", "title")])
            pair = samples.alignment(fr, en, [([0], [0]), ([1], [])])
            writer.add_document(fr, [samples.finding(fr, "mot", at=12 + 4 * n) for n in range(i)])
            writer.add_document(en)
            writer.add_alignment(pair)
        report = writer.finish({}, write_pages=write_pages)
    shown = re.findall(r"Sujet (\d+)", plain(summary(report, "fr", width=120)))
    assert shown == [f"{i:02}" for i in range(14, 4, -1)]


def test_no_pairs_and_no_findings_are_said(tmp_path: Path) -> None:
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(samples.document("[red]a", "fr", [("[red]Titre", "title")]))
        report = writer.finish({}, write_pages=write_pages)
    shown = plain(summary(report, "en", width=100))
    assert "No two articles here tell the same story." in shown
    assert "Nothing was found here." in shown
