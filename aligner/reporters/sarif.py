"""Findings as SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aligner.checks.wording import message
from aligner.model import Check, Finding, Language, Severity
from aligner.report.places import Place, other_place, place
from aligner.text.visible import visible
from aligner.version import version

LEVELS: Mapping[Severity, str] = {"minor": "note", "major": "warning", "critical": "error"}
FINGERPRINT = "aligner/v1"
"""Name of the partial fingerprint; a new way of making fingerprints needs a new name."""


def render(findings: Iterable[Finding], checks: Sequence[Check], ui: Language) -> str:
    """Format findings as one SARIF run whose rules are ``checks``.

    A finding that another one explains is left out; a suppressed one is marked as such.
    """
    shown = [finding for finding in findings if finding.demoted_by is None]
    places = {check.code: index for index, check in enumerate(checks)}
    compared = any(finding.baselined for finding in shown)
    run = {
        "tool": {
            "driver": {
                "name": "aligner",
                "semanticVersion": version(),
                "rules": [_rule(check) for check in checks],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, places, ui, compared=compared) for finding in shown],
    }
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


def _result(finding: Finding, places: Mapping[str, int], ui: Language, *, compared: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": visible(message(finding, ui))},
        "locations": [_location(finding)],
        **_related(finding),
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


def _related(finding: Finding) -> dict[str, Any]:
    """Name the aligned passage of the other version, where there is one."""
    at = other_place(finding)
    if at is None or finding.other_path is None or finding.other_excerpt is None:
        return {}
    span = (finding.other_start or 0, finding.other_end or 0)
    location = _located(at, finding.other_path, finding.other_excerpt, *span)
    return {"relatedLocations": [location | {"message": {"text": visible(finding.other_excerpt)}}]}


def _location(finding: Finding) -> dict[str, Any]:
    return _located(place(finding), finding.path, finding.excerpt, finding.start, finding.end)


def _located(at: Place, path: str, text: str, start: int, end: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": at.uri}}
    if at.region:
        physical["region"] = {
            "startLine": at.region.line,
            "startColumn": at.region.column,
            "endLine": at.region.end_line,
            "endColumn": at.region.end_column,
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": text},
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if at.row is not None:
        location["logicalLocations"] = [{"name": at.row, "fullyQualifiedName": path, "kind": "member"}]
    return location
