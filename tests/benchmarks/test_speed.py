"""The whole audit: articles a second, memory, growth. `pytest -m benchmark`.

With `-o log_cli=true -o log_cli_level=INFO`, pytest prints the figures.

CPU seconds are compared where that will do, so that a busy machine does not decide. Articles have about
400 words; only the rules run.
"""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import Any

import pytest

from aligner.lab.bench.speed import TOTAL, measure_size
from aligner.settings import Settings

pytestmark = pytest.mark.benchmark

FASTEST_GROWTH = 1.15
"""Exponent of CPU seconds over articles, from 1,000 to 16,000."""
ARTICLES_PER_SECOND = 50
MOST_MEGABYTES = 2_500
WARM_IS_FASTER = 10

logger = logging.getLogger(__name__)


def rows_of(articles: int, settings: Settings) -> dict[tuple[str, str], dict[str, Any]]:
    rows = measure_size(settings, articles)
    for row in rows:
        logger.info("%s", row)
    return {(row["run"], row["stage"]): row for row in rows}


def test_growth_and_memory() -> None:
    small, large = (rows_of(size, Settings(detector=None)) for size in (1_000, 16_000))
    ratio = large["cold", TOTAL]["cpu_seconds"] / small["cold", TOTAL]["cpu_seconds"]
    logger.info("exponent %.3f", math.log(ratio) / math.log(16))
    assert math.log(ratio) / math.log(16) <= FASTEST_GROWTH
    warm = large["warm", TOTAL]["cpu_seconds"]
    assert large["cold", TOTAL]["cpu_seconds"] >= WARM_IS_FASTER * warm


def test_twenty_thousand_articles_fit_in_memory() -> None:
    rows = rows_of(20_000, Settings(jobs=2, detector=None))
    assert max(row["peak_mb"] for row in rows.values()) <= MOST_MEGABYTES
    assert rows["cold", TOTAL]["articles_per_s"] >= ARTICLES_PER_SECOND


def test_figures_of_every_stage_are_there(tmp_path: Path) -> None:
    rows = rows_of(40, Settings(detector=None))
    assert {stage for _, stage in rows} == {"read", "pair", "align", "check", "write", TOTAL}
    assert all(row["seconds"] >= 0 for row in rows.values())
