"""`aligner export`: the aligned sentences of a whole report that are fit to keep, or its findings."""

from __future__ import annotations

from pathlib import Path

import click

from aligner.cli.inputs import require_no_input
from aligner.cli.options import out_option, ui_option, write_result
from aligner.model import LANGUAGES, InputError, Language
from aligner.storage.whole import write_whole

KINDS = ("translation", "abridged", "adapted")


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("tmx", "tsv", "moses", "xlsx")), default="tmx", show_default=True
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="S",
    help="Leave out passages less similar than S (0 to 1).",
)
@click.option(
    "--exclude",
    default="",
    metavar="CODE,...",
    help="Leave out passages with such findings (prefixes allowed).",
)
@click.option(
    "--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Keep only such pairs; repeatable."
)
@out_option
@ui_option
def export(
    report: Path,
    form: str,
    min_score: float,
    exclude: str,
    kinds: tuple[str, ...],
    out: Path | None,
    ui: Language,
) -> None:
    """Write the passages of the folder REPORT that have both languages, one passage per line or unit.

    moses writes two files and needs --out PREFIX (PREFIX.fr and PREFIX.en). How many were kept is
    said on stderr; it is an error if none was. xlsx writes the findings instead, as a workbook with a
    row for each, and needs --out FILE.
    """
    from aligner.checks.registry import select
    from aligner.report.reader import Report
    from aligner.reporters import bitext
    from aligner.reporters.labels import label

    if form == "moses" and out is None:
        raise click.UsageError("--format moses writes two files: name them with --out PREFIX")
    if form == "xlsx":
        _export_findings(report, out, filtered=bool(min_score or exclude or kinds))
        return
    codes = [code.strip().upper() for code in exclude.split(",") if code.strip()]
    for code in codes:
        select([code])  # refuses what is no code, with a hint
    source = Report(report)
    units = list(bitext.kept_units(source, min_score=min_score, exclude=codes, kinds=kinds))
    beads = source.summary["counts"]["beads"]
    if not units:
        raise InputError(f"{report}: none of its {beads} beads is left to export")
    if form == "moses" and out is not None:
        for suffix, side in zip(LANGUAGES, bitext.moses(units), strict=True):
            write_result(side, out.with_name(f"{out.name}.{suffix}"))
    else:
        write_result("".join(bitext.tmx(units) if form == "tmx" else bitext.tsv(units)), out)
    click.echo(label("n_exported", ui, n=len(units), all=beads), err=True)


def _export_findings(report: Path, out: Path | None, *, filtered: bool) -> None:
    """Write the findings of a report as a workbook."""
    from aligner.report.other_sides import OtherSides
    from aligner.report.reader import Report
    from aligner.report.records import finding_record
    from aligner.reporters import workbook

    if out is None:
        raise click.UsageError("--format xlsx writes a workbook: name it with --out FILE")
    if filtered:
        raise click.UsageError("--min-score, --exclude and --kind choose among beads: --format xlsx has none")
    require_no_input(out)
    source = Report(report)
    records = OtherSides(source).added(map(finding_record, source.findings()))
    write_whole(out, [workbook.findings(records)])
