"""The report of the demo in a real browser, used as a reader uses it: filter, sort, keys, copy, print."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aligner import pipeline
from aligner.settings import load_settings
from tests.shared_data import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--force-prefers-reduced-motion",  # or clicks miss what a smooth scroll is still moving
)  # fmt: skip
HOSTILE = """# Le conseil <script>document.title = "taken"</script><img src=x onerror="document.title=1">

שלום \u202eالعالم 🦊👩🏽‍🚒 a dit la maire de Morvilliers. Le marché rouvre samedi à neuf heures.

"""
ROWS_SHOWN = (
    "return [...document.querySelectorAll('table.pairs tbody tr')].filter(row => row.offsetParent !== null)"
    ".map(row => ({...row.dataset, text: row.textContent}))"
)
FOCUSED = "return document.activeElement.matches('mark a') ? document.activeElement.hash : ''"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(DRIVER is None, reason="no chromedriver on this machine"),
]
Driver = Any
"""A ``selenium.webdriver.Chrome``; the package is imported where it is used, for it may be absent."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo and of one hostile article."""
    folder = tmp_path_factory.mktemp("demo")
    long = "Le vent souffle sur la place du marché, et le maire attend. " * 3400
    hostile = folder / "hostile.md"
    hostile.write_text(HOSTILE + long + "\0 fin.\n", encoding="utf-8")
    settings = load_settings(None, {"ui": "en", "cache": False})
    return pipeline.audit([str(ROOT / "corpora" / "demo"), str(hostile)], settings, folder / "out").path


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield chrome
    chrome.quit()


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
        ("below", "60", lambda row: float(row["score"]) < 60),
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
    one(index, "input[name=q]").clear()
    choose(index, "kind", "")
    assert index.execute_script(ROWS_SHOWN) == every
    assert "#" not in index.current_url
    choose(index, "kind", "adapted")
    index.execute_script("location.hash = 'q=marathon'")
    assert one(index, "select[name=kind]").get_attribute("value") == ""
    assert len(index.execute_script(ROWS_SHOWN)) == 1


def test_a_click_on_a_head_sorts_up_then_down(index: Driver) -> None:
    heads = index.find_elements("css selector", "table.pairs th[data-sort]")
    score = next(head for head in heads if head.text.startswith("Score"))
    for direction, backwards in (("ascending", False), ("descending", True)):
        one(score, "button").click()
        assert score.get_attribute("aria-sort") == direction
        scores = [float(row["score"]) for row in index.execute_script(ROWS_SHOWN)]
        assert scores == sorted(scores, reverse=backwards)
        assert len(set(scores)) > 1
    assert len(index.find_elements("css selector", "th[aria-sort]")) == 1


def test_n_and_p_walk_from_finding_to_finding(faulty_pair: Driver) -> None:
    script = "return [...new Set([...document.querySelectorAll('mark a')].map(a => a.hash))]"
    findings = faulty_pair.execute_script(script)
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


def test_u_leads_back_to_the_overview(faulty_pair: Driver) -> None:
    press(faulty_pair, "u")
    assert faulty_pair.current_url.endswith("/index.html")


def test_a_finding_is_copied_as_text(faulty_pair: Driver) -> None:
    # Pages without permission get a promise that is refused: what would be written is taken down instead.
    faulty_pair.execute_script(
        "window.copied = ''; navigator.clipboard.writeText = async text => { window.copied = text; }"
    )
    note = one(faulty_pair, ".note")
    one(note, "button.copy").click()
    copied = faulty_pair.execute_script("return window.copied").split("\n")
    assert one(note, ".reason").text == copied[0]
    assert copied[-1].endswith("#" + note.get_attribute("id"))
    assert copied[-1].startswith("file:")
    assert one(note, "button.copy").text == "Copied"


def test_colours_follow_the_system(index: Driver) -> None:
    lightness = {}
    for scheme in ("light", "dark"):
        index.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        colours = index.execute_script(
            "const style = getComputedStyle(document.body); return [style.backgroundColor, style.color]"
        )
        lightness[scheme] = [sum(map(int, c.strip("rgb()").split(","))) for c in colours]
    index.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert lightness["light"][0] > 600 > 300 > lightness["light"][1]
    assert lightness["dark"][0] < 150 < 500 < lightness["dark"][1]


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_scrolls_sideways(driver: Driver, demo: Path, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for page in (demo / "index.html", *sorted(demo.glob("*/*.html"))):
        driver.get(page.as_uri())
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, page.name
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_pages_print(faulty_pair: Driver, tmp_path: Path) -> None:
    printed = base64.b64decode(faulty_pair.print_page())
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") >= 1
    faulty_pair.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not one(faulty_pair, ".crumbs").is_displayed()
    assert one(faulty_pair, ".note .reason").is_displayed()
    faulty_pair.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(driver: Driver, demo: Path, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    worst = max(demo.glob("pairs/*.html"), key=lambda path: path.read_text("utf-8").count('class="note '))
    lone = next(page for page in demo.glob("articles/*.html") if "hostile" not in page.name)
    for page in (demo / "index.html", worst, lone):
        driver.get(page.as_uri())
        driver.execute_script(source)
        found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        assert len(found["passes"]) > 10  # it did look
        serious = [rule for rule in found["violations"] if rule["impact"] in ("serious", "critical")]
        places = {rule["id"]: [node["html"][:120] for node in rule["nodes"][:3]] for rule in serious}
        assert not places, page.name
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_hostile_article_runs_nothing_and_is_shown(driver: Driver, demo: Path) -> None:
    driver.get_log("browser")
    driver.get(next(demo.glob("articles/hostile*.html")).as_uri())
    assert driver.title not in ("taken", "1")
    text = one(driver, "main").get_property("textContent")
    assert all(piece in text for piece in ('<script>document.title = "taken"', "</script>", "🦊👩🏽‍🚒"))
    assert len(text) > 200_000
    assert not driver.find_elements("css selector", "main script, main img")
    assert driver.get_log("browser") == []  # the policy had nothing to refuse
