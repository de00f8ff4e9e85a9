"""The report of the demo in a real browser, used as a reader uses it: filter, sort, keys, copy, print."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from aligner.run import pipeline
from aligner.settings import load_settings
from tests.reporters.browser import Driver, screen, until, wanted
from tests.shared_data import ROOT

HOSTILE = """# Le conseil <script>document.title = "taken"</script><img src=x onerror="document.title=1">

שלום \u202eالعالم 🦊👩🏽‍🚒 a dit la maire de Morvilliers. Le marché rouvre samedi à neuf heures.

"""
ROWS_SHOWN = (
    "return [...document.querySelectorAll('table.pairs tbody tr')].filter(row => row.offsetParent !== null)"
    ".map(row => ({...row.dataset, text: row.textContent}))"
)
FOCUSED = "return document.activeElement.matches('mark a') ? document.activeElement.hash : ''"

pytestmark = wanted


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo and of one hostile article."""
    folder = tmp_path_factory.mktemp("demo")
    long = "Le vent souffle sur la place du marché, et le maire attend. " * 3400
    hostile = folder / "hostile.md"
    hostile.write_text(HOSTILE + long + "\0 fin.\n", encoding="utf-8")
    settings = load_settings(None, {"ui": "en", "cache": False, "detector": False})
    return pipeline.audit([str(ROOT / "corpora" / "demo"), str(hostile)], settings, folder / "out").path


@pytest.fixture
def index(driver: Driver, demo: Path) -> Driver:
    driver.get("about:blank")
    driver.get((demo / "index.html").as_uri())
    return driver


@pytest.fixture
def faulty_pair(driver: Driver, demo: Path) -> Driver:
    """The page of the pair with the most findings."""
    page = max(demo.glob("pairs/*.html"), key=lambda path: path.read_text("utf-8").count('class="note '))
    driver.get(page.as_uri())
    return driver


