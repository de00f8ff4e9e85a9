"""Findings as notes beside the changed lines: GitHub workflow commands and GitLab code quality."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from aligner.checks.wording import message
from aligner.model import Finding, Language, Severity
from aligner.report.places import place
from aligner.text.visible import in_log, one_line, printable_path

GITHUB_LEVELS: Mapping[Severity, str] = {"minor": "notice", "major": "warning", "critical": "error"}


def github(findings: Iterable[Finding], ui: Language) -> str:
    """Format findings as workflow commands, one a line; those that do not count are left out."""
    return "".join(_command(finding, ui) for finding in findings if finding.counts)


def _command(finding: Finding, ui: Language) -> str:
    at = place(finding)
    properties = {"title": f"{finding.code} {finding.name}", "file": printable_path(at.file)}
    if at.region:
        properties |= {"line": str(at.region.line), "endLine": str(at.region.end_line)}
        if at.region.end_line == at.region.line:  # columns are allowed on one line only
            properties |= {"col": str(at.region.column), "endColumn": str(at.region.end_column)}
    said = message(finding, ui) if at.row is None else f"{finding.path}: {message(finding, ui)}"
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{GITHUB_LEVELS[finding.severity]} {listed}::{_escaped(in_log(said))}\n"


def _escaped(text: str, also: str = "") -> str:
    """Escape what would end a command, or one of its properties."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def gitlab(findings: Iterable[Finding], ui: Language) -> str:
    """Format findings as a GitLab code quality report; those that do not count are left out."""
    issues = [_issue(finding, ui) for finding in findings if finding.counts]
    text = json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _issue(finding: Finding, ui: Language) -> dict[str, object]:
    at = place(finding)
    return {
        "description": one_line(message(finding, ui)),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": finding.fingerprint,
        "severity": finding.severity,
        # GitLab wants a line for every issue: where a file has none of its own, its first.
        "location": {"path": at.file, "lines": {"begin": at.region.line if at.region else 1}},
    }
