"""The session of a run: the store of results, and the engine that computes the missing ones."""

from __future__ import annotations

import json
import logging
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from aligner.detector import load as load_detector
from aligner.engine import Engine, Here, Task, open_engine
from aligner.model import Check, Context
from aligner.pairing.candidates import Candidate
from aligner.pairing.match import Link, Match, Unmatched, match
from aligner.pairing.profile import ArticleProfile, Floats
from aligner.pairing.shards import nearest_in_shards
from aligner.reporters.html import Made, Page
from aligner.reporters.rows import Overview
from aligner.run.corpus import Corpus, is_large
from aligner.run.names import Names
from aligner.run.tasks import (
    DetectorSpec,
    PairTask,
    TaskConfig,
    align_pairs,
    article_lost,
    check_articles,
    embed_articles,
    make_pages,
    not_checked,
    not_rendered,
    pair_lost,
)
from aligner.settings import Settings
from aligner.settings.beads import Beads
from aligner.settings.review import EMPTY, Review
from aligner.storage.codec import damage_reported, pack, unpack
from aligner.storage.store import Result, Store, code_version, digest, open_store

logger = logging.getLogger(__name__)

SHARDED_FROM = 2**18
"""Articles from which on candidates are sought in shards, several at once."""
PAGES_AHEAD = 1024
"""Pages that are looked up, and those lacking made, together."""


def _ignore_progress(done: int, total: int) -> None:
    """Ignore progress."""


@dataclass(frozen=True, slots=True)
class Session:
    """The store and the engine of one run; ``scratch`` is a folder that goes with it."""

    store: Store
    engine: Engine
    scratch: Path

    def compute_missing(
        self,
        work: Callable[[Sequence[Task]], Sequence[Result]],
        keys: Sequence[bytes],
        task: Callable[[int], Task],
        substitute: Callable[[Task, Exception], Result],
        progress: Callable[[int, int], None] = _ignore_progress,
    ) -> None:
        """Compute the results that the store lacks; ``task`` builds the input of ``work`` for a key.

        ``substitute`` gives the result of a task over which workers die.

        Results are committed as they come, so that a run that dies here can be resumed.
        """
        waiting: list[bytes] = []
        done = 0

        def missing() -> Iterator[Task]:
            nonlocal done
            for number, (key, note) in enumerate(self.store.notes(keys)):
                if note is None:
                    waiting.append(key)
                    yield task(number)
                else:
                    done += 1

        for number, result in enumerate(self.engine.map(work, missing(), substitute=substitute)):
            self.store.put(waiting[number], result)
            done += 1
            progress(done, len(keys))
        if waiting:
            self.store.commit()
        progress(len(keys), len(keys))


@contextmanager
def open_session(paths: Sequence[str], settings: Settings, scratch: Path | None = None) -> Iterator[Session]:
    """Open what a run over these paths needs; ``scratch`` is a folder of its own, by default a temporary one.

    A large corpus is kept in the cache folder, for the next run; without one, beside the report until that
    is finished. A small one stays in memory.
    """
    with ExitStack() as stack:
        if scratch is None:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="aligner-")))
        store = open_store((settings.cache or scratch) if is_large(paths, settings.read.ignore) else None)
        stack.callback(store.close)
        engine = stack.enter_context(open_engine(settings.jobs, settings.scheduler, scratch))
        yield Session(store, engine, scratch)


def task_config(settings: Settings, checks: Sequence[Check]) -> TaskConfig:
    """Return what the results of a run depend on beside the articles."""
    return TaskConfig(
        tuple(check.code for check in checks),
        context(settings),
        settings.min_confidence,
        settings.encoder,
        settings.cache,
        detector_spec(settings) if any(check.needs_detector for check in checks) else None,
    )


def context(settings: Settings) -> Context:
    """Return what the settings tell the checks."""
    allow, kind = frozenset(settings.allow), settings.text_kind
    return Context(settings.terms, allow, settings.confidence, settings.suspicion, kind)


def detector_spec(settings: Settings) -> DetectorSpec | None:
    """Return which detector the settings ask for, if any. Raises InputError where it is missing."""
    if settings.detector is None:
        return None
    return DetectorSpec(settings.detector, load_detector(settings.detector).name, settings.cache)


