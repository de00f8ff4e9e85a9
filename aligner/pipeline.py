"""The whole story, top to bottom: read articles, pair them, align them, check them, report."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import aligner
from aligner import detector, encoders, engine
from aligner.alignment import align_bitext
from aligner.checks.causes import demote
from aligner.checks.registry import select
from aligner.checks.run import check_corpus
from aligner.corpus import Corpus, Progress, read, silent
from aligner.encoders import Encoder
from aligner.gate.baseline import Baseline, read_baseline
from aligner.gate.judge import judge, nothing_selected
from aligner.gate.selection import Selection
from aligner.gate.suppressions import Suppressor
from aligner.model import (
    Alignment,
    Bitext,
    Check,
    Context,
    CorpusView,
    Document,
    Finding,
    InputError,
    Pairing,
)
from aligner.pairing import pair_documents
from aligner.reporters.folder import Report, ReportWriter
from aligner.reporters.outcome import Known, Outcome, Read, Stale
from aligner.settings import Gate, Settings
from aligner.side_by_side import align, pair_of, score
from aligner.text.reading import check_paths, list_files
from aligner.text.sources import STDIN
from aligner.text.words import count_words

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

    ``previous`` is an older report folder to compare with. Raises InputError if a path or ``previous``
    does not exist, no article can be read, or no check is chosen.
    """
    older = None if previous is None else Report(previous)
    baseline = None if settings.gate.baseline is None else read_baseline(settings.gate.baseline)
    with ReportWriter(out, settings.ui) as writer:  # first, so that a wrong ``out`` costs no waiting
        run = _run(paths, settings, None, stdin, progress)
        outcome = _outcome(run, settings, baseline=baseline)
        return _write(writer, run, outcome, older)


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
    if out is None:
        run = _run(paths, settings, selection, stdin, progress)
        return _outcome(run, settings, selection, baseline)
    with ReportWriter(out, settings.ui) as writer:
        run = _run(paths, settings, selection, stdin, progress)
        outcome = _outcome(run, settings, selection, baseline)
        _write(writer, run, outcome)
        return outcome


def lint(
    paths: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None, progress: Progress = silent
) -> tuple[Corpus, list[Finding]]:
    """Check all articles of ``paths``, each alone; findings by article, in the order of its text.

    Raises InputError as ``audit`` does, and if no check that is chosen looks at an article alone.
    """
    checks = [check for check in select(settings.select, settings.ignore) if check.scope == "article"]
    if not checks:
        raise InputError("no check is left to run: those selected all need a pair; use aligner audit")
    corpus = read(paths, cache=settings.cache, stdin=stdin, progress=progress)
    return corpus, list(find(corpus, Pairing((), ()), checks, settings, progress=progress))


