"""The data of a review page: findings with their context, pairs, and the beads of one pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from aligner.checks.wording import message, title
from aligner.keys import pair_key, split_pair
from aligner.model import LANGUAGES, SEVERITY_WEIGHT, Finding, Language
from aligner.report.other_sides import OtherSides
from aligner.report.reader import Report
from aligner.report.records import ArticleText
from aligner.review.renewing import Renewing, placed
from aligner.settings.review import EMPTY, Numbers, Review, Sides, found_again
from aligner.text.context import around

CONTEXT_CHARACTERS = 160
"""Characters shown before and after a finding."""
MAX_FINDINGS = 5_000
"""Findings on the page: those that cost most; a review of more takes another report."""
ARTICLES_KEPT = 64

_EMPTY_LINES = re.compile(r"\n\s*\n")

Json = dict[str, Any]


class Content:
    """A report as the page of a review asks for it, with messages in the language ``ui``."""

    def __init__(self, report: Report, ui: Language) -> None:
        self._report = report
        self.ui = ui
        self._article = lru_cache(ARTICLES_KEPT)(report.article)
        findings = [f for f in report.findings() if f.demoted_by is None and not f.baselined]
        findings.sort(
            key=lambda f: (f.suspicion, -SEVERITY_WEIGHT[f.severity] * f.confidence, f.path, f.start)
        )
        self._findings = {f.fingerprint: f for f in findings[:MAX_FINDINGS]}
        self._pairs = {(pair.fr_path, pair.en_path): pair for pair in report.pairs()}
        self._other_sides = OtherSides(report, self._pairs.values())
        self._languages = {row.path: row.language for row in report.documents()}

    def renewed(self, review: Review) -> Review:
        """Return the review with the fingerprints and the paths of this report.

        Paths of a run started elsewhere are known by their ends.
        """
        marks: Mapping[str, Json] = review.findings
        if marks:
            marks = Renewing(self._report.findings(), self._text, self._path)(marks)
        pairs = {(self._path(fr), self._path(en)): verdict for (fr, en), verdict in review.pairs.items()}
        beads = {self._pair_key(key): locked for key, locked in review.beads.items()}
        return replace(review, findings=marks, pairs=pairs, beads=beads)

    def _path(self, name: str) -> str:
        """Return the only path of the report of which a name is the end, or the reverse; else the name."""
        if name in self._languages:
            return name
        found = [
            path for path in self._languages if f"/{path}".endswith(f"/{name}") or name.endswith(f"/{path}")
        ]
        return found[0] if len(found) == 1 else name

    def _pair_key(self, key: str) -> str:
        sides = split_pair(key)
        return key if sides is None else pair_key(*map(self._path, sides))

    def all(self, review: Review) -> Json:
        """Return everything but the beads, with the marks made so far."""
        return {
            "ui": self.ui,
            "findings": [self._finding(f, review) for f in self._findings.values()],
            "pairs": [
                {**self._with_titles(*key), "key": pair.key, "kind": pair.kind, "score": pair.score}
                | {"mark": review.pairs.get(key, ""), "locked": len(review.beads.get(pair.key, ()))}
                for key, pair in self._pairs.items()
            ],
            "added": [
                {**self._with_titles(*key), "mark": verdict}
                for key, verdict in review.pairs.items()
                if key not in self._pairs
            ],
            "alone": [
                {"path": row.path, "language": row.language, "title": self._title(row.path)}
                for row in self._report.unpaired()
            ],
            "precision": self.precision(review),
        }

    def precision(self, review: Review) -> list[Json]:
        """Return how often each check was right, by code."""
        return [
            {"code": code, "title": title(code, self.ui), "right": figures.right, "false": figures.false}
            for code, figures in review.precision.items()
        ]

    def beads(self, key: str, review: Review) -> Json:
        """Return the segments and beads of a pair; KeyError for an unknown pair."""
        pair = next(pair for pair in (*self._pairs.values(), None) if pair is None or pair.key == key)
        if pair is None:
            raise KeyError(key)
        rows = [(bead.fr, bead.en) for bead in self._report.beads(key)]
        sides = {"fr": self._article(pair.fr_path), "en": self._article(pair.en_path)}
        texts = [{s["number"]: s["text"] for s in _segments(sides[language])} for language in LANGUAGES]
        locked = [bead.sides for bead in found_again(review.beads.get(key, ()), *texts)]
        return {
            "key": key,
            **{language: _segments(article) for language, article in sides.items()},
            "beads": [
                {"fr": list(bead[0]), "en": list(bead[1]), "locked": bead in locked}
                for bead in with_locks(rows, locked)
            ],
        }

    def with_texts(self, mark: Json) -> Json:
        """Return a mark on beads with the texts of their segments, one on a finding with its place."""
        if mark["kind"] == "finding":
            finding = self._findings[mark["fingerprint"]]
            return placed(mark, finding, self._text(finding.path))
        if mark["kind"] != "beads":
            return mark
        pair = self.beads(mark["pair"], EMPTY)
        texts = {side: {s["number"]: s["text"] for s in pair[side]} for side in LANGUAGES}
        beads = [
            {**bead, **{f"{side}_text": " ".join(texts[side][n] for n in bead[side]) for side in LANGUAGES}}
            for bead in mark["beads"]
        ]
        return {**mark, "beads": beads}

    def refusal(self, mark: Json) -> str:
        """Say why a mark is about nothing in this report; '' where it is about something."""
        if mark["kind"] == "finding":
            finding = self._findings.get(mark["fingerprint"])
            return "" if finding and finding.code == mark["code"] else "no such finding in the report"
        if mark["kind"] == "pair":
            wrong = [side for side in LANGUAGES if self._languages.get(mark[side]) != side]
            return f"no such article: {mark[wrong[0]]}" if wrong else ""
        try:
            pair = self.beads(mark["pair"], EMPTY)
        except KeyError:
            return "no such pair in the report"
        for side in LANGUAGES:
            numbers = {segment["number"] for segment in pair[side]}
            if any(number not in numbers for bead in mark["beads"] for number in bead[side]):
                return "no such segment in the pair"
        return ""

    def _text(self, path: str) -> str:
        return self._article(path).text

    def _finding(self, finding: Finding, review: Review) -> Json:
        article = self._article(finding.path)
        mark = review.findings.get(finding.fingerprint, {})
        before, after = _context(article.text, finding.start, finding.end)
        counterpart = other_before = other_after = ""
        if finding.other_path is not None and finding.other_start is not None:
            other_text, start = self._article(finding.other_path).text, finding.other_start
            end = finding.other_end or start
            counterpart, (other_before, other_after) = other_text[start:end], _context(other_text, start, end)
        return {
            "fingerprint": finding.fingerprint,
            "code": finding.code,
            "title": title(finding.code, self.ui),
            "severity": finding.severity,
            "cause": finding.cause,
            "confidence": finding.confidence,
            "suspicion": finding.suspicion,
            "path": finding.path,
            "language": finding.language,
            "line": finding.line,
            "before": before,
            "excerpt": article.text[finding.start : finding.end],
            "after": after,
            "other_before": other_before.rpartition("\n")[2],
            "other_after": other_after.partition("\n")[0],
            "other": counterpart or finding.other_excerpt or self._other_side(finding),
            "message": message(finding, self.ui),
            "suggestion": finding.suggestion,
            "verdict": mark.get("verdict", ""),
            "reason": mark.get("reason", ""),
        }

    def _other_side(self, finding: Finding) -> str:
        """Return the passage beside what was found in one article alone."""
        if finding.pair:
            return ""
        return self._other_sides.text(finding.path, finding.language, finding.start) or ""

    def _with_titles(self, fr: str, en: str) -> Json:
        return {"fr": fr, "en": en, "fr_title": self._title(fr), "en_title": self._title(en)}

    def _title(self, path: str) -> str:
        return self._article(path).title if path in self._languages else path


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what is shown before and after a passage, without empty lines; "…" for what is left out."""
    before, after = around(text, start, end, CONTEXT_CHARACTERS)
    before = before if len(before) == start else f"…{before}"
    after = after if len(after) == len(text) - end else f"{after}…"
    return _EMPTY_LINES.sub("\n", before), _EMPTY_LINES.sub("\n", after)


