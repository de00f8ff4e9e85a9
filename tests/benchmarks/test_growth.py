"""Aligning one long text: time must grow with its length and not with its square.

With `-o log_cli=true -o log_cli_level=INFO`, pytest prints the figures.
"""

from __future__ import annotations

import logging
import math
import resource
import time

import pytest

from aligner.encoders import load
from aligner.lab.bench.alignment import Case, with_encoder
from aligner.lab.datasets.corpora import news
from aligner.model import Document, Language, Segment
from tests.shared_data import data

pytestmark = pytest.mark.benchmark

SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
MOST_GROWTH = 1.1
"""Largest exponent of time over length, fitted from the first to the last size."""

logger = logging.getLogger(__name__)


def text(language: Language, sentences: list[str]) -> Document:
    segments, start = [], 0
    for number, sentence in enumerate(sentences):
        segments.append(Segment(sentence, start, start + len(sentence), number, "body", language))
        start += len(sentence) + 1
    return Document(language, language, "\n".join(sentences), tuple(segments))


def test_time_grows_with_length() -> None:
    pairs = (news(data("train"))[0] * 3)[: SIZES[-1]]
    align = with_encoder(load())
    align(Case(text("fr", [pairs[0][0]]), text("en", [pairs[0][1]]), ()))
    seconds = []
    for size in SIZES:
        case = Case(text("fr", [p[0] for p in pairs[:size]]), text("en", [p[1] for p in pairs[:size]]), ())
        start = time.process_time()
        beads = align(case)
        seconds.append(time.process_time() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        logger.info("%d pairs in one text: %.2f s, peak %d MB", size, seconds[-1], peak)
        assert len(beads) >= 0.95 * size
    growth = math.log(seconds[-1] / seconds[0]) / math.log(SIZES[-1] / SIZES[0])
    logger.info("exponent %.2f", growth)
    assert growth <= MOST_GROWTH