def pair(
    corpus: Corpus,
    settings: Settings,
    encoder: Encoder,
    *,
    selection: Selection | None = None,
    progress: Progress = silent,
) -> Pairing:
    """Find and align the pairs among the articles; a bitext is a pair as it stands, its rows the beads.

    With a ``selection``, pairs that hold none of its articles are found and not aligned.
    """
    pairing = Pairing((), ())
    if corpus.articles:
        wanted = selection.holds if selection else None
        pairing = pair_documents(corpus.articles, encoder, settings.pairs, partial(progress, "pair"), wanted)
    group = 1 + max((alignment.pair.group for alignment in pairing.alignments), default=-1)
    rows = [_rows_as_beads(bitext, encoder, group + i) for i, bitext in enumerate(corpus.bitexts)]
    pairing = replace(pairing, alignments=(*pairing.alignments, *rows))
    logger.info(
        "%d pairs, %d articles alone (%s)", len(pairing.alignments), len(pairing.unpaired), encoder.name
    )
    if not pairing.alignments:
        logger.warning("no pair found among %d articles", len(corpus.articles))
    return pairing


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: what was read and paired, what of it was looked at, and all that was found there.

    ``checked`` are the articles asked for; ``near`` are these and the articles that they are paired with.
    """

    corpus: Corpus
    checked: tuple[Document, ...]
    near: Corpus
    near_pairing: Pairing
    pairing: Pairing
    findings: tuple[Finding, ...]
    stale: tuple[Stale, ...]
    codes: tuple[str, ...]
    signature: Mapping[str, str]


def _run(
    paths: Sequence[str],
    settings: Settings,
    selection: Selection | None,
    stdin: BinaryIO | None,
    progress: Progress,
) -> _Run:
    checks = select(settings.select, settings.ignore)
    hearing(settings, checks)  # before any waiting
    corpus = read(paths, cache=settings.cache, stdin=stdin, progress=progress)
    encoder = encoders.load(settings.encoder, settings.cache)
    pairing = pair(corpus, settings, encoder, selection=selection, progress=progress)
    if not pairing.alignments and all(check.scope in ("bead", "pair") for check in checks):
        raise InputError("nothing was checked: the checks selected need a pair, and there is none")
    checked = tuple(d for d in corpus.documents if selection is None or selection.holds(d.path))
    near, near_pairing = (corpus, pairing) if selection is None else _around(checked, pairing)
    suppressor = Suppressor(settings.suppress, near.documents)
    view = CorpusView(corpus.documents, pairing.alignments, pairing.unpaired)
    found = find(near, near_pairing, checks, settings, view=view, progress=progress)
    findings = tuple(suppressor.apply(found))
    codes = tuple(check.code for check in checks)
    stale = suppressor.stale(codes, {d.path for d in checked}, whole=selection is None)
    made_by = signature(settings, encoder, checks)
    return _Run(corpus, checked, near, near_pairing, pairing, findings, stale, codes, made_by)


def _around(checked: Iterable[Document], pairing: Pairing) -> tuple[Corpus, Pairing]:
    """Return some articles with those they are paired with, and what pairing decided about them."""
    near = {document.path: document for document in checked}
    asked = frozenset(near)
    pairs = tuple(a for a in pairing.alignments if a.pair.fr.path in asked or a.pair.en.path in asked)
    near |= {side.path: side for a in pairs for side in (a.pair.fr, a.pair.en)}
    unpaired = tuple(left for left in pairing.unpaired if left.document.path in asked)
    return Corpus(tuple(near.values())), Pairing(pairs, unpaired)


def _outcome(
    run: _Run, settings: Settings, selection: Selection | None = None, baseline: Baseline | None = None
) -> Outcome:
    """Judge a run; what was found in an article that was not asked for counts if it lies in a pair."""
    asked = {document.path for document in run.checked}
    found = (f for f in run.findings if f.path in asked or f.pair is not None)
    findings = sorted(found, key=lambda f: (f.path, f.start, f.end, f.code))
    gone: Sequence[Known] = ()
    if baseline:
        findings, left = baseline.mark(findings)
        gone = baseline.gone(left, run.checked, run.codes)
    unpaired = {left.document.path for left in run.pairing.unpaired}
    skipped = run.corpus.skipped
    return Outcome(
        read=Read(
            len(run.corpus.documents), sum(count_words(d.text) for d in run.corpus.documents),
            len(run.pairing.alignments), len(unpaired), skipped,
        ),
        checked=run.checked, findings=tuple(findings),
        verdict=judge(findings, run.checked, unpaired, settings.gate),
        selection=selection.name if selection else "", missing=selection.missing if selection else (),
        skipped=tuple(s for s in skipped if selection is None or selection.holds(s.path)),
        gone=tuple(gone), stale=run.stale, signature=run.signature,
    )  # fmt: skip


def _write(writer: ReportWriter, run: _Run, outcome: Outcome, previous: Report | None = None) -> Report:
    """Write the report of what was looked at."""
    for document in run.near.documents:
        writer.add_document(document)
    for alignment in run.near_pairing.alignments:
        writer.add_alignment(alignment)
    for unpaired in run.near_pairing.unpaired:
        writer.add_unpaired(unpaired)
    for skipped in run.corpus.skipped:
        writer.add_skipped(skipped)
    judged = {(f.path, f.fingerprint) for f in outcome.findings}
    others = (f for f in run.findings if (f.path, f.fingerprint) not in judged)
    writer.add_findings([*outcome.findings, *others])
    return writer.finish(run.signature, outcome, previous)


def find(
    corpus: Corpus,
    pairing: Pairing,
    checks: Sequence[Check],
    settings: Settings,
    *,
    view: CorpusView | None = None,
    progress: Progress = silent,
) -> Iterator[Finding]:
    """Yield the findings of all checks on all articles and pairs; one cause, one finding.

    ``view`` is the whole run that ``corpus`` is a part of, where it is one, for the checks that compare
    articles; findings are given for ``corpus`` alone.
    """
    context = Context(terms=settings.terms, allow=frozenset(settings.allow))
    by_path: dict[str, list[Finding]] = {document.path: [] for document in corpus.documents}
    subjects: list[Document | Alignment] = [*corpus.documents, *pairing.alignments]
    codes = tuple(check.code for check in checks)
    work = partial(engine.check, codes, context, settings.min_confidence, hearing(settings, checks))
    for done, findings in enumerate(engine.run(work, subjects, settings.jobs), 1):
        for finding in findings:
            by_path[finding.path].append(finding)
        progress("check", done, len(subjects))
    logger.info("checked %d articles and pairs with %d checks", len(subjects), len(checks))
    view = view or CorpusView(corpus.documents, pairing.alignments, pairing.unpaired)
    for finding in check_corpus(view, checks, context, min_confidence=settings.min_confidence):
        if finding.path in by_path:
            by_path[finding.path].append(finding)
    # A fault seen in the article alone may explain one seen in its pair; each was settled apart until now.
    for findings in by_path.values():
        yield from demote(findings)


def find_in_pair(alignment: Alignment, settings: Settings) -> list[Finding]:
    """Run the chosen checks on one pair and its two articles, read alone and together."""
    corpus = Corpus((alignment.pair.fr, alignment.pair.en))
    checks = [check for check in select(settings.select, settings.ignore) if check.scope != "corpus"]
    return list(find(corpus, Pairing((alignment,), ()), checks, settings))


def signature(settings: Settings, encoder: Encoder, checks: Sequence[Check]) -> dict[str, str]:
    """Tell what a reader must know to get the same report again: versions, models, checks and thresholds."""
    given = {name: getattr(settings, name) for name in ("pairs", "terms", "allow", "suppress")}
    if settings.gate != Gate():
        given["gate"] = settings.gate
    return {
        "aligner": aligner.__version__,
        "encoder": encoder.name,
        "detector": detector.load(ears.name).name if (ears := hearing(settings, checks)) else "none",
        "checks": ",".join(check.code for check in checks),
        "min_confidence": str(settings.min_confidence),
        **{name: _digest(value) for name, value in given.items() if value},
        **{name: version(name) for name in ("nltk", "numpy")},
    }


def hearing(settings: Settings, checks: Iterable[Check]) -> engine.Hearing | None:
    """Tell the workers which detector to use, if a check needs one. Raises InputError where it is missing."""
    if settings.detector is None or not any(check.hears for check in checks):
        return None
    detector.load(settings.detector)
    return engine.Hearing(settings.detector, settings.cache)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _rows_as_beads(bitext: Bitext, encoder: Encoder, group: int) -> Alignment:
    """Take the rows of a bitext as the beads of a pair; a row that is empty on both sides is none."""
    rows = replace(bitext, rows=tuple(sides for sides in bitext.rows if any(sides)))
    return align_bitext(pair_of(bitext.fr, bitext.en, group), rows, encoder)
