"""What workers do to articles and pairs: every function takes a batch, and needs nothing but its arguments.

Articles come packed, as the store keeps them; results go back packed, ready to be kept. The word scores of
the detector are for the checks alone: they are not kept with the alignment.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aligner import encoders
from aligner.alignment import align_bitext
from aligner.checks.registry import select
from aligner.checks.run import check_alignment, check_document
from aligner.detector import Detector, score_alignment, score_article
from aligner.detector import load as load_detector
from aligner.encoders import Encoder
from aligner.model import Alignment, Bitext, Check, Context, Document, DocumentPair, Segment
from aligner.pairing.pair import align_pair, embed
from aligner.pairing.profile import ArticleProfile, Floats, article_profile
from aligner.reporters.html import Page, render_pages
from aligner.storage.codec import LEVEL, pack_findings, pack_pair, unpack_document
from aligner.storage.store import Result


class DetectorSpec(NamedTuple):
    """Which detector is used, its name with its version, and where it keeps its scores, if anywhere."""

    name: str
    version: str
    cache: Path | None


@dataclass(frozen=True, slots=True)
class TaskConfig:
    """What the results of a run depend on beside the articles: it goes to the workers with every batch."""

    codes: tuple[str, ...]
    context: Context = field(default_factory=Context)
    min_confidence: float = 0.0
    encoder: str | None = None
    cache: Path | None = None
    detector: DetectorSpec | None = None


class PairTask(NamedTuple):
    """Two packed articles to be aligned; ``rows`` are those of a bitext: (French segments, English ones)."""

    fr: bytes
    en: bytes
    rows: tuple[tuple[int, int], ...] | None = None


class Embedded(NamedTuple):
    """The profile of an article, and the vectors (n, d) and lengths (n,) of its sentences."""

    profile: ArticleProfile
    sentences: Floats
    lengths: Floats


def embed_articles(articles: Sequence[bytes]) -> list[Embedded]:
    """Sum up articles for pairing, which goes by the vectors of the shipped encoder alone."""
    documents = [unpack_document(data) for data in articles]
    return [
        Embedded(article_profile(document, vectors), np.ascontiguousarray(vectors.plain), vectors.lengths)
        for document, vectors in zip(documents, embed(documents, load_encoder()), strict=True)
    ]


def check_articles(config: TaskConfig, articles: Sequence[bytes]) -> list[Result]:
    """Check articles, each alone."""
    documents = (scored_article(config, unpack_document(data)) for data in articles)
    found = (
        check_document(d, chosen(config.codes), config.context, min_confidence=config.min_confidence)
        for d in documents
    )
    return [Result("", pack_findings(findings)) for findings in found]


def align_pairs(config: TaskConfig, tasks: Sequence[PairTask]) -> list[Result]:
    """Align the articles of pairs, and check them side by side."""
    checks = chosen(config.codes)
    alignments = _align(tasks, load_encoder(config.encoder, config.cache))
    found = (
        check_alignment(
            scored_pair(config, alignment), checks, config.context, min_confidence=config.min_confidence
        )
        for alignment in alignments
    )
    return [
        Result("", pack_pair(alignment, findings).to_bytes())
        for alignment, findings in zip(alignments, found, strict=True)
    ]


def scored_article(config: TaskConfig, document: Document) -> Document:
    """Score an article, if it is used and a check asks for it."""
    if config.detector is None or not _is_wanted(config.codes, "article"):
        return document
    return score_article(document, loaded_detector(config.detector))


def scored_pair(config: TaskConfig, alignment: Alignment) -> Alignment:
    """The same for the beads of a pair."""
    if config.detector is None or not _is_wanted(config.codes, "bead"):
        return alignment
    return score_alignment(alignment, loaded_detector(config.detector))


def make_pages(pages: Sequence[Page]) -> list[Result]:
    """Make pages of the report; the note of each is what the overview says of it."""
    made = render_pages(pages)
    return [
        Result(json.dumps([page.overview.strips, page.overview.codes]), zlib.compress(page.html, LEVEL))
        for page in made
    ]


def _align(tasks: Sequence[PairTask], encoder: Encoder) -> list[Alignment]:
    pairs = [_pair(unpack_document(task.fr), unpack_document(task.en)) for task in tasks]
    free = [number for number, task in enumerate(tasks) if task.rows is None]
    embedded = iter(embed([side for n in free for side in (pairs[n].fr, pairs[n].en)], encoder))
    made = {n: align_pair(pairs[n], next(embedded), next(embedded), encoder) for n in free}
    return [
        align_bitext(pairs[n], _bitext(pairs[n], task.rows), encoder) if task.rows is not None else made[n]
        for n, task in enumerate(tasks)
    ]


def _pair(fr: Document, en: Document) -> DocumentPair:
    """A pair as the checks see it: they go by its texts and its kind, never by its score among others."""
    return DocumentPair(fr, en, score=1.0, margin=1.0, kind="translation", group=0)


def _bitext(pair: DocumentPair, rows: Sequence[tuple[int, int]]) -> Bitext:
    made: list[tuple[tuple[Segment, ...], tuple[Segment, ...]]] = []
    i = j = 0
    for n_fr, n_en in rows:
        made.append((pair.fr.segments[i : i + n_fr], pair.en.segments[j : j + n_en]))
        i, j = i + n_fr, j + n_en
    return Bitext(pair.fr, pair.en, tuple(made))


def load_encoder(name: str | None = None, folder: Path | None = None) -> Encoder:
    """Load an encoder, once in each process. Raises InputError as ``encoders.load`` does."""
    return _loaded(None, None) if name in (None, "default") else _loaded(name, folder)


@lru_cache(maxsize=2)
def _loaded(name: str | None, folder: Path | None) -> Encoder:
    return encoders.load(name, folder)


@lru_cache(maxsize=1)
def loaded_detector(spec: DetectorSpec) -> Detector:
    """The detector, loaded once in each process."""
    return load_detector(spec.name, spec.cache)


def _is_wanted(codes: tuple[str, ...], scope: str) -> bool:
    return any(check.needs_detector and check.scope == scope for check in chosen(codes))


@cache
def chosen(codes: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks of these codes, looked up once in each process."""
    return select(codes)