def article_keys(corpus: Corpus, config: TaskConfig) -> list[bytes]:
    """Return where the findings of every article alone are kept."""
    config_digest = _config_digest(config)
    return [digest("alone", config_digest, ref.key) for ref in corpus.documents.refs]


def pair_keys(
    corpus: Corpus, links: Sequence[Link], config: TaskConfig, encoder: str, beads: Mapping[int, Beads]
) -> list[bytes]:
    """Return where the alignment and findings of every pair are kept."""
    config_digest = _config_digest(config)
    refs = corpus.documents.refs
    return [
        digest(
            "pair",
            config_digest,
            encoder,
            refs[link.fr].key,
            refs[link.en].key,
            repr((_rows(corpus, link), beads.get(place, ()))),
        )
        for place, link in enumerate(links)
    ]


def _config_digest(config: TaskConfig) -> bytes:
    context = config.context
    choices = (context.terms, sorted(context.allow), context.confidence, context.suspicion, context.text_kind)
    return digest(
        code_version(),
        repr((config.codes, choices, config.min_confidence, config.detector and config.detector.version)),
    )


def check_alone(
    session: Session,
    corpus: Corpus,
    config: TaskConfig,
    selected: Sequence[int],
    progress: Callable[[int, int], None],
) -> list[bytes]:
    """Check articles individually; return the keys of all, of which only the selected have a result."""
    keys = article_keys(corpus, config)
    session.compute_missing(
        partial(check_articles, config),
        [keys[i] for i in selected],
        lambda number: corpus.documents.packed(selected[number]),
        not_checked,
        progress,
    )
    return keys


def align_and_check(
    session: Session,
    corpus: Corpus,
    links: Sequence[Link],
    config: TaskConfig,
    encoder: str,
    selected: Sequence[int],
    progress: Callable[[int, int], None],
    beads: Mapping[int, Beads],
) -> list[bytes]:
    """Align and check pairs; return the keys of all of them, of which only the selected have a result.

    ``beads`` are those corrected by hand, by the place of their pair.
    """
    keys = pair_keys(corpus, links, config, encoder, beads)

    def task(number: int) -> PairTask:
        link = links[selected[number]]
        packed = corpus.documents.packed
        locked = beads.get(selected[number], ())
        return PairTask(packed(link.fr), packed(link.en), _rows(corpus, link), locked)

    session.compute_missing(
        partial(align_pairs, config), [keys[i] for i in selected], task, pair_lost, progress
    )
    return keys


