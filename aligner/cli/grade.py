"""`aligner grade`: text that is aligned already, or one text, graded row by row."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.options import common_options, out_option, write_lines
from aligner.cli.progress import progress_bar
from aligner.model import LANGUAGES, InputError, Language
from aligner.settings import Settings
from aligner.text.visible import one_line

if TYPE_CHECKING:
    from aligner.grading import Grade
    from aligner.grading.thresholds import Drop

LONGEST_EXAMPLE = 90  # characters of a side
COLUMNS = ("index", "score", "adequacy", "fluency_fr", "fluency_en", "codes", "fr", "en")


@click.command()
@click.argument("bitext", nargs=-1, required=True, metavar="BITEXT")
@click.option("--format", "form", type=click.Choice(("tsv", "jsonl")), default="tsv", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of one text alone (default: as it reads).")
@click.option("--report", "reported", is_flag=True, help="What each threshold would drop, with examples.")
@click.option(
    "--fit",
    "clean",
    metavar="CLEAN",
    help="With thresholds that keep 99, 98, 95, 90 and 80 % of this clean .tsv or .tmx of your own.",
)
@out_option
@common_options("detecting", "selecting", "terms", "working")
def grade(
    bitext: tuple[str, ...],
    form: str,
    language: Language | None,
    reported: bool,
    clean: str | None,
    out: Path | None,
    settings: Settings,
) -> None:
    """Say of every row of BITEXT how fit it is to be kept, from 0 to 1, and why not.

    BITEXT is a .tsv with columns fr and en, a .tmx, two texts FR EN with one segment per line, one text of
    one language, or - for standard input. The order is that of the input.

    A score is no percentage: rows without a fault often get .3 to .9. Compare the rows of one bitext with
    each other, or take a threshold from --fit CLEAN.tsv or --report.

    --report counts instead, threshold by threshold, the rows whose score is lower, and shows those that it
    is the first to drop; --fit takes the thresholds from the scores of a clean sample.
    """
    from aligner.grading import grade_rows, read_rows

    rows = read_rows(bitext, language=language, stdin=sys.stdin.buffer)
    grades = grade_rows(rows, settings)
    if reported or clean:
        drops = _drops(grades, clean, settings)
        lines = drop_lines(drops) if form == "jsonl" else drop_table(drops, settings.ui)
    else:
        lines = json_lines(grades) if form == "jsonl" else tab_separated(grades)
    # Rows that run over a terminal show how far it is.
    quiet = settings.quiet or (out is None and sys.stdout.isatty())
    with progress_bar(settings.ui, quiet=quiet) as progress:
        write_lines(_with_progress(lines, progress), out)


def _drops(grades: Iterable[Grade], clean: str | None, settings: Settings) -> list[Drop]:
    from aligner.grading import grade_rows, read_rows
    from aligner.grading.thresholds import drops, fitted

    if clean is None:
        return drops(grades)
    try:
        shares = fitted(grade_rows(read_rows([clean]), settings))
    except ValueError as error:
        raise InputError(f"{clean}: {error}") from None
    return [replace(drop, clean=shares[drop.threshold]) for drop in drops(grades, tuple(shares))]


def drop_lines(rows: Iterable[Drop]) -> Iterator[str]:
    """Format what thresholds drop, one JSON object per line."""
    for drop in rows:
        yield json.dumps(asdict(drop), ensure_ascii=False)


def drop_table(rows: Sequence[Drop], ui: Language) -> Iterator[str]:
    """Format what thresholds drop for people: one per line, examples below it."""
    from aligner.reporters.labels import label, number, percent

    for drop in rows:
        share = percent(drop.dropped / drop.total if drop.total else 0.0, ui)
        share_kept = "" if drop.clean is None else label("threshold_keeps", ui, share=percent(drop.clean, ui))
        yield label(
            "threshold_drops",
            ui,
            level=number(drop.threshold, ui, 4),
            n=drop.dropped,
            share=share,
            kept=share_kept,
        )
        for row in drop.examples:
            score = "" if row.score is None else number(row.score, ui, 4)
            texts = " ||| ".join(_short(text or "") for text in (row.fr, row.en) if text is not None)
            yield f"  {score:>6}  {row.index}  {texts}"


def _short(text: str) -> str:
    cell = one_line(text)
    return cell if len(cell) <= LONGEST_EXAMPLE else f"{cell[: LONGEST_EXAMPLE - 1]}…"


def json_lines(grades: Iterable[Grade]) -> Iterator[str]:
    """Format grades, one JSON object per line."""
    for graded in grades:
        yield json.dumps(asdict(graded), ensure_ascii=False)


def tab_separated(grades: Iterable[Grade]) -> Iterator[str]:
    """Format grades, one row each under COLUMNS, never quoted: white space in a text becomes one space."""
    yield "\t".join(COLUMNS)
    for graded in grades:
        cells = ("" if value is None else value for value in (getattr(graded, name) for name in COLUMNS))
        yield "\t".join(",".join(cell) if isinstance(cell, tuple) else _cell(str(cell)) for cell in cells)


def _cell(text: str) -> str:
    return " ".join(text.split())


def _with_progress(lines: Iterable[str], progress: Callable[[str, int, int | None], None]) -> Iterator[str]:
    for count, line in enumerate(lines, 1):
        yield line
        progress("grade", count, None)
