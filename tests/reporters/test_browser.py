"""The pages in a real browser, where there is one: their own script runs, and nothing of an article does."""

from __future__ import annotations

from pathlib import Path

from aligner.report.writer import Report, ReportWriter
from aligner.reporters.html import write_pages
from tests.reporters import samples
from tests.reporters.browser import Driver, wanted

ATTACK = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"

pytestmark = wanted


def test_the_policy_lets_our_own_script_run(driver: Driver, report: Report) -> None:
    driver.get((report.path / "index.html").as_uri())
    assert driver.find_element("css selector", "form.filter").is_displayed()
    assert "Match" in [button.text for button in driver.find_elements("css selector", "th button")]


def test_nothing_in_an_article_runs(driver: Driver, tmp_path: Path) -> None:
    fr = samples.document("fr/" + ATTACK, "fr", [(ATTACK, "title"), ATTACK, "\0 \u202e " + "mot" * 50_000])
    en = samples.document("en", "en", [ATTACK, ATTACK, "x"], title=ATTACK)
    with ReportWriter(tmp_path / "out") as writer:
        writer.add_document(fr, [samples.finding(fr, ATTACK, suggestion=ATTACK)])
        writer.add_document(en)
        writer.add_alignment(samples.alignment(fr, en, [([i], [i]) for i in range(3)]))
        report = writer.finish({"model": ATTACK}, write_pages=write_pages)
    for page in sorted(report.path.rglob("*.html")):
        driver.get(page.as_uri())
        assert driver.title != "taken"
        assert driver.execute_script("return document.images.length") == 0
        assert driver.execute_script("return document.scripts.length") == 1
        assert ATTACK in driver.execute_script("return document.body.textContent")