def _rows(corpus: Corpus, link: Link) -> tuple[tuple[int, int], ...] | None:
    """Return the rows of a bitext, None for two articles."""
    return corpus.bitexts[(link.fr - corpus.article_count) // 2] if link.fr >= corpus.article_count else None


def find_pairs(
    session: Session,
    corpus: Corpus,
    known_pairs: Sequence[tuple[str, str]],
    progress: Callable[[int, int], None],
    names: Names,
    review: Review = EMPTY,
) -> Match:
    """Decide which articles belong together; a bitext is a pair as it is.

    ``known_pairs`` are taken as they are, and so are those that ``review`` marks as right where both articles
    are in the corpus; those marked as wrong are not paired.
    """
    refs = corpus.documents.refs
    articles = refs[: corpus.article_count]
    right, rejected = names.pairs(review.known), names.pairs(review.apart)
    article_paths = {ref.path for ref in articles} if right else set()
    confirmed = (pair for pair in right if article_paths.issuperset(pair))
    known_pairs = tuple(dict.fromkeys([*names.pairs(known_pairs), *confirmed]))
    key = digest("match", code_version(), repr((known_pairs, rejected)), *(ref.key for ref in articles))
    ((_, note),) = session.store.notes([key])
    if note is not None:
        with damage_reported():
            links, left = unpack(session.store.get(key))
            matched = Match(tuple(Link(*row) for row in links), tuple(Unmatched(*row) for row in left))
    else:
        matched = _match(session, corpus, known_pairs, progress, rejected) if articles else Match((), ())
        rows = [list(map(_fields, side)) for side in (matched.links, matched.unmatched)]
        faulty = any(ref.key in session.store.faults for ref in articles)
        session.store.put(key, Result("", pack(rows), "some articles were left out" if faulty else ""))
        session.store.commit()
    group = 1 + max((link.group for link in matched.links), default=-1)
    sides = range(corpus.article_count, len(refs), 2)
    bitexts = tuple(Link(fr, fr + 1, 1.0, 1.0, group + i) for i, fr in enumerate(sides))
    return replace(matched, links=(*matched.links, *bitexts))


def _fields(record: Link | Unmatched) -> list[object]:
    return [getattr(record, name) for name in record.__slots__]


def _match(
    session: Session,
    corpus: Corpus,
    known_pairs: Sequence[tuple[str, str]],
    progress: Callable[[int, int], None],
    rejected: Sequence[tuple[str, str]],
) -> Match:
    profiles: list[ArticleProfile] = []
    with SentenceFile(session.scratch / "sentences") as sentences:
        articles = (corpus.documents.packed(i) for i in range(corpus.article_count))
        for embedded in session.engine.map(embed_articles, articles, substitute=article_lost):
            if embedded.fault:
                session.store.faults[corpus.documents.refs[len(profiles)].key] = embedded.fault
            profiles.append(embedded.profile)
            sentences.append(embedded.sentences, embedded.lengths)
            progress(len(profiles), corpus.article_count)
        search = partial(_search, session, profiles) if len(profiles) > SHARDED_FROM else None
        return match(profiles, sentences.get, known_pairs, search, rejected)


def _search(
    session: Session, profiles: Sequence[ArticleProfile], fr: Sequence[int], en: Sequence[int]
) -> Iterator[Candidate]:
    """Find candidates shard by shard, on the workers if they see our files."""
    engine = session.engine if session.engine.shares_files else Here()
    with tempfile.TemporaryDirectory(dir=session.scratch) as folder:
        yield from nearest_in_shards(
            lambda indices: np.stack([profiles[i].vector for i in indices]),
            fr,
            en,
            Path(folder),
            partial(engine.map, size=1),
        )


def render_pages(session: Session, pages: Iterable[Page]) -> Iterator[Made]:
    """Render the pages of the report, except those rendered before from the same lines."""
    upcoming = iter(pages)
    while batch := list(islice(upcoming, PAGES_AHEAD)):
        keys = [_page_key(page) for page in batch]
        session.compute_missing(make_pages, keys, batch.__getitem__, not_rendered)
        for key in keys:
            result = session.store.result(key)
            if result.fault:
                logger.warning("a page of the report is empty: %s", result.fault)
            with damage_reported():
                strips, codes = json.loads(result.note)
                page = Made(zlib.decompress(result.data), Overview(strips, tuple(codes)))
            yield page


def _page_key(page: Page) -> bytes:
    """Return what a page is kept under; its neighbours matter for what links to them need."""
    neighbours = page.neighbours
    links = [version and version.page for version in (neighbours.previous, neighbours.next)]
    versions = [(version.page, version.fr_path, version.en_path) for version in neighbours.versions]
    facts = repr((page.ui, page.row, page.unpaired, page.candidate, links, versions))
    counts = repr([len(lines) for lines in (page.articles, page.beads, page.findings)])
    return digest("page", code_version(), facts, counts, *page.articles, *page.beads, *page.findings)


class SentenceFile:
    """The vectors of all sentences of a corpus, on disk: each article's are wanted a few times only."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._places: list[int] = [0]
        self._dimension = 0

    def __enter__(self) -> SentenceFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def append(self, vectors: Floats, lengths: Floats) -> None:
        """Add the next article: vectors (n, d) and lengths (n,)."""
        self._dimension = vectors.shape[1]
        self._file.write(np.concatenate([vectors, lengths[:, None]], axis=1).tobytes())
        self._places.append(self._places[-1] + len(vectors))

    def get(self, index: int) -> tuple[Floats, Floats]:
        """Return the vectors (n, d) and lengths (n,) of an article."""
        width = self._dimension + 1
        begin, end = self._places[index], self._places[index + 1]
        self._file.seek(4 * width * begin)
        rows = np.frombuffer(self._file.read(4 * width * (end - begin)), np.float32).reshape(-1, width)
        return np.ascontiguousarray(rows[:, :-1]), rows[:, -1]
