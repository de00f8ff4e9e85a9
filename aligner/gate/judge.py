"""Applies the thresholds: counts, rates, scores and the share of articles without counterpart."""

from __future__ import annotations

import logging
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aligner.checks.registry import require_codes, select
from aligner.gate.selection import Selection
from aligner.model import LANGUAGES, Finding, InputError, Language, Severity
from aligner.report.in_step import CODES, Sync, lacking
from aligner.report.outcome import Failure, Limit, Outcome, Read, Verdict
from aligner.report.scores import cost, penalty, score
from aligner.settings import Gate, Settings
from aligner.settings.gate import ANY_SIDE, CAUSES, SEVERITIES, TOTAL, FailOn, Limits

logger = logging.getLogger(__name__)

LONE = frozenset({"ALN201", "ALN202", "ALN207"})
"""The checks that report an article without counterpart: where that is known or suppressed, it is not new."""
DEFAULT_FAIL_ON: Severity = "major"
SCORE_DIGITS, SHARE_DIGITS = 2, 4  # as the report rounds them: what is shown is what is judged


@dataclass(slots=True)
class _Guilty:
    """The findings that count for one limit, and which these are, where somebody wants to know."""

    number: int = 0
    marks: list[tuple[str, str]] = field(default_factory=list)


class _Lag:
    """The content that each version of a pair lacks, and the findings that report it."""

    def __init__(self) -> None:
        self.in_step = Sync()
        self.marks: list[tuple[Language | None, tuple[str, str]]] = []

    def add(self, finding: Finding) -> None:
        self.in_step.add(finding)
        self.marks.append((lacking(finding), (finding.path, finding.fingerprint)))


class Judge:
    """Judges what was found, an article at a time; nothing but counts and costs stays in memory.

    Findings that are demoted, suppressed or known neither fail a limit nor cost points here.
    ``name_failing`` has the verdict say for which findings the gate fails.
    """

    def __init__(self, gate: Gate, *, name_failing: bool = True) -> None:
        self._gate = gate
        self._name_failing = name_failing
        self._fail_on: FailOn = gate.fail_on or DEFAULT_FAIL_ON
        self._guilty: dict[tuple[Limit, str], _Guilty] = {}
        self._low: list[Failure] = []
        self._behind: defaultdict[str, _Lag] = defaultdict(_Lag)
        self._costs = array("d")
        self._articles = self._words = self._unpaired = 0

    def add(
        self, path: str, words: int, findings: Iterable[Finding], *, unpaired: bool, scored: bool = True
    ) -> None:
        """Take the findings of one article into account; its score counts only if it is ``scored``."""
        everything = list(findings)
        new = [finding for finding in everything if finding.counts and not finding.baselined]
        for limit, subject, guilty in self._over(new):
            count = self._guilty.setdefault((limit, subject), _Guilty())
            count.number += len(guilty)
            if self._name_failing:
                count.marks += [(finding.path, finding.fingerprint) for finding in guilty]
        if self._gate.fail_on_behind:
            for finding in everything:
                if not finding.baselined and lacking(finding) is not None and finding.pair is not None:
                    self._behind[finding.pair].add(finding)
        if not scored:
            return
        self._articles += 1
        self._words += words
        self._unpaired += unpaired and not any(f.code in LONE and _is_waived(f) for f in everything)
        costs = [cost(finding) for finding in new]
        self._costs.extend(value for value in costs if value)
        least, value = self._gate.min_article_score, round(score(penalty(costs, words)), SCORE_DIGITS)
        if least is not None and value < least:
            self._low.append(Failure("min-article-score", path, value, least))

    def verdict(self) -> Verdict:
        """Return what all of it amounts to."""
        failures: list[Failure] = []
        failing: list[tuple[str, str]] = []
        for failure, marks in self._over_counts():
            failures.append(failure)
            failing += marks
        for failure, late in self._lagging():
            failures.append(failure)
            failing += late
        failures += sorted(self._low, key=lambda failure: failure.subject)
        gate = self._gate
        if gate.min_corpus_score is not None and self._articles:
            value = round(score(penalty(self._costs, self._words)), SCORE_DIGITS)
            if value < gate.min_corpus_score:
                failures.append(Failure("min-corpus-score", "", value, gate.min_corpus_score))
        share = round(self._unpaired / max(self._articles, 1), SHARE_DIGITS)
        if gate.max_unpaired is not None and share > gate.max_unpaired:
            failures.append(Failure("max-unpaired", "", share, gate.max_unpaired))
        return Verdict(self._fail_on, tuple(failures), frozenset(failing))

    def _lagging(self) -> Iterator[tuple[Failure, Sequence[tuple[str, str]]]]:
        """Yield the sides that are behind though they must not be, with the findings that say so."""
        for side in LANGUAGES:
            if self._gate.fail_on_behind not in (side, ANY_SIDE):
                continue
            late = [lag for lag in self._behind.values() if lag.in_step.behind in (side, "both")]
            if late:
                marks = [mark for lag in late for language, mark in lag.marks if language == side]
                yield Failure("fail-on-behind", side, len(late), 0), marks

    def _over(self, findings: Sequence[Finding]) -> Iterator[tuple[Limit, str, Sequence[Finding]]]:
        """Sort findings by the limits that they count for."""
        gate = self._gate
        if self._fail_on != "none":
            yield "fail-on", self._fail_on, [f for f in findings if _is_over(f, self._fail_on, gate)]
        for limit, table in self._limits():
            for subject, _ in table:
                yield limit, subject, [finding for finding in findings if _is_about(finding, subject)]

    def _limits(self) -> tuple[tuple[Limit, Limits], ...]:
        return ("max", self._gate.max), ("max-per-1000-words", self._gate.max_per_1000_words)

    def _over_counts(self) -> Iterator[tuple[Failure, Sequence[tuple[str, str]]]]:
        none = _Guilty()
        guilty = self._guilty.get(("fail-on", self._fail_on), none)
        if guilty.number:
            yield Failure("fail-on", self._fail_on, guilty.number, 0), guilty.marks
        for limit, table in self._limits():
            scale = 1.0 if limit == "max" else 1000 / max(self._words, 1)
            for subject, allowed in table:
                guilty = self._guilty.get((limit, subject), none)
                value = round(scale * guilty.number, SCORE_DIGITS)
                if value > allowed:
                    yield Failure(limit, subject, value, allowed), guilty.marks


