"""Accuracy that must not sink: the figures of the README, with a little room. `pytest -m benchmark`."""

from __future__ import annotations

import pytest

from aligner.encoders import SentenceEncoder, load
from aligner.lab.bench import alignment, pairs
from aligner.lab.datasets import retrieval
from aligner.lab.datasets.corpora import news
from aligner.settings import Settings
from tests.shared_data import data

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load()


@pytest.mark.parametrize(
    ("genre", "strict", "lax", "one_sided"),
    [("novels", 0.93, 0.98, 0.5), ("news", 0.98, 0.99, 0.92), ("news_mt", 0.98, 0.99, 0.92)],
)
def test_alignment(encoder: SentenceEncoder, genre: str, strict: float, lax: float, one_sided: float) -> None:
    cases = alignment.load_cases(data("dev", "align", genre))
    row = alignment.measure(encoder.version, cases, alignment.with_encoder(encoder))
    assert row["strict_f1"] >= strict
    assert row["lax_f1"] >= lax
    assert row["one_sided_f1"] >= one_sided


@pytest.mark.parametrize("corpus", ["ntrex", "cds-blog", "cds-holes"])
def test_pairs(encoder: SentenceEncoder, corpus: str) -> None:
    row, cases = pairs.measure(encoder.version, data("dev", "pair", corpus), Settings(cache=None))
    assert row["f1"] >= 0.98, cases


def test_retrieval(encoder: SentenceEncoder) -> None:
    row = retrieval.measure(encoder, news(data("train"))[1])
    assert min(row["p_at_1_fr_en"], row["p_at_1_en_fr"]) >= 0.96
