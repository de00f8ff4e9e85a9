"""A check in words, as `aligner explain` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from aligner.checks.explanation import Explanation, explanation
from aligner.checks.measured import NO_FIGURES, measured
from aligner.checks.registry import CHECKS
from aligner.checks.wording import title
from aligner.model import TEXT_KINDS, Check, Language
from aligner.reporters.labels import label, percent

PARTS = ("finds", "matters", "bad", "good", "false_positives")
"""Parts of an explanation below its first line, as they are shown."""


def explain(code: str, ui: Language) -> Explanation | None:
    """Return what a check says of itself; None for a code that this version does not know."""
    return next((explanation(check, ui) for check in CHECKS if check.code == code), None)


def table(checks: Sequence[Check], ui: Language, width: int) -> str:
    """Return a table of checks for a terminal of so many columns: a line of facts, then what each finds."""
    rows = [
        (
            check.code,
            check.name if ui == "en" else title(check.code, ui),
            label(check.scope, ui).lower(),
            label(check.severity, ui).lower(),
            label("on" if check.default else "off", ui),
        )
        for check in checks
    ]
    heads = tuple(label(key, ui).upper() for key in ("code", "name", "looks_at", "severity", "default"))
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    gap = "  " if sum(widths) + 2 * len(widths) <= width else " "
    indent = " " * (widths[0] + len(gap))

    def line(cells: Sequence[str]) -> str:
        return gap.join(cell.ljust(size) for cell, size in zip(cells, widths, strict=True)).rstrip()

    lines = [line(heads)]
    for row, check in zip(rows, checks, strict=True):
        lines.append(line(row))
        summary = explanation(check, ui).summary
        lines += wrap(summary, width, initial_indent=indent, subsequent_indent=indent)
    return "\n".join(lines)


def _precision(check: Check, ui: Language) -> str:
    """Return how many of the findings that people judged are right, by kind of text; "" where none was."""
    figures = measured().get(check.code, NO_FIGURES)
    parts = []
    for kind in TEXT_KINDS:
        judged = figures.of((kind,))
        if judged.judged:
            share = percent(judged.right / judged.judged, ui)
            precision = label("of_judged", ui, share=share, n=judged.judged)
            parts.append(label("measured_on", ui, kind=label(f"text_{kind}", ui), precision=precision))
    return label("precision", ui, parts=", ".join(parts)) if parts else ""


def describe(check: Check, ui: Language = "en") -> str:
    """Return the heading of a check and its documentation in the language of the interface."""
    head = f"{check.code} {check.name}"
    if ui == "fr":
        head = f"{check.code} {title(check.code, ui)} ({check.name})"
    state = label("on_by_default" if check.default else "off_by_default", ui)
    facts = (
        label(
            "check_facts",
            ui,
            severity=label(check.severity, ui).lower(),
            cause=label(check.cause, ui).lower(),
        )
        + f", MQM{label('colon', ui)} {check.category}, {label(f'looks_at_{check.scope}', ui)}, {state}"
    )
    if ui == "en":
        body = check.doc.strip()
    else:
        documentation = explanation(check, ui)
        lines = [
            f"{label(part, ui)}{label('colon', ui)} {text}"
            for part in PARTS
            if (text := getattr(documentation, part))
        ]
        body = "\n".join([documentation.summary, "", *lines])
    facts = "\n".join(filter(None, (facts, _precision(check, ui))))
    return f"{head}\n{'=' * len(head)}\n{facts}\n\n{body}"
