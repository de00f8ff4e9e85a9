"""What the page of a review takes of an editor's time: from a key to the next finding on the screen.

`pytest -m benchmark -o log_cli=true -o log_cli_level=INFO` prints it.
"""

from __future__ import annotations

import logging
import statistics
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import aligner
from aligner.review.content import Content
from aligner.review.saving import Saving
from aligner.review.server import ReviewServer
from aligner.settings.review import EMPTY, read_review
from tests.reporters.browser import Driver, press, screen, until, wanted
from tests.shared_data import ROOT

pytestmark = [pytest.mark.benchmark, *wanted]

FINDINGS = 50
MOST_SECONDS = 0.25
"""Time of a verdict at the median, on any machine: what is read next is there before it is looked for."""
WATCH = """
window.times = [];
let pressed = 0, before = "";
const shown = () => document.querySelector(".card.now")?.dataset.fingerprint ?? "";
addEventListener("keydown", () => { pressed = performance.now(); before = shown(); }, true);
new MutationObserver(() => {
  if (!pressed || shown() === before) return;
  const start = pressed;
  pressed = 0;
  requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - start)));
}).observe(document.querySelector("main"), {childList: true, subtree: true, attributes: true});
"""
"""Notes the time from each key to the frame in which another finding is the current one."""
VISIBLE = """
const box = document.querySelector(".card.now").getBoundingClientRect();
return box.top >= -1 && box.bottom <= innerHeight + 1;
"""

logger = logging.getLogger(__name__)


def judged(number: int) -> Callable[[Driver], bool]:
    return lambda page: bool(page.execute_script("return times.length") >= number)


def test_a_verdict_by_one_key(driver: Driver, tmp_path: Path) -> None:
    report = aligner.audit(str(ROOT / "corpora" / "stories"), tmp_path / "report", cache=False)
    file = tmp_path / "review.jsonl"
    with ReviewServer(Content(report, "en"), EMPTY, Saving(file)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            driver.get(server.address)
            until(driver, lambda page: page.find_elements("css selector", ".card.now"))
            with screen(driver, 1280):
                driver.execute_script(WATCH)
                hidden = 0
                for number in range(1, FINDINGS + 1):
                    press(driver, "r")
                    until(driver, judged(number))
                    hidden += not driver.execute_script(VISIBLE)
                times = [each / 1000 for each in driver.execute_script("return window.times")]
        finally:
            server.shutdown()
            thread.join()
    assert len(read_review(file).findings) == FINDINGS
    logger.info(
        "%d verdicts by one key each: %.0f ms at the median, %.0f ms at most, %.1f s in all; "
        "not wholly in view: %d of the findings that came next",
        len(times),
        1000 * statistics.median(times),
        1000 * max(times),
        sum(times),
        hidden,
    )
    assert hidden == 0
    assert statistics.median(times) < MOST_SECONDS
