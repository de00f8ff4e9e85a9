"""Remedies for a failed check, the best first: look and fix, waive a false finding, accept, loosen."""

from __future__ import annotations

import json
import math
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePath

from aligner.model import SEVERITY_WEIGHT, Finding, Language, Severity
from aligner.report.outcome import Failure, Outcome
from aligner.reporters.labels import label
from aligner.text.visible import printable_path

LOOSER: dict[str, str] = {"minor": "major", "major": "critical", "critical": "none"}
MOST_PATHS = 3
"""Paths that a suggested command names; of more, it shows an ellipsis."""
LONGEST_EXCERPT = 60
"""Characters of an excerpt in a suggested suppression; a longer one is known by its fingerprint."""
_GLOB = re.compile(r"[*?[]")
FIXED = (".txt", ".md")
"""Endings of the files that `aligner fix` changes."""


def ways_to_pass(outcome: Outcome, ui: Language) -> Iterator[str]:
    """Yield what to do where the gate is not passed: look, fix, waive the first finding, accept, loosen."""
    if outcome.verdict.passed:
        return
    failing = [finding for finding in outcome.findings if outcome.verdict.fails(finding)]
    paths = _quoted(outcome.paths)
    page = printable_path(str(PurePath(outcome.report, "index.html")))
    yield label("look", ui, how=page if outcome.report else f"aligner audit {paths} --open")
    if any(finding.suggestion and finding.path.endswith(FIXED) for finding in failing):
        yield label("fix_first", ui, paths=paths)
    if failing:
        yield label("would_waive", ui, table=_suppression(failing[0]))
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for failure in outcome.verdict.failures:
        table, line = _looser(failure, outcome)
        if line not in tables[table]:
            tables[table].append(line)
    settings = " ".join(f"[{table}] {', '.join(lines)}" for table, lines in tables.items() if lines)
    yield label("would_pass" if failing else "would_loosen", ui, settings=settings)


def _quoted(paths: tuple[str, ...]) -> str:
    """Return paths quoted for a shell."""
    quoted = [printable_path(shlex.quote(path)) for path in paths[:MOST_PATHS]]
    return " ".join([*quoted, "…"] if len(paths) > MOST_PATHS or not paths else quoted)


def _suppression(finding: Finding) -> str:
    """Return the table that waives one finding, which a person can read; its words say which one it is."""
    excerpt = " ".join(finding.excerpt.split())
    facts = {"path": finding.path, "code": finding.code, "excerpt": excerpt}
    if not excerpt or len(excerpt) > LONGEST_EXCERPT or _GLOB.search(finding.path):
        facts = {"code": finding.code, "fingerprint": finding.fingerprint}
    listed = ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    return printable_path(listed)


def _looser(failure: Failure, outcome: Outcome) -> tuple[str, str]:
    """Return the table and the line of the settings that would let one limit be kept."""
    if failure.limit == "fail-on":
        failing: set[Severity] = {f.severity for f in outcome.findings if outcome.verdict.fails(f)}
        gravest = max(failing, key=lambda severity: SEVERITY_WEIGHT[severity], default="critical")
        return "gate", f'fail-on = "{LOOSER[gravest]}"'
    if failure.limit in ("max", "max-per-1000-words"):
        return f"gate.{failure.limit}", f"{failure.subject} = {_rounded_up(failure.value)}"
    if failure.limit in ("min-article-score", "min-corpus-score"):
        lowest = min(f.value for f in outcome.verdict.failures if f.limit == failure.limit)
        return "gate", f"{failure.limit} = {math.floor(lowest)}"
    if failure.limit == "max-unpaired":
        return "gate", f"max-unpaired = {_rounded_up(failure.value)}"
    return "gate", 'fail-on-behind = "none"'


def _rounded_up(value: float) -> str:
    """Write a number, rounded up to two digits after the point."""
    return f"{math.ceil(round(100 * value, 6)) / 100:g}"