def require_known_codes(settings: Settings) -> None:
    """Raise ``InputError`` where a limit or another setting names a check that does not exist.

    Such a limit would never be passed, whatever is found. One on a check that does not run is logged.
    """
    gate = settings.gate
    chosen = select(settings.select, settings.ignore)
    for name, limits in (("gate.max", gate.max), ("gate.max-per-1000-words", gate.max_per_1000_words)):
        codes = [subject for subject, _ in limits if subject not in (*SEVERITIES, *CAUSES, TOTAL)]
        require_codes(name, codes)
        for code in codes:
            if not any(check.code.startswith(code) for check in chosen):
                logger.warning("%s: %s does not run here, so that nothing can pass its limit", name, code)
    if gate.fail_on_behind and not CODES & {check.code for check in chosen}:
        raise InputError(
            f"gate.fail-on-behind: none of the checks that say which version is behind runs: select one of "
            f"{', '.join(sorted(CODES))}"
        )
    require_codes("confidence", (code for code, _ in settings.confidence))
    for suppression in settings.suppress:
        require_codes(suppression.origin, [suppression.code])


def nothing_selected(selection: Selection, gate: Gate) -> Outcome:
    """Return the outcome of a check that had no article to look at: it passes."""
    verdict = Verdict(gate.fail_on or DEFAULT_FAIL_ON)
    return Outcome(Read(), (), (), verdict, selection=selection.name)


def _is_waived(finding: Finding) -> bool:
    return finding.baselined or finding.suppressed


def _is_over(finding: Finding, fail_on: Severity, gate: Gate) -> bool:
    """Return whether a finding is at least as severe as ``fail_on``.

    The default leaves to a limit what that limit names; a ``fail_on`` that somebody asked for holds for all.
    """
    limited = [subject for subject, _ in (*gate.max, *gate.max_per_1000_words) if subject != TOTAL]
    if gate.fail_on is None and any(_is_about(finding, subject) for subject in limited):
        return False
    grave_enough = SEVERITIES[SEVERITIES.index(fail_on) :]
    return finding.cause in gate.causes and finding.severity in grave_enough


def _is_about(finding: Finding, subject: str) -> bool:
    """Return whether a limit on a severity, a cause, a code (or prefix) or the total applies to it."""
    if subject in SEVERITIES:
        return finding.severity == subject
    if subject in CAUSES:
        return finding.cause == subject
    return subject == TOTAL or finding.code.startswith(subject)
