"""The tasks of workers, on articles and pairs: each function takes a batch and needs only its arguments.

Articles come packed, as the store keeps them; results go back packed, ready to be kept. The word scores of
the detector are for the checks alone: they are not kept with the alignment.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from html import escape
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from aligner import encoders
from aligner.alignment import Known, align_bitext, with_evidence
from aligner.alignment.align import embed
from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.detector import Detector, score_alignment, score_article
from aligner.detector import load as load_detector
from aligner.encoders import Encoder
from aligner.model import (
    LANGUAGES,
    Alignment,
    Bead,
    Bitext,
    Check,
    Context,
    Document,
    DocumentPair,
    Language,
    Segment,
)
from aligner.pairing.pair import align_pairs as align_in_memory
from aligner.pairing.profile import ArticleProfile, Floats, article_profile
from aligner.report.records import PairRow
from aligner.reporters.html import Page, render_pages
from aligner.reporters.pictures import Strip
from aligner.run.containing import OF_THE_RUN, described, one_by_one, run_checks
from aligner.settings.beads import Beads
from aligner.storage.codec import LEVEL, pack_findings, pack_pair, unpack_document
from aligner.storage.store import Result

Scored = TypeVar("Scored", Document, Alignment)


class DetectorSpec(NamedTuple):
    """Which detector is used, its name with its version, and where it keeps its scores, if anywhere."""

    name: str
    version: str
    cache: Path | None


@dataclass(frozen=True, slots=True)
class TaskConfig:
    """The settings that results depend on besides the articles; sent to the workers with every batch."""

    codes: tuple[str, ...]
    context: Context = field(default_factory=Context)
    min_confidence: float = 0.0
    encoder: str | None = None
    cache: Path | None = None
    detector: DetectorSpec | None = None


class PairTask(NamedTuple):
    """Two packed articles to be aligned; ``rows`` are those of a bitext: (French segments, English ones).

    ``beads`` are those corrected by hand.
    """

    fr: bytes
    en: bytes
    rows: tuple[tuple[int, int], ...] | None = None
    beads: Beads = ()


class Embedded(NamedTuple):
    """The profile of an article, and the vectors (n, d) and lengths (n,) of its sentences.

    ``fault`` says why the article is taken for one without sentences, "" where it is not.
    """

    profile: ArticleProfile
    sentences: Floats
    lengths: Floats
    fault: str = ""


def embed_articles(articles: Sequence[bytes]) -> list[Embedded]:
    """Sum up articles for pairing, which goes by the vectors of the shipped encoder alone."""
    return one_by_one(_embed, [unpack_document(data) for data in articles], _not_embedded)


def article_lost(article: bytes, error: Exception) -> Embedded:
    """Return the placeholder of an article over whose vectors workers die."""
    return _not_embedded(unpack_document(article), error)


def _not_embedded(document: Document, error: Exception) -> Embedded:
    empty = Document(document.path, document.language, "", ())
    return _embed([empty])[0]._replace(fault=described("the article could not be paired", error))


def _embed(documents: Sequence[Document]) -> list[Embedded]:
    return [
        Embedded(article_profile(document, vectors), np.ascontiguousarray(vectors.plain), vectors.lengths)
        for document, vectors in zip(documents, embed(documents, load_encoder()), strict=True)
    ]


def check_articles(config: TaskConfig, articles: Sequence[bytes]) -> list[Result]:
    """Check articles individually."""
    return [_check_article(config, unpack_document(data)) for data in articles]


def not_checked(article: bytes, error: Exception) -> Result:  # noqa: ARG001
    """Return the result of an article over whose checks workers die."""
    return Result("", pack_findings(()), described("the article could not be checked", error))


def _check_article(config: TaskConfig, document: Document) -> Result:
    document, unscored = _score_or_fault(scored_article, config, document)
    run = partial(check_document, document, context=config.context, min_confidence=config.min_confidence)
    findings, fault = run_checks(run, chosen(config.codes))
    return Result("", pack_findings(findings), _joined_faults(unscored, fault))


def align_pairs(config: TaskConfig, tasks: Sequence[PairTask]) -> list[Result]:
    """Align the articles of pairs, and check them side by side."""
    encoder = load_encoder(config.encoder, config.cache)
    faults: dict[int, str] = {}

    def not_aligned(task: PairTask, error: Exception) -> Alignment:
        alignment = _without_links(task)
        faults[id(alignment)] = described("the pair could not be aligned", error)
        return alignment

    alignments = one_by_one(lambda batch: _align(batch, encoder), tasks, not_aligned)
    return [_check_pair(config, alignment, faults.get(id(alignment), "")) for alignment in alignments]


def pair_lost(task: PairTask, error: Exception) -> Result:
    """Return the result of a pair over which workers die."""
    fault = described("the pair could not be aligned and checked", error)
    return Result("", pack_pair(_without_links(task), ()).to_bytes(), fault)


def _check_pair(config: TaskConfig, alignment: Alignment, fault: str) -> Result:
    """Check a pair, if it could be aligned."""
    if fault:
        return Result("", pack_pair(alignment, ()).to_bytes(), fault)
    scored, unscored = _score_or_fault(scored_pair, config, alignment)
    run = partial(check_alignment, scored, context=config.context, min_confidence=config.min_confidence)
    findings, fault = run_checks(run, chosen(config.codes))
    return Result("", pack_pair(alignment, findings).to_bytes(), _joined_faults(unscored, fault))


def _score_or_fault(
    score: Callable[[TaskConfig, Scored], Scored], config: TaskConfig, item: Scored
) -> tuple[Scored, str]:
    """Score an article or pair; one that the detector cannot score goes without scores."""
    try:
        return score(config, item), ""
    except OF_THE_RUN:
        raise
    except Exception as error:
        return item, described("the detector could not be run", error)


def _joined_faults(*faults: str) -> str:
    return "; ".join(filter(None, faults))


def _without_links(task: PairTask) -> Alignment:
    """Return a pair in which no sentence has a counterpart."""
    pair = _pair(unpack_document(task.fr), unpack_document(task.en))
    fr = [Bead((segment,), (), 0.0) for segment in pair.fr.aligned_segments]
    return Alignment(pair, (*fr, *(Bead((), (segment,), 0.0) for segment in pair.en.aligned_segments)))


def scored_article(config: TaskConfig, document: Document) -> Document:
    """Score an article, if it is used and a check asks for it."""
    if config.detector is None or not _is_wanted(config.codes, "article"):
        return document
    return score_article(document, loaded_detector(config.detector))


def scored_pair(config: TaskConfig, alignment: Alignment) -> Alignment:
    """Score the beads of a pair, if a check uses the scores."""
    if config.detector is None or not _is_wanted(config.codes, "bead"):
        return alignment
    return score_alignment(alignment, loaded_detector(config.detector))


def make_pages(pages: Sequence[Page]) -> list[Result]:
    """Make pages of the report; the note of each is what the overview says of it."""
    return one_by_one(_render, pages, not_rendered)


def _render(pages: Sequence[Page]) -> list[Result]:
    return [
        Result(json.dumps([page.overview.strips, page.overview.codes]), zlib.compress(page.html, LEVEL))
        for page in render_pages(pages)
    ]


def not_rendered(page: Page, error: Exception) -> Result:
    """Return a page that says that there is none."""
    fault = described("this page could not be rendered", error)
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>aligner</title><p>{escape(fault)}'
    languages = LANGUAGES if isinstance(page.row, PairRow) else (page.row.language,)
    strips: dict[Language, Strip] = {language: [] for language in languages}
    return Result(json.dumps([strips, []]), zlib.compress(html.encode("utf-8", "replace"), LEVEL), fault)


def _align(tasks: Sequence[PairTask], encoder: Encoder) -> list[Alignment]:
    pairs = [_pair(unpack_document(task.fr), unpack_document(task.en)) for task in tasks]
    unaligned = [number for number, task in enumerate(tasks) if task.rows is None]
    known = [_known_beads(tasks[n]) for n in unaligned]
    alignments = align_in_memory([pairs[n] for n in unaligned], encoder, known)
    aligned = dict(zip(unaligned, alignments, strict=True))
    for n, task in enumerate(tasks):
        if task.rows is not None:
            alignment = align_bitext(pairs[n], _bitext(pairs[n], task.rows), encoder)
            aligned[n] = with_evidence(alignment, encoder)
    return [aligned[n] for n in range(len(tasks))]


def _known_beads(task: PairTask) -> Known | None:
    return Known(task.beads) if task.beads else None


def _pair(fr: Document, en: Document) -> DocumentPair:
    """Build a pair for the checks, which use its texts and kind, never its score among others."""
    return DocumentPair(fr, en, score=1.0, margin=1.0, kind="translation", group=0)


def _bitext(pair: DocumentPair, rows: Sequence[tuple[int, int]]) -> Bitext:
    beads: list[tuple[tuple[Segment, ...], tuple[Segment, ...]]] = []
    i = j = 0
    for n_fr, n_en in rows:
        beads.append((pair.fr.segments[i : i + n_fr], pair.en.segments[j : j + n_en]))
        i, j = i + n_fr, j + n_en
    return Bitext(pair.fr, pair.en, tuple(beads))


def load_encoder(name: str | None = None, folder: Path | None = None) -> Encoder:
    """Load an encoder, once in each process. Raises InputError as ``encoders.load`` does."""
    return _encoder(None, None) if name in (None, "default") else _encoder(name, folder)


# Saves 230 ms a call, one call a batch of pairs.
@lru_cache(maxsize=2)
def _encoder(name: str | None, folder: Path | None) -> Encoder:
    return encoders.load(name, folder)


# Saves 13 ms a call, one call an article or pair.
@lru_cache(maxsize=1)
def loaded_detector(spec: DetectorSpec) -> Detector:
    """Load the detector, once in each process."""
    return load_detector(spec.name, spec.cache)


def _is_wanted(codes: tuple[str, ...], scope: str) -> bool:
    return any(check.needs_detector and check.scope == scope for check in chosen(codes))


# Saves 1 ms a call, one call an article or pair.
@cache
def chosen(codes: tuple[str, ...]) -> tuple[Check, ...]:
    """Select the checks of these codes, once in each process."""
    return select(codes)