def _segments(article: ArticleText) -> list[Json]:
    return [
        {"number": number, "text": segment.text}
        for number, segment in enumerate(article.segments)
        if segment.role != "boilerplate"
    ]


def with_locks(beads: Sequence[Sides], locked: Sequence[Sides]) -> list[Sides]:
    """Return beads in order with those corrected among them; their segments are removed from the others."""
    locked_numbers = [{n for bead in locked for n in bead[side]} for side in (0, 1)]
    left = [
        [tuple(n for n in bead[side] if n not in locked_numbers[side]) for side in (0, 1)] for bead in beads
    ]
    unlocked = [(fr, en) for fr, en in left if fr or en]
    result: list[Sides] = []
    for number, lock in enumerate(locked):
        limits = [next((bead[side][0] for bead in locked[number:] if bead[side]), None) for side in (0, 1)]
        later: list[Sides] = []
        for bead in unlocked:
            before, after = _cut(bead, lock, limits, later)
            result += [before] * any(before)
            later += [after] * any(after)
        result.append(lock)
        unlocked = later
    return result + unlocked


def _cut(
    bead: Sides, lock: Sides, limits: Sequence[int | None], later: Sequence[Sides]
) -> tuple[Sides, Sides]:
    """Return what of a bead comes before a corrected one, and what after.

    ``limits`` are the next segments corrected on each side, ``later`` is what already comes after. On a side
    that the corrected one lacks, segments stay with their other side where the order lets them.
    """
    sides: list[tuple[Numbers, Numbers]] = [((), ()), ((), ())]
    for side in sorted((0, 1), key=lambda side: not lock[side]):
        limit, counterpart = limits[side], sides[1 - side]
        follows = not lock[side] and (
            any(later_bead[side] for later_bead in later) or bool(counterpart[1] and not counterpart[0])
        )
        before = tuple(n for n in bead[side] if not follows and (limit is None or n < limit))
        sides[side] = before, bead[side][len(before) :]
    (fr, fr_after), (en, en_after) = sides
    return (fr, en), (fr_after, en_after)
