from __future__ import annotations

from dataclasses import replace

from aligner.model import Finding
from aligner.report.records import ArticleRow
from aligner.report.summary import Totals
from aligner.reporters.overview import TrendRow, lead, nothing_paired
from tests.reporters import samples

ARTICLE = ArticleRow("a", "fr", "A", words=100, segments=3, boilerplate_segments=0)


def rows(*scores: float) -> list[ArticleRow]:
    return [replace(ARTICLE, path=f"{number}", score=score) for number, score in enumerate(scores)]


def summary(*findings: Finding) -> dict[str, object]:
    totals = Totals()
    for finding in findings:
        totals.add_finding(finding)
    return totals.summary({"pairs": 0, "unpaired": 0, "other_files": 0}, ())


def test_the_worst_articles_come_first_and_sound_ones_are_not_named() -> None:
    named = lead(rows(100, 40, 99.9, 7, 60, 70, 80, 40), summary()).worst
    assert [(row.path, row.score) for row in named] == [("3", 7), ("1", 40), ("7", 40), ("4", 60), ("5", 70)]
    assert lead(rows(100, 100), summary()).worst == ()


def test_bands_hold_every_article_the_full_score_included() -> None:
    bands = lead(rows(0, 9.99, 10, 99.99, 100), summary()).bands
    assert [band.number for band in bands] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_where_nearly_all_score_high_a_bar_is_one_point() -> None:
    bands = lead(rows(99.5, 100, 98, 90, 91.2, 40), summary()).bands
    assert [(band.low, band.top) for band in bands][:2] == [(0, 90), (90, 91)]
    assert [band.number for band in bands] == [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 2]


def test_one_major_or_critical_finding_breaks_an_article() -> None:
    graded = [
        ARTICLE,
        replace(ARTICLE, minor=9),
        replace(ARTICLE, major=1),
        replace(ARTICLE, critical=2, major=3),
    ]
    assert lead(graded, summary()).broken == 2


def test_the_cause_of_most_findings_is_named() -> None:
    found = [*samples.HARBOUR_FINDINGS, *samples.MARKET_FINDINGS]
    news = lead([ARTICLE], summary(*found))
    assert (news.cause, news.of_cause, news.findings) == ("extraction", 3, 4)
    silent = lead([ARTICLE], summary())
    assert (silent.cause, silent.findings) == (None, 0)


def test_why_there_is_no_pair_is_said() -> None:
    def said(fr: int, en: int) -> str:
        return nothing_paired({"articles": fr + en, "articles_fr": fr, "articles_en": en}, "en")

    assert said(2, 0).startswith("There is no English article")
    assert said(0, 2).startswith("There is no French article")
    assert said(2, 2) == said(0, 0) == "No two articles here tell the same story."


def test_a_trend_says_how_steep_it_is_and_whether_that_is_good() -> None:
    rates = [TrendRow("", then, now, 2, -1) for then, now in ((1.0, 0.9), (1.0, 5.0), (0.0, 0.0))]
    assert [(round(row.slope, 2), row.sense) for row in rates] == [(-0.5, "better"), (1, "worse"), (0, "")]
    assert TrendRow("", 80, 82, 1, 1).sense == "better"
    assert TrendRow("", 80, 82, 0, 0).sense == ""
