"""Which settings would let a failed check pass: looser limits, a baseline, or one finding waived."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from aligner.model import SEVERITY_WEIGHT, Language, Severity
from aligner.report.outcome import Failure, Outcome
from aligner.reporters.labels import label

LOOSER: dict[str, str] = {"minor": "major", "major": "critical", "critical": "none"}


def ways_to_pass(outcome: Outcome, ui: Language) -> Iterator[str]:
    """Yield the settings with which the gate would be passed, and those that waive the first finding."""
    if outcome.verdict.passed:
        return
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for failure in outcome.verdict.failures:
        table, line = _looser(failure, outcome)
        if line not in tables[table]:
            tables[table].append(line)
    settings = " ".join(f"[{table}] {', '.join(lines)}" for table, lines in tables.items() if lines)
    yield label("would_pass", ui, settings=settings)
    failing = (finding for finding in outcome.findings if outcome.verdict.fails(finding))
    if first := next(failing, None):
        yield label("would_waive", ui, code=first.code, fingerprint=first.fingerprint)


def _looser(failure: Failure, outcome: Outcome) -> tuple[str, str]:
    """Return the table and the line of the settings that would let one limit be kept."""
    if failure.limit == "fail-on":
        failing: set[Severity] = {f.severity for f in outcome.findings if outcome.verdict.fails(f)}
        worst = max(failing, key=lambda severity: SEVERITY_WEIGHT[severity], default="critical")
        return "gate", f'fail-on = "{LOOSER[worst]}"'
    if failure.limit in ("max", "max-per-1000-words"):
        return f"gate.{failure.limit}", f"{failure.subject} = {_up(failure.value)}"
    if failure.limit in ("min-article-score", "min-corpus-score"):
        lowest = min(f.value for f in outcome.verdict.failures if f.limit == failure.limit)
        return "gate", f"{failure.limit} = {math.floor(lowest)}"
    if failure.limit == "max-unpaired":
        return "gate", f"max-unpaired = {_up(failure.value)}"
    return "gate", "# fail-on-behind"


def _up(value: float) -> str:
    """Write a number, rounded up to two digits after the point."""
    return f"{math.ceil(round(100 * value, 6)) / 100:g}"
