"""Findings as JUnit XML, for the test pages of build servers: an article is a suite, a finding a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from xml.etree import ElementTree

from aligner.checks.wording import message
from aligner.model import Finding, Language
from aligner.reporters.bitext import xml_text
from aligner.reporters.labels import label


def render(
    findings: Iterable[Finding], paths: Iterable[str], fails: Callable[[Finding], bool], ui: Language
) -> str:
    """Format findings as JUnit XML; ``paths`` are all articles that were read.

    An article without findings is a case that passes. A finding that ``fails`` says no to passes and
    says what it found; one that another explains, or that is suppressed, is left out.
    """
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.counts:
            by_path[finding.path].append(finding)
    root = ElementTree.Element("testsuites", {"name": "aligner"})
    tests = failures = 0
    for path in sorted({*paths, *by_path}):
        suite = _suite(root, path, by_path[path], fails, ui)
        tests += int(suite.attrib["tests"])
        failures += int(suite.attrib["failures"])
    root.attrib |= {"tests": str(tests), "failures": str(failures), "errors": "0"}
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(
    root: ElementTree.Element,
    path: str,
    findings: list[Finding],
    fails: Callable[[Finding], bool],
    ui: Language,
) -> ElementTree.Element:
    failing = [finding for finding in findings if fails(finding)]
    counts = {"tests": str(len(findings) or 1), "failures": str(len(failing)), "errors": "0", "skipped": "0"}
    suite = ElementTree.SubElement(root, "testsuite", {"name": xml_text(path), **counts})
    if not findings:
        _case(suite, path, label("no_findings", ui))
    for finding in findings:
        place = f"{finding.line}:{finding.column}"
        case = _case(suite, path, f"{finding.code} {finding.name} ({place})")
        words = xml_text(message(finding, ui))
        detail = xml_text(f"{path}:{place}: {finding.severity}\n{finding.excerpt}")
        if fails(finding):
            failure = ElementTree.SubElement(case, "failure", {"type": finding.code, "message": words})
            failure.text = detail
        else:
            ElementTree.SubElement(case, "system-out").text = f"{words}\n{detail}"
    return suite


def _case(suite: ElementTree.Element, path: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", {"classname": xml_text(path), "name": name})
