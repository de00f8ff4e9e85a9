"""`aligner explain`: what a check finds, why it matters, a bad and a good example, its false alarms."""

from __future__ import annotations

import click

from aligner.cli.checks import checks
from aligner.model import Check


@click.command()
@click.argument("code", required=False)
@click.pass_context
def explain(context: click.Context, code: str | None) -> None:
    """Explain the check CODE (a code, a prefix of codes, or a name); without CODE, list all checks."""
    if code is None:
        context.invoke(checks)
        return
    from aligner.checks.registry import select

    click.echo("\n\n\n".join(describe(check) for check in select([code])))


def describe(check: Check) -> str:
    """Return the heading of a check and its whole documentation."""
    state = "on" if check.default else "off"
    head = f"{check.code} {check.name}"
    facts = (
        f"{check.severity}, cause: {check.cause}, MQM: {check.category}, "
        f"looks at: {check.scope}, {state} by default"
    )
    return f"{head}\n{'=' * len(head)}\n{facts}\n\n{check.doc.strip()}"
