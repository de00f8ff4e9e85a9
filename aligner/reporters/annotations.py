"""Findings as notes beside the changed lines: GitHub workflow commands and GitLab code quality."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping

from aligner.checks.wording import message
from aligner.model import SEVERITY_WEIGHT, Finding, Language, Severity
from aligner.report.outcome import Outcome
from aligner.report.places import View
from aligner.reporters.labels import label
from aligner.reporters.verdict import new_findings, summary
from aligner.text.visible import in_log, one_line, printable_path

GITHUB_LEVELS: Mapping[Severity, str] = {"minor": "notice", "major": "warning", "critical": "error"}
MOST_OF_A_LEVEL = 10
"""Annotations of one level that GitHub shows for a step; it drops the others without a word."""
MOST_IN_SUMMARY = 20

Fails = Callable[[Finding], bool]
"""Tells whether the gate fails for a finding."""


def github(findings: Iterable[Finding], fails: Fails, ui: Language, view: View) -> str:
    """Format findings as workflow commands, one per line, the most severe first; at most ten of a level.

    What the job fails for is an error, whatever its severity. Those that do not count are left out, and the
    last line says how many more there are.
    """
    levels: dict[str, list[Finding]] = {level: [] for level in ("error", "warning", "notice")}
    for finding in findings:
        if finding.counts:
            levels["error" if fails(finding) else GITHUB_LEVELS[finding.severity]].append(finding)
    left = sum(len(of_level) for of_level in levels.values())
    lines = []
    for level, of_level in levels.items():
        # The line that says how many more there are is a notice itself.
        room = MOST_OF_A_LEVEL - (level == "notice" and left > MOST_OF_A_LEVEL - 1)
        lines += [_command(finding, level, ui, view) for finding in _most_severe(of_level, room)]
    if remaining := left - len(lines):
        lines.append(f"::notice title=aligner::{_escaped(label('n_more', ui, n=remaining))}\n")
    return "".join(lines)


def _most_severe(findings: Iterable[Finding], limit: int) -> list[Finding]:
    return sorted(findings, key=lambda f: (-SEVERITY_WEIGHT[f.severity], -f.confidence))[:limit]


def _command(finding: Finding, level: str, ui: Language, view: View) -> str:
    passage, _ = view.sides(finding)
    place = view.place(passage)
    properties = {"title": f"{finding.code} {finding.name}", "file": printable_path(place.file)}
    if place.region:
        properties |= {"line": str(place.region.line), "endLine": str(place.region.end_line)}
        if place.region.end_line == place.region.line:  # columns are allowed on one line only
            properties |= {"col": str(place.region.column), "endColumn": str(place.region.end_column)}
    text = message(finding, ui)
    if passage.path != finding.path:
        text = f"{finding.path}:{finding.line}: {text}"
    elif place.row is not None:
        text = f"{finding.path}: {text}"
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{level} {listed}::{_escaped(in_log(text))}\n"


def step_summary(outcome: Outcome, ui: Language) -> str:
    """Format the verdict and the worst findings as Markdown, for the page of a GitHub job."""
    fails = outcome.verdict.fails
    findings = new_findings(outcome)
    selected = sorted(findings, key=lambda f: (not fails(f), -SEVERITY_WEIGHT[f.severity]))[:MOST_IN_SUMMARY]
    lines = ["## aligner", "", *(f"{_in_markdown(line)}  " for line in summary(outcome, ui)), ""]
    if selected:
        heads = [label(key, ui) for key in ("severity", "where", "check", "reason")]
        lines += [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
        lines += [_summary_row(finding, ui, fails=fails(finding)) for finding in selected]
    if remaining := len(findings) - len(selected):
        lines += ["", label("n_more", ui, n=remaining)]
    return "\n".join(lines) + "\n"


def _summary_row(finding: Finding, ui: Language, *, fails: bool) -> str:
    places = [f"{finding.path}:{finding.line}"]
    if finding.other_path is not None and finding.other_line is not None:
        places.append(f"{finding.other_path}:{finding.other_line}")
    severity = label(finding.severity, ui)
    cells = (
        f"**{severity}**" if fails else severity,
        " ↔ ".join(_in_markdown(printable_path(place)) for place in places),
        f"{finding.code} {finding.name}",
        _in_markdown(one_line(message(finding, ui))),
    )
    return f"| {' | '.join(cells)} |"


def _in_markdown(text: str) -> str:
    """Escape what Markdown, or the HTML in it, would take for its own."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&@])", r"\\\1", text)


def _escaped(text: str, extra: str = "") -> str:
    """Escape what would end a command, or one of its properties."""
    for character in f"%\r\n{extra}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def gitlab(findings: Iterable[Finding], ui: Language, view: View) -> str:
    """Format findings as a GitLab code quality report; those that do not count are left out."""
    issues = [_issue(finding, ui, view) for finding in findings if finding.counts]
    text = json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _issue(finding: Finding, ui: Language, view: View) -> dict[str, object]:
    passage, _ = view.sides(finding)
    place = view.place(passage)
    prefix = "" if passage.path == finding.path else f"{printable_path(finding.path)}:{finding.line}: "
    return {
        "description": prefix + one_line(message(finding, ui)),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": finding.fingerprint,
        "severity": finding.severity,
        # GitLab wants a line for every issue: where a file has none of its own, its first.
        "location": {"path": place.file, "lines": {"begin": place.region.line if place.region else 1}},
    }
