"""Judgements of findings meet what is found now, and the table counts both."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aligner import encoders
from aligner.checks.measured import Judged, Measured, wilson
from aligner.lab.bench.checks import (
    MIN_FINDINGS,
    CorrectText,
    by_check,
    detections_in_rows,
    figures,
    finding_rates,
    with_rare,
)
from aligner.lab.bench.labels import Detection, digest, judged, read_labels
from aligner.settings import Settings

FOUND = Detection("made-up", "fr:0", digest("fr", "Il il dort."), 0, 5, "EXT104", "major")
UNKNOWN = Detection("made-up", "fr:1", digest("fr", "Elle elle part."), 0, 9, "EXT104", "major")


def test_labels_are_read_by_key(tmp_path: Path) -> None:
    row = {"source": "s", "row": "fr:0", "sha256": FOUND.sha, "start": 0, "end": 5}
    row |= {"code": "EXT104", "wrong": True}
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    labels = read_labels(file)
    assert labels == {FOUND.key: True}
    assert judged([FOUND, UNKNOWN], labels) == (1, 1)


def test_a_finding_elsewhere_is_not_judged() -> None:
    moved = Detection("made-up", "fr:0", FOUND.sha, 3, 8, "EXT104", "major")
    assert judged([moved], {FOUND.key: True}) == (0, 0)


def test_shipped_labels_hold_no_text_and_no_two_verdicts() -> None:
    path = Path(__file__).parents[2] / "aligner" / "lab" / "bench" / "data" / "check_labels.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {tuple(row) for row in rows} == {("source", "row", "sha256", "start", "end", "code", "wrong")}
    assert len(read_labels()) == len(rows) > 0


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"), [(18, 20, 0.699, 0.972), (0, 5, 0.0, 0.434), (5, 5, 0.566, 1.0)]
)
def test_wilson(hits: int, tries: int, low: float, high: float) -> None:
    assert wilson(hits, tries) == pytest.approx((low, high), abs=1e-3)


def test_wilson_of_nothing() -> None:
    assert wilson(0, 0) is None


def test_by_check_counts_what_is_judged_and_what_is_not() -> None:
    correct = CorrectText("calm", 2000, (("EXT104", "major"),))
    rows = by_check([FOUND, UNKNOWN], {FOUND.key: True}, [correct], {"EXT104": 0.75})
    (row,) = (row for row in rows if row["code"] == "EXT104")
    assert (row["findings"], row["judged"], row["precision"]) == (2, 1, 1.0)
    assert (row["calm/1000"], row["recall"]) == (0.5, 0.75)


def test_crawled_news_stands_in_for_what_dirty_text_lacks() -> None:
    news = CorrectText("masakhanews", 10, (), (UNKNOWN,))
    assert with_rare([FOUND], [news]) == [FOUND, UNKNOWN]
    assert with_rare([FOUND] * MIN_FINDINGS, [news]) == [FOUND] * MIN_FINDINGS


def test_figures_count_findings_where_a_check_runs() -> None:
    correct = [
        CorrectText("masakhanews", 1000, (("EXT104", "major"),)),
        CorrectText("newstest", 3000, (("ACC308", "major"), ("ACC308", "major"), ("ACC308", "major"))),
    ]
    table = figures(by_check([FOUND, UNKNOWN], {FOUND.key: True}, correct, {}), finding_rates(correct))
    assert table["EXT104"] == {"major": {"scraped": (1, 1)}, "minor": {}, "per_1000": 0.25}
    assert table["ACC308"] == {"major": {}, "minor": {}, "per_1000": 1.0}
    assert table["ALN201"]["per_1000"] is None


def test_figures_are_shown_short() -> None:
    assert Judged(20, 19).precision == "0.95 (0.76-0.99) of 20"
    assert Judged(0, 0).precision == ""
    assert [Measured({}, {}, rate).rate for rate in (0.0312, 0.0, None)] == ["0.03", "0", ""]


def test_what_is_judged_on_several_kinds_adds_up() -> None:
    figures = Measured({"published": Judged(4, 1), "scraped": Judged(6, 6)}, {"scraped": Judged(2, 0)}, None)
    assert figures.of() == Judged(12, 7)
    assert figures.of(major=True) == Judged(10, 7)
    assert figures.of(("machine-translated", "scraped")) == Judged(8, 6)


def test_every_source_has_a_kind() -> None:
    kinds = [replace(FOUND, source=source).kind for source in ("ntrex", "newsdiscuss/fr-en/online-A", "web")]
    assert kinds == ["published", "machine-translated", "scraped"]


def test_spans_count_in_the_row() -> None:
    rows = [
        ("Il pleut sur la ville.", "It rains on the town."),
        ("", "Nothing here."),
        ("Le port compte 340 quais.", "The port has 430 quays."),
    ]
    found = list(detections_in_rows("made-up", rows, 3, Settings(), encoders.load(None, None)))
    number = next(f for f in found if f.code == "ACC308")
    language, _, row = number.row.partition(":")
    assert row == "2"
    text = rows[2][0 if language == "fr" else 1]
    assert text[number.start : number.end] in ("340", "430")
    assert number.sha == digest(language, *rows[2])
