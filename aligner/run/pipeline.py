"""The whole story, top to bottom: read articles, pair them, align them, check them, report."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version as version_of
from itertools import count
from pathlib import Path
from typing import BinaryIO

from aligner.alignment import align_bitext
from aligner.checks.causes import demote
from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.encoders import Encoder
from aligner.engine import open_engine
from aligner.gate.baseline import Baseline, read_baseline
from aligner.gate.judge import nothing_selected
from aligner.gate.selection import Selection
from aligner.gate.suppressions import Suppressor
from aligner.keys import pair_key
from aligner.model import Alignment, Bitext, Check, Document, Finding, InputError, Pairing
from aligner.pairing import pair_documents
from aligner.readers.articles import check_paths, list_files
from aligner.readers.sources import STDIN
from aligner.report.outcome import Outcome
from aligner.report.records import stored
from aligner.report.writer import Report, ReportWriter, WritePages
from aligner.reporters.html import write_pages
from aligner.reporters.verdict import stale_line
from aligner.run.corpus import take_stock
from aligner.run.judging import Sink, judge_results
from aligner.run.reading import Corpus, Progress, read, silent
from aligner.run.results import Around, Results
from aligner.run.session import (
    Workshop,
    align_and_check,
    check_alone,
    find_pairs,
    open_workshop,
    recipe,
    render_pages,
)
from aligner.run.tasks import check_articles, load_encoder, scored_article, scored_pair
from aligner.run.two_files import align, pair_of, score
from aligner.settings import Gate, Settings
from aligner.storage.codec import pack_document, unpack_findings
from aligner.version import version

__all__ = ["Corpus", "align", "audit", "check", "find_in_pair", "lint", "pair", "read", "score"]

logger = logging.getLogger(__name__)


def audit(
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    previous: Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Report:
    """Read, pair, align and check all articles of ``paths``, and write the report folder ``out``.

    What is made on the way is kept, so that the same command goes on where a run that died left off, and
    makes again only what has changed. ``previous`` is an older report folder to compare with. Raises
    InputError if a path or ``previous`` does not exist, no article can be read, no check is chosen, or
    another run is writing to ``out``.
    """
    older = None if previous is None else Report(previous)
    baseline = None if settings.gate.baseline is None else read_baseline(settings.gate.baseline)
    # The writer first, so that a wrong ``out`` costs no waiting.
    with (
        ReportWriter(out, settings.ui) as writer,
        open_workshop(paths, settings, writer.scratch) as shop,
    ):
        run = _run(shop, paths, settings, None, stdin, progress)
        outcome = judge_results(
            run.results,
            settings,
            run.signature,
            baseline=baseline,
            keep=False,
            sink=_telling(writer.add_document, progress, len(run.results.cards)),
        )
        _write(writer, run.results)
        report = writer.finish(run.signature, outcome, older, _pages(shop))
        shop.store.tidy()
        progress("write", len(run.results.cards), len(run.results.cards))
        return report


def check(
    paths: Sequence[str],
    settings: Settings,
    *,
    selection: Selection | None = None,
    baseline: Baseline | None = None,
    out: Path | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Do what ``audit`` does, and judge what is found by the thresholds of ``settings.gate``.

    All articles are read and serve for pairing; with a ``selection``, findings are given for the
    articles in it alone, and for the pairs that they stand in. A selection that holds no article ends
    it before anything is read. ``out`` is where a report of what was looked at is written, if anywhere.
    Raises InputError as ``audit`` does.
    """
    check_paths(paths)
    if selection and not any(selection.holds(path) for path in list_files(paths) if path != STDIN):
        return nothing_selected(selection, settings.gate)
    with ExitStack() as stack:
        writer = stack.enter_context(ReportWriter(out, settings.ui)) if out else None
        shop = stack.enter_context(open_workshop(paths, settings, writer.scratch if writer else None))
        run = _run(shop, paths, settings, selection, stdin, progress)
        outcome = judge_results(
            run.results,
            settings,
            run.signature,
            selection=selection,
            baseline=baseline,
            sink=writer.add_document if writer else None,
        )
        if writer:
            _write(writer, run.results)
            writer.finish(run.signature, outcome, write_pages=_pages(shop))
        shop.store.tidy()
        return outcome


def lint(
    paths: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None, progress: Progress = silent
) -> tuple[Corpus, list[Finding]]:
    """Check all articles of ``paths``, each alone; findings by article, in the order of its text.

    Those let go are marked as suppressed; comments of the articles that let nothing go are logged.
    Raises InputError as ``audit`` does, and if no check that is chosen looks at an article alone.
    """
    checks = [check for check in select(settings.select, settings.ignore) if check.scope == "article"]
    if not checks:
        raise InputError("no check is left to run: those selected all need a pair; use aligner audit")
    work = partial(check_articles, recipe(settings, checks))
    corpus = read(paths, stdin=stdin, progress=progress)
    suppressor = Suppressor(settings.suppress, corpus.documents)
    found: list[Finding] = []
    with open_engine(settings.jobs, settings.scheduler) as engine:
        for done, result in enumerate(engine.map(work, map(pack_document, corpus.documents)), 1):
            found += suppressor.apply(demote(unpack_findings(result.data)))
            progress("check", done, len(corpus.documents))
    # The files may be a few of many: only what stands in them can be told to be of no use.
    codes, looked_at = [check.code for check in checks], {document.path for document in corpus.documents}
    for stale in suppressor.stale(codes, looked_at, whole=False):
        logger.warning("%s", stale_line(stale, settings.ui))
    return corpus, found


