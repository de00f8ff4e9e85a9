"""A real Chromium, where this machine has one: one of them serves all tests that look at pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",  # or clicks miss what a smooth scroll is still moving
)
PATIENCE = 30
"""Seconds until a page that does not come to do what it should has failed to."""
Driver = Any
"""A ``selenium.webdriver.Chrome``; the package is imported where it is used, for it may be absent."""

wanted = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(DRIVER is None, reason="no chromedriver on this machine"),
]


@contextmanager
def browser(profile: Path) -> Iterator[Driver]:
    """Start a browser that keeps what it must in ``profile``, and end it."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    chrome = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield chrome
    finally:
        chrome.quit()


def until(driver: Driver, condition: Callable[[Driver], Any]) -> None:
    """Wait until it holds: what a click or a new address sets off comes after WebDriver's answer."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, PATIENCE, poll_frequency=0.05).until(condition)


def click(driver: Driver, selector: str) -> None:
    """Click on the first such element; one that the page has just made anew is looked for again."""
    from selenium.common.exceptions import StaleElementReferenceException

    def clicked(_: Driver) -> bool:
        for element in driver.find_elements("css selector", selector)[:1]:
            try:
                element.click()
            except StaleElementReferenceException:
                return False
            return True
        return False

    until(driver, clicked)


def reopen(driver: Driver, address: str) -> None:
    """Go to an address that is open already, and wait until the page is another one."""
    driver.execute_script("window.before = true")
    driver.get(address)
    until(
        driver, lambda _: driver.execute_script("return !window.before && document.readyState == 'complete'")
    )


@contextmanager
def screen(driver: Driver, width: int = 0, scheme: str = "", media: str = "") -> Iterator[None]:
    """Look with a window of that width in pixels, a phone's below 500, a colour scheme, a medium."""
    if width:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}] if scheme else []
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    try:
        yield
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def one(driver: Driver, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def press(driver: Driver, key: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(key).perform()


def choose(driver: Driver, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(one(driver, f"select[name={name}]")).select_by_value(value)
