"""How many of our own broken sentences are found where they are broken; how many correct ones are flagged."""

import json
import logging
from pathlib import Path

import pytest

from aligner.lab.bench.ears import ALL, Ear, measure, read_ears
from aligner.model import LANGUAGES, InputError
from aligner.settings import Settings
from tests.detector.tiny import write_detector

LOGGER = logging.getLogger(__name__)
EARS = Path(__file__).parent / "ears.jsonl"
LEAST_FOUND = {"fr": 0.31, "en": 0.31}
MOST_FLAGGED = 0.06
TINY = [
    Ear(
        "en", "The zz mayor has opened the old bridge.", "The mayor has opened the bridge.", "lexical", (4, 6)
    ),
    Ear("en", "The mayor mayor has opened the zz bridge.", "The mayor opened a zz.", "duplication", (4, 15)),
    Ear("en", "The mayor has opened opened the old bridge.", "Nothing is wrong.", "duplication", (14, 27)),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(detector=str(write_detector(tmp_path / "tiny")), cache=None)


@pytest.mark.benchmark
def test_broken_sentences_are_heard_and_sound_ones_left_alone() -> None:
    rows = measure(read_ears(EARS), Settings(cache=None))
    for row in rows:
        LOGGER.info("%s", row)
    whole = {row["language"]: row for row in rows if row["kind"] == ALL}
    for language in LANGUAGES:
        row = whole[language]
        assert row["detector"] / row["sentences"] >= LEAST_FOUND[language]
        assert row["detector, sound"] / row["sentences"] <= MOST_FLAGGED


def test_each_system_is_counted_by_language_and_kind(settings: Settings) -> None:
    duplication, lexical, whole = measure(TINY, settings)
    assert [row["kind"] for row in (duplication, lexical, whole)] == ["duplication", "lexical", ALL]
    assert (lexical["rules"], lexical["detector"], lexical["both"]) == (0, 1, 1)
    assert (duplication["rules"], duplication["detector"], duplication["both"]) == (2, 0, 2)
    assert (whole["sentences"], whole["rules"], whole["detector"], whole["both"]) == (3, 2, 1, 3)
    assert (whole["rules, sound"], whole["detector, sound"], whole["both, sound"]) == (0, 1, 1)


def test_our_sentences_can_be_read() -> None:
    assert len(read_ears(EARS)) == 200


@pytest.mark.parametrize("change", [{"language": "de"}, {"span": [3, 3]}, {"span": [0, 99]}, {"sound": None}])
def test_what_is_no_ear_is_said(tmp_path: Path, change: dict[str, object]) -> None:
    row = {"language": "en", "broken": "The zz.", "sound": "The.", "kind": "lexical", "span": [4, 6]}
    good, bad = json.dumps(row), json.dumps({k: v for k, v in (row | change).items() if v is not None})
    file = tmp_path / "ears.jsonl"
    file.write_text(f"{good}\n{bad}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2: expected"):
        read_ears(file)
