"""`aligner bench`: what aligner finds, measured against gold data."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from aligner.cli.checks import plain_table
from aligner.cli.options import common_options
from aligner.cli.progress import progress_bar
from aligner.model import InputError
from aligner.settings import Settings

LONGEST_CELL = 80  # characters
UNSHORTENED = "sentence"
"""The column that is there to be read, and never shortened."""
DIRTY, CORRECT = "findings in dirty text", "findings in correct text"

Rows = Sequence[Mapping[str, Any]]
Tables = Iterator[tuple[str, Rows]]
"""Titles, each with its rows; all rows of a table have the same keys."""


def demo(data: Path, settings: Settings) -> Tables:
    """Audit a corpus and compare the report with the gold.json beside it."""
    from aligner.lab.bench.demo import load_gold, rows, score_demo
    from aligner.run import pipeline

    gold = load_gold(data)
    with tempfile.TemporaryDirectory() as folder, progress_bar(settings.ui, quiet=settings.quiet) as progress:
        report = pipeline.audit([str(data)], settings, Path(folder) / "report", progress=progress)
        scores = score_demo(report.path, gold)
    yield "what was asked", rows(scores.tasks)
    yield "faults", rows(scores.faults)
    yield "faults by check", rows(scores.codes)
    keys = ("path", "start", "code", "excerpt")
    for title, cases in (
        ("faults missed", scores.missed),
        ("false positives (major and critical)", scores.false_positives),
        ("false positives (minor)", scores.minor_false_positives),
    ):
        yield f"{title}: {len(cases)}", [{key: case[key] for key in keys} for case in cases]


def pair(data: Path, settings: Settings) -> Tables:
    """Pair the articles of every folder that has a gold.csv."""
    from aligner import encoders
    from aligner.lab.bench.pairs import folders, measure

    encoder = encoders.load(settings.encoder, settings.cache)
    uncached = replace(settings, cache=None)
    measured = [measure(encoder.version, folder, uncached) for folder in folders(data)]
    yield "document pairs", [row for row, _ in measured]
    for row, cases in measured:
        yield f"{row['corpus']}, missed or wrong: {len(cases)}", cases


def pairing_hard(data: Path, settings: Settings) -> Tables:
    """Pair overlapping, abridged and half translated articles; the folder is dev/, or has it."""
    from aligner import encoders
    from aligner.lab.bench.hard_pairs import measures

    folder = data / "dev" if (data / "dev").is_dir() else data
    accuracy, kinds = measures(folder, encoders.load(settings.encoder, settings.cache))
    yield "pairs among hard articles", accuracy
    yield "pairs found, by kind", kinds


def align(data: Path, settings: Settings) -> Tables:
    """Align the texts of every folder that has fr.txt, en.txt and gold.tsv, genre by genre."""
    from aligner import encoders
    from aligner.lab.bench.alignment import gale_church, growth, load_cases, measure, with_encoder

    chosen = dict.fromkeys((None, settings.encoder))  # the shipped one is beside any other
    loaded = [encoders.load(name, settings.cache) for name in chosen]
    aligners = {encoder.version: with_encoder(encoder) for encoder in loaded} | {
        "Gale-Church (nltk)": gale_church
    }
    genres = [folder for folder in sorted(data.iterdir()) if any(folder.glob("*/gold.tsv"))]
    for genre in genres or [data]:
        cases = load_cases(genre)
        yield genre.name, [measure(name, cases, work) for name, work in aligners.items()]
        if rows := growth(cases, aligners[loaded[0].version]):
            yield f"{genre.name}, joined to one text", rows


def encoder(data: Path, settings: Settings) -> Tables:
    """Look for the translation of each held-out news sentence among all of them."""
    from aligner import encoders
    from aligner.lab.datasets.corpora import news
    from aligner.lab.datasets.retrieval import measure

    chosen = dict.fromkeys((None, settings.encoder))
    pairs = news(data)[1]
    yield "retrieval", [measure(encoders.load(name, settings.cache), pairs) for name in chosen]


def similarity(data: Path, settings: Settings) -> Tables:
    """Compare the similarity of held-out news pairs, true and false, with how often they are true."""
    from aligner import encoders
    from aligner.lab.bench.calibration import cosines, fit, reliability
    from aligner.lab.datasets.corpora import news

    true, false = cosines(news(data)[1], encoders.load(settings.encoder, settings.cache))
    yield "calibration", reliability(true, false)
    slope, middle = fit(true, false)
    yield "best curve", [{"slope": slope, "middle": middle}]


def omission(data: Path, settings: Settings) -> Tables:
    """Take a clause out of one side of held-out news pairs and see whether it is missed."""
    from aligner import encoders
    from aligner.lab.bench.omission import measure
    from aligner.lab.datasets.corpora import news

    chosen = encoders.load(settings.encoder, settings.cache)
    yield "clauses left out", [measure(chosen.version, news(data)[1], chosen)]


def splitter(data: Path, settings: Settings) -> Tables:  # noqa: ARG001
    """Find the sentence breaks of the novels, and of the news that is marked in a checkout's tests."""
    from aligner.lab.bench.splitting import measure

    marks = Path("tests/text/data/news_breaks.json")
    yield "sentence breaks", measure(data, marks if marks.is_file() else None)