def pair(
    corpus: Corpus,
    settings: Settings,
    encoder: Encoder,
    *,
    progress: Progress = silent,
) -> Pairing:
    """Find and align the pairs among the articles; a bitext is a pair as it stands, its rows the beads.

    Everything stands in memory, with or without a checker after it: for some thousand articles.
    """
    pairing = Pairing((), ())
    if corpus.articles:
        pairing = pair_documents(corpus.articles, encoder, settings.pairs, partial(progress, "pair"))
    group = 1 + max((alignment.pair.group for alignment in pairing.alignments), default=-1)
    rows = [_rows_as_beads(bitext, encoder, group + i) for i, bitext in enumerate(corpus.bitexts)]
    pairing = replace(pairing, alignments=(*pairing.alignments, *rows))
    _tell(len(pairing.alignments), len(pairing.unpaired), len(corpus.articles), encoder)
    return pairing


def _tell(pairs: int, alone: int, articles: int, encoder: Encoder) -> None:
    logger.info("%d pairs, %d articles alone (%s)", pairs, alone, encoder.name)
    if not pairs:
        logger.warning("no pair found among %d articles", articles)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: all that was made of the corpus, and what a reader must know to make it again."""

    results: Results
    codes: tuple[str, ...]
    signature: Mapping[str, str]


def _run(
    shop: Workshop,
    paths: Sequence[str],
    settings: Settings,
    selection: Selection | None,
    stdin: BinaryIO | None,
    progress: Progress,
) -> _Run:
    """Read, pair, align and check; every step keeps what it makes in the store, an article at a time."""
    checks = select(settings.select, settings.ignore)
    made = recipe(settings, checks)  # first, so that a missing detector costs no waiting
    stock = take_stock(paths, shop.store, shop.engine.map, stdin=stdin, progress=progress)
    encoder = load_encoder(settings.encoder, settings.cache)
    match = find_pairs(shop, stock, settings.pairs, partial(progress, "pair"))
    progress("pair", stock.free, stock.free)
    _tell(len(match.links), len(match.left), stock.free, encoder)
    if not match.links and all(check.scope in ("bead", "pair") for check in checks):
        raise InputError("nothing was checked: the checks selected need a pair, and there is none")
    around = Around(stock.documents.cards, match, selection)
    paired = align_and_check(
        shop, stock, match.links, made, encoder.name, around.links, partial(progress, "align")
    )
    alone = check_alone(shop, stock, made, around.near, partial(progress, "check"))
    logger.info("checked %d articles and %d pairs", len(around.near), len(around.links))
    results = Results(
        stock, match, around, shop.store, alone, paired, checks, made.context, settings.min_confidence
    )
    return _Run(results, made.codes, signature(settings, encoder, checks))


def _telling(sink: Sink, progress: Progress, total: int) -> Sink:
    """Tell of every article that is written."""
    numbers = count(1)

    def tell(document: Document, findings: Sequence[Finding]) -> None:
        sink(document, findings)
        progress("write", next(numbers), total)

    return tell


def _pages(shop: Workshop) -> WritePages:
    """Write the pages of a report with the engine and the store of this run."""
    return partial(write_pages, render=partial(render_pages, shop))


def _write(writer: ReportWriter, results: Results) -> None:
    """Write the pairs that were looked at and the rest; articles and findings are written already."""
    cards, links = results.cards, results.match.links

    def key(number: int) -> str:
        return stored(pair_key(cards[links[number].fr].path, cards[links[number].en].path))

    for number in sorted(results.around.links, key=key):
        writer.add_alignment(results.alignment(number))
    looked_at = frozenset(results.around.asked)
    for place, left in enumerate(results.match.left):
        if left.index in looked_at:
            writer.add_unpaired(results.unpaired[place])
    for skipped in results.stock.skipped:
        writer.add_skipped(skipped)


def find_in_pair(alignment: Alignment, settings: Settings) -> list[Finding]:
    """Run the chosen checks on one pair and its two articles, read alone and together."""
    checks = [check for check in select(settings.select, settings.ignore) if check.scope != "corpus"]
    made = recipe(settings, checks)
    context, least = made.context, made.min_confidence
    beside = check_alignment(scored_pair(made, alignment), checks, context, min_confidence=least)
    found: list[Finding] = []
    for document in (alignment.pair.fr, alignment.pair.en):
        alone = check_document(scored_article(made, document), checks, context, min_confidence=least)
        found += demote([*alone, *(f for f in beside if f.path == document.path)])
    return found


def signature(settings: Settings, encoder: Encoder, checks: Sequence[Check]) -> dict[str, str]:
    """Tell what a reader must know to get the same report again: versions, models, checks and thresholds."""
    given = {name: getattr(settings, name) for name in ("pairs", "terms", "allow", "confidence", "suppress")}
    if settings.gate != Gate():
        given["gate"] = settings.gate
    return {
        "aligner": version(),
        "encoder": encoder.name,
        "detector": spec.version if (spec := recipe(settings, checks).detector) else "none",
        "checks": ",".join(check.code for check in checks),
        "min_confidence": str(settings.min_confidence),
        **{name: _digest(value) for name, value in given.items() if value},
        **{name: version_of(name) for name in ("nltk", "numpy")},
    }


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _rows_as_beads(bitext: Bitext, encoder: Encoder, group: int) -> Alignment:
    """Take the rows of a bitext as the beads of a pair; a row that is empty on both sides is none."""
    rows = replace(bitext, rows=tuple(sides for sides in bitext.rows if any(sides)))
    return align_bitext(pair_of(bitext.fr, bitext.en, group), rows, encoder)
