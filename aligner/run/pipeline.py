"""The whole story, top to bottom: read articles, pair them, align them, check them, report."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import BinaryIO

from aligner.alignment import with_evidence
from aligner.checks.causes import demote
from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.encoders import Encoder
from aligner.gate.baseline import Baseline, read_baseline
from aligner.gate.judge import nothing_selected, require_known_codes
from aligner.gate.selection import Selection
from aligner.gate.suppressions import Suppressor
from aligner.keys import pair_key, stored
from aligner.model import Alignment, Check, Document, Finding, InputError, Language, Skipped
from aligner.pairing.match import Match
from aligner.pairing.pair import Pairing
from aligner.readers.sources import check_paths, walk
from aligner.report.outcome import Outcome
from aligner.report.writer import Report, ReportWriter, WritePages
from aligner.reporters.html import write_pages
from aligner.reporters.verdict import stale_line
from aligner.run.corpus import Corpus, Progress, load_corpus, silent, warn_of_no_pair
from aligner.run.judging import Sink, judge_results
from aligner.run.known import known_beads
from aligner.run.names import Names
from aligner.run.results import Results, RunScope
from aligner.run.session import (
    Session,
    align_and_check,
    check_alone,
    find_pairs,
    open_session,
    render_pages,
    task_config,
)
from aligner.run.signature import signature
from aligner.run.tasks import TaskConfig, load_encoder, scored_article, scored_pair
from aligner.run.two_files import align, linked_words, score
from aligner.settings import Settings, with_review_of
from aligner.storage.codec import unpack_findings
from aligner.text.structure import make_document

__all__ = ["align", "audit", "check", "find_in_pair", "linked_words", "lint", "pair", "score"]

logger = logging.getLogger(__name__)

NEEDS_PAIR = "no check is left to run: those selected all need a pair; use aligner audit"


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
    require_known_codes(settings)
    settings = with_review_of(settings, out)
    older = None if previous is None else Report(previous)
    if older:
        older.require_whole()  # first, so that a damaged one costs no waiting
    baseline = None if settings.gate.baseline is None else read_baseline(settings.gate.baseline)
    # The writer first, so that a wrong ``out`` costs no waiting.
    with (
        ReportWriter(out, settings.ui) as writer,
        open_session(paths, settings, writer.scratch) as session,
    ):
        run = _run(session, paths, settings, None, stdin, progress)
        outcome = judge_results(
            run.results,
            settings,
            run.signature,
            baseline=baseline,
            keep=False,
            sink=_with_progress(writer.add_document, progress, len(run.results.refs)),
        )
        _log_faults(run.results.faults)
        _write(writer, run.results)
        report = writer.finish(run.signature, outcome, older, _pages(session), settings.title)
        session.store.tidy()
        progress("write", len(run.results.refs), len(run.results.refs))
        return report


def check(
    paths: Sequence[str],
    settings: Settings,
    *,
    selection: Selection | None = None,
    baseline: Baseline | None = None,
    out: Path | None = None,
    allow_skipped: bool = False,
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Audit, and judge the findings by the thresholds of ``settings.gate``.

    All articles are read and serve for pairing; with a ``selection``, findings are given for the
    articles in it alone, and for their pairs. A selection that holds no article ends
    it before anything is read. ``out`` is where a report of what was looked at is written, if anywhere;
    ``allow_skipped`` says that what cannot be read does not count.
    Raises InputError as ``audit`` does.
    """
    check_paths(paths)
    require_known_codes(settings)
    if selection and not any(map(selection.concerns, walk(paths, settings.read.ignore))):
        return nothing_selected(selection, settings.gate)
    with ExitStack() as stack:
        writer = stack.enter_context(ReportWriter(out, settings.ui)) if out else None
        session = stack.enter_context(open_session(paths, settings, writer.scratch if writer else None))
        run = _run(session, paths, settings, selection, stdin, progress)
        outcome = judge_results(
            run.results,
            settings,
            run.signature,
            selection=selection,
            baseline=baseline,
            sink=writer.add_document if writer else None,
            given=True,
        )
        report = str(out) if out else ""
        outcome = replace(outcome, allow_skipped=allow_skipped, report=report, paths=tuple(paths))
        _log_faults(run.results.faults)
        if writer:
            _write(writer, run.results)
            writer.finish(run.signature, outcome, write_pages=_pages(session), title=settings.title)
        session.store.tidy()
        return outcome


