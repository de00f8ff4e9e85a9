"""How many of our own broken sentences are heard where they are broken; how many sound ones are suspected."""

import json
import logging
from pathlib import Path

import pytest

from aligner import detector
from aligner.checks.flu406_garbled import THRESHOLDS
from aligner.checks.heard import passages
from aligner.model import LANGUAGES, HeardWord, Language, Segment

LOGGER = logging.getLogger(__name__)
EARS = [json.loads(line) for line in (Path(__file__).parent / "ears.jsonl").read_text("utf-8").splitlines()]
NEAR = 10
"""Characters beside the fault within which a passage still points at it."""
LEAST_HEARD = {"fr": 0.22, "en": 0.22}
MOST_FLAGGED = 0.06


def spans(text: str, words: tuple[HeardWord, ...], language: Language) -> list[tuple[int, int]]:
    segment = Segment(text, 0, len(text), 0, "body", language)
    return [(p.start, p.end) for p in passages(words, [segment], THRESHOLDS, lambda word: word.p_bad)]


@pytest.mark.benchmark
@pytest.mark.parametrize("language", LANGUAGES)
def test_broken_sentences_are_heard_and_sound_ones_left_alone(language: Language) -> None:
    ears = detector.load()
    rows = [row for row in EARS if row["language"] == language]
    heard, flagged = [], 0
    for row in rows:
        broken, sound = ears.hear([row["broken"], row["sound"]], [language, language])
        start, end = row["span"]
        found = spans(row["broken"], broken, language)
        heard.append(any(a < end + NEAR and b > start - NEAR for a, b in found))
        flagged += bool(spans(row["sound"], sound, language))
    kinds = sorted({row["kind"] for row in rows})
    for kind in kinds:
        own = [h for h, row in zip(heard, rows, strict=True) if row["kind"] == kind]
        LOGGER.info("%s %s: %d of %d", language, kind, sum(own), len(own))
    LOGGER.info("%s: %d of %d heard, %d sound ones flagged", language, sum(heard), len(rows), flagged)
    assert sum(heard) / len(rows) >= LEAST_HEARD[language]
    assert flagged / len(rows) <= MOST_FLAGGED
