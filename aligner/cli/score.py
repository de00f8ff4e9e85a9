"""`aligner score`: sacrebleu's measures of a text against a reference in the same language."""

from __future__ import annotations

import dataclasses
import json

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import common_options
from aligner.settings import Settings


@click.command()
@click.argument("hypothesis")
@click.argument("reference")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option(
    "--presegmented", is_flag=True, help="One sentence per line, the same number in both: no alignment."
)
@common_options("encoding")
def score(hypothesis: str, reference: str, form: str, presegmented: bool, settings: Settings) -> None:
    """Score HYPOTHESIS against REFERENCE, two texts in the same language, aligned first.

    chrF and BLEU go from 0 to 100, higher is better; TER counts edits per 100 words, lower is better.
    """
    from aligner.run import pipeline

    scores = pipeline.score(hypothesis, reference, settings, presegmented=presegmented)
    if form == "json":
        click.echo(json.dumps([dataclasses.asdict(score) for score in scores], indent=2))
        return
    rows = [(score.name, f"{score.value:.2f}", score.signature) for score in scores]
    click.echo(plain_table(("metric", "score", "signature"), rows))