def one(driver: Driver, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def press(driver: Driver, key: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(key).perform()


def choose(driver: Driver, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(one(driver, f"select[name={name}]")).select_by_value(value)


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


def test_n_and_p_walk_from_finding_to_finding(faulty_pair: Driver) -> None:
    script = (
        "return [...new Set([...document.querySelectorAll('mark:not(.quiet) a')].map(a => a.hash))]"
        ".map(hash => [hash, document.getElementById(hash.slice(1)).dataset.severity])"
    )
    ranks = ("critical", "major", "minor")  # the serious ones first, then in the order of the text
    walk = sorted(faulty_pair.execute_script(script), key=lambda found: ranks.index(found[1]))
    findings = [address for address, _ in walk]
    assert len(findings) > 2
    assert one(faulty_pair, ".keys").is_displayed()
    for expected in [*findings, findings[0]]:
        press(faulty_pair, "n")
        assert faulty_pair.execute_script(FOCUSED) == expected
    in_sight = "const box = document.activeElement.getBoundingClientRect(); return [box.top, innerHeight]"
    press(faulty_pair, "p")
    assert faulty_pair.execute_script(FOCUSED) == findings[-1]
    top, height = faulty_pair.execute_script(in_sight)
    assert 0 <= top < height


def test_a_finding_under_focus_shows_its_reason(faulty_pair: Driver) -> None:
    press(faulty_pair, "n")
    mark = faulty_pair.switch_to.active_element
    described = mark.get_attribute("aria-describedby").split()
    assert mark.get_attribute("data-reason").split("\n")[0] in one(faulty_pair, f"[id='{described[0]}']").text
    shown = "return getComputedStyle(document.activeElement, '::after').content"
    assert mark.get_attribute("data-reason")[:20] in faulty_pair.execute_script(shown)


def test_u_leads_back_to_the_overview_as_it_was_left(index: Driver) -> None:
    choose(index, "severity", "critical")
    one(index, "table.pairs tbody tr:not([hidden]) a").click()
    until(index, lambda page: "/pairs/" in page.current_url)
    press(index, "u")
    until(index, lambda page: page.current_url.endswith("/index.html#severity=critical"))
    one(index, "form.filter [type=reset]").click()
    assert index.current_url.endswith("/index.html")


def test_a_finding_that_is_folded_away_unfolds_when_a_link_names_it(faulty_pair: Driver) -> None:
    folded = one(faulty_pair, "details .note")
    assert not folded.is_displayed()
    faulty_pair.execute_script("location.hash = arguments[0]", "#" + folded.get_attribute("id"))
    unfolded = "details[open] .note:target"
    until(faulty_pair, lambda page: page.find_elements("css selector", unfolded))
    assert one(faulty_pair, unfolded).is_displayed()


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


def test_a_finding_is_copied_as_text(faulty_pair: Driver) -> None:
    # Pages without permission get a promise that is refused: what would be written is taken down instead.
    faulty_pair.execute_script(
        "window.copied = ''; navigator.clipboard.writeText = async text => { window.copied = text; }"
    )
    note = one(faulty_pair, ".note")
    one(note, "button.copy").click()
    copied = faulty_pair.execute_script("return window.copied").split("\n")
    assert copied[0] == note.get_attribute("data-place")
    assert copied[1] == one(note, ".reason").text
    assert copied[2] == note.get_attribute("data-excerpt")
    assert copied[-1].endswith("#" + note.get_attribute("id"))
    assert copied[-1].startswith("file:")
    assert one(note, "button.copy").text == "Copied"


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


def test_pages_print(faulty_pair: Driver) -> None:
    printed = base64.b64decode(faulty_pair.print_page())
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") >= 1
    with screen(faulty_pair, media="print"):
        assert not one(faulty_pair, ".crumbs").is_displayed()
        assert one(faulty_pair, ".note .reason").is_displayed()


def test_on_paper_everything_is_unfolded(faulty_pair: Driver) -> None:
    open_folds = "return [...document.querySelectorAll('details')].map(fold => fold.open)"
    assert not any(faulty_pair.execute_script(open_folds))
    faulty_pair.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert all(faulty_pair.execute_script(open_folds))
    faulty_pair.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert not any(faulty_pair.execute_script(open_folds))


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


def test_the_keys_are_shown_over_the_page(faulty_pair: Driver) -> None:
    sight = "const at = arguments[0].getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight"
    keys = one(faulty_pair, ".keys ul")
    faulty_pair.execute_script("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    for closing in ("?", "\ue00c"):  # the latter is Escape
        press(faulty_pair, "?")
        assert keys.is_displayed()
        assert faulty_pair.execute_script(sight, keys)
        press(faulty_pair, closing)
        assert not keys.is_displayed()


def test_a_suppression_is_copied_ready_for_the_settings(faulty_pair: Driver) -> None:
    import tomllib

    from aligner.settings.gate import read_suppressions

    faulty_pair.execute_script(
        "window.copied = ''; navigator.clipboard.writeText = async text => { window.copied = text; }"
    )
    note = one(faulty_pair, ".note")
    one(note, "button.suppress").click()
    given = tomllib.loads(faulty_pair.execute_script("return window.copied"))
    (suppression,) = read_suppressions(given["suppress"])
    assert suppression.fingerprint == note.get_attribute("id").removeprefix("n-")
    assert suppression.code == note.get_attribute("data-code")


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


def test_a_number_shows_its_counterpart_and_the_keys_reach_it(faulty_pair: Driver) -> None:
    lit = "return [...document.querySelectorAll('.linked')].map(fact => fact.closest('.side').className)"
    press(faulty_pair, "f")
    until(faulty_pair, lambda page: page.execute_script(lit))
    assert {side.split()[-1] for side in faulty_pair.execute_script(lit)} == {"fr", "en"}
    described = "return document.activeElement.getAttribute('aria-description')"
    side = "return document.activeElement.closest('.side').className"
    assert faulty_pair.execute_script(described).startswith("↔ ")
    first = faulty_pair.execute_script(side)
    press(faulty_pair, "\ue007")
    until(faulty_pair, lambda page: page.execute_script(side) != first)
    one(faulty_pair, "input[name=facts]").click()
    until(faulty_pair, lambda page: not page.execute_script(lit))
    shown = "return getComputedStyle(document.querySelector('[data-f]')).textDecorationLine"
    assert faulty_pair.execute_script(shown) == "none"
    one(faulty_pair, "input[name=facts]").click()
    assert faulty_pair.execute_script(shown) == "underline"
