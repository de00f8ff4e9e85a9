"""What `aligner bench detector` counts, with a tiny detector that suspects "zz" alone, "xx" beside."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

import pytest

from aligner.detector.onnx import OnnxDetector
from aligner.lab.bench import detector as bench
from aligner.lab.bench.faulty_sentences import FaultySentence
from aligner.lab.bench.suspects import (
    Suspect,
    false_positives,
    finding_rates,
    highest,
    lowest,
    missed_faults,
    missed_marks,
    scored_articles,
    scored_pairs,
    touched,
)
from aligner.model import InputError, WordScore
from aligner.settings import Settings
from tests.detector.tiny import write_detector
from tests.shared_data import ROOT, data

LOGGER = logging.getLogger(__name__)
MOST_CPU_SECONDS = 240


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_detector(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def settings(folder: Path) -> Settings:
    return Settings(detector=str(folder), cache=None)


@pytest.fixture
def detector(folder: Path) -> OnnxDetector:
    return OnnxDetector(folder)


def test_the_draw_is_the_same_each_time() -> None:
    pairs = [(f"fr {n}", f"en {n}") for n in range(2 * bench.DRAWN)]
    found = bench.drawn(pairs)
    assert len(set(found)) == bench.DRAWN
    assert bench.drawn(pairs) == found
    assert sorted(bench.drawn(pairs[:5])) == pairs[:5]


def test_words_that_were_changed(detector: OnnxDetector) -> None:
    rows = [
        {"fr": "Un.", "en": "A zz xx b.", "tokens": [[0, 1, 0], [2, 4, 0], [5, 7, 1], [8, 9, 0], [9, 10, 0]]}
    ]
    table = {row["scores"]: row for row in bench.changed_words(rows, detector)}
    assert (table["beside, edited"]["words"], table["beside, edited"]["bad"]) == (5, 1)
    assert [table[way]["auc"] for way in ("beside, edited", "alone, garbled")] == [1.0, 0.375]


def test_characters_that_were_marked(detector: OnnxDetector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MIN_CHARACTERS", 4)
    marks = [("Agreement", [0, 3, 5]), ("Agreement", [1, 0, 2]), ("Wrong Pronoun", [0, 6, 9])]
    french = ["Le zz pont.", "zz la."]
    document = {
        "fr": french,
        "en": ["The bridge.", "There."],
        "annotations": [{"category": c, "severity": "major", "spans": [span]} for c, span in marks],
    }
    table = bench.marked_characters([document], detector.score(french, ["fr", "fr"]), detector)
    assert [(row["category"], row["characters"]) for row in table] == [("(all)", 7), ("Agreement", 4)]
    assert [row["auc, alone, garbled"] for row in table] == [pytest.approx(5.5 / 7), 1.0]


def test_false_positives_are_ranked_one_per_sentence(detector: OnnxDetector) -> None:
    article = {
        "id": "one",
        "lang": "en",
        "title": "",
        "text": "The old bridge over the river is open again. The zz mayor and the zz council came.",
    }
    documents = list(scored_articles([article], detector))
    (worst, *others) = highest(false_positives("news", documents), 2)
    assert worst.row["sentence"].count("【zz】") == 1
    assert (worst.language, worst.source) == ("en", "news")
    assert len(others) == 1
    (fr, en) = finding_rates("news", documents)
    assert (fr["words"], fr["findings/1000"], en["words"]) == (0, 0, 17)
    assert en["findings/1000"] == pytest.approx(1000 * 1 / 17)  # one finding a sentence
    assert [d.text for d in scored_pairs([("Le pont.", "The bridge.")], detector)] == [
        "Le pont.",
        "The bridge.",
    ]


def test_misses_are_what_people_marked_and_the_detector_missed(detector: OnnxDetector) -> None:
    def mark(severity: str, category: str, start: int, end: int) -> dict[str, object]:
        return {"severity": severity, "category": category, "spans": [[0, start, end]]}

    text = "Le zz pont de ville."
    marks = [
        mark("major", "Agreement", 3, 5),
        mark("major", "Omitted Determiner", 13, 14),
        mark("minor", "Spelling", 0, 2),
        mark("critical", "Punctuation", 19, 20),
    ]
    document = {"fr": [text], "annotations": marks}
    scores = detector.score([text], ["fr"])
    found = list(missed_marks([document], scores))
    assert [suspect.source for suspect in found] == ["reviews, agreement", "reviews, omitted determiner"]
    (least,) = lowest(found, 5)
    assert least.row["sentence"] == "Le zz pont de【 】ville."
    assert least.p < 0.1 < found[0].p
    (own,) = missed_faults([FaultySentence("en", "The zz.", "The.", "lexical", (4, 6))], detector)
    assert (own.source, own.row["sentence"]) == ("faulty sentences, lexical", "The 【zz】.")


def test_a_gap_is_scored_by_its_neighbours() -> None:
    words = (WordScore(0, 2, 0.1, ""), WordScore(3, 5, 0.4, ""), WordScore(6, 7, 0.9, ""))
    spans = [(2, 3), (0, 2), (4, 7), (6, 7)]
    assert [touched("ab cd .", words, span) for span in spans] == [0.4, 0.1, 0.4, 0.4]
    assert touched("", (), (0, 1)) == 0


def test_of_a_long_text_the_surroundings_are_shown() -> None:
    shown = Suspect(0.5, "en", "news", f"{'a' * 900} zz {'b' * 900}", (901, 903)).row["sentence"]
    assert shown == f"…{'a' * 149} 【zz】 {'b' * 149}…"


def test_ties_are_broken_alike_each_time() -> None:
    some = [Suspect(0.5, "fr", "news", text, (0, 1)) for text in "cab"]
    assert [s.text for s in lowest(some, 2)] == ["a", "b"]
    assert [s.text for s in highest(reversed(some), 2)] == ["c", "b"]


def test_without_a_detector_nothing_is_measured(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to measure"):
        next(bench.measures(tmp_path, Settings(detector=None)))


def test_missing_data_is_named(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(InputError, match="wmt20-mqm-dev"):
        next(bench.measures(tmp_path, settings))


@pytest.mark.benchmark
def test_all_tables_of_the_shared_data_within_four_minutes() -> None:
    folder = data("train").parent
    start = time.process_time()
    sentences = ROOT / "tests" / "detector" / "faulty_sentences.jsonl"
    tables = dict(bench.measures(folder, Settings(cache=None), sentences, worst_count=30))
    assert time.process_time() - start < MOST_CPU_SECONDS
    for title, rows in tables.items():
        if "worst" in title:
            assert len(rows) == 30
        else:
            LOGGER.info("%s: %s", title, json.dumps(rows))
    # The ablation: the other side, and training on what people change, are what tells changed words.
    alone, _, edited, _ = (row["auc"] for row in tables["words changed by a post-editor (wce-lig)"])
    assert edited > alone > 0.5
