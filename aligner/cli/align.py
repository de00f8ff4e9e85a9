"""`aligner align`: the sentence alignment of one pair, in any of the usual forms."""

from __future__ import annotations

from pathlib import Path

import click

from aligner.cli.options import common_options, out_option, write_result
from aligner.model import LANGUAGES
from aligner.settings import Settings

FORMATS = ("table", "tsv", "jsonl", "tmx", "moses", "ladder", "vecalign", "html")


@click.command()
@click.argument("fr", metavar="FR")
@click.argument("en", metavar="EN")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--presegmented", is_flag=True, help="One sentence a line: split, drop and pass over nothing.")
@out_option
@common_options("detecting", "selecting", "terms", "encoding")
def align(fr: str, en: str, form: str, presegmented: bool, out: Path | None, settings: Settings) -> None:
    """Align the sentences of the French article FR and the English article EN.

    tsv has a bead a line: 0-based numbers of the French segments, TAB, of the English ones, TAB,
    similarity. moses writes two files and needs --out PREFIX (PREFIX.fr and PREFIX.en).
    """
    from aligner.reporters import alignments
    from aligner.run import pipeline

    if form == "moses" and out is None:
        raise click.UsageError("--format moses writes two files: name them with --out PREFIX")
    alignment = pipeline.align(fr, en, settings, presegmented=presegmented)
    findings = pipeline.find_in_pair(alignment, settings) if form == "html" else ()
    text = alignments.render(alignment, form, settings.ui, findings)
    if isinstance(text, str):
        write_result(text, out, for_people=form == "table")
    elif out is not None:
        for language, side in zip(LANGUAGES, text, strict=True):
            write_result(side, out.with_name(f"{out.name}.{language}"))
