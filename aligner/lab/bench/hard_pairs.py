"""Pairs among articles that are hard to pair, beside what others do: accuracy and time.

Mean vectors; TF-IDF of runs of four characters; windows of a fixed number of sentences, each with its best
counterpart, both ways (as in BiMax, Wang et al. 2025). The others have the same static vectors; they pair
what is best for both sides, or for one, whichever is better here, down to the threshold that is best here.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.alignment.align import Vectors, embed
from aligner.encoders.protocol import Encoder, unit
from aligner.lab.bench.hard_articles import hard_articles
from aligner.lab.bench.pairs import Names, rates
from aligner.model import Document
from aligner.pairing.match import match
from aligner.pairing.profile import article_profile

Floats = npt.NDArray[np.float32]
Articles = Sequence[tuple[Document, Vectors]]
GRAM = 4
WINDOW, SLIDE = 6, 3
"""Sentences of a window, and from one to the next."""


def measures(data: Path, encoder: Encoder) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return rows of rates for each way of pairing, and rows of how many pairs of each kind it finds.

    Seconds are those after the sentences have vectors, which all but TF-IDF need.
    """
    hard = hard_articles(data)
    embedded = embed(hard.documents, encoder)
    articles = list(zip(hard.documents, embedded, strict=True))
    common = {"articles": len(articles), "distractors": hard.distractors, "gold": len(hard.gold)}
    all_rates, kinds = [], []
    for name, way in WAYS.items():
        start = time.process_time()
        predicted = way(articles, set(hard.gold))
        seconds = time.process_time() - start
        figures = {"said": len(predicted), **rates(set(hard.gold), predicted), "cpu_seconds": seconds}
        all_rates.append({"by": name, **common, **figures})
        found_by_kind = Counter(kind for pair, kind in hard.gold.items() if pair in predicted)
        counts = Counter(hard.gold.values()).items()
        kinds.append({"by": name, **{kind: f"{found_by_kind[kind]} of {n}" for kind, n in counts}})
    return all_rates, kinds


def ours(articles: Articles, gold: Names) -> Names:  # noqa: ARG001
    """Pair as `aligner pair` does."""
    profiles = [article_profile(document, vectors) for document, vectors in articles]
    decided = match(profiles, lambda i: (articles[i][1].plain, articles[i][1].lengths))
    return {(profiles[link.fr].path, profiles[link.en].path) for link in decided.links}


def _by_score(
    score: Callable[[Articles, Articles], Floats],
) -> Callable[[Articles, Names], Names]:
    """Return a way of pairing by a score (French articles, English articles)."""

    def paired(articles: Articles, gold: Names) -> Names:
        fr, en = ([article for article in articles if article[0].language == side] for side in ("fr", "en"))
        return best_pairs(
            [article[0].path for article in fr], [article[0].path for article in en], score(fr, en), gold
        )

    return paired


def best_pairs(fr: Sequence[str], en: Sequence[str], scores: Floats, gold: Names) -> Names:
    """Pair mutual best matches, or one-sided ones, down to the threshold that gives the best F1."""
    best_en, best_fr = scores.argmax(axis=1), scores.argmax(axis=0)
    ways = [(i, j) for i, j in enumerate(best_en.tolist())], [(i, j) for j, i in enumerate(best_fr.tolist())]
    mutual, either = set(ways[0]) & set(ways[1]), set(ways[0]) | set(ways[1])
    results = [_above_best_threshold(fr, en, scores, pairs, gold) for pairs in (mutual, either)]
    return max(results, key=lambda result: rates(gold, result)["f1"])


def _above_best_threshold(
    fr: Sequence[str], en: Sequence[str], scores: Floats, pairs: set[tuple[int, int]], gold: Names
) -> Names:
    names = [(fr[i], en[j]) for i, j in sorted(pairs, key=lambda pair: (-scores[pair], pair))]
    hits = np.cumsum([pair in gold for pair in names])
    f1 = 2 * hits / (np.arange(1, len(names) + 1) + len(gold))
    return set(names[: int(f1.argmax()) + 1])


def mean_vectors(fr: Articles, en: Articles) -> Floats:
    """Score by the cosine of the mean vectors of sentences, shape (French articles, English articles)."""
    left, right = (
        unit(np.stack([article[1].plain.sum(axis=0) for article in side]).astype(np.float32))
        for side in (fr, en)
    )
    return left @ right.T


def character_grams(fr: Articles, en: Articles) -> Floats:
    """Score by the cosine of TF-IDF of runs of characters, shape (French articles, English articles)."""
    from scipy.sparse import csr_array

    columns: dict[str, int] = {}
    counted = [_grams(document.text) for document, _ in (*fr, *en)]
    for counts in counted:
        for gram in counts:
            columns.setdefault(gram, len(columns))
    places = np.array([columns[gram] for counts in counted for gram in counts])
    times = np.array([n for counts in counted for n in counts.values()], np.float64)
    starts = np.cumsum([0, *map(len, counted)])
    idf = np.log((1 + len(counted)) / (1 + np.bincount(places, minlength=len(columns)))) + 1
    table = csr_array(((1 + np.log(times)) * idf[places], places, starts), (len(counted), len(columns)))
    norms = np.sqrt(table.multiply(table).sum(axis=1))
    cosine = (table[: len(fr)] @ table[len(fr) :].T).toarray()
    return np.asarray(cosine / norms[: len(fr), None] / norms[len(fr) :], np.float32)


def _grams(text: str) -> Counter[str]:
    text = " ".join(text.lower().split())
    return Counter(text[k : k + GRAM] for k in range(len(text) - GRAM + 1))


def windows_both_ways(fr: Articles, en: Articles) -> Floats:
    """Score by the mean cosine of each window with its best counterpart, both ways.

    The result has shape (French articles, English articles).
    """
    left, right = ([_windows(vectors.plain) for _, vectors in side] for side in (fr, en))
    return np.array([[_both_ways(a @ b.T) for b in right] for a in left], np.float32)


def _windows(sentences: Floats) -> Floats:
    starts = range(0, max(1, len(sentences) - WINDOW + SLIDE), SLIDE)
    return unit(np.stack([sentences[start : start + WINDOW].sum(axis=0) for start in starts]))


def _both_ways(cosine: Floats) -> float:
    return float(cosine.max(axis=1).mean() + cosine.max(axis=0).mean()) / 2


WAYS: dict[str, Callable[[Articles, Names], Names]] = {
    "aligner": ours,
    "mean vectors": _by_score(mean_vectors),
    "TF-IDF of 4 characters": _by_score(character_grams),
    "windows both ways": _by_score(windows_both_ways),
}
