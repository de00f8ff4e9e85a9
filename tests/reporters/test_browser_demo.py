"""The lists of the demo's report in a real browser, used as a reader uses them: filter, sort, follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.reporters.browser import Driver, choose, one, press, screen, until, wanted

ROWS_SHOWN = (
    "return [...document.querySelectorAll('table.pairs tbody tr')].filter(row => row.offsetParent !== null)"
    ".map(row => ({...row.dataset, text: row.textContent}))"
)

pytestmark = wanted


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("kind", "abridged", lambda row: row["kind"] == "abridged"),
        ("check", "ACC308", lambda row: "ACC308" in row["codes"].split()),
        ("severity", "critical", lambda row: "critical" in row["severity"].split()),
        ("q", "MARATHON", lambda row: "marathon" in row["text"].lower()),
        ("below", "60", lambda row: any(float(score) < 60 for score in row["score"].split())),
    ],
)
def test_a_filter_stays_in_the_address(index: Driver, name: str, value: str, fits: Any) -> None:
    every = index.execute_script(ROWS_SHOWN)
    if name in ("q", "below"):
        one(index, f"input[name={name}]").send_keys(value)
    else:
        choose(index, name, value)
    expected = [row for row in every if fits(row)]
    assert 0 < len(expected) < len(every)
    assert index.execute_script(ROWS_SHOWN) == expected
    assert str(len(expected)) in one(index, "form.filter output").text
    assert index.current_url.endswith(f"#{name}={value}")
    index.refresh()
    assert index.execute_script(ROWS_SHOWN) == expected
    assert one(index, f"[name={name}]").get_attribute("value") == value


def test_filters_add_up_and_are_taken_back(index: Driver) -> None:
    every = index.execute_script(ROWS_SHOWN)
    choose(index, "kind", "translation")
    one(index, "input[name=q]").send_keys("no such words anywhere")
    assert index.execute_script(ROWS_SHOWN) == []
    assert one(index, "form.filter + p").text == "Nothing matches the filter."
    one(index, "input[name=q]").clear()
    choose(index, "kind", "")
    assert index.execute_script(ROWS_SHOWN) == every
    assert "#" not in index.current_url
    choose(index, "kind", "adapted")
    index.execute_script("location.hash = 'q=marathon'")
    until(index, lambda page: one(page, "select[name=kind]").get_attribute("value") == "")
    assert len(index.execute_script(ROWS_SHOWN)) == 1


def test_a_click_on_a_head_sorts_up_then_down(index: Driver) -> None:
    heads = index.find_elements("css selector", "table.pairs th[data-sort]")
    score = next(head for head in heads if head.text.startswith("Score"))
    for direction, backwards in (("ascending", False), ("descending", True)):
        one(score, "button").click()
        assert score.get_attribute("aria-sort") == direction
        scores = [min(map(float, row["score"].split())) for row in index.execute_script(ROWS_SHOWN)]
        assert scores == sorted(scores, reverse=backwards)
        assert len(set(scores)) > 1
    assert len(index.find_elements("css selector", "th[aria-sort]")) == 1
    assert index.current_url.endswith("#sort=-score")
    index.refresh()
    again = index.execute_script(ROWS_SHOWN)
    assert [min(map(float, row["score"].split())) for row in again] == scores


def test_u_leads_back_to_the_overview_as_it_was_left(index: Driver) -> None:
    choose(index, "severity", "critical")
    one(index, "table.pairs tbody tr:not([hidden]) a").click()
    until(index, lambda page: "/pairs/" in page.current_url)
    press(index, "u")
    until(index, lambda page: page.current_url.endswith("/index.html#severity=critical"))
    one(index, "form.filter [type=reset]").click()
    assert index.current_url.endswith("/index.html")


def test_a_check_leads_to_its_pairs_and_articles(index: Driver) -> None:
    every = index.execute_script(ROWS_SHOWN)
    one(index, "[data-check=EXT107] a").click()
    until(index, lambda page: one(page, "form.filter output").text)
    shown = index.execute_script(ROWS_SHOWN)
    assert shown == [row for row in every if "EXT107" in row["codes"].split()]
    lone = index.find_elements("css selector", "table.unpaired tbody tr:not([hidden])")
    assert lone
    assert all("EXT107" in row.get_attribute("data-codes") for row in lone)
    said = one(index, "form.filter output").text
    assert said == f"Pairs shown: {len(shown)} · without counterpart: {len(lone)}"
    one(index, ".contents a[href='#signature']").click()
    assert index.execute_script(ROWS_SHOWN) == shown


def test_colours_follow_the_system(index: Driver) -> None:
    lightness = {}
    for scheme in ("light", "dark"):
        with screen(index, scheme=scheme):
            colours = index.execute_script(
                "const style = getComputedStyle(document.body); return [style.backgroundColor, style.color]"
            )
        lightness[scheme] = [sum(map(int, c.strip("rgb()").split(","))) for c in colours]
    assert lightness["light"][0] > 600 > 300 > lightness["light"][1]
    assert lightness["dark"][0] < 150 < 500 < lightness["dark"][1]


def test_nothing_scrolls_sideways(driver: Driver, demo: Path) -> None:
    for page in (demo / "index.html", demo / "findings.html", *sorted(demo.glob("*/*.html"))):
        driver.get(page.as_uri())
        for width in (390, 1280, 1920):
            with screen(driver, width):
                wide = driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, page.name


def test_the_ten_most_serious_findings_are_above_the_fold(
    driver: Driver, demo: Path, french_demo: Path
) -> None:
    """On a laptop of 1280 by 800 pixels; and what says how the report was made is folded away."""
    ends = "return [...document.querySelectorAll('.serious li')].map(e => e.getBoundingClientRect().bottom)"
    for report in (demo, french_demo):
        driver.get((report / "index.html").as_uri())
        with screen(driver, 1280):
            found = driver.execute_script(ends)
        assert len(found) == 10
        assert max(found) <= 800
        assert not one(driver, "#signature ~ details dl").is_displayed()


def test_axe_finds_nothing_serious(driver: Driver, demo: Path) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    worst = max(demo.glob("pairs/*.html"), key=lambda path: path.read_text("utf-8").count('class="note '))
    lone = next(page for page in demo.glob("articles/*.html") if "hostile" not in page.name)
    for page in (demo / "index.html", demo / "findings.html", worst, lone):
        driver.get(page.as_uri())
        driver.execute_script(source + "; document.querySelectorAll('details').forEach(d => (d.open = true))")
        for width, scheme in ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
            with screen(driver, width, scheme):
                found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
            assert len(found["passes"]) > 10  # it did look
            serious = [rule for rule in found["violations"] if rule["impact"] in ("serious", "critical")]
            places = {rule["id"]: [node["html"][:120] for node in rule["nodes"][:3]] for rule in serious}
            assert not places, (page.name, width, scheme)


def test_what_is_chosen_in_the_list_goes_along_to_the_page(driver: Driver, demo: Path) -> None:
    driver.get((demo / "findings.html").as_uri())
    every = (
        "return [...document.querySelectorAll('table.findings tbody tr:not([hidden])')]"
        ".map(row => ({...row.dataset}))"
    )
    before = driver.execute_script(every)
    assert not any("suspicion" in row for row in before)
    choose(driver, "severity", "major")
    assert not one(driver, "form.filter + p").is_displayed()
    shown = driver.execute_script(every)
    assert {row["severity"] for row in shown} == {"major"}
    assert len(shown) >= sum(row["severity"] == "major" for row in before)
    one(driver, "table.findings tbody tr:not([hidden]) a").click()
    until(driver, lambda page: "/pairs/" in page.current_url or "/articles/" in page.current_url)
    assert "?severity=major#m-" in driver.current_url
    visible = "return [...document.querySelectorAll('.note:not([hidden])')].map(n => n.dataset.severity)"
    assert set(driver.execute_script(visible)) == {"major"}
    one(driver, ".only input").click()
    assert len(driver.execute_script(visible)) >= 1
    press(driver, "u")
    until(driver, lambda page: page.current_url.endswith("findings.html#severity=major"))


REDRAWN = """
const here = location.href.replace(/[^/]*$/, "");
const same = (rows) => rows.map((row) => {
  for (const a of row.querySelectorAll("a"))
    a.setAttribute("href", a.href.replace(here, "").replace(/[?][^#]*/, ""));
  for (const name of Object.keys(row.dataset)) delete row.dataset[name];
  return row.outerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<").replace(/ class=""/g, "");
});
return [...document.querySelectorAll("table[data-rows]")].map((table) => {
  const empty = document.createElement("div");
  empty.append(table.cloneNode(true), table.nextElementSibling.cloneNode(true));
  empty.firstChild.tBodies[0].replaceChildren();
  return [same([...table.tBodies[0].rows]), same(rowsOf(empty.firstChild).map((row) => row.draw()))];
});
"""


@pytest.mark.parametrize("page", ["index.html", "findings.html"])
def test_rows_drawn_from_data_are_those_of_the_templates(driver: Driver, demo: Path, page: str) -> None:
    driver.get((demo / page).as_uri() + ("#suspicions=1" if page == "findings.html" else ""))
    tables = driver.execute_script(REDRAWN)
    assert tables
    for drawn, redrawn in tables:
        assert len(drawn) > 2
        assert redrawn[: len(drawn)] == drawn


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("page", "row"),
    [
        ("index.html", ".serious li"),
        ("index.html", ".late li"),
        ("index.html", ".worst li"),
        ("index.html", "table.pairs tbody tr"),
        ("index.html", "table.unpaired tbody tr"),
        ("findings.html", "table.findings tbody tr"),
    ],
)
def test_a_whole_row_leads_to_its_page(driver: Driver, demo: Path, page: str, row: str, width: int) -> None:
    driver.get((demo / page).as_uri())
    with screen(driver, width):
        line = one(driver, row)
        href = one(driver, f"{row} a").get_attribute("href")
        corners = (
            "const r = arguments[0]; r.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const box = r.getBoundingClientRect(), all = [[.02, .3], [.5, .5], [.98, .7]];"
            "return all.map(([x, y]) => document.elementFromPoint(box.left + x * box.width,"
            " box.top + y * box.height)?.closest('a')?.href)"
        )
        assert driver.execute_script(corners, line) == [href] * 3


@pytest.mark.parametrize("width", [390, 1280])
def test_figures_and_excerpts_of_both_sides_say_which_is_which(
    driver: Driver, demo: Path, width: int
) -> None:
    labels = (
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.textContent.trim())"
        ".map(e => getComputedStyle(e, '::before').content.replaceAll('\"', ''))"
    )
    for page, cells in (
        ("index.html", "table.pairs td.two span"),
        ("index.html", ".serious q"),
        *((("findings.html", "td.excerpt"),) if width < 400 else ()),
    ):
        driver.get((demo / page).as_uri())
        with screen(driver, width):
            assert set(driver.execute_script(labels, cells)) == {"fr", "en"}, cells
