"""The corpus made up for measuring can be paired, and what is worked out from the measurements is right."""

from __future__ import annotations

from typing import Any

import pytest

from aligner.encoders import load
from aligner.lab.bench.scale import on_paper
from aligner.lab.bench.speed import STAGES, TOTAL, Clock, growth
from aligner.lab.bench.synthetic import story
from aligner.text.structure import make_document
from tests.pairing.in_memory import pair_documents


def test_a_story_is_always_the_same_and_never_another() -> None:
    assert story(3) == story(3)
    assert len({story(number).fr for number in range(20)}) >= 19
    assert story(3, seed=1) != story(3)


def test_made_up_articles_find_their_counterparts() -> None:
    stories = [story(number) for number in range(12)]
    documents = [
        make_document(f"{side}/{number}", text, {})
        for number, story in enumerate(stories)
        for side, text in (("fr", story.fr), ("en", story.en))
        if text is not None
    ]
    pairs = {(a.pair.fr.path, a.pair.en.path) for a in pair_documents(documents, load()).alignments}
    assert pairs == {(f"fr/{n}", f"en/{n}") for n, story in enumerate(stories) if story.fr and story.en}


def test_stages_follow_each_other() -> None:
    clock = Clock()
    for stage in ("read", "read", "check"):
        clock(stage, 1, None)
    rows = list(clock.rows())
    assert [row[0] for row in rows] == ["read", "check", TOTAL]
    assert rows[-1][1] == pytest.approx(rows[0][1] + rows[1][1])


def table(articles: int, cpu_seconds: float, peak_mb: float) -> dict[str, dict[str, Any]]:
    row = {"articles": articles, "cpu_seconds": cpu_seconds, "peak_mb": peak_mb}
    return dict.fromkeys((*STAGES, TOTAL), row)


def test_growth_is_an_exponent() -> None:
    rows = growth(table(100, 1.0, 50.0), table(10_000, 1_000.0, 149.0))
    assert {row["stage"] for row in rows} == {*STAGES, TOTAL}
    assert rows[0]["exponent"] == pytest.approx(1.5)
    assert rows[0]["peak_mb_per_1000_more"] == pytest.approx(10.0)


def test_on_paper_the_search_grows_with_the_square() -> None:
    search = {"dimension": 250, "exact": 3e-8, "index": 1e-8, "build": 0.0}
    one, ten = on_paper(table(1_000, 1.0, 200.0), table(2_000, 2.0, 210.0), search, (10**6, 10**7))
    assert ten["articles_core_hours"] == pytest.approx(10 * one["articles_core_hours"])
    assert ten["search_core_hours"] == pytest.approx(100 * one["search_core_hours"])
    assert ten["vectors_gb"] == pytest.approx(10.0)
    assert one["main_process_gb"] == pytest.approx(0.21 + 0.00001 * (10**6 - 2_000))
    assert on_paper(table(1, 1.0, 1.0), table(1, 1.0, 1.0), search)[0]["main_process_gb"] is None
