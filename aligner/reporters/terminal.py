"""The summary of an audit on the terminal: how much was read, what dominates, what is worst."""

from __future__ import annotations

import heapq
import io
import math
from typing import Any

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from aligner.checks.wording import title
from aligner.model import LANGUAGES, SEVERITY_WEIGHT, Language, Severity
from aligner.report.outcome import Stale
from aligner.report.reader import Report
from aligner.report.records import PairRow
from aligner.report.summary import CAUSES
from aligner.reporters.diff import change_parts
from aligner.reporters.findings import text_line
from aligner.reporters.labels import label, number, percent
from aligner.reporters.overview import quiet
from aligner.reporters.verdict import stale_line, unread_parts
from aligner.reporters.width import terminal_width
from aligner.settings.gate import FailOn
from aligner.text.visible import one_line, printable_path

WORST_PAIRS = 10
"""Pairs shown, those with the lowest scores; the page has all of them."""
TOP_CHECKS = 10

WIDEST_KIND = len("translation")
WIDEST_NUMBER = len("100\u202f%")
GAP = 2
"""Blank columns after each column of a table."""

_STYLE: dict[Severity, str] = {"critical": "bold red", "major": "red", "minor": "yellow"}
_GRAVEST_FIRST: tuple[Severity, ...] = ("critical", "major", "minor")


def summary(report: Report, ui: Language, width: int | None = None) -> str:
    """Format what an audit found, with colour codes; ``width`` in columns, the terminal's own if None."""
    out = io.StringIO()
    width = width or terminal_width()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        legacy_windows=False,
    )
    content = report.summary
    console.print(Text(_corpus_line(report, ui)), soft_wrap=True)
    if content["score"] is not None:
        console.print(_score(content, ui), soft_wrap=True)
    if content["counts"]["findings"]:
        console.print(Text(_findings_line(content, ui)), soft_wrap=True)
    if content["findings_by_code"]:
        for table in (_causes(content, ui, width), _checks(content, ui, width)):
            console.print()
            console.print(table)
    elif not content["counts"]["findings"]:
        console.print(label("nothing_found", ui))
    if content["counts"]["pairs"]:
        console.print()
        console.print(_worst_pairs(report, ui, width))
    else:
        console.print(Text(label("no_pairs", ui), style="yellow"))
    if trend := content.get("trend"):
        console.print()
        console.print(Text.assemble((label("trend", ui), "bold"), "  ", ", ".join(change_parts(trend, ui))))
    for stale in content.get("stale_suppressions", ()):
        console.print(Text(stale_line(Stale(**stale), ui), style="yellow"), soft_wrap=True)
    index_path = printable_path(str(report.path / "index.html"))
    console.print()
    console.print(Text.assemble((label("report_at", ui), "bold"), "  ", index_path), soft_wrap=True)
    return out.getvalue()


def findings(report: Report, ui: Language, show: Severity, fail_on: FailOn | None) -> str:
    """Format a line for each finding that counts and is at least as severe as ``show``.

    Those that ``fail_on`` is passed by come first, and are marked.
    """
    least = SEVERITY_WEIGHT[show]
    limit = math.inf if fail_on is None or fail_on == "none" else SEVERITY_WEIGHT[fail_on]
    weighed = [(SEVERITY_WEIGHT[f.severity], f) for f in report.findings() if f.counts]
    listed = sorted((entry for entry in weighed if entry[0] >= min(least, limit)), key=lambda e: e[0] < limit)
    return "".join(f"{text_line(f, ui, fails=weight >= limit)}\n" for weight, f in listed)


def _corpus_line(report: Report, ui: Language) -> str:
    counts = report.summary["counts"]
    sides = ", ".join(f"{number(counts[f'articles_{s}'], ui)} {s}" for s in LANGUAGES)
    parts = [
        f"{label('articles', ui, n=counts['articles'])} ({sides})",
        label("words", ui, n=counts["words"]),
        label("pairs", ui, n=counts["pairs"]),
        label("alone", ui, n=counts["unpaired"]),
    ]
    parts += unread_parts(report.skipped(), counts.get("other_files", 0), ui)
    return " · ".join(parts)


def _findings_line(content: Any, ui: Language) -> str:
    """Say how many findings count, and how many there are besides."""
    counted = sum(content["findings_by_severity"].values())
    besides = quiet(content["counts"], ui)
    return label("findings", ui, n=counted) + (f" · {besides}" if besides else "")


def _score(content: Any, ui: Language) -> Text:
    line = Text.assemble((label("corpus_score", ui), "bold"), "  ", (number(content["score"], ui, 1), "bold"))
    sides = [
        f"{side} {number(content[f'score_{side}'], ui, 1)}"
        for side in LANGUAGES
        if content[f"score_{side}"] is not None
    ]
    return line.append(f"  ({', '.join(sides)})", style="dim")


def _causes(content: Any, ui: Language, width: int) -> Table:
    table = _table(ui, width, "cause", *_GRAVEST_FIRST)
    for cause in CAUSES:
        counts = content["findings_by_cause"][cause]
        cells = [Text(number(counts[s], ui), style=_STYLE[s] if counts[s] else "dim") for s in _GRAVEST_FIRST]
        table.add_row(label(cause, ui), *cells)
    return table


def _checks(content: Any, ui: Language, width: int) -> Table:
    table = _table(ui, width, "check", "count", "per_1000")
    codes = content["findings_by_code"].items()
    for code, check in heapq.nsmallest(TOP_CHECKS, codes, key=lambda item: (-item[1]["count"], item[0])):
        heading = check["name"] if ui == "en" else title(code, ui) or check["name"]
        name = Text.assemble((code, "bold"), " ", heading)
        table.add_row(name, number(check["count"], ui), number(check["per_1000_words"], ui, 2))
    return table


def _worst_pairs(report: Report, ui: Language, width: int) -> Table:
    table = _table(ui, width, "worst_pairs", "kind", "match", "coverage", "score", "count")
    selected = heapq.nsmallest(
        WORST_PAIRS, report.pairs(), key=lambda p: (min(p.fr_score, p.en_score), p.key)
    )
    titles = {path: "" for pair in selected for path in (pair.fr_path, pair.en_path)}
    titles |= {row.path: row.title for row in report.documents() if row.path in titles}
    for pair in selected:
        name = Text("\n".join((titles[p] and one_line(titles[p])) or printable_path(p) for p in _paths(pair)))
        table.add_row(
            name,
            label(f"{pair.kind}_kind", ui),
            number(pair.score, ui, 2),
            f"{percent(pair.coverage_fr, ui)}\n{percent(pair.coverage_en, ui)}",
            f"{number(pair.fr_score, ui, 1)}\n{number(pair.en_score, ui, 1)}",
            number(pair.critical + pair.major + pair.minor, ui),
        )
    return table


def _paths(pair: PairRow) -> tuple[str, str]:
    return pair.fr_path, pair.en_path


def _table(ui: Language, width: int, first: str, *headings: str) -> Table:
    """Make a table without lines whose columns after the first hold numbers or short words."""
    least = [max(len(label(key, ui)), WIDEST_KIND if key == "kind" else WIDEST_NUMBER) for key in headings]
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="dim", show_edge=False)
    first_width = max(width - sum(columns + GAP for columns in least) - GAP, WIDEST_KIND)
    table.add_column(label(first, ui), overflow="ellipsis", no_wrap=True, max_width=first_width)
    for key, columns in zip(headings, least, strict=True):
        justify: JustifyMethod = "left" if key == "kind" else "right"
        table.add_column(label(key, ui), justify=justify, no_wrap=True, min_width=columns)
    return table
