"""What rules are right in is counted in passages and news, and curves are fitted to it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aligner import detector
from aligner.checks.evidence import Finder, Seen, log_odds, read_evidence
from aligner.lab.datasets.garbled import Passage
from aligner.lab.train.evidence import (
    LEAST_SEEN,
    MOST_SEEN,
    Observed,
    beta,
    claims,
    doubt_curve,
    fitted,
    judgements,
    modesty,
    observe_news,
    observe_passages,
    sentence_digest,
)
from aligner.model import Document
from aligner.text.prose import as_read
from aligner.text.structure import make_document

FAULTY = "The council did not stopped the work on Monday."
CORRECT = "The council did not stop the work on Monday."
RULE = "rule:did-not-and-past"


def passage(split: str = "train", span: tuple[int, int] = (16, 23)) -> Passage:
    return Passage("en-0", "verb", CORRECT, FAULTY, (span,), None, split)  # type: ignore[arg-type]


def observed_in(*passages: Passage) -> Observed:
    observed = Observed()
    observe_passages(passages, "en", detector.load(), observed)
    return observed


def article(text: str) -> Document:
    return make_document("news.txt", text, {"format": "txt"}, "en")


def test_a_finding_in_what_is_marked_is_right() -> None:
    observed = observed_in(passage())
    assert (observed.garbled, observed.correct) == (1, 1)
    assert [(finder.key, right) for finder, _, right in observed.rows] == [(RULE, True)]


def test_one_elsewhere_is_not_counted_nor_is_the_test_part_read() -> None:
    assert observed_in(passage(span=(39, 45))).rows == []
    assert observed_in(passage("test")) == Observed()


def test_a_finding_in_news_is_right_if_a_reader_said_so() -> None:
    text = article(f"{FAULTY} The bridge is closed to all traffic.")
    scored = as_read(detector.score_article(text, detector.load()))
    (digest,) = {sentence_digest(scored, claim) for claim in claims(scored)}
    for right in ({}, {digest: frozenset((RULE,))}):
        observed = Observed()
        observe_news([text], detector.load(), observed, right)
        assert [row[2] for row in observed.rows] == [bool(right)]
        assert observed.correct == 2


@pytest.mark.parametrize("counts", [[(9, 1)] * 30, [(10, 0)] * 30, [(20, 0), (0, 20)] * 10])
def test_a_beta_distribution_has_the_mean_that_was_seen(counts: Sequence[tuple[int, int]]) -> None:
    a, b = beta(counts)
    share = sum(right for right, _ in counts) / sum(map(sum, counts))
    assert a / (a + b) == pytest.approx(share, abs=0.02)
    assert LEAST_SEEN - 0.1 <= a + b <= MOST_SEEN + 0.1


def test_the_doubt_counts_as_much_as_it_told() -> None:
    finder = Finder("rule", "a")
    rows = [(finder, 0.5, True)] * 90 + [(finder, 0.5, False)] * 10
    rows += [(finder, 0.05, True)] * 50 + [(finder, 0.05, False)] * 50
    table = {
        "seen": {finder.key: [140, 60]},
        "kinds": {"rule": [7, 3]},
        "doubt": [0, 0],
        "share": 0.2,
        "authors": 0,
    }
    counts = read_evidence(table)
    offset, slope = doubt_curve(rows, counts)
    odds = log_odds(counts.of_finder(finder, Seen(1, 0))) + offset
    assert odds == pytest.approx(log_odds(0.9), abs=0.05)
    assert odds + slope * log_odds(0.05) == pytest.approx(log_odds(0.5), abs=0.05)


def test_authors_of_rules_are_as_modest_as_each_rule_shows_alike() -> None:
    often = Finder("rule", "often", 0.8)
    rows = [(often, 0.5, True)] * 90 + [(often, 0.5, False)] * 10
    rows += [(Finder("rule", "seldom", 0.8), 0.5, True), (Finder("wording", "a b"), 0.5, False)]
    added = modesty(rows, (0.0, 0.0))
    assert log_odds(0.8) + added == pytest.approx(log_odds(0.95), abs=0.01)


def test_a_table_has_every_finder_with_its_counts() -> None:
    observed = Observed([(Finder("rule", "a"), 0.5, True), (Finder("wording", "b c"), 0.1, False)], 1, 3)
    table = fitted(observed)
    assert table["seen"] == {"rule:a": [1, 0], "wording:b c": [0, 1]}
    assert table["share"] == 0.25
    assert read_evidence(table).of_finder(Finder("rule", "a")) > 0.5


def test_judgements_name_kinds_of_finders_that_there_are() -> None:
    keys = {key for keys in judgements().values() for key in keys}
    assert {key.partition(":")[0] for key in keys} == {"rule", "wording", "tree"}
