"""Grades of rows: what they look at, and how odd rows come out."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

import aligner
from aligner.grading import Grade, Row, grade_rows, read_rows
from aligner.grading.features import fluency
from aligner.grading.scale import shipped_scale
from aligner.lab.bench.grade import bitext as measure_bitext
from aligner.lab.bench.grade import words as measure_words
from aligner.lab.datasets.ranking import auc, best_threshold, f1
from aligner.lab.train.grade import logistic
from aligner.model import InputError, WordScore
from aligner.settings import Settings
from tests.detector.tiny import write_detector

GOOD = Row("Le maire a ouvert le pont lundi matin.", "The mayor opened the bridge on Monday morning.")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(detector=str(write_detector(tmp_path_factory.mktemp("models") / "tiny")))


def grade(row: Row, settings: Settings) -> Grade:
    (graded,) = grade_rows([row], settings)
    return graded


def test_a_pair_is_graded_on_both_sides(settings: Settings) -> None:
    graded = grade(Row("Le maire a ouvert le zzpont.", "The mayor opened the axxe."), settings)
    good = grade(GOOD, settings)
    assert (graded.fluency_fr or 0) < (good.fluency_fr or 0)
    assert (graded.fluency_en or 0) < (good.fluency_en or 0)
    assert [graded.en[a:b] for a, b, p in graded.tokens_en if p > 0.5 and graded.en] == ["axxe"]
    assert "FLU406" in graded.codes


@pytest.mark.parametrize(
    ("fr", "en"),
    [
        (GOOD.fr, "Rain is expected in the north tomorrow."),
        (GOOD.fr, "The mayor."),
        (GOOD.fr, GOOD.fr),
        (GOOD.en, GOOD.en),
        ("Der Bürgermeister hat die Brücke am Montag eröffnet.", GOOD.en),
        (GOOD.fr, "The mayor opened the bridge on Monday. " * 5),
        ("12 500 personnes sont venues lundi.", "On Monday 1,300 people came."),
        ("Le prÃ©sident a Ã©tÃ© rÃ©Ã©lu hier soir.", "The president was re-elected last night."),
        ("Le maire a ouvert the bridge on Monday morning.", GOOD.en),
    ],
)
def test_what_is_no_translation_has_a_lower_score(settings: Settings, fr: str, en: str) -> None:
    for each in (settings, Settings(detector=None)):
        good, other = grade(GOOD, each), grade(Row(fr, en), each)
        assert (other.score or 0) < (good.score or 0)
        assert (other.adequacy or 0) < (good.adequacy or 0)


def test_without_a_detector_nothing_is_said_of_words(settings: Settings) -> None:
    graded = grade(GOOD, Settings(detector=None))
    assert (graded.fluency_fr, graded.fluency_en) == (None, None)
    assert (graded.tokens_fr, graded.tokens_en) == ((), ())
    assert graded.adequacy == grade(GOOD, settings).adequacy


@pytest.mark.parametrize(
    "row", [Row("", ""), Row(" ", ""), Row("", "Only here."), Row("Ici seulement.", "\u00a0")]
)
def test_a_row_without_two_sides_is_no_translation(settings: Settings, row: Row) -> None:
    graded = grade(row, settings)
    assert (graded.fr, graded.en) == row
    assert (graded.score, graded.adequacy) == (0.0, 0.0)
    assert (graded.fluency_fr is None, graded.fluency_en is None) == tuple(
        not (side or "").strip() for side in row
    )


def test_one_text_alone_is_graded_by_its_fluency(settings: Settings) -> None:
    good, bad, empty = grade_rows([Row("Il dort.", None), Row("Il zz.", None), Row("", None)], settings)
    assert (good.en, good.adequacy, good.fluency_en, good.tokens_en) == (None, None, None, ())
    assert good.score == good.fluency_fr
    assert (bad.score or 0) < (good.score or 0)
    assert [p > 0.5 for _, _, p in bad.tokens_fr] == [False, True, False]
    assert (empty.score, empty.fluency_fr, empty.tokens_fr) == (None, None, ())


def test_a_grade_does_not_depend_on_its_neighbours(settings: Settings) -> None:
    rows = [GOOD, Row("Il zz.", "He xx."), GOOD, Row("", "x")]
    together = list(grade_rows(rows, settings))
    assert [each.index for each in together] == [0, 1, 2, 3]
    for each, row in zip(together, rows, strict=True):
        (alone,) = grade_rows([row], settings)
        assert (alone.score, alone.tokens_en) == (each.score, each.tokens_en)


def test_very_long_and_odd_rows_are_graded(settings: Settings) -> None:
    long = "Le maire a ouvert le pont lundi. " * 300
    for row in (Row(long, "The bridge."), Row("\ud800 zz", "\x00"), Row("👍", "👍"), Row("…", "!")):
        graded = grade(row, settings)
        assert 0 <= (graded.score or 0) <= 1


def scores(*p: float) -> list[WordScore]:
    return [WordScore(0, 1, each, "lexical") for each in p]


def test_fluency_falls_with_every_wrong_word() -> None:
    assert fluency("", "fr", []) is None
    values = [
        fluency("a", "fr", scores(0.0, 0.0)),
        fluency("a", "fr", scores(0.5, 0.0)),
        fluency("a", "fr", scores(0.5, 0.5)),
        fluency("a", "fr", scores(1, 1)),
    ]
    assert values == sorted(values, key=lambda value: -(value or 0))
    assert (values[0], values[-1]) == (1.0, 0.0)


def test_marks_do_not_count_for_fluency() -> None:
    words = [WordScore(0, 3, 0.25, "lexical"), WordScore(4, 5, 1.0, "fragment")]
    assert fluency("Oui !", "fr", words) == 0.75
    assert fluency("…", "fr", [WordScore(0, 1, 1.0, "fragment")]) == 1.0


def test_what_is_no_sentence_may_be_broken_off() -> None:
    def sounds(text: str, kind: str) -> float | None:
        return fluency(text, "fr", [WordScore(0, 2, 0.8, kind), WordScore(3, 6, 0.0, kind)])

    assert sounds("Le pont.", "fragment") == sounds("le pont", "lexical") == pytest.approx(0.2)
    assert sounds("le pont", "fragment") == pytest.approx(0.8)


def test_a_word_that_no_dictionary_has_counts_though_it_looks_like_a_name() -> None:
    for text, most in (
        ("the goverment", 0.1),
        ("the government", 1.0),
        ("the Goverment", 1.0),
        ("a zzkrv", 0.1),
    ):
        scored = [WordScore(text.index(" ") + 1, len(text), 0.0, "spelling")]
        assert fluency(text, "en", scored) == pytest.approx(most)


def test_findings_of_grammar_count_for_fluency(settings: Settings) -> None:
    wrong = grade(Row(None, "He had went home early."), settings)
    right = grade(Row(None, "He had gone home early."), settings)
    assert "FLU407" in wrong.codes
    assert (wrong.fluency_en or 0) < 0.8 < (right.fluency_en or 0)


def test_no_figure_counts_for_a_pair() -> None:
    scale = shipped_scale()
    for curve in (scale.adequacy, scale.quality, scale.quality_by_rules):
        assert all(weight <= 0 for weight in curve.weights.values())


def test_rows_of_a_table_keep_their_places(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    file.write_text('en\tid\tfr\nOne\t1\tUn\n\t2\t\n"Two\t3\nThree\t4\tTrois', encoding="utf-8")
    assert list(read_rows([str(file)])) == [
        Row("Un", "One"),
        Row("", ""),
        Row("", '"Two'),
        Row("Trois", "Three"),
    ]


def test_two_texts_answer_line_by_line(tmp_path: Path) -> None:
    fr, en = tmp_path / "a.txt", tmp_path / "b.txt"
    fr.write_text("Un\r\n\r\nTrois\u2028quatre\r\n", encoding="utf-8")
    en.write_text("One\n\nThree four\n", encoding="utf-8")
    rows = [Row("Un", "One"), Row("", ""), Row("Trois\u2028quatre", "Three four")]
    assert list(read_rows([str(fr), str(en)])) == rows
    en.write_text("One\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.txt has 1 lines and .*a\.txt more"):
        list(read_rows([str(fr), str(en)]))


def test_the_language_of_one_text_is_told_or_given(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("Oui.\nLe maire est venu.\n\nPortland\n", encoding="utf-8")
    assert [row.fr for row in read_rows([str(file)])] == ["Oui.", "Le maire est venu.", "", "Portland"]
    assert next(read_rows([str(file)], language="en")) == Row(None, "Oui.")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rows.tsv", "a\tb\n1\t2\n", "no columns fr and en"),
        ("rows.tmx", "<tmx><body>", "broken XML"),
        ("rows.txt.gz", "plain", "damaged gzip"),
    ],
)
def test_what_is_no_bitext_is_said(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        list(read_rows([str(tmp_path / name)]))


def test_rows_from_python_are_a_table(settings: Settings) -> None:
    grades = aligner.grade([(GOOD.fr, GOOD.en), ("Il zz.", None)], detector=settings.detector)
    frame = grades.to_frame()
    assert frame["score"].tolist() == [grades[0].score, grades[1].score]
    assert frame.columns.tolist()[:4] == ["index", "fr", "en", "score"]
    assert "2 rows" in grades._repr_html_()


def test_ranking() -> None:
    assert auc([0.9, 0.5], [0.1, 0.5]) == 0.875
    assert auc([], [1.0]) is None
    scores, bad = np.array([0.9, 0.6, 0.2]), np.array([True, False, False])
    assert f1(scores, bad, 0.5) == pytest.approx(2 / 3)
    assert f1(scores, bad, best_threshold(scores, bad)) == 1.0


def test_a_curve_has_no_weight_of_the_wrong_sign() -> None:
    rng = np.random.default_rng(0)
    table = rng.normal(size=(400, 2))
    good = table[:, 1] - 2 * table[:, 0] > 0
    bias, weights = logistic(table, good, np.full(400, 1 / 400))
    assert weights[0] < -0.5
    assert weights[1] == 0
    assert abs(bias) < 1


def test_bench_of_words_and_rows(tmp_path: Path, settings: Settings) -> None:
    row = {"fr": "Un.", "en": "A axx b.", "hter": 0.5, "tokens": [[0, 1, 0], [2, 5, 1], [6, 7, 0]]}
    good = {"fr": "Un.", "en": "A b.", "hter": 0.0, "tokens": [[0, 1, 0], [2, 3, 0]]}
    (tmp_path / "wce-lig").mkdir()
    gold = tmp_path / "words.jsonl"
    gold.write_text(f"{json.dumps(row)}\n{json.dumps(good)}\n", encoding="utf-8")
    with lzma.open(tmp_path / "wce-lig" / "words.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(gold.read_text(encoding="utf-8"))
    measured = measure_words(gold, tmp_path, settings)
    assert (measured["words"], measured["auc"], measured["f1"]) == (5, 1.0, 1.0)
    table = tmp_path / "rows.tsv"
    rows = [(*GOOD, "V", "0.9"), (GOOD.fr or "", "It rains in the north.", "A", "0.6")]
    lines = ["fr\ten\tlabel\tbicleaner", *("\t".join(map(str, each)) for each in rows)]
    table.write_text("\n".join(lines), encoding="utf-8")
    figures = {each["bad"]: each for each in measure_bitext(table, settings)}
    assert (figures["not a translation"]["auc"], figures["not a translation"]["bicleaner"]) == (1.0, 1.0)
    assert figures["machine or error"]["auc"] is None
