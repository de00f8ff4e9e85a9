"""The cost of corpora too large to audit here, extrapolated from small ones."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from aligner.encoders.protocol import unit
from aligner.encoders.static import StaticEncoder, shipped_folder
from aligner.lab.bench.speed import STAGES, TOTAL
from aligner.pairing import candidates
from aligner.pairing.candidates import CANDIDATES, best_of

ON_PAPER = (100_000, 1_000_000, 10_000_000)
CORES = 16
"""Cores of a machine."""
TARGETS, FEW_QUERIES, MANY_QUERIES = 40_000, 256, 4_096
"""Vectors on which the search is measured."""
HOUR = 3600.0
GIGABYTE = 1e9


def search_constants() -> dict[str, float]:
    """Measure, on random vectors, the CPU seconds of comparing one article with one of the other language.

    ``exact`` compares all with all; ``index`` is with faiss where that is installed, its building apart, in
    seconds a vector.
    """
    dice = np.random.default_rng(0)
    dimension = StaticEncoder(shipped_folder()).dimension
    queries, targets = (
        unit(dice.normal(size=(rows, dimension)).astype(np.float32)) for rows in (MANY_QUERIES, TARGETS)
    )
    exact = _seconds(queries[:FEW_QUERIES], targets[: candidates.EXACT_UP_TO])
    few_seconds, many_seconds = (_seconds(queries[:rows], targets) for rows in (FEW_QUERIES, MANY_QUERIES))
    index = (many_seconds - few_seconds) / ((MANY_QUERIES - FEW_QUERIES) * TARGETS)
    return {
        "dimension": dimension,
        "exact": exact / (FEW_QUERIES * candidates.EXACT_UP_TO),
        "index": index,
        "build": max(0.0, few_seconds - index * FEW_QUERIES * TARGETS) / TARGETS,
    }


def _seconds(queries: candidates.Floats, targets: candidates.Floats) -> float:
    begun = time.process_time()
    for _ in best_of(queries, targets, CANDIDATES):
        pass
    return time.process_time() - begun


def on_paper(
    smallest: Mapping[str, Mapping[str, Any]],
    measured: Mapping[str, Mapping[str, Any]],
    search: Mapping[str, float],
    sizes: Sequence[int] = ON_PAPER,
) -> list[dict[str, Any]]:
    """Return what these numbers of articles cost, half of them in either language.

    ``smallest`` and ``measured`` are the rows, by stage, of the smallest and the largest corpus audited. What
    the largest takes an article is taken to stay the same, but for the search, which compares every article
    with every one of the other language; memory is taken to grow as between the two (None where they are
    one).
    """
    articles = measured[TOTAL]["articles"]
    extra_articles = articles - smallest[TOTAL]["articles"]
    slope = (
        (measured[TOTAL]["peak_mb"] - smallest[TOTAL]["peak_mb"]) / extra_articles if extra_articles else None
    )
    per_article = sum(measured[stage]["cpu_seconds"] for stage in STAGES) / articles
    writing = measured["write"]["cpu_seconds"] / articles
    rows = []
    for size in sizes:
        comparisons = 2 * (size / 2) ** 2
        seeking = comparisons * search["index"] + size * search["build"]
        hours = (size * per_article + seeking) / HOUR
        rows.append(
            {
                "articles": size,
                "vectors_gb": 4 * search["dimension"] * size / GIGABYTE,
                "articles_core_hours": size * per_article / HOUR,
                "search_core_hours": seeking / HOUR,
                "search_core_hours_exact": comparisons * search["exact"] / HOUR,
                "machines_for_a_day": max(1, -(-int(hours) // (24 * CORES))),
                "main_process_hours": size * writing / HOUR,
                "main_process_gb": None
                if slope is None
                else (measured[TOTAL]["peak_mb"] + slope * (size - articles)) / 1000,
            }
        )
    return rows
