"""Findings as SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aligner.checks.wording import message
from aligner.model import SEVERITY_WEIGHT, Check, Finding, Language, Severity
from aligner.report.places import Passage, View
from aligner.text.visible import printable_path, visible
from aligner.version import version

LEVELS: Mapping[Severity, str] = {"minor": "note", "major": "warning", "critical": "error"}
FINGERPRINT = "aligner/v1"
"""Name of the partial fingerprint; a new way of making fingerprints needs a new name."""

MOST_RESULTS = 25_000
"""Results of a run that GitHub takes: it refuses the whole file of a larger one
(https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning)."""
MOST_BYTES = 10_000_000
"""Size of a file that GitHub takes, packed with gzip."""
PACKED_AS = 6
"""Level of gzip that the upload is taken to use."""
ROOM = 0.95
_LEFT_OUT: Mapping[Language, str] = {
    "en": "{missing} results are left out, the least severe: GitHub takes no more. The report has them all.",
    "fr": "{missing} résultats ont été omis, les moins graves : GitHub n’en accepte pas plus. "
    "Le rapport les contient tous.",
}


def render(findings: Iterable[Finding], checks: Sequence[Check], ui: Language, view: View) -> str:
    """Format findings as one SARIF run whose rules are ``checks``.

    A finding that another one explains is left out; a suppressed one is marked as such. Of more
    than GitHub takes (MOST_RESULTS, MOST_BYTES) the least severe are left out, the last ones first, and a
    notification in the run says how many.
    """
    reported = [finding for finding in findings if finding.demoted_by is None]
    results = _most_severe(reported, MOST_RESULTS)
    while True:
        text = _text(results, checks, ui, view, len(reported) - len(results))
        size = len(gzip.compress(text.encode("utf-8"), PACKED_AS, mtime=0))
        if size <= MOST_BYTES or not results:
            return text
        # In proportion, and a little more, so that it seldom takes a second time.
        results = _most_severe(results, min(len(results) - 1, int(ROOM * len(results) * MOST_BYTES / size)))


def left_out(text: str) -> str:
    """Return what a run says of the results that it had no room for, "" for a run that has them all."""
    if '"toolExecutionNotifications"' not in text:
        return ""
    invocations = json.loads(text)["runs"][0].get("invocations", [])
    notes = [note for invocation in invocations for note in invocation["toolExecutionNotifications"]]
    return str(notes[0]["message"]["text"]) if notes else ""


def _most_severe(findings: Sequence[Finding], limit: int) -> list[Finding]:
    """Return at most ``limit`` findings in order; those that count first, then by severity."""

    def rank(place: int) -> tuple[bool, bool, float]:
        finding = findings[place]
        return finding.suppressed, finding.baselined, -SEVERITY_WEIGHT[finding.severity]

    places = sorted(range(len(findings)), key=rank)[:limit]  # stable: of equal ones the first
    return [findings[place] for place in sorted(places)]


def _text(
    findings: Sequence[Finding], checks: Sequence[Check], ui: Language, view: View, missing: int
) -> str:
    places = {check.code: index for index, check in enumerate(checks)}
    compared = any(finding.baselined for finding in findings)
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "aligner",
                "semanticVersion": version(),
                "rules": [_rule(check) for check in checks],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places, ui, view, compared=compared) for finding in findings],
    }
    if missing:
        note = {"level": "warning", "message": {"text": _LEFT_OUT[ui].format(missing=missing)}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [note]}]
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    text = json.dumps(log, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _rule(check: Check) -> dict[str, Any]:
    summary = check.doc.partition("\n")[0]
    return {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": summary or check.name},
        "help": {"text": check.doc or check.name},
        "defaultConfiguration": {"level": LEVELS[check.severity], "enabled": check.default},
        "properties": {
            "category": check.category,
            "cause": check.cause,
            "tags": [check.cause, check.category],
        },
    }


def _result(
    finding: Finding, places: Mapping[str, int], ui: Language, view: View, *, compared: bool
) -> dict[str, Any]:
    passage, counterpart = view.sides(finding)
    text = visible(message(finding, ui))
    if passage.path != finding.path:
        text = f"{printable_path(finding.path)}:{finding.line}: {text}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(passage, view)],
        **_related_location(counterpart, view),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"confidence": round(finding.confidence, 4), "cause": finding.cause},
    }
    if finding.code in places:
        result["ruleIndex"] = places[finding.code]
    if finding.suppressed:
        result["suppressions"] = [{"kind": "external"}]
    if compared:
        result["baselineState"] = "unchanged" if finding.baselined else "new"
    return result


def _related_location(counterpart: Passage | None, view: View) -> dict[str, Any]:
    """Name the aligned passage of the other version, where there is one."""
    if counterpart is None or not counterpart.text:
        return {}
    return {
        "relatedLocations": [_location(counterpart, view) | {"message": {"text": visible(counterpart.text)}}]
    }


def _location(passage: Passage, view: View) -> dict[str, Any]:
    place = view.place(passage)
    physical: dict[str, Any] = {"artifactLocation": {"uri": place.uri}}
    if place.region:
        physical["region"] = {
            "startLine": place.region.line,
            "startColumn": place.region.column,
            "endLine": place.region.end_line,
            "endColumn": place.region.end_column,
            "charOffset": passage.start,
            "charLength": passage.end - passage.start,
            "snippet": {"text": passage.text},
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.row is not None:
        name = {"name": place.row, "fullyQualifiedName": passage.path, "kind": "member"}
        location["logicalLocations"] = [name]
    return location