def checks(data: Path, settings: Settings) -> Tables:
    """Run the checks on dirty and on correct text, and on faults put into correct text."""
    from aligner import encoders
    from aligner.lab.bench import checks as measured
    from aligner.lab.bench.labels import read_labels

    encoder = encoders.load(settings.encoder, settings.cache)
    news = measured.newstest(data)
    correct = (measured.correct_articles(data, settings), measured.correct_pairs(news, settings, encoder))
    faults = measured.seeded(news, settings, encoder)
    detections = measured.with_rare(measured.detections(data, settings, encoder), correct)
    recall = measured.recall_by_code(faults)
    yield DIRTY, measured.by_check(detections, read_labels(), correct, recall)
    yield CORRECT, measured.finding_rates(correct)
    yield "seeded faults", faults


def grade(data: Path, settings: Settings) -> Tables:
    """Hold grades to what people said of words, sentences and rows; the folder has dev/ and train/."""
    from aligner.lab.bench.grade import measures

    yield from measures(data, settings)


def detector(data: Path, settings: Settings, sentences: Path | None = None, worst: int = 0) -> Tables:
    """Measure the detector on marked and post-edited words; the folder has dev/ and train/."""
    from aligner.lab.bench.detector import measures

    yield from measures(data, settings, sentences, worst)


def stories(data: Path, settings: Settings) -> Tables:
    """Look for the garbled passages of whole stories."""
    from aligner.lab.bench.stories import story_tables

    yield from story_tables(data, settings)


def garbled(data: Path, settings: Settings) -> Tables:
    """Look for garbled passages, each alone."""
    from aligner.lab.bench.stories import passage_tables

    yield from passage_tables(data, settings)


def ablation(data: Path, settings: Settings) -> Tables:
    """Look for garbled passages of the dev split with the network, or one family of checks, left out."""
    from aligner.lab.bench.ablation import ablation_tables

    yield from ablation_tables(data, settings)


def words(data: Path, settings: Settings) -> Tables:
    """Hold links between words to those that were marked by hand."""
    from aligner import encoders
    from aligner.lab.bench.words import measures

    yield "links between words", measures(data, encoders.load(settings.encoder, settings.cache))


BENCHES: Mapping[str, tuple[Callable[..., Tables], Path | None]] = {
    "demo": (demo, Path("corpora/demo")),
    "pair": (pair, Path("corpora")),
    "stories": (stories, Path("corpora/stories")),
    "garbled": (garbled, Path("corpora/garbled")),
    "words": (words, Path("corpora/words")),
    "ablation": (ablation, None),
    "pairing-hard": (pairing_hard, None),
    "align": (align, None),
    "encoder": (encoder, None),
    "similarity": (similarity, None),
    "omission": (omission, None),
    "splitter": (splitter, None),
    "checks": (checks, None),
    "grade": (grade, None),
    "detector": (detector, None),
}
"""Name -> how it is measured, and on which data of the repository, if there is any."""
SPEED = "speed"
"""Measured on articles that are made up for it."""
DEFAULT_WORST = 30