def lint(
    paths: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None, progress: Progress = silent
) -> tuple[tuple[Document, ...], list[Finding]]:
    """Check all articles of ``paths`` individually; return them, and the findings in text order.

    Suppressed findings are marked; suppressions in the articles that suppress nothing are logged.
    Raises InputError as ``audit`` does, and if no check that is chosen looks at an article alone.
    """
    checks = [check for check in select(settings.select, settings.ignore) if check.scope == "article"]
    if not checks:
        raise InputError(NEEDS_PAIR)
    require_known_codes(settings)
    config = task_config(settings, checks)
    with open_session(paths, settings) as session:
        corpus = _load(session, paths, settings, stdin, progress)
        everything = range(len(corpus.documents))
        keys = check_alone(session, corpus, config, everything, partial(progress, "check"))
        documents = tuple(corpus.documents)
        names = Names(corpus.documents.refs, paths)
        suppressor = Suppressor(settings.suppressions, documents)
        findings: list[Finding] = []
        for document, ref, key in zip(documents, corpus.documents.refs, keys, strict=True):
            if fault := session.store.faults.get(key):
                _log_faults([Skipped(document.path, fault)])
            demoted = demote(unpack_findings(session.store.get(key)))
            findings += suppressor.apply(names.fingerprinted(demoted, ref), document.text)
    # The files may be a few of many: only suppressions of these files can be called unused.
    codes, looked_at = [check.code for check in checks], {document.path for document in documents}
    for stale in suppressor.stale(codes, looked_at, whole_corpus=False):
        logger.warning("%s", stale_line(stale, settings.ui))
    return documents, findings


def pair(
    paths: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None, progress: Progress = silent
) -> tuple[Pairing, tuple[Skipped, ...]]:
    """Find and align the pairs among the articles of ``paths``; return them, and what could not be read.

    A bitext is a pair as it is, its rows the beads. Raises InputError as ``audit`` does.
    """
    config = replace(task_config(settings, ()), codes=())
    with open_session(paths, settings) as session:
        corpus, encoder, match, names = _read_and_pair(session, paths, settings, stdin, progress)
        scope = RunScope(corpus.documents.refs, match, None)
        beads = known_beads(settings, corpus, match.links, names)
        keys = align_and_check(
            session,
            corpus,
            match.links,
            config,
            encoder.version,
            scope.links,
            partial(progress, "align"),
            beads,
        )
        results = Results(corpus, match, scope, session.store, (), keys, (), config.context, 0.0, names)
        _log_faults(results.faults)
        return Pairing(tuple(results.alignments), tuple(results.unpaired)), results.skipped


def _log_faults(faults: Iterable[Skipped]) -> None:
    for fault in faults:
        logger.warning("%s: skipped: %s", fault.path, fault.reason)


def _load(
    session: Session,
    paths: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None,
    progress: Progress,
) -> Corpus:
    run, ignore = session.engine.map, settings.read.ignore
    return load_corpus(paths, session.store, run, ignore=ignore, stdin=stdin, progress=progress)


