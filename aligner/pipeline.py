"""The whole story, top to bottom: read articles, pair them, align them, check them, report."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import aligner
from aligner import encoders, engine
from aligner.alignment import align_bitext, align_documents
from aligner.checks.causes import demote
from aligner.checks.registry import select
from aligner.checks.run import check_corpus
from aligner.encoders import Encoder
from aligner.metrics import Score, score_texts
from aligner.model import (
    Alignment,
    Bitext,
    Check,
    Context,
    CorpusView,
    Document,
    DocumentPair,
    Finding,
    InputError,
    Pairing,
    Skipped,
)
from aligner.pairing import pair_documents
from aligner.reporters.folder import Report, ReportWriter
from aligner.settings import Settings
from aligner.text.reading import (
    check_paths,
    is_bitext,
    list_files,
    read_article,
    read_articles,
    read_bitext,
    read_presegmented,
)
from aligner.text.sources import STDIN

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int | None], None]
"""Told a stage ("read", "pair" or "check"), how many of its steps are done, and of how many (if known)."""

_NAMES = {"fr": "French", "en": "English"}


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read: articles, texts that are aligned already, and what could not be read."""

    articles: tuple[Document, ...]
    bitexts: tuple[Bitext, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The articles, and both sides of every bitext."""
        return (*self.articles, *(side for bitext in self.bitexts for side in (bitext.fr, bitext.en)))


def audit(
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress = silent,
) -> Report:
    """Read, pair, align and check all articles of ``paths``, and write the report folder ``out``.

    Raises InputError if a path does not exist, no article can be read, or no check is chosen.
    """
    checks = select(settings.select, settings.ignore)
    with ReportWriter(out, settings.ui) as writer:  # first, so that a wrong ``out`` costs no waiting
        corpus = read(paths, stdin=stdin, progress=progress)
        encoder = encoders.load(settings.encoder, settings.cache)
        pairing = pair(corpus, settings, encoder, progress=progress)
        if not pairing.alignments and all(check.scope in ("bead", "pair") for check in checks):
            raise InputError("nothing was checked: the checks selected need a pair, and there is none")
        for document in corpus.documents:
            writer.add_document(document)
        for alignment in pairing.alignments:
            writer.add_alignment(alignment)
        for unpaired in pairing.unpaired:
            writer.add_unpaired(unpaired)
        for skipped in corpus.skipped:
            writer.add_skipped(skipped)
        writer.add_findings(find(corpus, pairing, checks, settings, progress=progress))
        return writer.finish(signature(settings, encoder, checks))


def lint(
    paths: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None, progress: Progress = silent
) -> tuple[Corpus, list[Finding]]:
    """Check all articles of ``paths``, each alone; findings by article, in the order of its text.

    Raises InputError as ``audit`` does, and if no check that is chosen looks at an article alone.
    """
    checks = [check for check in select(settings.select, settings.ignore) if check.scope == "article"]
    if not checks:
        raise InputError("no check is left to run: those selected all need a pair; use aligner audit")
    corpus = read(paths, stdin=stdin, progress=progress)
    return corpus, list(find(corpus, Pairing((), ()), checks, settings, progress=progress))


def align(fr: str, en: str, settings: Settings, *, presegmented: bool = False) -> Alignment:
    """Align the sentences of two articles; with ``presegmented``, of two files with one sentence a line.

    Raises InputError if one cannot be read, or both are in one language.
    """
    check_paths([fr, en])
    if presegmented:
        sides = read_presegmented(fr, "fr"), read_presegmented(en, "en")
    else:
        sides = read_article(fr), read_article(en)
        if sides[0].language == sides[1].language:
            raise InputError(f"{fr} and {en} are both in {_NAMES[sides[0].language]}")
        if sides[0].language == "en":
            logger.warning("%s is in English and %s in French: taken the other way round", fr, en)
            sides = sides[::-1]
    for side in sides:
        if not side.aligned_segments:
            raise InputError(f"{side.path}: no sentence to align")
    encoder = encoders.load(settings.encoder, settings.cache)
    return align_documents(_pair_of(*sides), encoder)


def score(
    hypothesis: str, reference: str, settings: Settings, *, presegmented: bool = False
) -> tuple[Score, ...]:
    """Score a text against a reference in the same language, sentence by sentence after aligning them.

    With ``presegmented``, line i answers line i and nothing is aligned. Raises InputError if one
    cannot be read, the languages differ, or the numbers of lines do.
    """
    check_paths([hypothesis, reference])
    if presegmented:
        lines = [[s.text for s in read_presegmented(path, "en").segments] for path in (hypothesis, reference)]
        if len(lines[0]) != len(lines[1]) or not lines[0]:
            raise InputError(f"{hypothesis} has {len(lines[0])} lines and {reference} {len(lines[1])}")
        return score_texts(*lines)
    ours, theirs = read_article(hypothesis), read_article(reference)
    if ours.language != theirs.language:
        raise InputError(
            f"{hypothesis} is in {_NAMES[ours.language]} and {reference} in {_NAMES[theirs.language]}: "
            "these scores compare texts in one language"
        )
    # The aligner calls its two sides fr and en; to the encoder both are vectors of the same space.
    alignment = align_documents(_pair_of(ours, theirs), encoders.load(settings.encoder, settings.cache))
    texts = [[" ".join(s.text for s in side) for side in (bead.fr, bead.en)] for bead in alignment.beads]
    return score_texts([pair[0] for pair in texts], [pair[1] for pair in texts])


def read(paths: Sequence[str], *, stdin: BinaryIO | None = None, progress: Progress = silent) -> Corpus:
    """Read every article and bitext of ``paths``; what cannot be read is kept with its reason.

    Raises InputError if a path does not exist, or nothing at all could be read.
    """
    check_paths(paths)
    articles: list[Document] = []
    bitexts: list[Bitext] = []
    skipped: list[Skipped] = []
    for item in _read_all(paths, stdin):
        if isinstance(item, Document):
            articles.append(item)
        elif isinstance(item, Bitext):
            bitexts.append(item)
        else:
            logger.warning("%s: skipped: %s", item.path, item.reason)
            skipped.append(item)
        progress("read", len(articles) + len(bitexts) + len(skipped), None)
    if not articles and not bitexts:
        reason = "none could be read" if skipped else "nothing there is in a format that aligner reads"
        raise InputError(f"no article in {', '.join(paths)}: {reason}")
    logger.info("read %d articles, %d bitexts; %d skipped", len(articles), len(bitexts), len(skipped))
    return Corpus(tuple(articles), tuple(bitexts), tuple(skipped))


def _read_all(paths: Sequence[str], stdin: BinaryIO | None) -> Iterator[Document | Bitext | Skipped]:
    aligned = [path for path in list_files(paths) if path != STDIN and is_bitext(path)]
    for item in read_articles(paths, stdin=stdin):
        if item.path not in aligned:
            yield item
    for path in aligned:
        try:
            yield read_bitext(path)
        except InputError as error:
            yield Skipped(path, str(error).removeprefix(f"{path}: "))


def pair(corpus: Corpus, settings: Settings, encoder: Encoder, *, progress: Progress = silent) -> Pairing:
    """Find and align the pairs among the articles; a bitext is a pair as it stands, its rows the beads."""
    pairing = Pairing((), ())
    if corpus.articles:
        pairing = pair_documents(corpus.articles, encoder, settings.pairs, partial(progress, "pair"))
    group = 1 + max((alignment.pair.group for alignment in pairing.alignments), default=-1)
    rows = [_rows_as_beads(bitext, encoder, group + i) for i, bitext in enumerate(corpus.bitexts)]
    pairing = replace(pairing, alignments=(*pairing.alignments, *rows))
    logger.info(
        "%d pairs, %d articles alone (%s)", len(pairing.alignments), len(pairing.unpaired), encoder.name
    )
    if not pairing.alignments:
        logger.warning("no pair found among %d articles", len(corpus.articles))
    return pairing


def find(
    corpus: Corpus,
    pairing: Pairing,
    checks: Sequence[Check],
    settings: Settings,
    *,
    progress: Progress = silent,
) -> Iterator[Finding]:
    """Yield the findings of all checks on all articles and pairs; one cause, one finding."""
    context = Context(terms=settings.terms, allow=frozenset(settings.allow))
    by_path: dict[str, list[Finding]] = {document.path: [] for document in corpus.documents}
    subjects: list[Document | Alignment] = [*corpus.documents, *pairing.alignments]
    work = partial(engine.check, tuple(check.code for check in checks), context, settings.min_confidence)
    for done, findings in enumerate(engine.run(work, subjects, settings.jobs), 1):
        for finding in findings:
            by_path[finding.path].append(finding)
        progress("check", done, len(subjects))
    logger.info("checked %d articles and pairs with %d checks", len(subjects), len(checks))
    view = CorpusView(corpus.documents, pairing.alignments, pairing.unpaired)
    for finding in check_corpus(view, checks, context, min_confidence=settings.min_confidence):
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
    given = {"pairs": settings.pairs, "terms": settings.terms, "allow": settings.allow}
    return {
        "aligner": aligner.__version__,
        "encoder": encoder.name,
        "detector": "none",
        "checks": ",".join(check.code for check in checks),
        "min_confidence": str(settings.min_confidence),
        **{name: _digest(value) for name, value in given.items() if value},
        **{name: version(name) for name in ("nltk", "numpy")},
    }


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _pair_of(fr: Document, en: Document, group: int = 0) -> DocumentPair:
    """Two documents that a person has put side by side: a pair without rival."""
    return DocumentPair(fr, en, score=1.0, margin=1.0, kind="translation", group=group)


def _rows_as_beads(bitext: Bitext, encoder: Encoder, group: int) -> Alignment:
    """Take the rows of a bitext as the beads of a pair; a row that is empty on both sides is none."""
    rows = replace(bitext, rows=tuple(sides for sides in bitext.rows if any(sides)))
    return align_bitext(_pair_of(bitext.fr, bitext.en, group), rows, encoder)