def _sizes(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, ...]:  # noqa: ARG001
    try:
        sizes = tuple(map(int, value.split(","))) if value else ()
    except ValueError:
        sizes = (0,)
    if any(size < 1 for size in sizes):
        raise click.BadParameter(f"{value!r} is no list of numbers from 1, like 100,1000")
    return sizes


@click.command()
@click.argument("names", nargs=-1, type=click.Choice((*BENCHES, SPEED)), metavar="[NAME]...")
@click.option("--data", type=click.Path(path_type=Path), metavar="DIR", help="Gold data for one NAME.")
@click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With checks: also write the figures that `aligner checks` shows.",
)
@click.option(
    "--sentences",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With detector: faulty sentences and their correct forms (tests/detector/faulty_sentences.jsonl).",
)
@click.option(
    "--worst",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"With detector: list N misses and N false positives too, in a table only ({DEFAULT_WORST}).",
)
@click.option("--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@click.option("--articles", callback=_sizes, metavar="N,...", help="Sizes for speed (100,1000,10000).")
@common_options("encoding", "detecting", "working")
def bench(
    names: tuple[str, ...],
    data: Path | None,
    write: Path | None,
    sentences: Path | None,
    worst: int | None,
    form: str,
    articles: tuple[int, ...],
    settings: Settings,
) -> None:
    """Print the measured tables of each NAME.

    NAME is demo, pair, pairing-hard, stories, garbled, words, ablation, align, encoder, similarity,
    omission, splitter, checks, grade, detector or speed. By default those that bring their data; run
    them where `corpora/` is, or name your own with --data. speed makes its own, of --articles, or times
    --data.
    """
    if data and len(names) != 1:
        raise click.UsageError("--data goes with one NAME")
    if write and names != ("checks",):
        raise click.UsageError("--write goes with checks")
    if data and articles:
        raise click.UsageError("--articles says how many are made up; --data brings its own")
    if (sentences or worst is not None) and names != ("detector",):
        raise click.UsageError("--sentences and --worst go with detector")
    if worst and form == "jsonl":
        raise click.UsageError("--worst goes with --format table: sentences of the data are for the eyes")
    listed = DEFAULT_WORST if worst is None and form == "table" else worst or 0
    extra = {"sentences": sentences, "worst": listed} if names == ("detector",) else {}
    for name in names or [name for name, (_, shipped) in BENCHES.items() if shipped]:
        rows_by_title = dict[str, Rows]()
        for title, rows in _tables(name, data, articles, settings, extra):
            rows_by_title[title] = rows
            show(name, title, rows, form)
        if write:
            write_figures(write, rows_by_title)


def write_figures(file: Path, tables: Mapping[str, Rows]) -> None:
    """Write what was measured of each check, for `aligner checks` to show."""
    from aligner.lab.bench.checks import figures

    table = figures([*map(dict, tables[DIRTY])], [*map(dict, tables[CORRECT])])
    file.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _tables(
    name: str, data: Path | None, articles: tuple[int, ...], settings: Settings, extra: Mapping[str, Any]
) -> Tables:
    if name == SPEED:
        from aligner.lab.bench import speed

        return speed.tables_of(data, settings) if data else speed.tables(settings, articles or speed.SIZES)
    measure, shipped = BENCHES[name]
    folder = data or shipped
    if folder is None or not folder.is_dir():
        missing = f"{folder} is no folder" if folder else "it has no data of its own"
        raise InputError(f"bench {name}: {missing}; name its gold data with --data DIR")
    return measure(folder, settings, **extra)


def show(name: str, title: str, rows: Rows, form: str) -> None:
    """Print one table, or a JSON object a row."""
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps({"bench": name, "table": title, **row}, ensure_ascii=False))
        return
    click.echo(f"{name}: {title}")
    if rows:
        lines = [tuple(cell(v, short=k != UNSHORTENED) for k, v in row.items()) for row in rows]
        click.echo(plain_table(tuple(rows[0]), lines))
    click.echo()


def cell(value: object, *, short: bool = True) -> str:
    """Show a value on one line: shares with three decimals, nothing for what is undefined."""
    if value is None:
        return ""
    text = f"{value:.3f}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= LONGEST_CELL or not short else text[: LONGEST_CELL - 1] + "…"
