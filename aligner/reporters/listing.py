"""The findings of a whole report as one list, the costliest first, each with the page that shows it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from aligner.checks.wording import message
from aligner.model import OTHER, SEVERITY_WEIGHT, Finding, Language
from aligner.report.other_sides import OtherSides
from aligner.report.reader import Report
from aligner.report.records import PairRow
from aligner.report.scores import cost
from aligner.text.context import around

LONGEST_LIST = 5000
"""Findings that the list holds; a browser opens a page of so many within a second."""
MOST_SERIOUS = 10
"""Findings that the overview shows above its tables."""
EXCERPT = 160
"""Characters of an excerpt that are shown."""
CONTEXT = 50
"""Characters shown before and after an excerpt that is no longer than that."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in the list: its wording, and the address of its place in a page of the report.

    ``around`` is what is before and after the excerpt of each side, where that is shown.
    """

    finding: Finding
    message: str
    href: str
    around: Mapping[Language, tuple[str, str]] = field(default_factory=dict)

    @property
    def suspicion(self) -> bool:
        """True if it is no more than a suspicion."""
        return self.finding.suspicion

    def excerpt(self, language: Language) -> str:
        """Return what one side says there, shortened; '' where that side has nothing."""
        is_own = self.finding.language == language
        return shortened((self.finding.excerpt if is_own else self.finding.other_excerpt) or "")


def shortened(text: str) -> str:
    """Return a text on one line, cut after ``EXCERPT`` characters."""
    line = " ".join(text[: 8 * EXCERPT].split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def entries(
    findings: Iterable[Finding], pages: Mapping[str, str], ui: Language, limit: int = LONGEST_LIST
) -> list[Entry]:
    """Return at most ``limit`` findings, by cost; ``pages`` has the page of each article and each pair.

    What another finding explains, and what is suppressed, is left to the pages. Suspicions come last.
    """
    open_findings = (f for f in findings if f.demoted_by is None and not f.suppressed)
    selected = heapq.nsmallest(limit, open_findings, key=_rank)
    return [Entry(f, message(f, ui), f"{_page(f, pages)}#m-{f.fingerprint}") for f in selected]


def in_context(listed: Iterable[Entry], report: Report) -> Iterator[Entry]:
    """Add what is around the excerpts on their lines; a long excerpt says enough by itself."""
    for entry in listed:
        f = entry.finding
        places = {f.language: (f.path, f.start, f.end)}
        if f.other_path is not None and f.other_start is not None and f.other_end is not None:
            places[OTHER[f.language]] = (f.other_path, f.other_start, f.other_end)
        yield replace(
            entry,
            around={
                language: _on_its_line(report.article(path).text, start, end)
                for language, (path, start, end) in places.items()
                if 0 < end - start <= CONTEXT
            },
        )


def _on_its_line(text: str, start: int, end: int) -> tuple[str, str]:
    before, after = around(text, start, end, CONTEXT)
    line, line_end = before.rpartition("\n")[2], after.partition("\n")[0]
    is_cut = line == before and len(before) < start, line_end == after and end + len(after) < len(text)
    return "…" * is_cut[0] + line, line_end + "…" * is_cut[1]


def most_serious(listed: Iterable[Entry]) -> list[Entry]:
    """Return the first findings of a list that count."""
    return list(islice((entry for entry in listed if entry.finding.counts), MOST_SERIOUS))


def with_other_side(listed: Iterable[Entry], report: Report, pairs: Iterable[PairRow]) -> Iterator[Entry]:
    """Add what the aligned passage says, in its first pair, to findings of one article alone."""
    other_sides = OtherSides(report, pairs)
    for entry in listed:
        f = entry.finding
        if f.pair or f.other_excerpt:
            yield entry
        else:
            text = other_sides.text(f.path, f.language, f.start)
            yield replace(entry, finding=replace(f, other_excerpt=text))


def _page(finding: Finding, pages: Mapping[str, str]) -> str:
    return pages.get(finding.pair or "") or pages[finding.path]


def _rank(finding: Finding) -> tuple[bool, float, float, str, int, str]:
    """Order by what a finding costs; what is never charged, by what it would cost."""
    weight = SEVERITY_WEIGHT[finding.severity] * finding.confidence
    place = (finding.path, finding.start, finding.fingerprint)
    return (finding.suspicion, -cost(finding), -weight, *place)
