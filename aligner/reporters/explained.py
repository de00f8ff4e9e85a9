"""A check in words, as `aligner explain` prints it."""

from __future__ import annotations

from aligner.checks.explanation import Explanation, explanation
from aligner.checks.registry import CHECKS
from aligner.checks.wording import title
from aligner.model import Check, Language
from aligner.reporters.labels import label

PARTS = ("finds", "matters", "bad", "good", "false_positives")
"""Parts of an explanation below its first line, as they are shown."""


def explain(code: str, ui: Language) -> Explanation | None:
    """Return what a check says of itself; None for a code that this version does not know."""
    return next((explanation(check, ui) for check in CHECKS if check.code == code), None)


def describe(check: Check, ui: Language = "en") -> str:
    """Return the heading of a check and its documentation in the language of the interface."""
    head = f"{check.code} {check.name}" if ui == "en" else f"{check.code} {title(check.code, ui)}"
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
        said = explanation(check, ui)
        lines = [
            f"{label(part, ui)}{label('colon', ui)} {text}" for part in PARTS if (text := getattr(said, part))
        ]
        body = "\n".join([said.summary, "", *lines])
    return f"{head}\n{'=' * len(head)}\n{facts}\n\n{body}"