def _read_and_pair(
    session: Session,
    paths: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None,
    progress: Progress,
) -> tuple[Corpus, Encoder, Match, Names]:
    """Read all articles and decide which belong together; the encoder is the one to align them with."""
    corpus = _load(session, paths, settings, stdin, progress)
    encoder = load_encoder(settings.encoder, settings.cache)
    names = Names(corpus.documents.refs[: corpus.article_count], paths)
    match = find_pairs(session, corpus, settings.pairs, partial(progress, "pair"), names, settings.review)
    progress("pair", corpus.article_count, corpus.article_count)
    pairs, unpaired = len(match.links), len(match.unmatched)
    logger.info("%d pairs, %d articles alone (%s)", pairs, unpaired, encoder.version)
    if not pairs:
        warn_of_no_pair(corpus)
    return corpus, encoder, match, names


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: all that was made of the corpus, and what a reader must know to make it again."""

    results: Results
    codes: tuple[str, ...]
    signature: Mapping[str, str]


def _run(
    session: Session,
    paths: Sequence[str],
    settings: Settings,
    selection: Selection | None,
    stdin: BinaryIO | None,
    progress: Progress,
) -> _Run:
    """Read, pair, align and check; every step keeps what it makes in the store, an article at a time."""
    checks = select(settings.select, settings.ignore)
    config = task_config(settings, checks)  # first, so that a missing detector costs no waiting
    corpus, encoder, match, names = _read_and_pair(session, paths, settings, stdin, progress)
    if not match.links and all(check.scope in ("bead", "pair") for check in checks):
        raise InputError("nothing was checked: the checks selected need a pair, and there is none")
    scope = RunScope(corpus.documents.refs, match, selection)
    beads = known_beads(settings, corpus, match.links, names)
    pair_keys = align_and_check(
        session, corpus, match.links, config, encoder.version, scope.links, partial(progress, "align"), beads
    )
    article_keys = check_alone(session, corpus, config, scope.involved, partial(progress, "check"))
    logger.info("checked %d articles and %d pairs", len(scope.involved), len(scope.links))
    results = Results(
        corpus,
        match,
        scope,
        session.store,
        article_keys,
        pair_keys,
        checks,
        config.context,
        settings.min_confidence,
        names,
    )
    return _Run(results, config.codes, signature(settings, encoder, checks))


def _with_progress(sink: Sink, progress: Progress, total: int) -> Sink:
    """Return a sink that reports progress for every article written."""
    numbers = count(1)

    def tell(document: Document, findings: Sequence[Finding]) -> None:
        sink(document, findings)
        progress("write", next(numbers), total)

    return tell


def _pages(session: Session) -> WritePages:
    """Write the pages of a report with the engine and the store of this run."""
    return partial(write_pages, render=partial(render_pages, session))


def _write(writer: ReportWriter, results: Results) -> None:
    """Write the pairs that were looked at and the rest; articles and findings are written already."""
    refs, links = results.refs, results.match.links

    def key(number: int) -> str:
        return stored(pair_key(refs[links[number].fr].path, refs[links[number].en].path))

    for number in sorted(results.scope.links, key=key):
        writer.add_alignment(results.alignment(number))
    looked_at = frozenset(results.scope.selected)
    for place, left in enumerate(results.match.unmatched):
        if left.index in looked_at:
            writer.add_unpaired(results.unpaired[place])
    for skipped in results.skipped:
        writer.add_skipped(skipped)
    writer.add_others(results.corpus.other_files)


def find_in_pair(alignment: Alignment, settings: Settings) -> list[Finding]:
    """Run the chosen checks on one pair and its two articles, read alone and together."""
    checks = [check for check in select(settings.select, settings.ignore) if check.scope != "corpus"]
    config = task_config(settings, checks)
    scored = scored_pair(config, with_evidence(alignment, load_encoder(config.encoder, config.cache)))
    pair_findings = check_alignment(scored, checks, config.context, min_confidence=config.min_confidence)
    findings: list[Finding] = []
    for document in (alignment.pair.fr, alignment.pair.en):
        own_findings = _check_alone(document, checks, config)
        findings += demote([*own_findings, *(f for f in pair_findings if f.path == document.path)])
    return findings


def lint_text(text: str, settings: Settings, language: Language | None = None) -> list[Finding]:
    """Check one text that is given as it is; ``language`` is its own where it is too short to tell.

    Suppressed findings are marked. Raises InputError for a text that is no article, and as ``lint`` does.
    """
    if not any(check.scope == "article" for check in select(settings.select, settings.ignore)):
        raise InputError(NEEDS_PAIR)
    require_known_codes(settings)
    document = make_document("text", text, {"format": "txt"}, language)
    findings = lint_document(document, settings)
    return list(Suppressor(settings.suppressions, (document,)).apply(findings, document.text))


def lint_document(document: Document, settings: Settings) -> list[Finding]:
    """Run the chosen checks that need one article only on a document in memory."""
    checks = [check for check in select(settings.select, settings.ignore) if check.scope == "article"]
    return demote(_check_alone(document, checks, task_config(settings, checks)))


def _check_alone(document: Document, checks: Sequence[Check], config: TaskConfig) -> list[Finding]:
    scored = scored_article(config, document)
    return check_document(scored, checks, config.context, min_confidence=config.min_confidence)
