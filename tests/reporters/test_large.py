"""The overview of a large corpus: how much it weighs a pair, and how little of it is drawn at a time."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from aligner.checks import wording
from aligner.report.writer import Report
from aligner.reporters.rows import ROWS_SHOWN
from tests.reporters import samples
from tests.reporters.browser import Driver, screen, until, wanted
from tests.reporters.large import write_large

PAIRS = 200
BEYOND_TEXT = 150
"""Bytes that a pair may cost in the overview beside its titles, its paths and the name of its page."""
ALWAYS = 150_000
"""Bytes that an overview may have whatever the number of its pairs."""
SHOWN = (
    "return [...document.querySelectorAll('table.pairs tbody tr')]"
    ".map(row => row.querySelector('a').textContent)"
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "_MESSAGES", {code: {"found": samples.MESSAGES} for code in samples.NAMES})
        return write_large(tmp_path_factory.mktemp("large") / "out", PAIRS)


@pytest.fixture
def index(driver: Driver, large: Report) -> Driver:
    driver.get("about:blank")
    driver.get((large.path / "index.html").as_uri())
    return driver


def data_of(page: str, table: str) -> dict[str, list[list[object]]]:
    """Return what the rows of a table are drawn from."""
    (text,) = re.findall(rf'data-rows="{table}".*?<template>(.*?)</template>', page, flags=re.S)
    data: dict[str, list[list[object]]] = json.loads(html.unescape(text))
    return data


def size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def test_a_pair_costs_little_more_than_its_text(large: Report) -> None:
    page = (large.path / "index.html").read_text("utf-8")
    rows = data_of(page, "pairs")["rows"]
    assert len(rows) == PAIRS
    costs = [size(row) - sum(size(part) for part in row[:5]) for row in rows]
    assert max(costs) <= BEYOND_TEXT
    lone = data_of(page, "unpaired")["rows"]
    assert len(page.encode()) - sum(size(row) for row in (*rows, *lone)) <= ALWAYS


def test_without_scripts_the_first_rows_are_there_and_the_others_named(large: Report) -> None:
    page = (large.path / "index.html").read_text("utf-8")
    table = page.split('data-rows="pairs"')[1].split("<template>")[0]
    assert table.count("<tr") == 1 + ROWS_SHOWN["pairs"]
    said = re.findall(r"<noscript>(.*?)</noscript>", page, flags=re.S)
    assert f"The first {ROWS_SHOWN['pairs']} of {PAIRS}" in said[0]
    assert 'href="pairs.csv"' in said[0]


class TestInABrowser:
    pytestmark = wanted

    def test_a_page_of_rows_is_drawn_at_a_time(self, index: Driver) -> None:
        most = ROWS_SHOWN["pairs"]
        first = index.execute_script(SHOWN)
        assert len(first) == most
        assert index.execute_script("return document.querySelectorAll('*').length") < 2500
        earlier, later = index.find_elements("css selector", "#pairs ~ .pages button")
        assert not earlier.is_enabled()
        later.click()
        until(index, lambda page: page.execute_script(SHOWN) != first)
        second = index.execute_script(SHOWN)
        assert len(second) == most
        assert not set(first) & set(second)
        earlier.click()
        until(index, lambda page: page.execute_script(SHOWN) == first)

    def test_what_is_searched_and_sorted_is_every_row(self, index: Driver) -> None:
        index.execute_script("location.hash = 'q=lieu-nowhere'")
        until(index, lambda page: page.execute_script(SHOWN) == [])
        wanted_title = f"Morvilliers-{PAIRS - 1} "
        index.execute_script("location.hash = arguments[0]", f"q={wanted_title.strip().lower()} ")
        until(index, lambda page: any(wanted_title in title for title in page.execute_script(SHOWN)))
        index.execute_script("location.hash = 'sort=-title'")
        until(index, lambda page: len(page.execute_script(SHOWN)) == ROWS_SHOWN["pairs"])
        titles = index.execute_script(SHOWN)
        assert titles == sorted(titles, key=lambda title: title.replace("-", ""), reverse=True)

    def test_the_head_of_the_table_stays_in_sight(self, index: Driver) -> None:
        with screen(index, 1280):
            index.execute_script(
                "document.querySelector('table.pairs tbody tr:nth-child(12)').scrollIntoView()"
            )
            head = "return document.querySelector('table.pairs thead th').getBoundingClientRect().top"
            until(index, lambda page: abs(page.execute_script(head)) < 2)

    @pytest.mark.benchmark
    def test_the_overview_of_2000_pairs_is_drawn_within_a_second(
        self, driver: Driver, tmp_path: Path
    ) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(wording, "_MESSAGES", {code: {"found": samples.MESSAGES} for code in samples.NAMES})
            report = write_large(tmp_path / "out", 2000)
        index = report.path / "index.html"
        assert index.stat().st_size < 1_000_000
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        spent = min(_cpu_seconds(driver, index.as_uri()) for _ in range(3))
        assert spent < 1


def _cpu_seconds(driver: Driver, address: str) -> float:
    """Return the processor time that a page takes until it is loaded, drawn and at rest."""

    def spent() -> float:
        figures = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return float(next(figure["value"] for figure in figures if figure["name"] == "TaskDuration"))

    driver.get("about:blank")
    driver.get(address)
    driver.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")
    return spent()
