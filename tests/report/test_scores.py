from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from aligner.report.scores import cost, penalty, score
from aligner.text.coverage import coverage
from tests.reporters import samples

MAJOR = samples.finding(samples.HARBOUR_EN, "morningwith", confidence=0.8)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, 4.0),
        ({"severity": "minor"}, 0.8),
        ({"severity": "critical"}, 20.0),
        ({"cause": "translation"}, 4.0),
        ({"cause": "alignment"}, 0.0),
        ({"cause": "editorial"}, 0.0),
        ({"demoted_by": "EXT104"}, 0.0),
        ({"suppressed": True}, 0.0),
        ({"baselined": True}, 4.0),
    ],
)
def test_cost_is_weight_times_confidence_where_it_is_charged(change: dict[str, Any], expected: float) -> None:
    assert cost(replace(MAJOR, **change)) == pytest.approx(expected)


def test_penalty_is_per_hundred_words_and_score_falls_with_it() -> None:
    assert penalty([4.0, 1.0], 250) == pytest.approx(2.0)
    assert score(0) == 100
    assert score(25) == pytest.approx(100 / math.e)
    assert 0 <= score(penalty([25.0] * 100, 5)) < 1e-6


def test_an_article_without_words_still_has_a_penalty() -> None:
    assert penalty([1.0], 0) == 100


def test_penalty_does_not_depend_on_the_order_of_findings() -> None:
    costs = [0.1, 1e9, 0.2, 0.3, 1e-9] * 7
    assert penalty(costs, 31) == penalty(costs[::-1], 31)


def test_coverage_leaves_out_boilerplate_and_what_changed_place() -> None:
    # Of the 43 French words 6 are in a sentence without counterpart, 4 in one that changed place.
    assert coverage(samples.HARBOUR, "fr") == pytest.approx(33 / 43)
    assert coverage(replace(samples.HARBOUR, moved=()), "fr") == pytest.approx(33 / 43)


def test_coverage_of_nothing_is_nothing() -> None:
    empty = samples.document("a", "fr", [])
    assert coverage(samples.alignment(empty, samples.document("b", "en", []), []), "fr") == 0
