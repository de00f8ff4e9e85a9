"""`aligner explain`: what a check finds, why it matters, a bad and a good example, its false positives."""

from __future__ import annotations

import click

from aligner.cli.checks import checks
from aligner.cli.options import ui_option
from aligner.model import Language


@click.command()
@click.argument("code", required=False)
@ui_option
@click.pass_context
def explain(context: click.Context, code: str | None, ui: Language) -> None:
    """Explain the check CODE (a code, a prefix of codes, or a name); without CODE, list all checks."""
    if code is None:
        context.invoke(checks, form="table", write=None, ui=ui)
        return
    from aligner.checks.registry import select
    from aligner.reporters.explained import describe

    click.echo("\n\n\n".join(describe(check, ui) for check in select([code])))
