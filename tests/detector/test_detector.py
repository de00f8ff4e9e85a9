"""The detector's runtime, with a network small enough to know what it must say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import detector
from aligner.detector import Detector
from aligner.detector.cache import Remembering
from aligner.detector.onnx import OnnxDetector
from aligner.detector.protocol import Analysis, WordScores
from aligner.detector.windows import LONGEST_ALONE, LONGEST_TOGETHER, Pieces, alone, together
from aligner.detector.words import word_spans
from aligner.lexicon import words as lexicon
from aligner.model import InputError, Language
from tests.detector.tiny import write_detector

P_BAD = 0.9933  # logistic(5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_detector(tmp_path_factory.mktemp("models") / "tiny", largest=LONGEST_TOGETHER + 3)


@pytest.fixture(scope="module")
def tiny(folder: Path) -> OnnxDetector:
    return OnnxDetector(folder)


def suspects(text: str, scores: WordScores) -> list[str]:
    return [text[word.start : word.end] for word in scores if word.p_bad > 0.5]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("L'aujourd'hui qu’il n'est-ce", ["L'", "aujourd'hui", "qu’", "il", "n'", "est-ce"]),
        ("O'Brien's they've don't", ["O'Brien", "'s", "they", "'ve", "don't"]),
        ("3,5 % ... (oui!)", ["3,5", "%", "...", "(", "oui", "!", ")"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        (" \n", []),
    ],
)
def test_words(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == cut


@given(st.text())
def test_every_character_but_space_lies_in_one_word(text: str) -> None:
    covered = [index for span in word_spans(text) for index in range(*span)]
    assert covered == [index for index, char in enumerate(text) if not char.isspace()]


def test_a_word_is_as_bad_as_its_worst_piece(tiny: OnnxDetector) -> None:
    text = "Il a bazzar, (zz) dit."
    (scores,) = tiny.score([text], ["fr"])
    assert suspects(text, scores) == ["bazzar", "zz"]
    assert [(w.p_bad, w.type) for w in scores if w.p_bad > 0.5] == [(P_BAD, "verb-form")] * 2
    assert [(w.start, w.end) for w in scores] == word_spans(text)


def test_the_other_side_is_evidence_and_has_its_own_calibration(tiny: OnnxDetector) -> None:
    ((fr, en),) = tiny.score_pairs(["Le zzé."], ["The axxe zz."])
    assert [w.p_edited > 0.5 for w in en] == [False, True, False, False]
    assert fr[1].p_bad == en[2].p_bad == 1.0  # logistic(2 * 5 + 0.5), rounded
    (by_itself,) = tiny.score(["The axxe zz."], ["en"])
    assert not any(w.p_edited > 0.5 for w in by_itself)


def test_an_empty_text_has_no_scores(tiny: OnnxDetector) -> None:
    assert tiny.score(["", " \n"], ["fr", "en"]) == [(), ()]
    assert tiny.score([], []) == []
    assert tiny.score_pairs([""], ["a zz"])[0][0] == ()


def test_long_texts_are_scored_to_the_end(tiny: OnnxDetector) -> None:
    text = "bon mot " * 400 + "zz"
    (scores,) = tiny.score([text], ["fr"])
    assert len(scores) == 801
    assert suspects(text, scores) == ["zz"]
    ((fr, en),) = tiny.score_pairs([text], ["a zz b"])
    assert (suspects(text, fr), len(en)) == (["zz"], 3)


def test_odd_characters_are_scored_too(tiny: OnnxDetector) -> None:
    for text in ("\u200b a zz", "\ud800 zz", "漢字 zz", "ﬁn zz", "x" * 2000 + " zz", "\x00 zz"):
        (scores,) = tiny.score([text], ["en"])
        assert suspects(text, scores) == ["zz"]


def pieces_of(sizes: Sequence[int]) -> Pieces:
    """Words of so many pieces each."""
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    return Pieces(range(sum(sizes)), [(end - size, end) for end, size in zip(ends, sizes, strict=True)])


SIZES = st.lists(st.integers(1, 30) | st.integers(200, 600), min_size=1, max_size=60)


@given(SIZES)
def test_windows_hold_every_piece_once_and_cut_before_words(sizes: list[int]) -> None:
    pieces = pieces_of(sizes)
    runs = alone(pieces)
    assert [i for run in runs for i in range(*run)] == list(pieces.ids)
    assert all(0 < end - start <= LONGEST_ALONE for start, end in runs)
    if max(sizes) <= 30:
        assert {start for start, _ in runs} <= {first for first, _ in pieces.runs}


@given(SIZES, SIZES)
def test_windows_of_pairs_hold_every_piece_once(fr: list[int], en: list[int]) -> None:
    left, right = pieces_of(fr), pieces_of(en)
    windows = together(left, right)
    assert [i for run, _ in windows for i in range(*run)] == list(left.ids)
    assert [i for _, run in windows for i in range(*run)] == list(right.ids)
    assert all(b - a + d - c <= LONGEST_TOGETHER for (a, b), (c, d) in windows)


class Counting:
    """A detector that says how often it was asked for each text."""

    def __init__(self, other: Detector) -> None:
        self.other, self.asked = other, list[str]()

    @property
    def name(self) -> str:
        return self.other.name

    def score(self, texts: Sequence[str], languages: Sequence[Language]) -> list[WordScores]:
        return [analysis.words for analysis in self.analyse(texts, languages)]

    def analyse(self, texts: Sequence[str], languages: Sequence[Language]) -> list[Analysis]:
        self.asked += texts
        return self.other.analyse(texts, languages)

    def score_pairs(self, fr: Sequence[str], en: Sequence[str]) -> list[tuple[WordScores, WordScores]]:
        self.asked += fr
        return self.other.score_pairs(fr, en)


def test_scores_are_remembered(tiny: OnnxDetector, tmp_path: Path) -> None:
    fr, en = ["Un zz.", "L’été.", "Un zz.", ""], ["A zz.", "Summer xx.", "A zz.", "x"]
    first = Remembering(Counting(tiny), "a", tmp_path)
    assert first.score(fr, ["fr"] * 4) == tiny.score(fr, ["fr"] * 4)
    assert first.score_pairs(fr, en) == tiny.score_pairs(fr, en)
    counting = Counting(tiny)
    second = Remembering(counting, "a", tmp_path)
    assert second.score(fr, ["fr"] * 4) == tiny.score(fr, ["fr"] * 4)
    assert second.score_pairs(fr, en) == tiny.score_pairs(fr, en)
    assert counting.asked == []
    second.score(["Un zz."], ["en"])
    Remembering(counting, "b", tmp_path).score(["Un zz."], ["fr"])
    assert counting.asked == ["Un zz.", "Un zz."]


@pytest.mark.parametrize("broken", [b"no database", b""])
def test_a_broken_cache_costs_only_time(tiny: OnnxDetector, tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "scores.sqlite").write_bytes(broken)
    assert Remembering(tiny, "a", tmp_path).score(["zz"], ["fr"]) == tiny.score(["zz"], ["fr"])


def test_broken_rows_are_scored_again(tiny: OnnxDetector, tmp_path: Path) -> None:
    Remembering(tiny, "a", tmp_path).score(["zz"], ["fr"])
    with sqlite3.connect(tmp_path / "scores.sqlite") as database:
        assert database.execute("UPDATE scores SET value = '[]'").rowcount == 1
    database.close()
    assert Remembering(tiny, "a", tmp_path).score(["zz"], ["fr"]) == tiny.score(["zz"], ["fr"])


def test_another_word_list_is_another_fingerprint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = OnnxDetector(folder).fingerprint
    assert OnnxDetector(folder).fingerprint == before
    packed = lexicon._packed
    monkeypatch.setattr(lexicon, "_packed", lambda name: packed(name) + b"x" * ("fr" in name))
    assert OnnxDetector(folder).fingerprint != before


def test_the_name_is_that_of_the_folder_and_card(folder: Path) -> None:
    assert detector.load(folder).name == "tiny-tiny"


def test_a_folder_without_a_detector_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"card\.json is missing.*--no-detector"):
        detector.load(tmp_path)


def test_a_broken_card_is_said(tmp_path: Path) -> None:
    folder = write_detector(tmp_path / "broken")
    (folder / "card.json").write_text(json.dumps({"version": "1", "types": []}), encoding="utf-8")
    with pytest.raises(InputError, match=r"card\.json does not describe a detector"):
        detector.load(folder)


def test_a_broken_network_is_said_when_it_is_needed(tmp_path: Path) -> None:
    folder = write_detector(tmp_path / "broken")
    (folder / "model.onnx").write_bytes(b"nothing")
    tiny = detector.load(folder)
    with pytest.raises(InputError, match="onnxruntime cannot load it"):
        tiny.score(["Un mot."], ["fr"])
