"""Applies the thresholds: counts, rates, scores and the share of articles without counterpart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from aligner.gate.selection import Selection
from aligner.model import Document, Finding, Severity
from aligner.reporters.outcome import Failure, Limit, Outcome, Read, Verdict
from aligner.reporters.scores import cost, penalty, score
from aligner.settings import Gate
from aligner.settings.gate import CAUSES, SEVERITIES, TOTAL, Limits
from aligner.text.words import count_words

DEFAULT_FAIL_ON: Severity = "major"
SCORE_DIGITS, SHARE_DIGITS = 2, 4  # as the report rounds them: what is shown is what is judged


def judge(
    findings: Iterable[Finding], documents: Sequence[Document], unpaired: Collection[str], gate: Gate
) -> Verdict:
    """Judge what was found in some articles; ``unpaired`` are the keys of those without counterpart.

    Findings that are demoted, suppressed or known neither fail a limit nor cost points here.
    """
    new = [finding for finding in findings if finding.counts and not finding.baselined]
    words = {document.path: count_words(document.text) for document in documents}
    failures: list[Failure] = []
    failing: list[Finding] = []
    for failure, guilty in _over_counts(new, sum(words.values()), gate):
        failures.append(failure)
        failing += guilty
    failures += _under_scores(new, words, gate)
    share = round(sum(path in unpaired for path in words) / max(len(words), 1), SHARE_DIGITS)
    if gate.max_unpaired is not None and share > gate.max_unpaired:
        failures.append(Failure("max-unpaired", "", share, gate.max_unpaired))
    marks = frozenset((finding.path, finding.fingerprint) for finding in failing)
    return Verdict(gate.fail_on or DEFAULT_FAIL_ON, tuple(failures), marks)


def nothing_selected(selection: Selection, gate: Gate) -> Outcome:
    """Return the outcome of a check that had no article to look at: it passes."""
    verdict = Verdict(gate.fail_on or DEFAULT_FAIL_ON)
    return Outcome(Read(), (), (), verdict, selection=selection.name, missing=selection.missing)


def _over_counts(
    findings: Sequence[Finding], words: int, gate: Gate
) -> Iterator[tuple[Failure, Sequence[Finding]]]:
    fail_on = gate.fail_on or DEFAULT_FAIL_ON
    if fail_on != "none":
        guilty = [finding for finding in findings if _is_over(finding, fail_on, gate)]
        if guilty:
            yield Failure("fail-on", fail_on, len(guilty), 0), guilty
    limits: tuple[tuple[Limit, Limits, float], ...] = (
        ("max", gate.max, 1.0), ("max-per-1000-words", gate.max_per_1000_words, 1000 / max(words, 1)),
    )  # fmt: skip
    for name, table, scale in limits:
        for subject, allowed in table:
            guilty = [finding for finding in findings if _is_about(finding, subject)]
            value = round(scale * len(guilty), SCORE_DIGITS)
            if value > allowed:
                yield Failure(name, subject, value, allowed), guilty


def _is_over(finding: Finding, fail_on: Severity, gate: Gate) -> bool:
    """Tell whether a finding is at least as severe as ``fail_on``.

    The default leaves to a limit what that limit names; a ``fail_on`` that somebody asked for holds for all.
    """
    named = [subject for subject, _ in (*gate.max, *gate.max_per_1000_words) if subject != TOTAL]
    if gate.fail_on is None and any(_is_about(finding, subject) for subject in named):
        return False
    grave_enough = SEVERITIES[SEVERITIES.index(fail_on) :]
    return finding.cause in gate.causes and finding.severity in grave_enough


def _is_about(finding: Finding, subject: str) -> bool:
    """Tell whether a limit on a severity, a cause, a code (or its beginning) or the total holds for it."""
    if subject in SEVERITIES:
        return finding.severity == subject
    if subject in CAUSES:
        return finding.cause == subject
    return subject == TOTAL or finding.code.startswith(subject)


def _under_scores(findings: Sequence[Finding], words: dict[str, int], gate: Gate) -> Iterator[Failure]:
    costs: defaultdict[str, list[float]] = defaultdict(list)
    for finding in findings:
        costs[finding.path].append(cost(finding))
    if gate.min_article_score is not None:
        for path, count in sorted(words.items()):
            value = round(score(penalty(costs[path], count)), SCORE_DIGITS)
            if value < gate.min_article_score:
                yield Failure("min-article-score", path, value, gate.min_article_score)
    if gate.min_corpus_score is not None and words:
        every = [value for path in words for value in costs[path]]
        value = round(score(penalty(every, sum(words.values()))), SCORE_DIGITS)
        if value < gate.min_corpus_score:
            yield Failure("min-corpus-score", "", value, gate.min_corpus_score)
