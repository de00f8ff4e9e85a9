"""What the checks find of faults put into sound news pairs, and how often they fire on the sound ones."""

from __future__ import annotations

import logging

import pytest

from aligner import encoders
from aligner.lab.bench.checks import Sound, alarms, newstest, seeded, sound_articles, sound_pairs
from aligner.settings import Settings
from tests.shared_data import data

LOGGER = logging.getLogger(__name__)

# Measured with seed 7 on newstest 2008-2012; a little room is left below each figure.
LEAST_RECALL = {
    "percent": 0.95,
    "magnitude": 0.90,
    "currency": 0.90,
    "number": 0.92,
    "date": 0.90,
    "negation": 0.85,
    "name misspelt": 0.92,
    "name exchanged": 0.90,
    "omission": 1.00,
    "untranslated": 0.90,
    "duplication": 0.92,
    "glued words": 0.82,
}
MOST_ALARMS = {"masakhanews": 0.5, "newstest": 1.0}
"""Findings of severity major or critical of all default checks, per 1,000 words of text by people."""

SETTINGS = Settings()


@pytest.mark.benchmark
def test_seeded_faults_are_found() -> None:
    rows = newstest(data("train").parent)
    table = seeded(rows, SETTINGS, encoders.load(None, None))
    recall = {row["fault"]: row["recall"] for row in table}
    LOGGER.info("recall: %s", recall)
    assert {kind for kind, least in LEAST_RECALL.items() if recall[kind] < least} == set(), recall


def alarm_rate(sound: Sound) -> float:
    (row,) = alarms([sound])
    LOGGER.info("%s", row)
    rate: float = row["major/1000"]
    return rate


@pytest.mark.benchmark
def test_human_translations_raise_few_alarms() -> None:
    rows = newstest(data("train").parent)
    assert alarm_rate(sound_pairs(rows, SETTINGS, encoders.load(None, None))) <= MOST_ALARMS["newstest"]


@pytest.mark.benchmark
def test_human_articles_raise_few_alarms() -> None:
    assert alarm_rate(sound_articles(data("train").parent, SETTINGS)) <= MOST_ALARMS["masakhanews"]
