"""The outcome of a check: as lines for people, and as one JSON object for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from aligner.keys import stored
from aligner.model import SEVERITY_WEIGHT, Finding, Language, Severity, Skipped
from aligner.readers.formats import format_of
from aligner.readers.sources import STDIN, UNOPENED
from aligner.report.outcome import Failure, Outcome, Stale, gate_record
from aligner.report.records import finding_record
from aligner.reporters.findings import summary_line, text_line
from aligner.reporters.labels import label, labels, number, percent
from aligner.reporters.messages import in_language
from aligner.reporters.ways_to_pass import ways_to_pass
from aligner.text.visible import one_line, printable_path

MOST_TYPES = 5
"""Types of files that are not read, of which the numbers are shown."""
MOST_UNREAD = 5
"""Files that the last line names where they could not be checked."""
SCHEMA = 1
"""Version of the JSON object; goes up when a name is dropped or changes its meaning."""


def text(outcome: Outcome, ui: Language, show: Severity = "minor") -> str:
    """Format a line for each finding that counts and is not known, then what was read and the verdict.

    Those that the gate fails for come first, marked as such; of the others, those at least as severe as
    ``show``.
    """
    fails = outcome.verdict.fails
    new = sorted(new_findings(outcome), key=lambda finding: not fails(finding))
    listed = [f for f in new if fails(f) or SEVERITY_WEIGHT[f.severity] >= SEVERITY_WEIGHT[show]]
    lines = [text_line(finding, ui, fails=fails(finding)) for finding in listed]
    if len(listed) < len(new):
        lines.append(label("n_not_shown", ui, n=len(new) - len(listed), show=label(show, ui).lower()))
    return "".join(f"{line}\n" for line in [*lines, *summary(outcome, ui)])


def new_findings(outcome: Outcome) -> list[Finding]:
    """Return the findings that count and that no baseline knows."""
    return [finding for finding in outcome.findings if finding.counts and not finding.baselined]


def summary(outcome: Outcome, ui: Language) -> Iterator[str]:
    """Yield the closing lines: how much was read and found, what is known, fixed or stale, the verdict."""
    if not outcome.read.articles:
        key = "listed_one" if outcome.selection == "files" else "since_one"
        yield label("nothing_selected", ui, chosen=label(key, ui, since=outcome.selection))
        return
    for skipped in outcome.skipped:
        if skipped.relevant:
            path, reason = printable_path(skipped.path), one_line(in_language(skipped.reason, ui))
            yield label("not_read", ui, path=path, reason=reason)
    for entry in outcome.gone:
        path, excerpt = printable_path(entry.path), one_line(entry.excerpt)
        yield label("gone", ui, path=path, code=entry.code, excerpt=excerpt)
    for stale in outcome.stale:
        yield stale_line(stale, ui)
    baselined = sum(finding.baselined and finding.counts for finding in outcome.findings)
    if baselined:
        yield label("n_known", ui, n=baselined, file=printable_path(outcome.baseline))
    if outcome.gone:
        yield label("n_gone", ui, n=len(outcome.gone))
    yield from ways_to_pass(outcome, ui)
    yield _findings_line(outcome, ui)
    yield from verdict_lines(outcome.verdict.failures, outcome.unread, ui)


def verdict_lines(failures: Sequence[Failure], unread: Sequence[str], ui: Language) -> Iterator[str]:
    """Yield that the gate is passed, or which limits were, and what could not be checked."""
    if failures or not unread:
        yield verdict_line(failures, ui)
    if unread:
        paths = [printable_path(path) for path in unread[:MOST_UNREAD]]
        ellipsis = ["…"] if len(unread) > MOST_UNREAD else []
        yield label("gate_incomplete", ui, n=len(unread), paths=", ".join([*paths, *ellipsis]))


def stale_line(stale: Stale, ui: Language) -> str:
    """Format an unused suppression."""
    subject = " ".join(part for part in (stale.code, stale.path) if part and part != stale.origin)
    return label(
        f"stale_{stale.problem}",
        ui,
        origin=printable_path(stale.origin),
        what=one_line(subject) or "-",
        reason=one_line(stale.reason),
    )


def _findings_line(outcome: Outcome, ui: Language) -> str:
    text = summary_line(
        new_findings(outcome), len(outcome.checked), sum(c.words for c in outcome.checked), ui
    )
    read = outcome.read
    parts = [label("pairs", ui, n=read.pairs), label("alone", ui, n=read.unpaired)]
    if outcome.selection:
        key = "listed" if outcome.selection == "files" else "since"
        all_read = label("articles", ui, n=read.articles)
        text += f" ({label(key, ui, since=outcome.selection)})"
        parts = [label("read_in_all", ui, read=all_read), *parts]
    parts += unread_parts(read.skipped, outcome.others, ui)
    return label("semicolon", ui).join([text, ", ".join(parts)])


def unread_parts(skipped: Iterable[Skipped], other_files: int, ui: Language) -> list[str]:
    """Format how much was not read: unreadable files, files of other types, files only counted."""
    types = Counter("" if _is_read(entry.type) else entry.type for entry in skipped)
    unreadable = types.pop("", 0)
    parts = [label("unread", ui, n=unreadable)] if unreadable else []
    if types:
        listing = ", ".join(
            f"{number(n, ui)} {printable_path(name)}" for name, n in types.most_common(MOST_TYPES)
        )
        files = label("not_of_a_format", ui, n=types.total())
        parts.append(f"{files} ({listing})")
    return [*parts, label("others", ui, n=other_files)] if other_files else parts


def _is_read(kind: str) -> bool:
    """Return whether files of a type are read, so that something else prevented it."""
    return kind in ("", UNOPENED, STDIN) or format_of(f"x{kind}") is not None


def verdict_line(failures: Sequence[Failure], ui: Language) -> str:
    """Format that the gate is passed, or which limits were exceeded."""
    if not failures:
        return label("gate_passed", ui)
    reasons = label("semicolon", ui).join(failure_text(failure, ui) for failure in failures)
    return label("gate_failed", ui, reasons=reasons)


def failure_text(failure: Failure, ui: Language) -> str:
    """Format which limit was exceeded, and by how much."""
    if failure.limit == "max-unpaired":
        value, allowed = percent(failure.value, ui), percent(failure.allowed, ui)
    else:
        value, allowed = (_figure(figure, ui) for figure in (failure.value, failure.allowed))
    if failure.limit == "fail-on":
        value = label("findings", ui, n=failure.value)
    if failure.limit == "fail-on-behind":
        return label(f"fail-on-behind_{failure.subject}", ui, pairs=label("pairs", ui, n=failure.value))
    has_label = failure.subject in labels()
    subject = label(failure.subject, ui).lower() if has_label else printable_path(failure.subject)
    return label(failure.limit, ui, subject=subject, value=value, allowed=allowed)


def _figure(value: float, ui: Language) -> str:
    return number(value, ui, 0 if value == int(value) else 2)


def record(outcome: Outcome) -> str:
    """Format the outcome as one JSON object; its findings are as in ``findings.jsonl``, all of them."""
    read = outcome.read
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "gate": gate_record(outcome),
        "read": {
            "articles": read.articles,
            "words": read.words,
            "pairs": read.pairs,
            "unpaired": read.unpaired,
            "skipped": len(read.skipped),
            "other_files": outcome.others,
        },
        "checked": {
            "articles": len(outcome.checked),
            "words": sum(article.words for article in outcome.checked),
            "paths": [stored(article.path) for article in outcome.checked],
        },
        "selection": outcome.selection or None,
        "skipped": [
            {"path": stored(entry.path), "reason": stored(entry.reason), "type": stored(entry.type)}
            for entry in read.skipped
        ],
        "findings": [finding_record(finding) for finding in outcome.findings],
        "stale_suppressions": [asdict(stale) for stale in outcome.stale],
        "signature": dict(sorted(outcome.signature.items())),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
