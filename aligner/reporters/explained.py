"""A check in words, as `aligner explain` prints it."""

from __future__ import annotations

from aligner.model import Check


def describe(check: Check) -> str:
    """Return the heading of a check and its whole documentation."""
    state = "on" if check.default else "off"
    head = f"{check.code} {check.name}"
    facts = (
        f"{check.severity}, cause: {check.cause}, MQM: {check.category}, "
        f"looks at: {check.scope}, {state} by default"
    )
    return f"{head}\n{'=' * len(head)}\n{facts}\n\n{check.doc.strip()}"
