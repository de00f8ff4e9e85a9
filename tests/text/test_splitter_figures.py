"""The splitter against gold breaks, where the shared data are at hand; and how its parameters are learned."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from aligner.lab.bench.splitting import measure, novels
from aligner.lab.train.splitter import learn
from aligner.text.splitting import split_paragraph

DATA = Path(os.environ.get("ALIGNER_DATA", Path(__file__).parents[3] / "shared" / "data"))
MARKS = Path(__file__).parent / "data" / "news_breaks.json"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"no shared data at {DATA}")


@needs_data
def test_breaks_found_in_novels_and_news() -> None:
    f1 = {(row["text"], row["language"], row["splitter"]): row["f1"] for row in measure(DATA, MARKS)}
    floors = {("novels", "fr"): 0.97, ("novels", "en"): 0.93, ("news", "fr"): 0.99, ("news", "en"): 0.97}
    for (text, language), floor in floors.items():
        assert f1[text, language, "aligner"] >= floor
        assert f1[text, language, "aligner"] > max(
            f1[text, language, "punkt"], f1[text, language, "plain rule"]
        )


@needs_data
@pytest.mark.benchmark
def test_splits_20000_sentences_a_second() -> None:
    texts = list(novels(DATA / "dev" / "align" / "novels"))
    for language, text, _ in texts:
        split_paragraph(text[:5_000], language)  # loads the parameters and nltk
    start = time.process_time()
    sentences = sum(len(split_paragraph(text, language)) for language, text, _ in texts)
    assert sentences / (time.process_time() - start) > 20_000


def test_learning_finds_abbreviations_and_is_repeatable() -> None:
    text = " ".join(
        f"Les oran. de la ville {i} sont là. Le prix des oran. monte. Elles sont {i}." for i in range(40)
    )
    learned = learn([text], ["mme"])
    assert {"oran", "mme"} <= set(learned["abbreviations"])
    assert "là" not in learned["abbreviations"]
    assert learned == learn([text], ["mme"])
