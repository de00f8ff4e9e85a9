"""Findings as lines: for people and editors (``path:line:column: ...``), or as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from aligner.checks.wording import message
from aligner.model import Document, Finding, Language
from aligner.report.records import finding_record
from aligner.reporters.labels import label
from aligner.text.visible import one_line, printable_path
from aligner.text.words import count_words

FORMATS = ("text", "jsonl")


def render(findings: Iterable[Finding], documents: Sequence[Document], form: str, ui: Language) -> str:
    """Format the findings of some articles as ``text`` or ``jsonl``; the articles are what was read.

    ``text`` leaves out findings that another one explains or that are suppressed; ``jsonl`` has all.
    Raises ``ValueError`` for another format.
    """
    if form == "jsonl":
        return "".join(map(json_line, findings))
    if form == "text":
        counted = [finding for finding in findings if finding.counts]
        words = sum(count_words(document.text) for document in documents)
        lines = [text_line(finding, ui) for finding in counted]
        return "\n".join([*lines, summary_line(counted, len(documents), words, ui)]) + "\n"
    raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")


def json_line(finding: Finding) -> str:
    """Write one finding as a line of ``findings.jsonl``."""
    line = json.dumps(finding_record(finding), ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8 form; this spells it as JSON would.
    return line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def text_line(finding: Finding, ui: Language, *, fails: bool = False) -> str:
    """Write one finding as ``path:line:column: severity CODE message``, then where its counterpart is.

    One that ``fails`` the gate is marked as such at the end.
    """
    place = f"{printable_path(finding.path)}:{finding.line}:{finding.column}"
    severity = label(finding.severity, ui).lower()
    line = f"{place}: {severity} {finding.code} {one_line(message(finding, ui))}"
    if finding.other_path is not None and finding.other_line is not None:
        line += f" ↔ {printable_path(finding.other_path)}:{finding.other_line}:{finding.other_column}"
    return " ".join([line, "[" + label("fails", ui) + "]"]) if fails else line


def summary_line(findings: Sequence[Finding], articles: int, words: int, ui: Language) -> str:
    """Format how much was found, and in how much text, so that an empty result is unmistakable."""
    read = f"{label('articles', ui, n=articles)}, {label('words', ui, n=words)}"
    severities = Counter(finding.severity for finding in findings)
    parts = [label(f"n_{s}", ui, n=severities[s]) for s in ("critical", "major", "minor") if severities[s]]
    counts = f" ({', '.join(parts)})" if parts else ""
    return label("found_in", ui, found=label("findings", ui, n=len(findings)) + counts, read=read)
