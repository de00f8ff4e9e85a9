"""Thresholds: each kind on both sides of its limit, and what no limit ever counts."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from aligner.gate.judge import require_known_codes
from aligner.model import Finding, InputError, Severity
from aligner.report.outcome import Failure
from aligner.settings import Gate, Settings
from aligner.settings.gate import read_gate
from tests.gate.verdicts import judge
from tests.reporters import samples

ARTICLE = samples.document("a.txt", "en", ["one two three four five six seven eight nine ten"])
OTHER = samples.document("b.txt", "fr", ["un deux trois quatre cinq six sept huit neuf dix"])
MINOR = samples.finding(ARTICLE, "one", code="TYP501", severity="minor", cause="editorial")
MAJOR = samples.finding(ARTICLE, "two", confidence=1.0)
CRITICAL = samples.finding(OTHER, "deux", code="ACC308", severity="critical", cause="translation")
ALL = [MINOR, MAJOR, CRITICAL]
LENIENT = Gate(fail_on="none")


def failures(gate: Gate, found: list[Finding] = ALL, unpaired: tuple[str, ...] = ()) -> list[Failure]:
    return list(judge(found, [ARTICLE, OTHER], unpaired, gate).failures)


@pytest.mark.parametrize(
    ("fail_on", "count"), [("minor", 3), ("major", 2), (None, 2), ("critical", 1), ("none", 0)]
)
def test_severity(fail_on: Severity | Literal["none"] | None, count: int) -> None:
    verdict = judge(ALL, [ARTICLE, OTHER], (), Gate(fail_on=fail_on))
    assert sum(verdict.fails(finding) for finding in ALL) == count
    assert verdict.passed is (count == 0)
    if count:
        assert verdict.failures == (Failure("fail-on", fail_on or "major", count, 0),)


@pytest.mark.parametrize("change", [{"demoted_by": "EXT101"}, {"suppressed": True}, {"baselined": True}])
def test_what_is_explained_suppressed_or_known_fails_nothing(change: dict[str, Any]) -> None:
    quiet = [replace(finding, **change) for finding in ALL]
    strictest = Gate("minor", max=(("total", 0),), min_article_score=100, min_corpus_score=100)
    assert failures(strictest, quiet) == []


def test_severity_can_be_asked_of_some_causes_only() -> None:
    assert failures(Gate("minor", causes=("extraction",)))[0].value == 1
    assert failures(Gate("minor", causes=("alignment",))) == []


@pytest.mark.parametrize(
    ("subject", "count"),
    [("minor", 1), ("translation", 1), ("EXT101", 1), ("EXT", 1), ("total", 3), ("LOC", 0)],
)
def test_counts(subject: str, count: int) -> None:
    assert failures(replace(LENIENT, max=((subject, count),))) == []
    if count:
        over = failures(replace(LENIENT, max=((subject, count - 1),)))
        assert over == [Failure("max", subject, count, count - 1)]


def test_rates_are_per_1000_words_of_what_was_checked() -> None:
    assert failures(replace(LENIENT, max_per_1000_words=(("total", 150),))) == []
    over = failures(replace(LENIENT, max_per_1000_words=(("total", 149.9),)))
    assert over == [Failure("max-per-1000-words", "total", 150.0, 149.9)]


def test_a_limit_takes_the_place_of_the_default_for_what_it_names() -> None:
    assert failures(Gate(max=(("EXT", 5), ("ACC308", 1)))) == []
    assert failures(Gate(max=(("EXT", 5),))) == [Failure("fail-on", "major", 1, 0)]  # ACC308 is named nowhere
    assert failures(Gate(max=(("total", 9),))) == [Failure("fail-on", "major", 2, 0)]
    assert failures(Gate("major", max=(("EXT", 5), ("ACC308", 1)))) == [Failure("fail-on", "major", 2, 0)]


def test_scores() -> None:
    # One major extraction fault of confidence 1 in ten words: 50 points per 100 words, exp(-2) = 13.53 %.
    assert failures(replace(LENIENT, min_article_score=13.53), [MAJOR]) == []
    over = failures(replace(LENIENT, min_article_score=13.54), [MAJOR])
    assert over == [Failure("min-article-score", "a.txt", 13.53, 13.54)]
    over = failures(replace(LENIENT, min_corpus_score=90), [MAJOR])
    assert over == [Failure("min-corpus-score", "", 36.79, 90)]


def test_share_of_unpaired_articles() -> None:
    assert failures(replace(LENIENT, max_unpaired=0.5), [], ("a.txt", "not-checked.txt")) == []
    over = failures(replace(LENIENT, max_unpaired=0.4), [], ("a.txt",))
    assert over == [Failure("max-unpaired", "", 0.5, 0.4)]


def test_nothing_to_judge() -> None:
    strictest = Gate("minor", min_article_score=100, min_corpus_score=100, max_unpaired=0)
    assert judge([], [], (), strictest).passed


LAG = samples.finding(OTHER, "trois quatre cinq", code="ACC301", pair=samples.HARBOUR.pair)


@pytest.mark.parametrize(("side", "pairs"), [("en", 1), ("fr", 0), ("any", 1), (None, 0)])
def test_a_version_that_is_behind_fails(side: Literal["fr", "en", "any"] | None, pairs: int) -> None:
    verdict = judge([LAG], [ARTICLE, OTHER], (), replace(LENIENT, fail_on_behind=side))
    assert [(f.limit, f.subject, f.value) for f in verdict.failures] == [("fail-on-behind", "en", 1)] * pairs
    assert verdict.fails(LAG) is bool(pairs)


@pytest.mark.parametrize("change", [{"suppressed": True}, {"baselined": True}])
def test_a_lag_that_is_known_or_suppressed_fails_nothing(change: dict[str, Any]) -> None:
    assert failures(replace(LENIENT, fail_on_behind="any"), [replace(LAG, **change)]) == []


def test_a_limit_on_lagging_needs_a_check_that_sees_it() -> None:
    with pytest.raises(InputError, match="fail-on-behind"):
        require_known_codes(Settings(select=("EXT",), gate=Gate(fail_on_behind="en")))


def test_what_would_let_a_lag_pass_is_a_setting() -> None:
    gate = read_gate({"fail-on": "none", "fail-on-behind": "en"})
    assert failures(gate, [LAG]) != []
    assert failures(read_gate({"fail-on": "none", "fail-on-behind": "none"}), [LAG]) == []
    with pytest.raises(ValueError, match="fr, en, any, none"):
        read_gate({"fail-on-behind": "de"})


def test_a_known_article_without_counterpart_is_not_new() -> None:
    lone = samples.finding(ARTICLE, "one", code="ALN204", severity="minor")
    lone = replace(lone, code="ALN201")
    strict = replace(LENIENT, max_unpaired=0)
    assert [f.value for f in failures(strict, [lone], (ARTICLE.path,))] == [0.5]
    assert failures(strict, [replace(lone, baselined=True)], (ARTICLE.path,)) == []
    assert failures(strict, [replace(lone, suppressed=True)], (ARTICLE.path,)) == []
