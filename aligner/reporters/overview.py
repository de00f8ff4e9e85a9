"""The head of the overview, before its tables: broken and worst articles, causes, the trend."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from aligner.model import Cause, Language
from aligner.report.outcome import Failure
from aligner.report.records import ArticleRow
from aligner.report.summary import CAUSES
from aligner.reporters.diff import change_parts
from aligner.reporters.labels import label
from aligner.reporters.verdict import verdict_lines

FINE_FROM, FINE_SHARE = 90, 0.75
"""Where that share of the articles scores so much, a histogram of bars of ten points says nothing."""
WORST_ARTICLES = 5
"""Articles named above the tables: as many as still fit on the first screen."""

STEEPEST = 0.2
"""Share by which a figure of the trend changes where its line is as steep as can be."""

TREND_ROWS: tuple[tuple[str, str, int, int], ...] = (
    ("score", "corpus_score", 1, 1),
    ("critical_per_1000_words", "critical_rate", 2, -1),
    ("major_per_1000_words", "major_rate", 2, -1),
    ("minor_per_1000_words", "minor_rate", 2, -1),
    ("articles", "articles_read", 0, 0),
    ("pairs", "pairs_title", 0, 0),
    ("words", "words_read", 0, 0),
)
"""Figures of the trend: name in ``summary.json``, label, digits after the point, 1 where more is better."""


class TrendRow(NamedTuple):
    """One figure then and now; ``wanted`` is 1 where more is better, -1 where less is, else 0."""

    name: str
    then: float
    now: float
    digits: int
    wanted: int

    @property
    def slope(self) -> float:
        """Its relative rise, -1 to 1."""
        largest = max(self.then, self.now)
        share = (self.now - self.then) / (STEEPEST * largest) if largest else 0.0
        return max(-1.0, min(share, 1.0))

    @property
    def sense(self) -> str:
        """True if that is better or worse; nothing where it is neither."""
        change = self.wanted * (self.now - self.then)
        return "better" if change > 0 else "worse" if change < 0 else ""


class Band(NamedTuple):
    """A bar of the histogram: how many articles score from ``low`` to ``top``."""

    low: int
    top: int
    number: int


@dataclass(frozen=True, slots=True)
class Lead:
    """The news of a report: broken articles, the worst ones, and the cause of most findings.

    An article is broken by one major or critical finding; ``cause`` is None where nothing was found,
    and ``of_cause`` of ``findings`` are its.
    """

    broken: int
    worst: tuple[ArticleRow, ...]
    bands: tuple[Band, ...]
    cause: Cause | None
    of_cause: int
    findings: int


def lead(rows: Collection[ArticleRow], summary: Mapping[str, Any]) -> Lead:
    """Return the news of a report from its articles and its summary."""
    totals = {cause: summary["findings_by_cause"][cause]["total"] for cause in CAUSES}
    main_cause = max(CAUSES, key=lambda cause: totals[cause])
    marred = [row for row in rows if row.score < 100]
    return Lead(
        broken=sum(bool(row.major or row.critical) for row in rows),
        worst=tuple(heapq.nsmallest(WORST_ARTICLES, marred, key=lambda row: (row.score, row.path))),
        bands=_score_bands(rows),
        cause=main_cause if totals[main_cause] else None,
        of_cause=totals[main_cause],
        findings=sum(totals.values()),
    )


def _score_bands(rows: Collection[ArticleRow]) -> tuple[Band, ...]:
    """Count the articles in bands of ten points; of one point from 90 on, where most are there."""
    high = sum(row.score >= FINE_FROM for row in rows)
    edges = [*range(0, 101, 10)]
    if high >= FINE_SHARE * max(len(rows), 1):
        edges = [0, *range(FINE_FROM, 101)]
    return tuple(
        Band(low, top, sum(low <= row.score < top or row.score == top == 100 for row in rows))
        for low, top in itertools.pairwise(edges)
    )


def trend(change: Mapping[str, Any] | None, ui: Language) -> tuple[str, list[TrendRow]] | None:
    """Return what has changed since an older report, in words and as figures; None where there is none."""
    if not change:
        return None
    rows = [
        TrendRow(label(key, ui), change[name]["then"], change[name]["now"], digits, wanted)
        for name, key, digits, wanted in TREND_ROWS
        if None not in change[name].values()
    ]
    return ", ".join(change_parts(change, ui)), rows


def is_gate_set(gate: Mapping[str, Any] | None) -> bool:
    """Return whether a report is to speak of its gate: where limits were set, or a check was asked for."""
    return bool(gate and gate.get("given"))


def gate_lines(gate: Mapping[str, Any] | None, ui: Language) -> list[str]:
    """Format whether the gate was passed, and what could not be checked; nothing without a gate."""
    if not gate:
        return []
    failures = [Failure(**failure) for failure in gate["failures"]]
    return list(verdict_lines(failures, gate.get("unread", ()), ui))


def quiet(counts: Mapping[str, int], ui: Language) -> str:
    """Say what is found besides the findings that count, and where all of it is; "" where nothing is."""
    kinds = ("demoted", "suppressed", "suspicions")
    parts = [label(f"n_{kind}", ui, n=counts[kind]) for kind in kinds if counts[kind]]
    return " · ".join([*parts, label("n_rows", ui, n=counts["findings"])]) if parts else ""


def nothing_paired(counts: Mapping[str, int], ui: Language) -> str:
    """Explain why there is no pair."""
    for language in ("fr", "en"):
        if counts["articles"] and not counts[f"articles_{language}"]:
            return label(f"no_{language}", ui)
    return label("no_pairs", ui)
