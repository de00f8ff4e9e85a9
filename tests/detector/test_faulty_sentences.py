"""How many of our own broken sentences are found where they are broken; how many correct ones are flagged."""

import json
import logging
from pathlib import Path

import pytest

from aligner.lab.bench.faulty_sentences import ALL, FaultySentence, measure, read_sentences
from aligner.model import LANGUAGES, InputError
from aligner.settings import Settings
from tests.detector.tiny import write_detector

LOGGER = logging.getLogger(__name__)
SENTENCES = Path(__file__).parent / "faulty_sentences.jsonl"
LEAST_FOUND = {"fr": 0.31, "en": 0.31}
MOST_FLAGGED = 0.06
TINY = [
    FaultySentence(
        "en", "The zz mayor has opened the old bridge.", "The mayor has opened the bridge.", "lexical", (4, 6)
    ),
    FaultySentence(
        "en", "The mayor mayor has opened the zz bridge.", "The mayor opened a zz.", "duplication", (4, 15)
    ),
    FaultySentence(
        "en", "The mayor has opened opened the old bridge.", "Nothing is wrong.", "duplication", (14, 27)
    ),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(detector=str(write_detector(tmp_path / "tiny")), cache=None)


@pytest.mark.benchmark
def test_faulty_sentences_are_found_and_correct_ones_are_not() -> None:
    rows = measure(read_sentences(SENTENCES), Settings(cache=None))
    for row in rows:
        LOGGER.info("%s", row)
    whole = {row["language"]: row for row in rows if row["kind"] == ALL}
    for language in LANGUAGES:
        row = whole[language]
        assert row["detector"] / row["sentences"] >= LEAST_FOUND[language]
        assert row["detector, correct"] / row["sentences"] <= MOST_FLAGGED


def test_each_system_is_counted_by_language_and_kind(settings: Settings) -> None:
    duplication, lexical, whole = measure(TINY, settings)
    assert [row["kind"] for row in (duplication, lexical, whole)] == ["duplication", "lexical", ALL]
    assert (lexical["rules"], lexical["detector"], lexical["both"]) == (0, 1, 1)
    assert (duplication["rules"], duplication["detector"], duplication["both"]) == (2, 0, 2)
    assert (whole["sentences"], whole["rules"], whole["detector"], whole["both"]) == (3, 2, 1, 3)
    assert (whole["rules, correct"], whole["detector, correct"], whole["both, correct"]) == (0, 1, 1)


def test_our_sentences_can_be_read() -> None:
    assert len(read_sentences(SENTENCES)) == 200


@pytest.mark.parametrize("change", [{"language": "de"}, {"span": [3, 3]}, {"span": [0, 99]}, {"sound": None}])
def test_what_is_no_ear_is_said(tmp_path: Path, change: dict[str, object]) -> None:
    row = {"language": "en", "broken": "The zz.", "sound": "The.", "kind": "lexical", "span": [4, 6]}
    good, bad = json.dumps(row), json.dumps({k: v for k, v in (row | change).items() if v is not None})
    file = tmp_path / "faulty_sentences.jsonl"
    file.write_text(f"{good}\n{bad}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2: expected"):
        read_sentences(file)
