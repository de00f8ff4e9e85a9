"""What one run works with: the store of results, and the engine that makes those it lacks."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from aligner.pairing.gist import Floats, Gist
from aligner.pairing.match import LeftOver, Link, Match, match
from aligner.pairing.shards import nearest_in_shards
from aligner.reporters.html import Made, Overview, Page
from aligner.run.corpus import Stock, is_large
from aligner.run.tasks import (
    DetectorSpec,
    PairTask,
    Recipe,
    align_pairs,
    check_articles,
    embed_articles,
    make_pages,
)
from aligner.settings import Settings
from aligner.storage.codec import pack, unpack
from aligner.storage.store import Result, Store, code_version, digest, open_store

SHARDED_FROM = 2**18
"""Articles from which on candidates are sought in shards, several at once."""
PAGES_AHEAD = 1024
"""Pages that are looked up, and those lacking made, together."""


def _unwatched(done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The store and the engine of one run; ``scratch`` is a folder that goes with it."""

    store: Store
    engine: Engine
    scratch: Path

    def settle(
        self,
        work: Callable[[Sequence[Task]], Sequence[Result]],
        keys: Sequence[bytes],
        task: Callable[[int], Task],
        progress: Callable[[int, int], None] = _unwatched,
    ) -> None:
        """See to it that the store has a result for every key; ``task`` makes what is worked on for a key.

        What is made is committed as it comes, so that a run that dies here can go on from here.
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

        for number, result in enumerate(self.engine.map(work, missing())):
            self.store.put(waiting[number], result)
            done += 1
            progress(done, len(keys))
        if waiting:
            self.store.commit()
        progress(len(keys), len(keys))


@contextmanager
def open_workshop(
    paths: Sequence[str], settings: Settings, scratch: Path | None = None
) -> Iterator[Workshop]:
    """Open what a run over these paths needs; ``scratch`` is a folder of its own, by default a temporary one.

    A large corpus is kept in the cache folder, for the next run; without one, beside the report until that
    is finished. A small one stays in memory.
    """
    with ExitStack() as stack:
        if scratch is None:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="aligner-")))
        store = open_store((settings.cache or scratch) if is_large(paths) else None)
        stack.callback(store.close)
        engine = stack.enter_context(open_engine(settings.jobs, settings.scheduler, scratch))
        yield Workshop(store, engine, scratch)


def recipe(settings: Settings, checks: Sequence[Check]) -> Recipe:
    """Return what the results of a run depend on beside the articles."""
    return Recipe(
        tuple(check.code for check in checks),
        context(settings),
        settings.min_confidence,
        settings.encoder,
        settings.cache,
        detector_spec(settings) if any(check.needs_detector for check in checks) else None,
    )


def context(settings: Settings) -> Context:
    """Return what the settings tell the checks."""
    return Context(settings.terms, frozenset(settings.allow), settings.confidence)


def detector_spec(settings: Settings) -> DetectorSpec | None:
    """Return which detector the settings ask for, if any. Raises InputError where it is missing."""
    if settings.detector is None:
        return None
    return DetectorSpec(settings.detector, load_detector(settings.detector).name, settings.cache)


def article_keys(stock: Stock, made: Recipe) -> list[bytes]:
    """Return where the findings of every article alone are kept."""
    by = _made_by(made)
    return [digest("alone", by, card.key) for card in stock.documents.cards]


def pair_keys(stock: Stock, links: Sequence[Link], made: Recipe, encoder: str) -> list[bytes]:
    """Return where the alignment and findings of every pair are kept."""
    by = _made_by(made)
    cards = stock.documents.cards
    return [
        digest("pair", by, encoder, cards[link.fr].key, cards[link.en].key, repr(_rows(stock, link)))
        for link in links
    ]


def _made_by(made: Recipe) -> bytes:
    told = (made.context.terms, sorted(made.context.allow), made.context.confidence)
    return digest(
        code_version(),
        repr((made.codes, told, made.min_confidence, made.detector and made.detector.version)),
    )


def check_alone(
    shop: Workshop, stock: Stock, made: Recipe, wanted: Sequence[int], progress: Callable[[int, int], None]
) -> list[bytes]:
    """Check articles, each alone; return the keys of all articles, of which only the wanted have a result."""
    keys = article_keys(stock, made)
    shop.settle(
        partial(check_articles, made),
        [keys[i] for i in wanted],
        lambda number: stock.documents.packed(wanted[number]),
        progress,
    )
    return keys


def align_and_check(
    shop: Workshop,
    stock: Stock,
    links: Sequence[Link],
    made: Recipe,
    encoder: str,
    wanted: Sequence[int],
    progress: Callable[[int, int], None],
) -> list[bytes]:
    """Align and check pairs; return the keys of all of them, of which only the wanted have a result."""
    keys = pair_keys(stock, links, made, encoder)

    def task(number: int) -> PairTask:
        link = links[wanted[number]]
        packed = stock.documents.packed
        return PairTask(packed(link.fr), packed(link.en), _rows(stock, link))

    shop.settle(partial(align_pairs, made), [keys[i] for i in wanted], task, progress)
    return keys


def _rows(stock: Stock, link: Link) -> tuple[tuple[int, int], ...] | None:
    """Return the rows of a bitext, None for two articles."""
    return stock.bitexts[(link.fr - stock.free) // 2] if link.fr >= stock.free else None


def find_pairs(
    shop: Workshop, stock: Stock, known: Sequence[tuple[str, str]], progress: Callable[[int, int], None]
) -> Match:
    """Decide which articles belong together; a bitext is a pair as it stands."""
    cards = stock.documents.cards
    free = cards[: stock.free]
    key = digest("match", code_version(), repr(known), *(card.key for card in free))
    ((_, note),) = shop.store.notes([key])
    if note is not None:
        links, left = unpack(shop.store.get(key))
        found = Match(tuple(Link(*row) for row in links), tuple(LeftOver(*row) for row in left))
    else:
        found = _match(shop, stock, known, progress) if free else Match((), ())
        rows = [[_fields(link) for link in found.links], [_fields(each) for each in found.left]]
        shop.store.put(key, Result("", pack(rows)))
        shop.store.commit()
    group = 1 + max((link.group for link in found.links), default=-1)
    sides = range(stock.free, len(cards), 2)
    bitexts = tuple(Link(fr, fr + 1, 1.0, 1.0, group + i) for i, fr in enumerate(sides))
    return replace(found, links=(*found.links, *bitexts))


def _fields(record: Link | LeftOver) -> list[object]:
    return [getattr(record, name) for name in record.__slots__]


def _match(
    shop: Workshop, stock: Stock, known: Sequence[tuple[str, str]], progress: Callable[[int, int], None]
) -> Match:
    gists: list[Gist] = []
    with SentenceFile(shop.scratch / "sentences") as sentences:
        articles = (stock.documents.packed(i) for i in range(stock.free))
        for embedded in shop.engine.map(embed_articles, articles):
            gists.append(embedded.gist)
            sentences.append(embedded.sentences, embedded.lengths)
            progress(len(gists), stock.free)
        search = partial(_search, shop, gists) if len(gists) > SHARDED_FROM else None
        return match(gists, sentences.get, known, search)


def _search(
    shop: Workshop, gists: Sequence[Gist], fr: Sequence[int], en: Sequence[int]
) -> Iterator[Candidate]:
    """Find candidates shard by shard, on the workers if they see our files."""
    engine = shop.engine if shop.engine.shares_files else Here()
    with tempfile.TemporaryDirectory(dir=shop.scratch) as folder:
        yield from nearest_in_shards(
            lambda some: np.stack([gists[i].vector for i in some]),
            fr,
            en,
            Path(folder),
            partial(engine.map, size=1),
        )


def render_pages(shop: Workshop, pages: Iterable[Page]) -> Iterator[Made]:
    """Make the pages of the report, save those that were made before from the same lines."""
    rest = iter(pages)
    while some := list(islice(rest, PAGES_AHEAD)):
        keys = [_page_key(page) for page in some]
        shop.settle(make_pages, keys, some.__getitem__)
        for key in keys:
            note, data = shop.store.result(key)
            strips, codes = json.loads(note)
            yield Made(zlib.decompress(data), Overview(strips, tuple(codes)))


def _page_key(page: Page) -> bytes:
    """Return what a page is kept under; its neighbours matter for what links to them need."""
    near = page.near
    links = [other and other.page for other in (near.previous, near.next)]
    versions = [(other.page, other.fr_path, other.en_path) for other in near.versions]
    about = repr((page.ui, page.row, page.unpaired, page.candidate, links, versions))
    counts = repr([len(lines) for lines in (page.articles, page.beads, page.findings)])
    return digest("page", code_version(), about, counts, *page.articles, *page.beads, *page.findings)


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
        """Return the vectors and lengths of an article."""
        width = self._dimension + 1
        begin, end = self._places[index], self._places[index + 1]
        self._file.seek(4 * width * begin)
        rows = np.frombuffer(self._file.read(4 * width * (end - begin)), np.float32).reshape(-1, width)
        return np.ascontiguousarray(rows[:, :-1]), rows[:, -1]
