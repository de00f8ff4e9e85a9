"""How sure a finding is: by the kind of text, given in the settings or told by the scores of the detector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import aligner.checks.measured
from aligner.checks.base import article_check
from aligner.checks.measured import Judged, Measured, bounds, wilson
from aligner.checks.run import check_document
from aligner.checks.text_kind import kind_of_article
from aligner.model import Check, Context, Document, Hit, WordScore
from tests.checks import build

FIGURES = {
    "EXT101": Measured(
        {"published": Judged(40, 10), "scraped": Judged(40, 40)}, {"published": Judged(20, 4)}, None
    ),
    "EXT102": Measured({"published": Judged(5, 5), "machine-translated": Judged(30, 27)}, {}, None),
    "EXT103": Measured({}, {"scraped": Judged(3, 3)}, None),
}
CLEAN = "The mayor opened the bridge in May. " * 20


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    bounds.cache_clear()
    monkeypatch.setattr(aligner.checks.measured, "measured", lambda: FIGURES)
    yield
    bounds.cache_clear()


def finder(code: str, **hit: Any) -> Check:
    @article_check(
        code,
        "made-up",
        title={"en": "Made up", "fr": "Inventé"},
        category="whitespace",
        cause="extraction",
        severity="major",
        messages={"word": {"en": "{word}", "fr": "{word}"}},
    )
    def find(document: Document, context: Context) -> Iterator[Hit]:
        yield Hit("word", 0, 3, values={"word": "The"}, **hit)

    return find


def scored(text: str, p_bad: float) -> Document:
    document = build.article(text, "en")
    words = (WordScore(s.start, s.end, p_bad, "garbled") for s in document.segments)
    return replace(document, words=tuple(words))


def test_a_finding_is_as_sure_as_its_check_is_at_least() -> None:
    (found,) = check_document(build.article(CLEAN, "en"), (finder("EXT101"),), Context(text_kind="scraped"))
    low = (wilson(40, 40) or (0, 0))[0]
    assert (found.confidence, found.severity) == (round(low, 2), "major")


def test_where_a_check_is_often_wrong_it_finds_nothing_but_suspicions() -> None:
    context = Context(text_kind="published")
    (found,) = check_document(build.article(CLEAN, "en"), (finder("EXT101", confidence=0.95),), context)
    high = (wilson(4, 20) or (0, 0))[1]
    assert (found.confidence, found.severity) == (round(high, 2), "minor")


def test_a_check_judged_seldom_borrows_from_all_kinds_then_from_its_family() -> None:
    assert bounds("EXT102", "published", major=True) == wilson(32, 35)
    assert bounds("EXT103", None, major=False) == wilson(70, 73)
    assert bounds("TRM701", None, major=True) == (0.0, 1.0)


def test_a_long_clean_article_counts_as_published() -> None:
    assert kind_of_article(scored(CLEAN, 0.001)) == "published"


@pytest.mark.parametrize(("text", "p_bad"), [(CLEAN, 0.9), ("The mayor opened the bridge in May.", 0.001)])
def test_of_a_garbled_or_short_article_nothing_is_known(text: str, p_bad: float) -> None:
    assert kind_of_article(scored(text, p_bad)) is None


def test_without_scores_nothing_is_known() -> None:
    assert kind_of_article(build.article(CLEAN, "en")) is None


def test_a_clean_article_is_read_as_published() -> None:
    checks = (finder("EXT101", confidence=0.95),)
    assert [f.counts for f in check_document(scored(CLEAN, 0.001), checks, Context())] == [False]
    assert [f.counts for f in check_document(build.article(CLEAN, "en"), checks, Context())] == [True]
